"""Taking cards through Stripe: the payer pays on a page of Stripe's, and comes back."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import structlog

from sutler.billing.gateway_accounts.queries import settings_in
from sutler.billing.gateways import stripe_again, stripe_disputes
from sutler.billing.gateways.interface import (
    Answer,
    Canceled,
    Charge,
    Dispute,
    RefundAnswer,
    RefundFailed,
    Repaid,
    Repayment,
    Setting,
    Unanswered,
    Vaulted,
)
from sutler.billing.gateways.stripe_objects import Intent, Rejected, Session
from sutler.billing.gateways.stripe_refunds import asked, repaid
from sutler.billing.gateways.stripe_refunds import meaning as meaning_of_refund
from sutler.billing.gateways.stripe_sessions import can_be_charged, meaning, refused, request, too_late, waiting
from sutler.billing.stripe import service as attempts
from sutler.billing.stripe.models import StripeAttempt
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

if TYPE_CHECKING:
    from sutler.billing.gateways.stripe_sdk import Account

UNKNOWN: Final = "Stripe knows of no such payment in this account."
log = structlog.get_logger("sutler.stripe")


class Stripe:
    """A gateway whose payments are Stripe's checkout sessions, or attempts to charge a kept card.

    A payment's id is its idempotency key and finds it again. What we have written down says which of the two it is.
    """

    name = "stripe"
    title = "Stripe"
    method_type = "card"
    can_recur = True
    settings: Final = {
        "secret_key": Setting("The secret key of the account, `sk_…`: a live one for a store in live mode.", is_secret=True),
        "webhook_secret": Setting("The signing secret, `whsec_…`, of the webhook endpoint for this store.", is_secret=True),
    }

    def reference(self, payment_id: FlakeId) -> str:
        """What Stripe shows as the client's reference."""
        return payment_id

    def takes(self, amount: int, currency: str) -> bool:
        """Most currencies; what the account does not take Stripe declines."""
        return can_be_charged(amount, currency)

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Answer:
        """Open a session, on whose page the payer goes on."""
        account = await _account(shop)
        try:
            return meaning(await _opened(account, shop, charge), charge)
        except Rejected as refusal:
            log.warning("Stripe took no payment", reason=str(refusal), store_id=shop.store_id, payment_id=charge.payment_id)
            return refused(refusal)

    async def charge_again(self, shop: Shop, charge: Charge, vaulted: Vaulted) -> Answer:
        """Charge the kept card, unless that was asked for before, or so long ago that the key may be forgotten."""
        account = await _account(shop)
        known = await attempts.begin(shop, charge.payment_id, vaulted)
        if known.intent or too_late(charge):
            return await _attempted(account, shop, charge, known)
        try:
            made = await account.attempt(stripe_again.request(charge, shop.store_id, vaulted), charge.payment_id)
        except Rejected as refusal:
            log.warning("Stripe charged no card", reason=str(refusal), store_id=shop.store_id, payment_id=charge.payment_id)
            return stripe_again.refusal(refusal)
        await attempts.remember(shop, charge.payment_id, made.id)
        return await _ended(account, made, charge)

    async def outcome(self, shop: Shop, charge: Charge) -> Answer:
        """What became of the session. One that never was is opened now, unless it is too late for that."""
        account = await _account(shop)
        if known := await attempts.find(shop, charge.payment_id):
            return await _attempted(account, shop, charge, known)
        if charge.off_session:  # nobody got so far as to ask, and soon nobody will any more
            return Canceled() if too_late(charge) else waiting(charge)
        found = await _found(account, shop, charge)
        if found is None:
            return Canceled() if too_late(charge) else waiting(charge)
        return meaning(await account.look(found), charge)

    async def give_up(self, shop: Shop, charge: Charge) -> Answer:
        """Close the session. One that was paid in the meantime stays paid."""
        if charge.off_session or await attempts.find(shop, charge.payment_id):
            return await self.outcome(shop, charge)  # which closes what could not be charged
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

    async def refunds(self, shop: Shop, charge: Charge) -> Sequence[Repaid]:
        """Every refund of the payment, also those that were made in Stripe's dashboard."""
        if charge.amount == 0:
            return ()
        account = await _account(shop)
        try:
            found = await account.refunds(await _intent(account, shop, charge))
        except Rejected as refusal:
            raise Unanswered(str(refusal)) from refusal
        return [repaid(one, charge, shop.store_id) for one in reversed(found)]

    async def disputes(self, shop: Shop, charge: Charge) -> Sequence[Dispute]:
        """What banks have done about the payment, but for their inquiries."""
        if charge.amount == 0:
            return ()
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
    if known := await attempts.find(shop, charge.payment_id):
        made = None if known.intent else await account.search_attempt(known.customer, charge.payment_id)
        if not known.intent and made is None:
            raise Rejected(UNKNOWN)
        return made.id if made else known.intent
    found = await _found(account, shop, charge)
    session = await account.look(found) if found else None
    if session is None or session.payment_intent is None:
        raise Rejected(UNKNOWN)
    return session.payment_intent.id


async def _attempted(account: "Account", shop: Shop, charge: Charge, known: StripeAttempt) -> Answer:
    """What became of charging a kept card; one that Stripe never heard of will not be asked for any more."""
    if known.intent:
        return await _ended(account, await account.look_at_attempt(known.intent), charge)
    made = await account.search_attempt(known.customer, charge.payment_id)
    if made is None:
        return Canceled() if too_late(charge) else waiting(charge)
    await attempts.remember(shop, charge.payment_id, made.id)
    return await _ended(account, made, charge)


async def _ended(account: "Account", made: Intent, charge: Charge) -> Answer:
    """What an attempt means. Nobody is there to go on with one that is unfinished, so it is closed first."""
    if made.status in stripe_again.UNFINISHED and not await account.close_attempt(made.id):
        made = await account.look_at_attempt(made.id)
    return stripe_again.meaning(made, charge)


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


STRIPE: Final = Stripe()
