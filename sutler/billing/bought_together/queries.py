"""Which products the newest orders have together with others.

However long a store's history is, this looks at a thousand orders: an index of lines knows the newest with each product.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Select, select, union

from sutler.billing.order_kinds.service import FOLLOWING
from sutler.billing.orders.models import Order, OrderLine, is_completed
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, among, literal_limit, param
from sutler.kernel.data.records import Flake, Flakes
from sutler.kernel.ids import FlakeId

NEWEST: Final = 1_000  # orders
MOST_PRODUCTS: Final = 3  # that are asked for at once
MOST_FOUND: Final = 20

FLAKE: Final = Flake()
LINE, ORDER = OrderLine.table.alias("line").c, Order.c
STORE: Final = param("store_id", type_=FLAKE)


def _newest(name: str) -> Select[tuple[str]]:
    """The newest orders with one product."""
    found = (
        select(OrderLine.c.order_id)
        .where(OrderLine.c.store_id == STORE, OrderLine.c.product_id == param(name, type_=FLAKE))
        .order_by(OrderLine.c.order_id.desc())
        .limit(literal_limit(NEWEST))
    )
    return select(found.subquery().c.order_id)


NAMES: Final = [f"product_{number}" for number in range(MOST_PRODUCTS)]
RECENT: Final = StoreStatement(union(*map(_newest, NAMES)))
IDS: Final = param("ids", type_=Flakes())
TOGETHER: Final = StoreStatement(
    select(LINE.order_id, LINE.product_id, LINE.quantity)
    .join_from(LINE.order_id.table, Order.table, (ORDER.store_id == STORE) & (ORDER.id == LINE.order_id) & is_completed)
    .where(
        LINE.store_id == STORE,
        among(LINE.order_id, IDS),
        among(ORDER.id, IDS),  # said of both, so that each database finds both by these ids
        *(ORDER.type != kind for kind in FOLLOWING),
    )
)
# Counted by us, and with a column more than that takes: else SQLite reads all lines of the store from the index of products.


async def bought_together(store: StoreContext, product_ids: Sequence[FlakeId]) -> list[FlakeId]:
    """What the newest completed orders with one of these products hold beside them, most frequent first: two statements.

    Renewals and changes of subscriptions do not count. Only the first few products are asked for.
    """
    asked = list(dict.fromkeys(product_ids))[:MOST_PRODUCTS]
    if not asked:
        return []
    named = {name: asked[min(number, len(asked) - 1)] for number, name in enumerate(NAMES)}
    newest = sorted((int(row[0]) for row in await store.run(RECENT, **named)), reverse=True)[:NEWEST]
    rows = await store.run(TOGETHER, ids=[str(id) for id in newest]) if newest else []
    counts = Counter(str(product_id) for _, product_id in {(row[0], row[1]) for row in rows})
    found = sorted(counts, key=lambda product_id: (-counts[product_id], -int(product_id)))
    return [id for id in found if id not in product_ids][:MOST_FOUND]
