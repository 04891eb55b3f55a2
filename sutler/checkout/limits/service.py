"""Refusing what the limits of products forbid, and taking units while somebody pays for them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sutler.catalog.products.models import Product
from sutler.catalog.stock.models import TAKEN, OutOfStock, PurchaseLimitReached, StockUsage
from sutler.catalog.stock.queries import Left, left
from sutler.catalog.stock.service import Wanted, take
from sutler.catalog.stock.service import release as put_back
from sutler.checkout.checkouts.models import Checkout, CheckoutLine, ProductUnavailable, RequirementNotMet
from sutler.checkout.checkouts.queries import OnShelf, lines_of, lines_on_shelf
from sutler.checkout.ladders import service as ladders
from sutler.checkout.lines.service import Resolved, refuse
from sutler.checkout.possessions.service import Possession, possessions
from sutler.checkout.totals.service import receivers_of
from sutler.checkout.totals.service import wanted as priced_line
from sutler.checkout.trial_claims import service as trial_claims
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId


async def check(store: StoreContext, customer_id: FlakeId, wanted: Sequence[Resolved]) -> None:
    """Refuse lines that cannot be had now: `RequirementNotMet`, `TrialNotEligible`, `OutOfStock`, `PurchaseLimitReached`.

    Nothing is taken: units are, when somebody pays. A gift must suit whoever receives it, but counts for its buyer.
    """
    await _require(store, customer_id, wanted)
    await trial_claims.check(store, customer_id, wanted)
    limited = {line.product.id: line.product for line in wanted if _is_limited(line.product)}
    if not limited:
        return
    available = await left(store, list(limited.values()), customer_id)
    problems = list(_scarce(wanted, available))
    for kind in (OutOfStock, PurchaseLimitReached):
        refuse([problem for problem in problems if problem.code == kind.__name__], kind)


async def reserve(store: StoreContext, checkout: Checkout) -> list[CheckoutLine]:
    """Take the units of a checkout that this transaction holds for a payment; the same refusals as for stock. Its lines.

    Only those of products with limits, for it takes time: `write_down` sees to the others once they are sold.
    `ProductUnavailable` names the lines whose products are no longer sold. What renews or changes a subscription takes
    none and may be withdrawn: it was bought before.
    """
    found = await lines_on_shelf(store, checkout.id)
    limited = sorted({one.line.product_id for one in found if one.limited})
    lines = [one.line for one in found]
    if checkout.subscription_id is None:
        refuse(list(_withdrawn(found)), ProductUnavailable)
        await ladders.claim(store, checkout, [priced_line(line) for line in lines], receivers_of(checkout, lines))
    await trial_claims.claim(store, checkout, lines)
    if limited and checkout.subscription_id is None:
        known = await store.all(store.rows(Product).where(one_of_ids(Product.c.id, limited)))
        products = {product.id: product for product in known}
        wanted = [
            Wanted(product=products[line.product_id], quantity=line.quantity, checkout_line_id=line.id, trial=line.trial)
            for line in lines
            if line.product_id in products
        ]
        await take(store, wanted, checkout.customer_id)
    return lines


async def write_down(store: StoreContext, checkout_id: FlakeId, customer_id: FlakeId) -> None:
    """Count the units of a checkout that is paid for which no limit was asked, because one may be set later."""
    lines = await lines_of(store, checkout_id)
    mine = store.rows(StockUsage).where(one_of_ids(StockUsage.c.checkout_line_id, [line.id for line in lines]), TAKEN)
    counted = {usage.checkout_line_id for usage in await store.all(mine)}
    await store.add_all([_usage(line, customer_id) for line in lines if line.id not in counted])


async def give_back(store: StoreContext, checkout_id: FlakeId) -> None:
    """Give back the units of a checkout whose payment came to nothing."""
    lines = await lines_of(store, checkout_id)
    await put_back(store, [line.id for line in lines])
    await trial_claims.release(store, checkout_id, lines)


def _withdrawn(found: Sequence[OnShelf]) -> Iterator[FieldError]:
    """The lines that cannot be had any more, though they could when the checkout was opened."""
    for number, one in enumerate(found):
        if not one.sold:
            text = f"{one.line.product_name} is no longer for sale. Go back to the shop and start again."
            yield FieldError("ProductUnavailable", text, f"lines[{number}].product_id", "available")


def _usage(line: CheckoutLine, customer_id: FlakeId) -> StockUsage:
    return StockUsage(
        product_id=line.product_id,
        customer_id=customer_id,
        checkout_line_id=line.id,
        quantity=line.quantity,
        trial=line.trial,
        taken_at=clock.now(),
    )


def _is_limited(product: Product) -> bool:
    return product.store_stock_limit.enabled or product.customer_stock_limit.enabled


def _scarce(wanted: Sequence[Resolved], available: Mapping[FlakeId, Left]) -> Iterator[FieldError]:
    """The lines of which more is wanted than there is, counting the lines before them."""
    taken: Counter[FlakeId] = Counter()
    for number, line in enumerate(wanted):
        product, path = line.product, f"lines[{number}].quantity"
        rest = _counted(available.get(product.id, Left()), line)
        if rest == Left():
            continue
        before, taken[product.id] = taken[product.id], taken[product.id] + line.quantity
        if rest.in_store is not None and taken[product.id] > rest.in_store:
            left = rest.in_store - before
            text = f"{f'Only {left}' if left > 0 else 'None'} of {product.name} left."
            yield FieldError("OutOfStock", text, path, "stock")
        elif rest.for_customer is not None and taken[product.id] > rest.for_customer:
            left = rest.for_customer - before
            text = f"You may {f'buy {left}' if left > 0 else 'not buy'} more of {product.name} now."
            yield FieldError("PurchaseLimitReached", text, path, "stock")


def _counted(rest: Left, line: Resolved) -> Left:
    """What is left of a line's product, as far as its limits count trials."""
    if line.renewal.trial is None:
        return rest
    in_store, for_customer = line.product.store_stock_limit, line.product.customer_stock_limit
    return Left(
        rest.in_store if in_store.include_trials else None, rest.for_customer if for_customer.include_trials else None
    )


async def _require(store: StoreContext, customer_id: FlakeId, wanted: Sequence[Resolved]) -> None:
    """Whoever receives a product must have what it requires already: all of that, or any of it."""
    demanding = [line for line in wanted if line.product.required_product_ids]
    if not demanding:
        return
    people = sorted({line.recipient_id or customer_id for line in demanding})
    held = await possessions(store, people, sorted({id for line in demanding for id in line.product.required_product_ids}))
    problems = [
        FieldError("RequirementNotMet", text, f"lines[{number}].product_id", "requirement")
        for number, line in enumerate(wanted)
        if (text := _lack(line.product, line.recipient_id or customer_id, held))
    ]
    refuse(problems, RequirementNotMet)


def _lack(product: Product, receiver_id: FlakeId, held: set[Possession]) -> str | None:
    """What a receiver lacks for a product, in words."""
    has = [(receiver_id, id) in held for id in product.required_product_ids]
    if not has or (all(has) if product.required_product_all else any(has)):
        return None
    needed = "all of the products" if product.required_product_all else "one of the products"
    return f"{product.name} is only for those who have {needed} that it builds on."
