"""`sutler simulate`: what else takes a browser, for stores in test mode."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import parse_qs, quote, urlsplit

from msgspec import Struct
from sqlalchemy import select

from sutler.answers import connect
from sutler.billing.disputes.service import look, simulate
from sutler.billing.gateways.interface import DisputeState
from sutler.billing.gateways.scripts import read
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payments.models import LiveMode, Payment
from sutler.billing.payments.service import pay
from sutler.billing.simulator.service import rehearse
from sutler.checkout.checkouts.queries import store_of
from sutler.commands.calls import Away, manager, reaching
from sutler.commands.ground import INTERNAL, at_hand
from sutler.commands.refusal import Refusal
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import ShopError
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.kernel.money import formatted
from sutler.stores.stores.service import current

T = TypeVar("T")

NO_PAYMENT = "There is no payment with this id. Give the `id` of a payment, as `GET /v1/stores/STORE/payments` shows it."
STORE_OF_PAYMENT = Statement(select(Payment.c.store_id).where(Payment.c.id == param("payment_id", type_=Payment.c.id.type)))
NO_METHOD = "There is no payment method with this id. Give the `id` of the `payment_method` of a subscription."
STORE_OF_METHOD = Statement(
    select(PaymentMethod.c.store_id).where(PaymentMethod.c.id == param("method_id", type_=PaymentMethod.c.id.type))
)
NO_CHECKOUT = "There is no checkout with this token. Give the `token` of a checkout, or its whole address."


class Attempt(Struct, frozen=True):
    """What an attempt to pay came to."""

    order: str
    total: str
    status: str
    error: str | None

    @property
    def result(self) -> str:
        """The same in words."""
        if self.status == "completed":
            return f"is paid: {self.total}."
        return f"is not paid: {self.error}" if self.error else "is not paid yet: the simulated bank has not answered."


def token_in(text: str) -> str:
    """The token, also from the address of a checkout."""
    return parse_qs(urlsplit(text).query).get("t", [text])[0]


async def pay_here(token: str, outcome: str) -> Attempt:
    """Pay a checkout past the API, beside whatever serves this database."""
    connect()
    async with at_hand() as database:
        shop = await shop_of(database, token)
        async with shop.reading() as store:
            moment = await stands_at(store.connection, shop.store_id)
            if (await current(store)).live_mode:
                raise LiveMode
        with clock.standing_at(moment):
            order = (await pay(shop, token, outcome)).order
    declined = order.last_payment_error
    total = formatted(order.total_amount, order.currency)
    return Attempt(pretty_id(order.id), total, order.status, declined.message if declined else None)


async def shop_of(database: Database, token: str) -> Shop:
    """The store whose checkout this token opens."""
    async with database.reading() as connection:
        store_id = await store_of(connection, token)
    if store_id is None:
        raise Refusal(NO_CHECKOUT)
    return Shop(database, store_id, INTERNAL)


def pay_there(url: str, key: str, token: str, wish: Mapping[str, object]) -> Attempt:
    """Pay a checkout of the key's store through a running server."""
    from sutler_sdk.types.management import OrderDto

    order = ask(url, key, f"checkouts/{quote(token, safe='')}/pay", wish, OrderDto)
    said = order.last_payment_error.message if order.last_payment_error else None
    return Attempt(order.pretty_id, order.total_amount_str, order.status, said)


def ask(url: str, key: str, what: str, wish: Mapping[str, object], answer: type[T]) -> T:
    """Ask the simulator of the key's store for something, through a running server."""
    try:
        with manager(url, key) as client, reaching(url):
            return client.request("POST", f"/v1/stores/{{store_id}}/simulator/{what}", answer, body=wish)
    except Away as error:
        raise Refusal(str(error)) from error


async def dispute_here(payment: str, state: DisputeState) -> str:
    """Let the simulated bank dispute a payment past the API, and return the payment's `chargeback_status`."""
    async with at_hand() as database:
        shop = await shop_with(database, payment)
        async with shop.reading() as store:
            moment = await stands_at(store.connection, shop.store_id)
        with clock.standing_at(moment):
            try:
                async with shop.writing() as store:
                    await simulate(store, payment, state)
                await look(shop, payment)
            except ShopError as error:
                raise Refusal(str(error)) from error
        async with shop.reading() as store:
            return (await store.get(Payment, payment)).chargeback_status


async def shop_with(database: Database, payment_id: FlakeId) -> Shop:
    """The store that has this payment."""
    async with database.reading() as connection:
        found = await STORE_OF_PAYMENT.run(connection, payment_id=payment_id) if looks_like_id(payment_id) else ()
    if not found:
        raise Refusal(NO_PAYMENT)
    return Shop(database, str(found[0][0]), INTERNAL)


def dispute_there(url: str, key: str, payment: str, state: DisputeState) -> str:
    """The same in the key's store, through a running server."""
    from sutler_sdk.types.management import PaymentDto

    return ask(url, key, f"payments/{quote(payment, safe='')}/dispute", {"state": state}, PaymentDto).chargeback_status


async def rehearse_here(method: str, instrument: str, good_for: int) -> None:
    """Say past the API what becomes of a kept card of the simulator from now on."""
    async with at_hand() as database:
        async with database.reading() as connection:
            found = await STORE_OF_METHOD.run(connection, method_id=method) if looks_like_id(method) else ()
        if not found:
            raise Refusal(NO_METHOD)
        try:
            async with Shop(database, str(found[0][0]), INTERNAL).writing() as store:
                await rehearse(store, method, read(instrument), good_for)
        except ShopError as error:
            raise Refusal(str(error)) from error


def rehearse_there(url: str, key: str, method: str, wish: Mapping[str, object]) -> None:
    """The same in the key's store, through a running server."""
    ask(url, key, f"payment-methods/{quote(method, safe='')}", wish, dict)
