"""Taking units of products, so that no more are ever sold than their limits allow, and giving them back.

Whoever takes units of a product with a limit waits for all others who do: the product's row is the lock, held until the
transaction ends. Only then are the units counted that are taken, so that no two buyers get the same last one.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from sutler.catalog.products.models import Product, StockLimit
from sutler.catalog.stock.models import TAKEN, OutOfStock, PurchaseLimitReached, StockUsage
from sutler.catalog.stock.queries import left
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId


class Wanted(Struct, frozen=True, kw_only=True):
    """The units of one line of a checkout."""

    product: Product
    quantity: int
    checkout_line_id: FlakeId
    trial: bool = False


class Scope(Struct):
    """One limit while a checkout is held against it: what is left of it after the lines so far, and how it refuses."""

    limit: StockLimit
    left: int | None
    refusal: type[InvalidInput]
    ending: str

    def lower(self, number: int, line: Wanted) -> None:
        """Take the units of this line away from what is left, or refuse the line."""
        if self.left is None or (line.trial and not self.limit.include_trials):
            return
        if line.quantity > self.left:
            text = f"{f'Only {self.left}' if self.left > 0 else 'None'} of {line.product.name} {self.ending}."
            raise self.refusal(text, [FieldError(self.refusal.__name__, text, f"lines[{number}].quantity", "stock")])
        self.left -= line.quantity


async def take(store: StoreContext, lines: Sequence[Wanted], customer_id: FlakeId, at: datetime | None = None) -> None:
    """Take the units of all these lines, in their order in the checkout, or none of them.

    OutOfStock or PurchaseLimitReached name the first line that cannot be had. Units of products without limits are
    written down as well, because a limit that is set later counts them. Call it when a payment starts, once for a line.
    """
    of_product: dict[FlakeId, list[tuple[int, Wanted]]] = defaultdict(list)
    for number, line in enumerate(lines):
        of_product[line.product.id].append((number, line))
    for product_id in sorted(of_product, key=int):  # always in the same order: no two buyers wait for each other
        product = of_product[product_id][0][1].product
        if product.store_stock_limit.enabled or product.customer_stock_limit.enabled:
            await _check(store, of_product[product_id], customer_id, at or clock.now())
    await store.add_all([_usage(line, customer_id, at or clock.now()) for line in lines])


async def release(store: StoreContext, checkout_line_ids: Sequence[FlakeId]) -> None:
    """Give back what was taken for these lines: their payment came to nothing. What is given back already stays so."""
    mine = store.rows(StockUsage).where(one_of_ids(StockUsage.c.checkout_line_id, sorted(checkout_line_ids)), TAKEN)
    await store.change_all(mine, {"released_at": clock.now()})


async def _check(store: StoreContext, lines: Sequence[tuple[int, Wanted]], customer_id: FlakeId, at: datetime) -> None:
    product = await store.get(Product, lines[0][1].product.id)  # with it, the lock
    available = (await left(store, [product], customer_id, at))[product.id]
    in_store = Scope(product.store_stock_limit, available.in_store, OutOfStock, "left")
    for_customer = Scope(
        product.customer_stock_limit, available.for_customer, PurchaseLimitReached, "left for this customer for now"
    )
    for number, line in lines:
        in_store.lower(number, line)
        for_customer.lower(number, line)


def _usage(line: Wanted, customer_id: FlakeId, at: datetime) -> StockUsage:
    return StockUsage(
        product_id=line.product.id,
        customer_id=customer_id,
        checkout_line_id=line.checkout_line_id,
        quantity=line.quantity,
        trial=line.trial,
        taken_at=at,
    )
