"""Stripe's checkout sessions: how one is asked for, and what it says about its payment."""

from datetime import timedelta
from typing import Any, Final, get_args

from msgspec import UNSET

from sutler.billing.gateways.interface import Answer, Canceled, Charge, Declined, Pending, Succeeded, Vaulted
from sutler.billing.gateways.stripe_objects import Failure, Method, Rejected, Session, Taken
from sutler.billing.orders.models import DeclineCode, PaymentError
from sutler.billing.payment_methods.schemas import CardDetailsDto, CardWalletDto, PaymentMethodDetailsDto
from sutler.kernel import clock
from sutler.kernel.ids import FlakeId, created_at, pretty_id
from sutler.kernel.money import decimals, round_half_up

SHORTEST: Final = timedelta(minutes=30)  # that Stripe keeps a session open
OPENED_WITHIN: Final = timedelta(minutes=5)  # of our payment, or never
SOON: Final = timedelta(minutes=1)
LATER: Final = timedelta(minutes=5)
EXPANDED: Final = ["payment_intent.latest_charge.balance_transaction", "setup_intent.payment_method"]
DECIMALS: Final = {
    code: digits
    for digits, codes in {0: "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf", 3: "bhd jod kwd omr tnd"}.items()
    for code in codes.split()
}
"""Stripe's number of decimals where it isn't two; it isn't always that of ISO 4217."""
SMALLEST: Final = 50  # minor units
STEP_OF_THREE_DECIMALS: Final = 10  # card networks know no third decimal


def request(charge: Charge, store_id: FlakeId) -> dict[str, Any]:
    """The session that a payment asks for: always the same for the same payment, as its idempotency key wants it.

    `Rejected` for an amount that Stripe cannot take.
    """
    words = {"description": f"Order {pretty_id(charge.order_id)}", "metadata": ours(charge, store_id)}
    asked: dict[str, Any] = {
        "payment_method_types": ["card"],
        "client_reference_id": charge.payment_id,
        "metadata": ours(charge, store_id),
        "success_url": charge.page_url,
        "cancel_url": charge.page_url,
        "expand": EXPANDED,
        "expires_at": int((created_at(charge.payment_id) + SHORTEST + OPENED_WITHIN).timestamp()),
    }
    if charge.email:
        asked["customer_email"] = charge.email
    if charge.keep:
        asked["customer_creation"] = "always"
    if charge.amount == 0:
        return asked | {"mode": "setup", "setup_intent_data": words}
    price = {
        "currency": charge.currency, "unit_amount": minor_units(charge), "product_data": {"name": words["description"]},
    }  # fmt: skip
    # Captured at once, so that the fee is known with the success.
    money = {"capture_method": "automatic"} | words | ({"setup_future_usage": "off_session"} if charge.keep else {})
    return asked | {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "adaptive_pricing": {"enabled": False},  # the order's currency and no other
        "payment_intent_data": money,
    }


def ours(charge: Charge, store_id: FlakeId) -> dict[str, str]:
    """Our own words, which Stripe keeps with everything that belongs to a payment."""
    return {"payment_id": charge.payment_id, "order_id": charge.order_id, "store_id": store_id}


def minor_units(charge: Charge) -> int:
    """The amount as Stripe counts it; `Rejected` for one that it cannot take."""
    amount = _counted(charge.amount, charge.currency)
    if amount is None:
        text = f"Cards cannot be charged such a fraction of {charge.currency.upper()}."
        raise Rejected(text, text)
    return amount


def can_be_charged(amount: int, currency: str) -> bool:
    """Whether cards can be charged just this: no less than Stripe's smallest charge in most currencies."""
    return (_counted(amount, currency) or 0) >= SMALLEST


def our_units(amount: int, currency: str) -> int:
    """An amount that Stripe counts, as we count it."""
    return round_half_up(amount * int(10 ** decimals(currency)), int(10 ** DECIMALS.get(currency, 2)))


def _counted(amount: int, currency: str) -> int | None:
    """The amount as Stripe counts it, if it can."""
    theirs, ours = DECIMALS.get(currency, 2), decimals(currency)
    found, rest = divmod(amount * int(10**theirs), int(10**ours))
    return None if rest or (theirs == 3 and found % STEP_OF_THREE_DECIMALS) else found


def too_late(charge: Charge) -> bool:
    """Whether Stripe opens no session for this payment any more, because it could not stay open for long enough."""
    return clock.real_now() > created_at(charge.payment_id) + OPENED_WITHIN + SOON


def meaning(session: Session, charge: Charge) -> Answer:
    """What a session says about its payment."""
    if session.status == "open" and session.payment_status != "paid":
        return waiting(charge, session.url)
    if charge.amount == 0:
        return _set_up(session, charge)
    intent = session.payment_intent
    if session.payment_status == "paid":
        return booked(intent.latest_charge if intent else None, charge, _vaulted(session, charge))
    if session.status == "complete" and intent and intent.status not in ("canceled", "requires_payment_method"):
        return waiting(charge)  # the bank takes its time
    if intent and intent.last_payment_error:
        return declined(intent.last_payment_error)
    return Canceled()


def waiting(charge: Charge, continue_url: str | None = None) -> Pending:
    """Not decided yet. The older a payment is, the less often it is looked at."""
    age = clock.real_now() - created_at(charge.payment_id)
    return Pending(look_again=clock.now() + min(max(age, SOON), LATER), continue_url=continue_url)


def _set_up(session: Session, charge: Charge) -> Answer:
    """What a session that is over and took no money has come to."""
    setup = session.setup_intent
    if setup and setup.status == "processing":
        return waiting(charge)
    if setup and setup.status == "succeeded":
        details, vaulted = _details(setup.payment_method), _vaulted(session, charge)
        return Succeeded(method_type="card", method_details=details, vaulted=vaulted)
    return declined(setup.last_setup_error) if setup and setup.last_setup_error else Canceled()


def _vaulted(session: Session, charge: Charge) -> Vaulted | None:
    setup, intent = session.setup_intent, session.payment_intent
    kept = setup.payment_method.id if setup and setup.payment_method else intent.payment_method if intent else None
    return Vaulted(customer=session.customer, reference=kept) if charge.keep and session.customer and kept else None


def booked(taken: Taken | None, charge: Charge, vaulted: Vaulted | None) -> Answer:
    """The money is taken; but for a moment the fee may not be known yet."""
    booking = taken and taken.balance_transaction
    if taken and not booking and clock.real_now().timestamp() < taken.created + LATER.total_seconds():
        return waiting(charge)  # the fee follows within moments
    return Succeeded(
        method_type="card",
        method_details=_details(taken.payment_method_details if taken else None),
        fee_amount=round_half_up(booking.fee * charge.amount, booking.amount) if booking and booking.amount > 0 else 0,
        vaulted=vaulted,
    )


def declined(why: Failure) -> Declined:
    """The bank said no."""
    code = next((code for code in (why.decline_code, why.code) if code in get_args(DeclineCode)), "generic_decline")
    return Declined(
        error=PaymentError(decline_code=code, message=why.message or "The card was declined."),  # type: ignore[arg-type]  # one of them, as was just looked
        method_type="card",
        method_details=_details(why.payment_method),
    )


def refused(refusal: Rejected) -> Declined:
    """Stripe said no."""
    error = PaymentError(decline_code="processing_error", message=refusal.said)
    return Declined(error=error, method_type="card", method_details=PaymentMethodDetailsDto())


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
