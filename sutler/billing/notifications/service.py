"""Hearing from gateways. What they say is not believed: it makes us ask, at once, what became of a payment."""

import msgspec

from sutler.billing.gateway_accounts.queries import settings_in
from sutler.billing.gateways.stripe import STRIPE
from sutler.billing.notifications.schemas import Metadata, Notification
from sutler.billing.payments.models import Payment
from sutler.billing.settlements.jobs import hear_notice
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import NotFound, ShopError
from sutler.stores.stores.service import current


class WrongSignature(ShopError):
    """This notification is not signed with the store's webhook secret, or was too long on its way. Nothing was done."""


async def hear(shop: Shop, body: bytes, signature: str) -> None:
    """Let a notification of Stripe's lead to a question, when it is about a payment that waits.

    NotFound for a store that does not use Stripe, WrongSignature for what is not Stripe's own.
    """
    async with shop.reading() as store:
        seller, told = await current(store), await settings_in(store, STRIPE.name)
    if STRIPE.name not in seller.gateways:
        raise NotFound("This store does not use Stripe.")
    if not await STRIPE.signed(body, signature, told["webhook_secret"]):
        raise WrongSignature
    about = _about(body)
    if about.store_id != shop.store_id or not looks_like_id(about.payment_id):
        return
    async with shop.writing() as store:
        waits = store.rows(Payment).where(
            Payment.c.id == about.payment_id, Payment.c.gateway == STRIPE.name, Payment.c.status == "pending"
        )
        if await store.exists(waits):
            await hear_notice.enqueue(store, payment_id=about.payment_id)


def _about(body: bytes) -> Metadata:
    """Whose payment a notification is about; nobody's when it has none."""
    try:
        return msgspec.json.decode(body, type=Notification).data.object.metadata or Metadata()
    except msgspec.DecodeError:
        return Metadata()  # something else that happened in the account
