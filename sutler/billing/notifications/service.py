"""Hearing from gateways. What they say is not believed: it makes us ask, at once, what became of a payment or a refund."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from sutler.billing.disputes.jobs import hear_dispute, hear_stripe
from sutler.billing.gateway_accounts.queries import settings_in
from sutler.billing.gateway_refunds.jobs import hear_of_refunds, hear_of_refunds_at_paypal, hear_of_refunds_at_stripe
from sutler.billing.gateways import paypal_notices
from sutler.billing.gateways.interface import Gateway, Unanswered
from sutler.billing.gateways.paypal import PAYPAL
from sutler.billing.gateways.stripe import STRIPE
from sutler.billing.gateways.stripe_disputes import disputed
from sutler.billing.notifications.schemas import Metadata, Notification, tells_of_dispute, tells_of_refund
from sutler.billing.payments.models import Payment
from sutler.billing.refund_settlements.jobs import hear_refund_notice
from sutler.billing.refunds.models import Refund
from sutler.billing.settlements.jobs import hear_notice
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import NotFound, ServiceUnavailable, ShopError
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

Headers = Callable[[str], str]  # the value of a header by its name in lower case, or the empty text


class WrongSignature(ShopError):
    """This notification is not from the gateway, or not for this store, or was too long on its way. Nothing was done."""


class Voice(Struct, frozen=True):
    """A gateway that tells over HTTP: whether a notification is its own, and the id of the payment that it is about.

    The id may be anything, or the empty text when it is about none.
    """

    gateway: Gateway
    signed: Callable[[Shop, bytes, Headers], Awaitable[bool]]
    about: Callable[[bytes, FlakeId], str]


async def hear(shop: Shop, name: str, body: bytes, header: Headers) -> None:
    """Let a gateway's notification lead to a question, when it is about a payment that waits, or whose refunds do.

    NotFound for a store that does not use this gateway, WrongSignature for what is not the gateway's own,
    ServiceUnavailable when that cannot be told now.
    """
    voice = VOICES[name]
    async with shop.reading() as store:
        seller = await current(store)
    if name not in seller.gateways:
        raise NotFound(f"This store does not use {voice.gateway.title}.")
    try:
        is_signed = await voice.signed(shop, body, header)
    except Unanswered as error:
        raise ServiceUnavailable(f"Whether this is {voice.gateway.title}’s own could not be told. Send it again.") from error
    if not is_signed:
        raise WrongSignature
    payment_id = voice.about(body, shop.store_id)
    if tells_of_dispute(body):
        await _hear_of_dispute(shop, name, body, payment_id)
        return
    if tells_of_refund(body):
        await _hear_of_refund(shop, name, body, payment_id)
        return
    if not looks_like_id(payment_id):
        return
    async with shop.writing() as store:
        waits = store.rows(Payment).where(
            Payment.c.id == payment_id, Payment.c.gateway == name, Payment.c.status == "pending"
        )
        if await store.exists(waits):
            await hear_notice.enqueue(store, payment_id=payment_id)
        await _hear_of_refunds(store, payment_id)


async def _hear_of_refunds(store: StoreContext, payment_id: FlakeId) -> None:
    on_their_way = store.rows(Refund).where(Refund.c.payment_id == payment_id, Refund.c.status == "processing")
    for refund in await store.all(on_their_way):
        await hear_refund_notice.enqueue(store, refund_id=refund.id)


async def _hear_of_refund(shop: Shop, name: str, body: bytes, payment_id: str) -> None:
    """What was given back on a gateway's page carries no word of ours, so the gateway is asked of which payment it is."""
    async with shop.writing() as store:
        if looks_like_id(payment_id):
            ours = store.rows(Payment).where(Payment.c.id == payment_id, Payment.c.gateway == name)
            if await store.exists(ours):
                await hear_of_refunds.enqueue(store, payment_id=payment_id)
        elif name == STRIPE.name and (intent := disputed(body)):
            await hear_of_refunds_at_stripe.enqueue(store, intent_id=intent)
        elif name == PAYPAL.name and (capture := paypal_notices.capture_in(body)):
            await hear_of_refunds_at_paypal.enqueue(store, capture=capture)


async def _hear_of_dispute(shop: Shop, name: str, body: bytes, payment_id: str) -> None:
    """A dispute is of a payment that is settled. Stripe names it in its own words, and is asked whose it is."""
    async with shop.writing() as store:
        if name == STRIPE.name:
            if intent := disputed(body):
                await hear_stripe.enqueue(store, intent_id=intent)
        elif looks_like_id(payment_id):
            ours = store.rows(Payment).where(Payment.c.id == payment_id, Payment.c.gateway == name)
            if await store.exists(ours):
                await hear_dispute.enqueue(store, payment_id=payment_id)


async def _signed_by_stripe(shop: Shop, body: bytes, header: Headers) -> bool:
    async with shop.reading() as store:
        told = await settings_in(store, STRIPE.name)
    return await STRIPE.signed(body, header("stripe-signature"), told["webhook_secret"])


def _about_for_stripe(body: bytes, store_id: FlakeId) -> str:
    """Stripe keeps our words, among them the store's id, with all that belongs to a payment."""
    try:
        found = msgspec.json.decode(body, type=Notification).data.object.metadata or Metadata()
    except msgspec.DecodeError:
        return ""  # something else that happened in the account
    return found.payment_id if found.store_id == store_id else ""


def _about_for_paypal(body: bytes, _: FlakeId) -> str:
    """PayPal has room for one id. It finds nothing in other stores, which may share an account with this one."""
    return paypal_notices.about(body)


VOICES: Final[Mapping[str, Voice]] = {
    STRIPE.name: Voice(STRIPE, _signed_by_stripe, _about_for_stripe),
    PAYPAL.name: Voice(PAYPAL, PAYPAL.signed, _about_for_paypal),
}
