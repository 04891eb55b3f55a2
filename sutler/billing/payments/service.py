"""Paying: the intent is written, then the gateway is asked, then what it said is settled, each in its own transaction.

A crash between the steps loses nothing: with the intent goes a job that asks the gateway what became of it.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sutler.billing.completions.service import complete
from sutler.billing.gateway_accounts.service import chosen, offered, taken_by
from sutler.billing.gateways.interface import Answer, Gateway, Pending, Unanswered
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.order_kinds.service import begins
from sutler.billing.orders import service as orders
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.orders.service import Payer
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.models import LiveMode, Payment, PaymentInProgress, TotalChanged
from sutler.billing.settlements.jobs import hear_notice, settle_in_doubt
from sutler.billing.settlements.service import charge_of, settle
from sutler.checkout.checkouts import queries as checkouts
from sutler.checkout.checkouts.models import Checkout, CheckoutCompleted, CheckoutExpired
from sutler.checkout.checkouts.service import hold
from sutler.checkout.limits.service import reserve
from sutler.checkout.offers import service as offers
from sutler.customers.bans.service import refuse_banned, refuse_banned_receivers
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import ShopError
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import emit_all
from sutler.stores.stores.models import Store
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
    `PaymentInProgress`, `ProductUnavailable`, `Banned`, `LiveMode` or `NoGateway` when nothing could be tried. Any other
    exception leaves the payment in doubt, to be settled by a job.
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
        order = await hear(store, payment.id, answer) or await store.get(Order, begun.order.id)
    return Paid(order, begun.lines, answer.continue_url if isinstance(answer, Pending) else None)


async def hear(store: StoreContext, payment_id: FlakeId, answer: Answer) -> Order | None:
    """Let the answer to a charge take effect, and listen when the gateway said that it would tell more."""
    order = await settle(store, payment_id, answer)
    if isinstance(answer, Pending):
        for moment in answer.notices:
            await hear_notice.enqueue_at(store, moment, payment_id=payment_id)
    return order


async def begin(
    store: StoreContext, token: str, payer: Payer = ANYONE, *, gateway: str | None = None, off_session: bool = False
) -> Begun:
    """Take the checkout, place its order and write down that it is about to be paid, before any gateway hears of it.

    Where there is nothing to pay, there is nothing to ask, but for what a new subscription's renewals are charged to.
    """
    payment_id, seller = new_id(), await current(store)
    if gateway == SIMULATOR.name and seller.live_mode:
        raise LiveMode
    checkout = await hold(store, token, payment_id)
    if checkout is None:
        raise await _refusal(store, token)
    if payer != ANYONE:
        await _refuse_banned(store, checkout, payer)
    lines = await reserve(store, checkout)
    if checkout.subscription_id is None:
        await refuse_banned_receivers(store, [line.gift_to_customer_id for line in lines])
    order, frozen = await orders.place(store, seller, checkout, lines, replace(payer, takes=taken_by(seller, gateway)))
    if payer.agreed_total not in (None, order.total_amount):
        raise TotalChanged
    await offers.use(store, checkout, order.gift_cards)
    keeper = _keeper(seller, order, gateway)
    if order.total_amount == 0 and keeper is None:
        return Begun(await _given_away(store, order), frozen, None)
    free = order.total_amount == 0 and keeper
    through = free or chosen(seller, gateway, recurring=order.subscription_id is not None)
    payment = await store.add(_intent(payment_id, order, through, off_session=off_session))
    await settle_in_doubt.enqueue_at(store, clock.now() + IN_DOUBT_AFTER, payment_id=payment.id)
    return Begun(order, frozen, payment)


async def _refuse_banned(store: StoreContext, checkout: Checkout, payer: Payer) -> None:
    """Refuse who was banned since the checkout was opened, or for what only whoever pays tells: an address, an e-mail."""
    buyer = await store.get(Customer, checkout.customer_id)
    await refuse_banned(store, buyer, ip=payer.customer_ip or "", emails=[payer.billing_email, checkout.billing_email])


async def _given_away(store: StoreContext, order: Order) -> Order:
    """An order without anything to pay is complete at once, and no gateway is asked."""
    done = await complete(store, order.id)
    if done is None:
        return order
    await emit_all(store, done.events)
    return done.order


def _keeper(seller: Store, order: Order, gateway: str | None) -> Gateway | None:
    """Who is asked what the renewals of a new subscription will be charged to, even when nothing is to be paid now."""
    ways = offered(seller, recurring=True) if begins(order) else []
    return next((way for way in ways if way.can_recur and gateway in (None, way.name)), None)


def _intent(payment_id: FlakeId, order: Order, gateway: Gateway, *, off_session: bool) -> Payment:
    seen = order.presentment
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
        off_session=off_session,
        presentment_currency=seen.currency if seen else None,
        presentment_amount=seen.total_amount if seen else None,
        fx_rate=seen.fx_rate if seen else None,
    )


async def _refusal(store: StoreContext, token: str) -> ShopError:
    """Why a checkout could not be taken."""
    checkout = await checkouts.by_token(store, token)
    if checkout.state == "completed":
        return CheckoutCompleted()
    if checkout.state == "expired" or checkout.expires_at <= clock.now():
        return CheckoutExpired()
    return PaymentInProgress()
