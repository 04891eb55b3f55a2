"""Paying: the intent is written, then the gateway is asked, then what it said is settled. Each step is its own transaction.

A crash between the steps loses nothing: with the intent goes a job that asks the gateway what became of it.
Every change of state is a conditional write, so settling twice, late or out of order changes nothing twice.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from sutler.billing.gateways.interface import Canceled, Charge, Declined, Gateway, Outcome, Succeeded
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.ledger import service as ledger
from sutler.billing.ledger.service import Entry, gateway_account
from sutler.billing.orders import service as orders
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.orders.service import Payer
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.events import PaymentCompleted, PaymentFailed
from sutler.billing.payments.models import LiveMode, NoGateway, Payment, PaymentInProgress
from sutler.checkout.checkouts import queries as checkouts
from sutler.checkout.checkouts.models import CheckoutCompleted, CheckoutExpired
from sutler.checkout.checkouts.service import hold
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import ShopError
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import Event, emit_all
from sutler.kernel.work.jobs import outside_job
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

IN_DOUBT_AFTER: Final = timedelta(minutes=1)  # longer than a gateway takes to answer
GATEWAYS: Final[dict[str, Gateway]] = {gateway.name: gateway for gateway in (SIMULATOR,)}
PENDING = rows(Payment).where(Payment.c.id == param("payment_id"), Payment.c.status == "pending")
ANYONE: Final = Payer()


class Begun(Struct, frozen=True):
    """An order that waits for its payment, or that is complete because there was nothing to pay."""

    order: Order
    lines: Sequence[OrderLine]
    payment: Payment | None


class Paid(Struct, frozen=True):
    """An order after an attempt to pay it. Its status says whether that worked."""

    order: Order
    lines: Sequence[OrderLine]


async def pay(shop: Shop, token: str, instrument: str, payer: Payer = ANYONE) -> FlakeId:
    """Pay the checkout that this token opens and return its order's id. The order says whether it worked.

    `NotFound`, `CheckoutCompleted`, `CheckoutExpired`, `PaymentInProgress` or `NoGateway` when nothing could be tried.
    Any other exception leaves the payment in doubt, to be settled by a job.
    """
    return (await attempt(shop, token, instrument, payer)).order.id


async def attempt(shop: Shop, token: str, instrument: str, payer: Payer = ANYONE, *, only_test: bool = False) -> Paid:
    """`pay`, for those who show the order afterwards. With `only_test` a store in live mode is refused (`LiveMode`)."""
    async with shop.writing() as store:
        begun = await begin(store, token, payer, only_test=only_test)
    if begun.payment is None:
        return Paid(begun.order, begun.lines)
    payment = begun.payment
    outcome = await GATEWAYS[payment.gateway].charge(shop, charge_of(payment), instrument)
    async with shop.writing() as store:
        order = await settle(store, payment.id, outcome) or await store.get(Order, begun.order.id)
    return Paid(order, begun.lines)


async def begin(store: StoreContext, token: str, payer: Payer = ANYONE, *, only_test: bool = False) -> Begun:
    """Take the checkout, place its order and write down that it is about to be paid, before any gateway hears of it."""
    payment_id, seller = new_id(), await current(store)
    if only_test and seller.live_mode:
        raise LiveMode
    checkout = await hold(store, token, payment_id)
    if checkout is None:
        raise await _refusal(store, token)
    lines = await checkouts.lines_of(store, checkout.id)
    order, frozen = await orders.place(store, checkout, lines, payer)
    if order.total_amount == 0:
        return Begun(await _given_away(store, order), frozen, None)
    payment = await store.add(_intent(payment_id, order, gateway_of(seller)))
    await settle_in_doubt.enqueue_at(store, clock.now() + IN_DOUBT_AFTER, payment_id=payment.id)
    return Begun(order, frozen, payment)


async def _given_away(store: StoreContext, order: Order) -> Order:
    """An order without anything to pay is complete at once, and no gateway is asked."""
    completed = await orders.complete(store, order.id)
    if completed is None:
        return order
    await emit_all(store, [OrderCompleted(order_id=order.id)])
    return completed


async def settle(store: StoreContext, payment_id: FlakeId, outcome: Outcome) -> Order | None:
    """Let a gateway's answer take effect, once, and return the order if it changed with it.

    A payment that is not pending any more stays as it is.
    """
    match outcome:
        case Succeeded():
            return await _succeeded(store, payment_id, outcome)
        case Declined():
            return await _declined(store, payment_id, outcome)
        case Canceled():
            return await _canceled(store, payment_id)


@outside_job
async def settle_in_doubt(shop: Shop, *, payment_id: FlakeId) -> None:
    """Ask the gateway about a payment whose answer never arrived. It is declared here because `begin` enqueues it."""
    async with shop.reading() as store:
        payment = await store.get(Payment, payment_id)
    if payment.status != "pending":
        return
    outcome = await GATEWAYS[payment.gateway].outcome(shop, charge_of(payment))
    async with shop.writing() as store:
        await settle(store, payment_id, outcome)


def charge_of(payment: Payment) -> Charge:
    """What a gateway is asked to take."""
    return Charge(payment_id=payment.id, amount=payment.amount, currency=payment.currency)


def _intent(payment_id: FlakeId, order: Order, gateway: Gateway) -> Payment:
    return Payment(
        id=payment_id,
        order_id=order.id,
        customer_id=order.customer_id,
        gateway=gateway.name,
        gateway_reference=gateway.reference(payment_id),
        method_type=gateway.method_type,
        method_details=PaymentMethodDetailsDto(),
        status="pending",
        currency=order.currency,
        amount=order.total_amount,
        tax_amount=order.tax_amount,
        gateway_fee_amount=0,
        pending_at=clock.now(),
    )


def gateway_of(seller: Store) -> Gateway:
    """How a store takes money: the simulator, unless it is in live mode."""
    if seller.live_mode:
        raise NoGateway
    return SIMULATOR


async def _refusal(store: StoreContext, token: str) -> ShopError:
    """Why a checkout could not be taken."""
    checkout = await checkouts.by_token(store, token)
    if checkout.state == "completed":
        return CheckoutCompleted()
    if checkout.state == "expired" or checkout.expires_at <= clock.now():
        return CheckoutExpired()
    return PaymentInProgress()


async def _succeeded(store: StoreContext, payment_id: FlakeId, outcome: Succeeded) -> Order | None:
    changes = {
        "status": "completed", "completed_at": clock.now(), "gateway_fee_amount": outcome.fee_amount,
        "method_type": outcome.method_type, "method_details": outcome.method_details,
    }  # fmt: skip
    for payment in await store.change_all(PENDING, changes, payment_id=payment_id):
        order = await orders.complete(store, payment.order_id)
        await ledger.post(store, payment.id, payment.currency, _entries(payment))
        facts: list[Event] = [PaymentCompleted(payment_id=payment.id)]
        await emit_all(store, [*facts, OrderCompleted(order_id=order.id)] if order else facts)
        return order
    return None


async def _declined(store: StoreContext, payment_id: FlakeId, outcome: Declined) -> Order | None:
    changes = {
        "status": "failed", "failed_at": clock.now(), "last_payment_error": outcome.error,
        "method_type": outcome.method_type, "method_details": outcome.method_details,
    }  # fmt: skip
    for payment in await store.change_all(PENDING, changes, payment_id=payment_id):
        order = await orders.attempt_failed(store, payment.order_id, payment.id, outcome.error)
        await emit_all(store, [PaymentFailed(payment_id=payment.id)])
        return order
    return None


async def _canceled(store: StoreContext, payment_id: FlakeId) -> Order | None:
    changes = {"status": "canceled", "canceled_at": clock.now()}
    for payment in await store.change_all(PENDING, changes, payment_id=payment_id):
        return await orders.attempt_failed(store, payment.order_id, payment.id, None)
    return None


def _entries(payment: Payment) -> list[Entry]:
    """A sale: what the gateway holds and keeps on one side, what is earned and what is owed as tax on the other."""
    return [
        Entry(gateway_account(payment.gateway), payment.amount - payment.gateway_fee_amount),
        Entry("fees", payment.gateway_fee_amount),
        Entry("sales", payment.tax_amount - payment.amount),
        Entry("tax", -payment.tax_amount),
    ]
