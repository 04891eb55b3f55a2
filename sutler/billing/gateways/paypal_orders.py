"""PayPal's orders: how one is asked for, the parts of it that we read, and what they mean."""

from datetime import timedelta
from typing import Any, Final

from msgspec import Struct, field

from sutler.billing.gateways.interface import Answer, Charge, Declined, Pending, Succeeded
from sutler.billing.gateways.paypal_amounts import Money, minor_units, written
from sutler.billing.orders.models import DeclineCode, PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto, PayPalDetailsDto
from sutler.kernel import clock
from sutler.kernel.ids import created_at, pretty_id

SOON: Final = timedelta(minutes=1)
LATER: Final = timedelta(minutes=5)
TAKEN: Final = ("COMPLETED", "REFUNDED", "PARTIALLY_REFUNDED")
LINKS: Final = ("payer-action", "approve")
CODES: Final[dict[str, DeclineCode]] = {
    "INSTRUMENT_DECLINED": "do_not_honor",
    "CARD_EXPIRED": "expired_card",
    "CURRENCY_NOT_SUPPORTED": "currency_not_supported",
    "DECIMALS_NOT_SUPPORTED": "invalid_amount",
    "DUPLICATE_INVOICE_ID": "duplicate_transaction",
    "INSUFFICIENT_FUNDS": "insufficient_funds",
    "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED": "card_velocity_exceeded",
    "TRANSACTION_LIMIT_EXCEEDED": "card_velocity_exceeded",
    "PAYER_ACCOUNT_LOCKED_OR_CLOSED": "invalid_account",
    "PAYER_ACCOUNT_RESTRICTED": "invalid_account",
    "PAYER_CANNOT_PAY": "transaction_not_allowed",
    "COMPLIANCE_VIOLATION": "transaction_not_allowed",
    "TRANSACTION_REFUSED": "generic_decline",
    "PAYEE_ACCOUNT_RESTRICTED": "processing_error",
    "PAYEE_ACCOUNT_LOCKED_OR_CLOSED": "processing_error",
    "PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING": "processing_error",
}
"""What PayPal's reasons are called on the wire."""
SAID: Final[dict[DeclineCode, str]] = {
    "currency_not_supported": "PayPal doesn’t take this currency. Choose another way to pay.",
    "invalid_amount": "PayPal takes whole amounts only in this currency. Choose another way to pay.",
    "do_not_honor": "PayPal could not use the card or bank account that was chosen there. Choose another one.",
    "expired_card": "The card that was chosen with PayPal has expired. Choose another one.",
    "insufficient_funds": "There was too little money for this payment.",
    "invalid_account": "The PayPal account that was chosen can’t pay at the moment.",
    "processing_error": "This store cannot take payments by PayPal at the moment. Its owner finds the reason in the log.",
}
"""What the payer reads, by decline code."""


class Breakdown(Struct):
    """What PayPal keeps of a capture, or gives back of its fee with a refund."""

    paypal_fee: Money | None = None


class Reason(Struct):
    """Why something is as it is."""

    reason: str = ""


class Capture(Struct):
    """Money that was taken, or tried to be."""

    id: str
    status: str
    seller_receivable_breakdown: Breakdown | None = None
    status_details: Reason | None = None


class Refund(Struct):
    """Money that was given back, or tried to be."""

    id: str
    status: str
    amount: Money | None = None
    invoice_id: str = ""
    seller_payable_breakdown: Breakdown | None = None
    status_details: Reason | None = None


class Payments(Struct):
    """The money of an order."""

    captures: list[Capture] = []
    refunds: list[Refund] = []

    @property
    def taken(self) -> Capture | None:
        """The money that was taken, whatever has been given back since."""
        return next((capture for capture in self.captures if capture.status in TAKEN), None)


class Unit(Struct):
    """The one part that our orders have."""

    payments: Payments = field(default_factory=Payments)


