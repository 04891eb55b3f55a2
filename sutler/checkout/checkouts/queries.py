"""How checkouts are found."""

import msgspec
from sqlalchemy import and_, case, or_, select

from sutler.catalog.products.models import Product, StockLimit
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Connection, Statement, StoreStatement, param, reader, rows
from sutler.kernel.data.records import Flake
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import digest

WITH_TOKEN = rows(Checkout).where(Checkout.c.token_digest == param("token_digest"))
BOUGHT = CheckoutLine.c.replaced_by_line_id.is_(None)
LINES = rows(CheckoutLine).where(CheckoutLine.c.checkout_id == param("checkout_id"), BOUGHT)
NOW = param("now", type_=Product.c.enabled_at.type)
ON_SALE = and_(
    Product.c.deleted_at.is_(None),
    Product.c.enabled_at <= NOW,
    or_(Product.c.enabled_until.is_(None), Product.c.enabled_until > NOW),
)
WITH_PRODUCTS = StoreStatement(
    select(CheckoutLine.table, case((ON_SALE, 1), else_=0), Product.c.store_stock_limit, Product.c.customer_stock_limit)
    .outerjoin_from(
        CheckoutLine.table,
        Product.table,
        and_(Product.c.store_id == CheckoutLine.c.store_id, Product.c.id == CheckoutLine.c.product_id),
    )
    .where(
        CheckoutLine.c.store_id == param("store_id", type_=Flake()),
        CheckoutLine.c.checkout_id == param("checkout_id", type_=Flake()),
        BOUGHT,
    )
    .order_by(CheckoutLine.c.id)
)
decode_limit = msgspec.json.Decoder(StockLimit).decode  # both drivers give JSON as text
STORE_OF_TOKEN = Statement(
    select(Checkout.c.store_id).where(Checkout.c.token_digest == param("token_digest", type_=Checkout.c.token_digest.type))
)


class OnShelf(msgspec.Struct, frozen=True):
    """A line, whether its product is sold at this moment, and whether there is a limit to how many are."""

    line: CheckoutLine
    sold: bool
    limited: bool


async def store_of(connection: Connection, token: str) -> FlakeId | None:
    """The store whose checkout this token opens, for the page, which knows nothing but the token."""
    found = await STORE_OF_TOKEN.run(connection, token_digest=digest(token))
    return str(found[0][0]) if found else None


async def by_token(store: StoreContext, token: str) -> Checkout:
    """The checkout that this token opens, in whatever state it is, or NotFound."""
    checkout = await store.peek(WITH_TOKEN, token_digest=digest(token))
    if checkout is None:
        raise NotFound("There is no checkout with this token in this store.")
    return checkout


async def lines_on_shelf(store: StoreContext, checkout_id: FlakeId) -> list[OnShelf]:
    """The lines of a checkout in their order, each with how its product stands now: one statement."""
    read, width = reader(CheckoutLine, store.connection.dialect), len(CheckoutLine.__struct_fields__)
    rows = [list(row) for row in await store.run(WITH_PRODUCTS, checkout_id=checkout_id, now=clock.now())]
    limits = [[decode_limit(text) for text in row[width + 1 :] if text is not None] for row in rows]
    return [
        OnShelf(read(row[:width]), sold=bool(row[width]), limited=any(one.enabled for one in found))
        for row, found in zip(rows, limits, strict=True)
    ]


async def lines_of(store: StoreContext, checkout_id: FlakeId) -> list[CheckoutLine]:
    """The lines of a checkout in their order, but for those that another stands in for."""
    return await store.all(LINES, checkout_id=checkout_id)
