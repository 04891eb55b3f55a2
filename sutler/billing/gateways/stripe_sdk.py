"""The calls that we make through Stripe's SDK. It is large: this is imported by the first that is about to call Stripe."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, TypeVar

import msgspec
import stripe

from sutler.billing.gateways.interface import Unanswered
from sutler.billing.gateways.stripe_again import EXPANDED_INTENT
from sutler.billing.gateways.stripe_disputes import Disputed
from sutler.billing.gateways.stripe_disputes import Page as Disputes
from sutler.billing.gateways.stripe_objects import Intent, NoEntry, Rejected, Session
from sutler.billing.gateways.stripe_refunds import Given
from sutler.billing.gateways.stripe_refunds import Page as Refunds
from sutler.billing.gateways.stripe_sessions import EXPANDED, OPENED_WITHIN
from sutler.kernel.ids import FlakeId, created_at
from sutler.kernel.outside.http import CallFailed
from sutler.kernel.outside.installed import outside
from sutler.settings import settings

PATIENCE: Final = 20.0  # seconds
TOLERANCE: Final = timedelta(minutes=5)  # with the age of a notification
CLOCKS_DIFFER: Final = timedelta(minutes=5)
SESSIONS_AT_ONCE: Final = 10  # fits into what is read of an answer
REFUNDS_AT_ONCE: Final = 20  # the same
DISPUTES_AT_ONCE: Final = 20  # the same
FOR_PAYERS: Final = ("amount_too_small", "amount_too_large")  # what they may read of Stripe's reasons
T = TypeVar("T")
NO_ENTRY: Final = (401, 403)
OF_KEPT_CARDS: Final = ("customer", "payment_method")  # parameters that name what Stripe keeps
BUSY: Final = (409, 429)  # the same call is under way, or there were too many: neither says anything about the payment

stripe.enable_telemetry = False


class Transport(stripe.HTTPClient):
    """Carries the SDK's calls over our own guarded client."""

    name = "sutler"

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """One call, without what the SDK would tell of this machine; `Unanswered` when nothing comes back."""
        kept = {name: value for name, value in headers.items() if name != "X-Stripe-Client-User-Agent"}
        body = post_data.encode() if isinstance(post_data, str) else post_data or b""
        try:
            reply = await outside().send(method.upper(), url, headers=kept, body=body, timeout=PATIENCE)
        except CallFailed as error:
            raise Unanswered(str(error)) from error
        return reply.body, reply.status, reply.headers


