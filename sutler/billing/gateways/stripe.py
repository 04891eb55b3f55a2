"""Taking cards through Stripe: the payer pays on a page of Stripe's, and comes back."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import structlog

from sutler.billing.gateway_accounts.queries import settings_in
from sutler.billing.gateways import stripe_disputes
from sutler.billing.gateways.interface import (
    Answer,
    Canceled,
    Charge,
    Declined,
    Dispute,
    RefundAnswer,
    RefundFailed,
    Repayment,
    Setting,
    Unanswered,
)
from sutler.billing.gateways.stripe_refunds import asked
from sutler.billing.gateways.stripe_refunds import meaning as meaning_of_refund
from sutler.billing.gateways.stripe_sessions import Rejected, Session, meaning, request, too_late, waiting
from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

if TYPE_CHECKING:
    from sutler.billing.gateways.stripe_sdk import Account

log = structlog.get_logger("sutler.stripe")


class Stripe:
    """A gateway whose payments are Stripe's checkout sessions. A payment's id is its idempotency key and finds it again."""

    name = "stripe"
    title = "Stripe"
    method_type = "card"
    settings: Final = {
        "secret_key": Setting("The secret key of the account, `sk_…`: a live one for a store in live mode.", is_secret=True),
        "webhook_secret": Setting("The signing secret, `whsec_…`, of the webhook endpoint for this store.", is_secret=True),
    }

    def reference(self, payment_id: FlakeId) -> str:
        """What Stripe shows as the client's reference."""
        return payment_id

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Answer:
        """Open a session, on whose page the payer goes on."""
        account = await _account(shop)
        try:
            return meaning(await _opened(account, shop, charge), charge)
        except Rejected as refusal:
            log.warning("Stripe took no payment", reason=str(refusal), store_id=shop.store_id, payment_id=charge.payment_id)
            return _refused(refusal)

    async def outcome(self, shop: Shop, charge: Charge) -> Answer:
        """What became of the session. One that never was is opened now, unless it is too late for that."""
        account = await _account(shop)
        found = await _found(account, shop, charge)
        if found is None:
            return Canceled() if too_late(charge) else waiting(charge)
        return meaning(await account.look(found), charge)

    async def give_up(self, shop: Shop, charge: Charge) -> Answer:
        """Close the session. One that was paid in the meantime stays paid."""
        account = await _account(shop)
        found = await _found(account, shop, charge)
        if found is not None:
            await account.close(found)
        return await self.outcome(shop, charge)

    async def refund(self, shop: Shop, repayment: Repayment) -> RefundAnswer:
        """Give money back to the card that it came from."""
        account = await _account(shop)
        try:
            intent = await _intent(account, shop, repayment.charge)
            return meaning_of_refund(await account.give_back(asked(repayment, intent, shop.store_id), repayment.refund_id))
        except Rejected as refusal:
            log.warning(
                "Stripe gave no money back", reason=str(refusal), store_id=shop.store_id, refund_id=repayment.refund_id
            )
            return RefundFailed(str(refusal))

    async def refund_outcome(self, shop: Shop, repayment: Repayment) -> RefundAnswer | None:
        """What became of a refund, found by our id: its idempotency key is forgotten after a day."""
        account = await _account(shop)
        try:
            given = await account.given_back(await _intent(account, shop, repayment.charge), repayment.refund_id)
        except Rejected:
            return None
        return meaning_of_refund(given) if given else None

    async def disputes(self, shop: Shop, charge: Charge) -> Sequence[Dispute]:
        """What banks have done about the session's payment, but for their inquiries."""
        account = await _account(shop)
        try:
            found = await account.disputes(await _intent(account, shop, charge))
        except Rejected as refusal:
            raise Unanswered(str(refusal)) from refusal
        return [dispute for one in found if (dispute := stripe_disputes.meaning(one, charge))]

    @staticmethod
    async def payment_of(shop: Shop, intent_id: str) -> FlakeId | None:
        """Which of this store's payments Stripe calls so; None when it is of something else in the account."""
        account = await _account(shop)
        try:
            ours = await account.metadata(intent_id)
        except Rejected as refusal:
            log.warning("Stripe does not know what it told of", reason=str(refusal), store_id=shop.store_id)
            return None
        payment_id = ours.get("payment_id", "")
        return payment_id if ours.get("store_id") == shop.store_id and looks_like_id(payment_id) else None

    @staticmethod
    async def signed(body: bytes, signature: str, secret: str) -> bool:
        """Whether a notification comes from Stripe: signed with this secret, and not long ago."""
        kind = await asyncio.to_thread(_sdk)
        return kind.signed(body, signature, secret)


async def _opened(account: "Account", shop: Shop, charge: Charge) -> Session:
    return await account.open(request(charge, shop.store_id), charge.payment_id)


async def _found(account: "Account", shop: Shop, charge: Charge) -> str | None:
    """The id of the payment's session, opened now if it never was; None when Stripe opens none and has none."""
    try:
        return (await _opened(account, shop, charge)).id
    except Rejected:
        return await account.search(charge.payment_id)


async def _intent(account: "Account", shop: Shop, charge: Charge) -> str:
    """Stripe's name for what has paid; `Rejected` when Stripe knows of no such payment."""
    found = await _found(account, shop, charge)
    session = await account.look(found) if found else None
    if session is None or session.payment_intent is None:
        raise Rejected("Stripe knows of no such payment in this account.")
    return session.payment_intent.id


async def _account(shop: Shop) -> "Account":
    """The store's account, as it is now."""
    async with shop.reading() as store:
        seller, told = await current(store), await settings_in(store, Stripe.name)
    if "secret_key" not in told:
        raise Unanswered("The store has no secret key of Stripe's any more, and without one nothing can be asked.")
    kind = await asyncio.to_thread(_sdk)
    return kind(told["secret_key"], live_mode=seller.live_mode)


def _sdk() -> "type[Account]":
    from sutler.billing.gateways.stripe_sdk import Account  # noqa: PLC0415 - it is large, and few processes need it

    return Account


def _refused(refusal: Rejected) -> Declined:
    error = PaymentError(decline_code="processing_error", message=refusal.said)
    return Declined(error=error, method_type="card", method_details=PaymentMethodDetailsDto())


STRIPE: Final = Stripe()