class Link(Struct):
    """Where to go on."""

    rel: str
    href: str


class Name(Struct):
    """A person's name."""

    given_name: str = ""
    surname: str = ""


class Address(Struct):
    """Where a person lives."""

    country_code: str = ""


class Person(Struct):
    """Somebody's PayPal account."""

    account_id: str = ""
    email_address: str = ""
    name: Name = field(default_factory=Name)
    address: Address = field(default_factory=Address)


class Source(Struct):
    """What was paid with."""

    paypal: Person | None = None


class Order(Struct):
    """An order: somebody's visit to PayPal, and then the money."""

    id: str
    status: str
    links: list[Link] = []
    purchase_units: list[Unit] = []
    payment_source: Source | None = None

    @property
    def money(self) -> Payments:
        """What was taken and given back."""
        return self.purchase_units[0].payments if self.purchase_units else Payments()

    @property
    def continue_url(self) -> str | None:
        """Where the payer goes on, if there is anything to do for them."""
        return next((link.href for link in self.links if link.rel in LINKS), None)


def request(charge: Charge) -> dict[str, Any]:
    """The order that a payment asks for; `Rejected` for an amount that PayPal cannot take.

    PayPal refuses to take money twice under one `invoice_id`: one more lock on the door.
    """
    ours = {"custom_id": charge.payment_id, "invoice_id": charge.payment_id}
    unit = ours | {"description": f"Order {pretty_id(charge.order_id)}", "amount": written(charge.amount, charge.currency)}
    context = {
        "return_url": f"{charge.page_url}&returned=1",
        "cancel_url": charge.page_url,
        "user_action": "PAY_NOW",
        "shipping_preference": "NO_SHIPPING",
        "payment_method_preference": "IMMEDIATE_PAYMENT_REQUIRED",
    }
    return {
        "intent": "CAPTURE",
        "purchase_units": [unit],
        "payment_source": {"paypal": {"experience_context": context}},
    }


def meaning(order: Order, charge: Charge) -> Answer | None:
    """What the money of an order says about its payment; None while none was asked for."""
    captures = order.money.captures
    if taken := order.money.taken:
        kept = taken.seller_receivable_breakdown
        fee = minor_units(kept.paypal_fee, charge.currency) if kept else 0
        return Succeeded(method_type="paypal", method_details=_details(order), fee_amount=fee)
    if not captures:
        return None
    if any(capture.status == "PENDING" for capture in captures):
        return waiting(charge)  # PayPal looks at it, or a bank takes its time
    why = captures[-1].status_details
    return declined(refusal(why.reason if why else ""), order)


def refusal(issue: str, otherwise: DeclineCode = "generic_decline") -> PaymentError:
    """A reason of PayPal's for the payer, in our words; `otherwise` is what it means when we know no better."""
    code = CODES.get(issue, otherwise)
    return PaymentError(decline_code=code, message=SAID.get(code, "PayPal declined the payment."))


def declined(error: PaymentError, order: Order | None = None) -> Declined:
    """No money, and why."""
    return Declined(
        error=error, method_type="paypal", method_details=_details(order) if order else PaymentMethodDetailsDto()
    )


def waiting(charge: Charge, continue_url: str | None = None) -> Pending:
    """Not decided yet. The older a payment is, the less often it is looked at."""
    age = clock.real_now() - created_at(charge.payment_id)
    return Pending(look_again=clock.now() + min(max(age, SOON), LATER), continue_url=continue_url)


def _details(order: Order) -> PaymentMethodDetailsDto:
    person = order.payment_source and order.payment_source.paypal
    if not person:
        return PaymentMethodDetailsDto()
    name = f"{person.name.given_name} {person.name.surname}".strip()
    return PaymentMethodDetailsDto(
        paypal=PayPalDetailsDto(
            payer_id=person.account_id, payer_email=person.email_address, payer_name=name,
            country=person.address.country_code, vault=False,
        )
    )  # fmt: skip
