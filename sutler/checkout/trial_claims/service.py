"""Taking what a customer wants to try when somebody begins to pay, and giving it back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.lines.service import Resolved, refuse
from sutler.checkout.trial_claims.models import OPEN, TrialClaim, TrialNotEligible
from sutler.checkout.trial_rules.service import Verdict, verdicts
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId

Tries = Sequence[tuple[int, FlakeId]]  # the place of a line in its checkout, and its product


async def check(store: StoreContext, customer_id: FlakeId, wanted: Sequence[Resolved]) -> None:
    """TrialNotEligible names every line that this customer cannot try. Nothing is taken: that is, when somebody pays."""
    tries = [(number, line) for number, line in enumerate(wanted) if line.renewal.trial is not None]
    if not tries:
        return
    gifts = [number for number, line in tries if line.recipient_id not in (None, customer_id)]
    refuse([_problem(number, "A trial is for whoever begins it and cannot be given.") for number in gifts], TrialNotEligible)
    found = await verdicts(store, customer_id, list({line.product.id: line.product for _, line in tries}.values()))
    refuse(list(_problems([(number, line.product.id) for number, line in tries], found)), TrialNotEligible)


async def claim(store: StoreContext, checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    """Take what a checkout that this transaction holds wants to try; TrialNotEligible names what its customer cannot.

    Whoever begins holds the customer's row, so that of several who try at once each sees what the one before has taken.
    """
    tries = [(number, line) for number, line in enumerate(lines) if line.trial]
    if not tries:
        return
    await store.get(Customer, checkout.customer_id)  # with it, the lock
    ids = sorted({line.product_id for _, line in tries})
    products = await store.all(store.rows(Product).where(one_of_ids(Product.c.id, ids)))
    found = await verdicts(store, checkout.customer_id, products, await _held(store, checkout))
    refuse(list(_problems([(number, line.product_id) for number, line in tries], found)), TrialNotEligible)
    for number, line in tries:
        mine = TrialClaim(
            customer_id=checkout.customer_id,
            product_id=line.product_id,
            checkout_id=checkout.id,
            checkout_line_id=line.id,
            override_id=found[line.product_id].override_id,
        )
        if not await store.add_new(mine, TrialClaim.c.customer_id, TrialClaim.c.product_id, where=OPEN):
            refuse([_problem(number, f"{line.product_name} is being tried already.")], TrialNotEligible)


async def release(store: StoreContext, checkout_id: FlakeId, lines: Sequence[CheckoutLine]) -> None:
    """Give back what a checkout wanted to try whose payment came to nothing."""
    if any(line.trial for line in lines):
        taken = store.rows(TrialClaim).where(TrialClaim.c.checkout_id == checkout_id, OPEN)
        await store.change_all(taken, {"released_at": clock.now()})


async def finish(store: StoreContext, checkout_line_ids: Sequence[FlakeId]) -> None:
    """The trials of these lines are over: by their products' rules, they can begin again."""
    over = store.rows(TrialClaim).where(one_of_ids(TrialClaim.c.checkout_line_id, sorted(checkout_line_ids)), OPEN)
    await store.change_all(over, {"released_at": clock.now()})


async def _held(store: StoreContext, checkout: Checkout) -> dict[FlakeId, datetime]:
    """What other checkouts of the same customer hold, and since when."""
    mine = store.rows(TrialClaim).where(TrialClaim.c.customer_id == checkout.customer_id, OPEN)
    return {claim.product_id: claim.created_at for claim in await store.all(mine) if claim.checkout_id != checkout.id}


def _problems(tries: Tries, found: Mapping[FlakeId, Verdict]) -> Iterator[FieldError]:
    """Each product can be tried by one line only."""
    seen: set[FlakeId] = set()
    for number, product_id in tries:
        reason = found[product_id].reason if product_id in found else "This product cannot be tried."
        if reason is None and product_id in seen:
            reason = "A product can be tried once at a time: leave this line out."
        seen.add(product_id)
        if reason is not None:
            yield _problem(number, reason)


def _problem(number: int, reason: str) -> FieldError:
    return FieldError("TrialNotEligible", reason, f"lines[{number}].trial", "trial")
