"""Stripe's checkout sessions: how one is asked for, the parts of it that we read, and what they mean."""

from datetime import timedelta
from typing import Any, Final, get_args

from msgspec import UNSET, Struct

from sutler.billing.gateways.interface import Answer, Canceled, Charge, Declined, Pending, Succeeded
from sutler.billing.orders.models import DeclineCode, PaymentError
from sutler.billing.payment_methods.schemas import CardDetailsDto, CardWalletDto, PaymentMethodDetailsDto
from sutler.kernel import clock
from sutler.kernel.ids import FlakeId, created_at, pretty_id
from sutler.kernel.money import decimals, round_half_up

SHORTEST: Final = timedelta(minutes=30)  # that Stripe keeps a session open
OPENED_WITHIN: Final = timedelta(minutes=5)  # of our payment, or never
SOON: Final = timedelta(minutes=1)
LATER: Final = timedelta(minutes=5)
EXPANDED: Final = ["payment_intent.latest_charge.balance_transaction"]
DECIMALS: Final = {
    code: digits
    for digits, codes in {0: "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf", 3: "bhd jod kwd omr tnd"}.items()
    for code in codes.split()
}
"""Stripe's number of decimals where it isn't two; it isn't always that of ISO 4217."""
STEP_OF_THREE_DECIMALS: Final = 10  # card networks know no third decimal
NOT_WORKING: Final = "This store cannot take cards at the moment. Its owner finds the reason in the log."


class Wallet(Struct):
    """The wallet that a card is kept in."""

    type: str


class Card(Struct):
    """What Stripe knows of a card."""

    brand: str | None = None
    country: str | None = None
    exp_month: int = 0
    exp_year: int = 0
    fingerprint: str | None = None
    funding: str | None = None
    last4: str | None = None
    wallet: Wallet | None = None


class Method(Struct):
    """What was paid with, or was tried."""

    card: Card | None = None


class Failure(Struct):
    """Why the newest attempt in a session failed."""

    code: str | None = None
    decline_code: str | None = None
    message: str | None = None
    payment_method: Method | None = None


class BalanceTransaction(Struct):
    """What reaches the account, in its own currency: the amount before Stripe's fee, and the fee."""

    amount: int
    fee: int


class Taken(Struct):
    """A charge of a card, and when it was made, in seconds."""

    created: int
    payment_method_details: Method | None = None
    balance_transaction: BalanceTransaction | None = None


class Intent(Struct):
    """The attempts to pay in a session."""

    status: str
    id: str = ""
    latest_charge: Taken | None = None
    last_payment_error: Failure | None = None


class Session(Struct):
    """Somebody's visit to Stripe's payment page."""

    id: str
    status: str
    payment_status: str
    url: str | None = None
    payment_intent: Intent | None = None


class Rejected(Exception):
    """Stripe takes no such payment, so there is none. The text is for the log, `said` for the payer."""

    def __init__(self, reason: str, said: str = NOT_WORKING) -> None:
        super().__init__(reason)
        self.said = said


def request(charge: Charge, store_id: FlakeId) -> dict[str, Any]:
    """The session that a payment asks for: always the same for the same payment, as its idempotency key wants it.

    `Rejected` for an amount that Stripe cannot take.
    """
    ours = {"payment_id": charge.payment_id, "order_id": charge.order_id, "store_id": store_id}
    order = f"Order {pretty_id(charge.order_id)}"
    price = {"currency": charge.currency, "unit_amount": minor_units(charge), "product_data": {"name": order}}
    asked: dict[str, Any] = {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [{"price_data": price, "quantity": 1}],
        "adaptive_pricing": {"enabled": False},  # the order's currency and no other
        "client_reference_id": charge.payment_id,
        "metadata": ours,
        # Captured at once, so that the fee is known with the success.
        "payment_intent_data": {"capture_method": "automatic", "description": order, "metadata": ours},
        "success_url": charge.page_url,
        "cancel_url": charge.page_url,
        "expand": EXPANDED,
        "expires_at": int((created_at(charge.payment_id) + SHORTEST + OPENED_WITHIN).timestamp()),
    }
    return asked | ({"customer_email": charge.email} if charge.email else {})


def minor_units(charge: Charge) -> int:
    """The amount as Stripe counts it; `Rejected` for one that it cannot take."""
    theirs, ours = DECIMALS.get(charge.currency, 2), decimals(charge.currency)
    amount, rest = divmod(charge.amount * int(10**theirs), int(10**ours))
    if rest or (theirs == 3 and amount % STEP_OF_THREE_DECIMALS):
        text = f"Cards cannot be charged such a fraction of {charge.currency.upper()}."
        raise Rejected(text, text)
    return amount


def too_late(charge: Charge) -> bool:
    """Whether Stripe opens no session for this payment any more, because it could not stay open for long enough."""
    return clock.real_now() > created_at(charge.payment_id) + OPENED_WITHIN + SOON


def meaning(session: Session, charge: Charge) -> Answer:
    """What a session says about its payment."""
    if session.payment_status == "paid":
        return _succeeded(session, charge)
    if session.status == "open":
        return waiting(charge, session.url)
    intent = session.payment_intent
    if session.status == "complete" and intent and intent.status not in ("canceled", "requires_payment_method"):
        return waiting(charge)  # the bank takes its time
    if intent and intent.last_payment_error:
        return _declined(intent.last_payment_error)
    return Canceled()


def waiting(charge: Charge, continue_url: str | None = None) -> Pending:
    """Not decided yet. The older a payment is, the less often it is looked at."""
    age = clock.real_now() - created_at(charge.payment_id)
    return Pending(look_again=clock.now() + min(max(age, SOON), LATER), continue_url=continue_url)


def _succeeded(session: Session, charge: Charge) -> Answer:
    taken = session.payment_intent and session.payment_intent.latest_charge
    booked = taken and taken.balance_transaction
    if taken and not booked and clock.real_now().timestamp() < taken.created + LATER.total_seconds():
        return waiting(charge)  # the fee follows within moments
    return Succeeded(
        method_type="card",
        method_details=_details(taken.payment_method_details if taken else None),
        fee_amount=round_half_up(booked.fee * charge.amount, booked.amount) if booked and booked.amount > 0 else 0,
    )


def _declined(why: Failure) -> Declined:
    code = next((code for code in (why.decline_code, why.code) if code in get_args(DeclineCode)), "generic_decline")
    return Declined(
        error=PaymentError(decline_code=code, message=why.message or "The card was declined."),  # type: ignore[arg-type]  # one of them, as was just looked
        method_type="card",
        method_details=_details(why.payment_method),
    )


def _details(method: Method | None) -> PaymentMethodDetailsDto:
    card = method and method.card
    if not card:
        return PaymentMethodDetailsDto()
    return PaymentMethodDetailsDto(
        card=CardDetailsDto(
            brand=card.brand or "unknown", country=card.country or "", exp_month=card.exp_month, exp_year=card.exp_year,
            fingerprint=card.fingerprint or "", funding=card.funding or "unknown", last4=card.last4 or "",
            wallet=CardWalletDto(type=card.wallet.type) if card.wallet else UNSET,
        )
    )  # fmt: skip
