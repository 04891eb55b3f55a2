"""The table of units that are sold, or being paid for, and count against the limits of their product."""

from datetime import datetime
from typing import Final

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.ids import FlakeId


class StockUsage(StoreRecord, table="stock_usages"):
    """The units of one line of a checkout: taken when its payment starts, released when that comes to nothing.

    A change of a subscription takes a unit of what is new in it; then `checkout_line_id` is the line of that change.
    `removed` of them have expired, been used up or been taken back from whoever got them.
    """

    product_id: FlakeId
    customer_id: FlakeId
    checkout_line_id: FlakeId
    quantity: int
    trial: bool
    taken_at: datetime
    removed: int = 0
    released_at: datetime | None = None


class OutOfStock(InvalidInput):
    """The store has not enough of this product left."""


class PurchaseLimitReached(InvalidInput):
    """This customer may not buy so much of this product now."""


class TakenTwice(Conflict):
    """The units of this line are taken already."""


TAKEN: Final = StockUsage.c.released_at.is_(None)
"""The units that count."""

index("stock_usages_product", StockUsage.c.store_id, StockUsage.c.product_id, StockUsage.c.taken_at)
index("stock_usages_customer", StockUsage.c.store_id, StockUsage.c.customer_id, StockUsage.c.product_id)
unique(TakenTwice, StockUsage.c.store_id, StockUsage.c.checkout_line_id, name="stock_usages_line", where=TAKEN)
