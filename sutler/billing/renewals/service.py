"""Charging a cycle when it is due: the intent is written, the gateway is asked outside, its answer settled.

Whoever is at it holds the subscription's row; that a cycle has one checkout, a checkout one order and an order one open
payment is what keeps it from being charged twice, in whatever order things happen, stop or happen again.
"""

from datetime import datetime, timedelta
from typing import Final

import structlog
from msgspec import Struct

from sutler.billing.completions.service import complete
from sutler.billing.cycles.service import count_attempt, end
from sutler.billing.gateway_accounts.service import offered, taken_by
from sutler.billing.gateways.interface import Vaulted
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.orders import service as orders
from sutler.billing.orders.service import Payer
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_methods.service import vault_of
from sutler.billing.payments.service import ANYONE, Begun, begin, hear
from sutler.billing.renewal_checkouts.service import checkout_of
from sutler.billing.settlements.service import charge_of
from sutler.billing.subscriptions.models import Subscription
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.checkouts.queries import lines_of
from sutler.checkout.checkouts.service import token_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit_all
from sutler.stores.stores.models import Store

LOOK_AGAIN: Final = timedelta(minutes=5)  # at a payment whose end is not known
LOOK_LATER: Final = timedelta(days=1)  # at a store that is closed: it may be opened again
log = structlog.get_logger("sutler.renewals")


class Attempt(Struct, frozen=True):
    """A payment that is about to be charged to what its payer has let the store keep."""

    begun: Begun
    vaulted: Vaulted


async def renew(shop: Shop, subscription_id: FlakeId, cycle: int) -> datetime | None:
    """Do what is due for a cycle, and say when to look at it again; None once it is paid or will never be.

    A clock that was put back makes nothing due early: it only looks again later.
    """
    async with shop.writing() as store:
        step = await next_step(store, subscription_id, cycle)
    if not isinstance(step, Attempt):
        return step
    await charge(shop, step)
    async with shop.reading() as store:
        return _next_look(await store.get(Subscription, subscription_id), cycle)


def _waits_for(subscription: Subscription, cycle: int) -> bool:
    return subscription.status != "canceled" and subscription.billing_cycle_sequence == cycle - 1


def _next_look(subscription: Subscription, cycle: int) -> datetime | None:
    if not _waits_for(subscription, cycle):
        return None
    soon = clock.now() + LOOK_AGAIN
    return max(soon, subscription.next_attempt_at or soon)


async def next_step(store: StoreContext, subscription_id: FlakeId, cycle: int) -> Attempt | datetime | None:
    """What to do at this moment: charge, look again later, or nothing any more."""
    subscription = await store.get(Subscription, subscription_id)
    due = subscription.next_attempt_at or subscription.current_period_end
    if not _waits_for(subscription, cycle) or due is None:
        return None
    if clock.now() < due:
        return due
    seller: Store | None = await store.peek(by_id(Store), id=store.store_id)
    if seller is None or seller.deleted_at is not None:
        return clock.now() + LOOK_LATER
    return await _due(store, seller, subscription, cycle)


async def _due(store: StoreContext, seller: Store, subscription: Subscription, cycle: int) -> Attempt | datetime | None:
    """What to do for a cycle that is due: end here, wait for whoever pays, ask the payer, or charge."""
    if subscription.cancel_at_period_end:
        await end(store, subscription, subscription.cancel_reason or "customer")
        return None
    checkout = await checkout_of(store, subscription, cycle)
    if checkout.held_by is not None:
        return clock.now() + LOOK_AGAIN  # somebody is paying it, or it isn't known yet what became of that
    method = await usable(store, seller, subscription)
    if method is None:
        return await _ask_payer(store, seller, subscription, checkout)
    token = token_of(checkout.id, checkout.token_sealed)
    begun = await begin(store, token, ANYONE, gateway=method.gateway, off_session=True)
    return None if begun.payment is None else Attempt(begun, vault_of(method))


async def usable(store: StoreContext, seller: Store, subscription: Subscription) -> PaymentMethod | None:
    """What may be charged: what the payer has let the store keep, while its gateway is on."""
    if subscription.payment_method_id is None:
        return None
    method: PaymentMethod | None = await store.peek(by_id(PaymentMethod), id=subscription.payment_method_id)
    able = {gateway.name for gateway in offered(seller, recurring=True) if gateway.can_recur}
    return method if method is not None and method.gateway in able else None


async def _ask_payer(store: StoreContext, seller: Store, subscription: Subscription, checkout: Checkout) -> datetime | None:
    """Nothing can be charged without the payer: the order waits on the checkout's page, to which a mail leads.

    Where there is nothing to pay it is complete at once.
    """
    lines = await lines_of(store, checkout.id)
    order, _ = await orders.place(store, seller, checkout, lines, Payer(takes=taken_by(seller, None)))
    if order.total_amount == 0:
        done = await complete(store, order.id)
        await emit_all(store, done.events if done else [])
        return None
    await count_attempt(store, subscription, order)
    return _next_look(await store.get(Subscription, subscription.id), checkout.billing_cycle_sequence or 0)


async def charge(shop: Shop, attempt: Attempt) -> None:
    """Ask the gateway, and settle what it says. Without an answer the payment stays in doubt, and a job asks later."""
    payment = attempt.begun.payment
    if payment is None:
        return
    try:
        asked = charge_of(payment, attempt.begun.order)
        answer = await GATEWAYS[payment.gateway].charge_again(shop, asked, attempt.vaulted)
    except Exception as error:  # noqa: BLE001 - whatever it was, the job that asks about payments in doubt goes on
        log.warning("renewal in doubt", payment_id=payment.id, error=f"{type(error).__name__}: {error}")
        return
    async with shop.writing() as store:
        await hear(store, payment.id, answer)
