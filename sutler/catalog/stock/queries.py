"""How many units of products are left, in the store and for a customer.

A limit looks back from now over a window that moves along: a unit counts from the moment it is taken until the window
has passed over it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import func, select

from sutler.catalog.products.models import Product, StockLimit
from sutler.catalog.stock.models import TAKEN, StockUsage
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, among, param
from sutler.kernel.data.records import Flakes
from sutler.kernel.ids import FlakeId

DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
USED: Final = (
    select(StockUsage.c.product_id, StockUsage.c.trial, func.sum(StockUsage.c.quantity), func.sum(StockUsage.c.removed))
    .where(
        StockUsage.c.store_id == param("store_id"),
        among(StockUsage.c.product_id, param("ids", type_=Flakes())),
        StockUsage.c.taken_at > param("since", type_=StockUsage.c.taken_at.type),
        TAKEN,
    )
    .group_by(StockUsage.c.product_id, StockUsage.c.trial)
)
IN_STORE: Final = StoreStatement(USED)
BY_CUSTOMER: Final = StoreStatement(USED.where(StockUsage.c.customer_id == param("customer_id")))


class Left(Struct, frozen=True):
    """How many units may still be sold; None where nothing limits them."""

    in_store: int | None = None
    for_customer: int | None = None


class Used(Struct, frozen=True):
    """Units that a window saw, and how many of those were removed again; trials apart."""

    bought: int = 0
    bought_removed: int = 0
    tried: int = 0
    tried_removed: int = 0

    def counted(self, limit: StockLimit, *, but_removed: bool) -> int:
        """How many of them a limit counts."""
        bought = self.bought - (self.bought_removed if but_removed else 0)
        tried = self.tried - (self.tried_removed if but_removed else 0)
        return bought + (tried if limit.include_trials else 0)


NONE: Final = Used()


def window(limit: StockLimit) -> timedelta:
    """How far a limit looks back; a month has 30 days and a year 365, as everywhere in the contract."""
    return timedelta(days=DAYS[limit.time_scale] * limit.time_value)


def remaining(limit: StockLimit, used: Used, *, but_removed: bool) -> int | None:
    """How many units a limit still allows, never less than none; None when it is switched off."""
    return max(0, limit.quantity - used.counted(limit, but_removed=but_removed)) if limit.enabled else None


async def left(
    store: StoreContext, products: Sequence[Product], customer_id: FlakeId | None = None, at: datetime | None = None
) -> dict[FlakeId, Left]:
    """What is left of each product, for one who has bought none if no customer is named.

    One statement for each window that any limit has, and none for products without limits.
    """
    moment = at or clock.now()
    sold = await _used(store, ((one.id, one.store_stock_limit) for one in products), moment)
    theirs: dict[FlakeId, Used] = {}
    if customer_id is not None:
        theirs = await _used(store, ((one.id, one.customer_stock_limit) for one in products), moment, customer_id)
    return {one.id: _left(one, sold.get(one.id, NONE), theirs.get(one.id, NONE)) for one in products}


def _left(product: Product, sold: Used, theirs: Used) -> Left:
    but_removed = product.stock_limit_do_not_include_removed
    return Left(
        remaining(product.store_stock_limit, sold, but_removed=but_removed),
        remaining(product.customer_stock_limit, theirs, but_removed=but_removed),
    )


async def _used(
    store: StoreContext, limits: Iterable[tuple[FlakeId, StockLimit]], moment: datetime, customer_id: FlakeId | None = None
) -> dict[FlakeId, Used]:
    windows: dict[timedelta, list[FlakeId]] = defaultdict(list)
    for product_id, limit in limits:
        if limit.enabled:
            windows[window(limit)].append(product_id)
    found: dict[FlakeId, Used] = {}
    for length, ids in windows.items():
        named: dict[str, Any] = {"ids": sorted(set(ids)), "since": moment - length}
        if customer_id is None:
            rows = await store.run(IN_STORE, **named)
        else:
            rows = await store.run(BY_CUSTOMER, **named, customer_id=customer_id)
        for product_id, trial, taken, removed in rows:
            found[str(product_id)] = _added(found.get(str(product_id), NONE), bool(trial), int(taken), int(removed))
    return found


def _added(used: Used, trial: bool, taken: int, removed: int) -> Used:  # noqa: FBT001 - a column of the row
    if trial:
        return Used(used.bought, used.bought_removed, taken, removed)
    return Used(taken, removed, used.tried, used.tried_removed)
