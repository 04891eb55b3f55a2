"""Paying: the intent is written, then the gateway is asked, then what it said is settled, each in its own transaction.

A crash between the steps loses nothing: with the intent goes a job that asks the gateway what became of it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct

from sutler.billing.gateway_accounts.service import chosen
from sutler.billing.gateways.interface import Gateway, Pending, Unanswered
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.orders import service as orders
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.orders.service import Payer
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.models import LiveMode, Payment, PaymentInProgress, TotalChanged
from sutler.billing.settlements.jobs import hear_notice, settle_in_doubt
from sutler.billing.settlements.service import charge_of, settle
from sutler.checkout.checkouts import queries as checkouts
from sutler.checkout.checkouts.models import CheckoutCompleted, CheckoutExpired
from sutler.checkout.checkouts.service import hold
from sutler.checkout.limits.service import reserve
from sutler.checkout.offers import service as offers
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import ShopError
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import emit_all
from sutler.stores.stores.service import current

IN_DOUBT_AFTER: Final = timedelta(minutes=1)  # longer than a gateway takes to answer
ANYONE: Final = Payer()


class Begun(Struct, frozen=True):
    """An order that waits for its payment, or that is complete because there was nothing to pay."""

    order: Order
    lines: Sequence[OrderLine]
    payment: Payment | None


class Paid(Struct, frozen=True):
    """An order after an attempt to pay it. Its status says whether that worked.

    While the gateway has not decided, `continue_url` is where the payer has to go, if anywhere.
    """

    order: Order
    lines: Sequence[OrderLine]
    continue_url: str | None = None


async def pay(shop: Shop, token: str, instrument: str, payer: Payer = ANYONE, *, gateway: str | None = None) -> Paid:
    """Pay the checkout that this token opens. The order says whether it worked; it waits while the gateway is not sure.

    Without a `gateway` it is the store's usual one. `NotFound`, `CheckoutCompleted`, `CheckoutExpired`,
    `PaymentInProgress`, `LiveMode` or `NoGateway` when nothing could be tried. Any other exception leaves the payment
    in doubt, to be settled by a job.
    """
    async with shop.writing() as store:
        begun = await begin(store, token, payer, gateway=gateway)
    if begun.payment is None:
        return Paid(begun.order, begun.lines)
    payment = begun.payment
    try:
        answer = await GATEWAYS[payment.gateway].charge(shop, charge_of(payment, begun.order), instrument)
    except Unanswered:
        return Paid(begun.order, begun.lines)
    async with shop.writing() as store:
        order = await settle(store, payment.id, answer) or await store.get(Order, begun.order.id)
        if isinstance(answer, Pending):
            for moment in answer.notices:
                await hear_notice.enqueue_at(store, moment, payment_id=payment.id)
            return Paid(order, begun.lines, answer.continue_url)
    return Paid(order, begun.lines)


async def begin(store: StoreContext, token: str, payer: Payer = ANYONE, *, gateway: str | None = None) -> Begun:
    """Take the checkout, place its order and write down that it is about to be paid, before any gateway hears of it."""
    payment_id, seller = new_id(), await current(store)
    if gateway == SIMULATOR.name and seller.live_mode:
        raise LiveMode
    checkout = await hold(store, token, payment_id)
    if checkout is None:
        raise await _refusal(store, token)
    lines = await reserve(store, checkout)
    order, frozen = await orders.place(store, seller, checkout, lines, payer)
    if payer.agreed_total not in (None, order.total_amount):
        raise TotalChanged
    await offers.use(store, checkout, order.gift_cards)
    if order.total_amount == 0:
        return Begun(await _given_away(store, order), frozen, None)
    payment = await store.add(_intent(payment_id, order, chosen(seller, gateway)))
    await settle_in_doubt.enqueue_at(store, clock.now() + IN_DOUBT_AFTER, payment_id=payment.id)
    return Begun(order, frozen, payment)


async def _given_away(store: StoreContext, order: Order) -> Order:
    """An order without anything to pay is complete at once, and no gateway is asked."""
    completed = await orders.complete(store, order.id)
    if completed is None:
        return order
    await emit_all(store, [OrderCompleted(order_id=order.id)])
    return completed


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


async def _refusal(store: StoreContext, token: str) -> ShopError:
    """Why a checkout could not be taken."""
    checkout = await checkouts.by_token(store, token)
    if checkout.state == "completed":
        return CheckoutCompleted()
    if checkout.state == "expired" or checkout.expires_at <= clock.now():
        return CheckoutExpired()
    return PaymentInProgress()