class Account:
    """A store's account with Stripe. Calls raise `Rejected` when Stripe refuses them, `Unanswered` when nobody knows."""

    def __init__(self, secret_key: str, *, live_mode: bool) -> None:
        self._fits = ("_live_" in secret_key) == live_mode
        client = stripe.StripeClient(
            secret_key, http_client=Transport(), base_addresses={"api": settings().stripe_url}, max_network_retries=0
        )
        self._client = client
        self._sessions, self._refunds, self._intents = (
            client.v1.checkout.sessions,
            client.v1.refunds,
            client.v1.payment_intents,
        )

    def _enter(self) -> None:
        if not self._fits:
            raise NoEntry("A store in live mode needs a live key of Stripe's, and a store in test mode a test key.")

    async def open(self, asked: Any, key: str) -> Session:
        """The session that this idempotency key opens, or has opened: then as it was at that time."""
        self._enter()
        try:
            return _read(await self._sessions.create_async(asked, {"idempotency_key": key}))
        except stripe.StripeError as error:
            raise _known(error) from error

    async def look(self, session_id: str) -> Session:
        """The session as it is now, with its money."""
        try:
            return _read(await self._sessions.retrieve_async(session_id, {"expand": EXPANDED}))
        except stripe.StripeError as error:
            raise _known(error) from error

    async def close(self, session_id: str) -> None:
        """Let nobody pay in this session any more; one that is over already stays as it ended."""
        try:
            await self._sessions.expire_async(session_id)
        except stripe.StripeError as error:
            known = _known(error)
            if not isinstance(known, Rejected):
                raise known from error

    async def search(self, payment_id: FlakeId) -> str | None:
        """The id of a payment's session, found among those of its time; for when the idempotency key is forgotten."""
        opened = created_at(payment_id)
        since, until = opened - CLOCKS_DIFFER, opened + OPENED_WITHIN + CLOCKS_DIFFER
        created: Any = {"gte": int(since.timestamp()), "lte": int(until.timestamp())}
        try:
            page = await self._sessions.list_async({"created": created, "limit": SESSIONS_AT_ONCE})
            async for session in page.auto_paging_iter():
                if session.client_reference_id == payment_id:
                    return session.id
        except stripe.StripeError as error:
            raise _known(error) from error
        return None

    async def give_back(self, asked: Any, key: str) -> Given:
        """The refund that this idempotency key makes, or has made: then as it was at that time."""
        try:
            made = await self._refunds.create_async(asked, {"idempotency_key": key})
            return _decoded(made.last_response, Given)
        except stripe.StripeError as error:
            raise _known(error) from error

    async def given_back(self, intent_id: str, refund_id: FlakeId) -> Given | None:
        """The refund that carries our id, as it is now; None when there is none."""
        try:
            page = await self._refunds.list_async({"payment_intent": intent_id, "limit": REFUNDS_AT_ONCE})
            async for refund in page.auto_paging_iter():
                if getattr(refund.metadata, "refund_id", None) == refund_id:
                    found = await self._refunds.retrieve_async(refund.id)
                    return _decoded(found.last_response, Given)
        except stripe.StripeError as error:
            raise _known(error) from error
        return None

    async def refunds(self, intent_id: str) -> list[Given]:
        """Every refund of an attempt to pay as it is now, newest first, wherever it was made."""
        found: list[Given] = []
        asked: Any = {"payment_intent": intent_id, "limit": REFUNDS_AT_ONCE}
        try:
            while True:
                page = _decoded((await self._refunds.list_async(asked)).last_response, Refunds)
                found += page.data
                if not page.has_more or not page.data:
                    return found
                asked["starting_after"] = page.data[-1].id
        except stripe.StripeError as error:
            raise _known(error) from error

    async def disputes(self, intent_id: str) -> list[Disputed]:
        """Every dispute over an attempt to pay."""
        try:
            page = await self._client.v1.disputes.list_async({"payment_intent": intent_id, "limit": DISPUTES_AT_ONCE})
            return _decoded(page.last_response, Disputes).data
        except stripe.StripeError as error:
            raise _known(error) from error

    async def metadata(self, intent_id: str) -> dict[str, str]:
        """Our own words about an attempt to pay."""
        return (await self.look_at_attempt(intent_id)).metadata

    async def attempt(self, asked: Any, key: str) -> Intent:
        """The attempt that this idempotency key makes, or has made, as it is now; also where the bank says no."""
        self._enter()
        try:
            made = await self._intents.create_async(asked, {"idempotency_key": key})
            return _decoded(made.last_response, Intent)
        except stripe.StripeError as error:
            if intent_id := _attempt_in(error):
                return await self.look_at_attempt(intent_id)
            raise _known(error) from error

    async def look_at_attempt(self, intent_id: str) -> Intent:
        """An attempt as it is now, with its money."""
        try:
            found = await self._intents.retrieve_async(intent_id, {"expand": EXPANDED_INTENT})
            return _decoded(found.last_response, Intent)
        except stripe.StripeError as error:
            raise _known(error) from error

    async def search_attempt(self, customer: str, payment_id: FlakeId) -> Intent | None:
        """A payment's attempt to charge what is kept of this customer; None when there is none."""
        since: Any = {"gte": int((created_at(payment_id) - CLOCKS_DIFFER).timestamp())}
        try:
            page = await self._intents.list_async({"customer": customer, "created": since, "limit": SESSIONS_AT_ONCE})
            async for intent in page.auto_paging_iter():
                if getattr(intent.metadata, "payment_id", None) == payment_id:
                    return await self.look_at_attempt(intent.id)
        except stripe.StripeError as error:
            raise _known(error) from error
        return None

    async def close_attempt(self, intent_id: str) -> bool:
        """Let nobody go on with an attempt; False when it is over already."""
        try:
            await self._intents.cancel_async(intent_id)
        except stripe.StripeError as error:
            known = _known(error)
            if isinstance(known, Rejected):
                return False
            raise known from error
        return True

    @staticmethod
    def signed(body: bytes, signature: str, secret: str) -> bool:
        """Whether a notification is signed with this secret, and not long ago."""
        try:
            stripe.WebhookSignature.verify_header(body, signature, secret, int(TOLERANCE.total_seconds()))
        except (stripe.SignatureVerificationError, ValueError, TypeError):  # or neither is text
            return False
        return True


def _read(answered: Any) -> Session:
    """The parts of a session that we read."""
    return _decoded(answered.last_response, Session)


def _decoded(response: Any, kind: type[T]) -> T:
    """The parts of an answer that we read."""
    try:
        return msgspec.json.decode(response.body, type=kind)
    except msgspec.DecodeError as error:
        raise Unanswered(f"Stripe's answer is not understood: {error}") from error


def _attempt_in(error: stripe.StripeError) -> str | None:
    """The attempt that a failure tells of: it exists although the bank said no."""
    told = error.error and error.error.payment_intent
    return told.id if told else None


def _known(error: stripe.StripeError) -> Exception:
    """What a failure means: a refusal, or that nothing is known."""
    status = error.http_status or 0
    if status in NO_ENTRY:
        return NoEntry(error.user_message or "Stripe does not let this store in.")
    if 400 <= status < 500 and status not in BUSY:
        reason = error.user_message or "Stripe refuses this payment."
        is_about_card = getattr(error, "param", None) in OF_KEPT_CARDS
        return Rejected(reason, *([reason] if error.code in FOR_PAYERS else []), about_card=is_about_card)
    return Unanswered(f"Stripe answered with {status or 'nothing'}: {error.user_message}")
