"""How checkouts are found."""

from sqlalchemy import select

from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Connection, Statement, param, rows
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import digest

WITH_TOKEN = rows(Checkout).where(Checkout.c.token_digest == param("token_digest"))
LINES = rows(CheckoutLine).where(CheckoutLine.c.checkout_id == param("checkout_id"))
STORE_OF_TOKEN = Statement(
    select(Checkout.c.store_id).where(Checkout.c.token_digest == param("token_digest", type_=Checkout.c.token_digest.type))
)


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


async def lines_of(store: StoreContext, checkout_id: FlakeId) -> list[CheckoutLine]:
    """The lines of a checkout in their order."""
    return await store.all(LINES, checkout_id=checkout_id)
