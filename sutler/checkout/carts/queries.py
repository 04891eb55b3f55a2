"""How the lines of carts are found, and taken out once they are bought."""

from sqlalchemy import delete, select

from sutler.checkout.carts.models import CartLine
from sutler.checkout.checkouts.models import CheckoutLine
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, param, rows
from sutler.kernel.data.records import Flake
from sutler.kernel.ids import FlakeId

LINES = rows(CartLine).where(CartLine.c.customer_id == param("customer_id"))
OF_THE_CUSTOMER = (
    CartLine.c.store_id == param("store_id", type_=Flake()),
    CartLine.c.customer_id == param("customer_id", type_=Flake()),
)
CLEAR = StoreStatement(delete(CartLine.table).where(*OF_THE_CUSTOMER))
CLEAR_PRODUCT = StoreStatement(
    delete(CartLine.table).where(*OF_THE_CUSTOMER, CartLine.c.product_id == param("product_id", type_=Flake()))
)
BOUGHT = select(CheckoutLine.c.cart_line_id).where(
    CheckoutLine.c.store_id == param("store_id", type_=Flake()),
    CheckoutLine.c.checkout_id == param("checkout_id", type_=Flake()),
)
TAKE_OUT = StoreStatement(
    delete(CartLine.table).where(CartLine.c.store_id == param("store_id", type_=Flake()), CartLine.c.id.in_(BOUGHT))
)


async def lines_of(store: StoreContext, customer_id: FlakeId) -> list[CartLine]:
    """The lines of a customer's cart, oldest first, also those that cannot be had now."""
    return await store.all(LINES, customer_id=customer_id)


async def clear(store: StoreContext, customer_id: FlakeId) -> None:
    """Take everything out of a cart."""
    await store.run(CLEAR, customer_id=customer_id)


async def clear_product(store: StoreContext, customer_id: FlakeId, product_id: FlakeId) -> None:
    """Take all lines of a product out of a cart."""
    await store.run(CLEAR_PRODUCT, customer_id=customer_id, product_id=product_id)


async def take_out(store: StoreContext, checkout_id: FlakeId) -> None:
    """Take the lines of a checkout that is paid out of the cart that they came from; what was added since stays."""
    await store.run(TAKE_OUT, checkout_id=checkout_id)
