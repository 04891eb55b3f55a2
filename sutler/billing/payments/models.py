"""The payment's table: one row per attempt to pay an order. All amounts are minor units of `currency`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, Forbidden
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import round_half_up

PaymentStatus = Literal[
    "unknown", "created", "pending", "completed", "canceled", "failed", "refunded", "chargeback", "refund_failed",
    "refund_processing",
]  # fmt: skip
TRANSITIONS: Final[Mapping[PaymentStatus, tuple[PaymentStatus, ...]]] = {
    "unknown": (),
    "created": ("pending",),
    "pending": ("completed", "failed", "canceled"),
    # refunded at once: it is over no money; failed at once: what was given back of it came back to the store
    "completed": ("refund_processing", "chargeback", "refunded", "refund_failed"),
    "refund_processing": ("refunded", "refund_failed", "completed", "chargeback"),  # completed: a part of it is refunded
    "refund_failed": ("refund_processing", "chargeback"),
    "canceled": (),
    "failed": (),
    "refunded": ("refund_failed", "refund_processing", "chargeback"),  # the money came back to the store
    "chargeback": ("refund_processing",),  # once the store has won
}
ChargebackStatus = Literal["none", "pending", "won", "lost"]


class Payment(StoreRecord, table="payments"):
    """One attempt to pay. It is written as `pending` before its gateway is called, so that none is ever forgotten."""

    order_id: FlakeId
    customer_id: FlakeId
    gateway: str
    gateway_reference: str  # how the gateway calls this payment
    method_type: str  # card, paypal, …
    method_details: PaymentMethodDetailsDto
    status: PaymentStatus
    currency: str
    amount: int
    tax_amount: int
    gateway_fee_amount: int
    chargeback_status: ChargebackStatus = "none"
    chargeback_status_updated_at: datetime | None = None
    chargeback_at: datetime | None = None  # when the first dispute over it was opened
    pending_at: datetime | None = None
    completed_at: datetime | None = None
    canceled_at: datetime | None = None
    failed_at: datetime | None = None
    last_payment_error: PaymentError | None = None
    continue_url: str | None = None  # where the payer has to go while it is pending
    off_session: bool = False  # charged to what its payer has let the store keep, without asking them
    refunded_amount: int = 0  # given back, or about to be: never more than `amount`
    refunded_tax_amount: int = 0  # the tax in it
    refunded_at: datetime | None = None  # when the last of it was given back
    presentment_currency: str | None = None  # what the gateway takes, where it isn't the store's currency
    presentment_amount: int | None = None
    fx_rate: str | None = None
    presentment_refunded_amount: int = 0

    @property
    def charged(self) -> tuple[int, str]:
        """What the gateway is asked to take: so many minor units of a currency."""
        if self.presentment_amount is None or self.presentment_currency is None:
            return self.amount, self.currency
        return self.presentment_amount, self.presentment_currency

    def booked(self, amount: int) -> int:
        """What an amount of what was charged is in the store's currency: at the payment's own rate, half up."""
        return amount if self.presentment_amount is None else round_half_up(amount * self.amount, self.presentment_amount)

    @property
    def store_net_amount(self) -> int:
        """What the store keeps: the amount less tax and fees. There is no platform, so no platform fee."""
        return self.amount - self.tax_amount - self.gateway_fee_amount


class PaymentInProgress(Conflict):
    """Another payment of this order is in progress or already done, so nothing was charged now.

    Look at the order in a moment: it is complete, or can be paid again. A payment that waits for the buyer is given up with
    "Pay another way" on the checkout page.
    """


class TotalChanged(Conflict):
    """The total is another one than the payer agreed to: because of where they are, or of a gift card that was used."""


class LiveMode(Forbidden):
    """This store is in live mode, and only stores in test mode can be paid with the simulator."""


class NoGateway(Conflict):
    """This store can't take money this way: no gateway for it is on. The simulator only serves stores in test mode."""


class AlreadySettled(Conflict):
    """This payment is settled already, and not like this."""


class NotByHand(Conflict):
    """The gateway of this payment says itself what became of it; only transfers and cash are settled by hand."""


OPEN_OR_DONE = Payment.c.status.in_(("created", "pending", "completed"))
unique(PaymentInProgress, Payment.c.store_id, Payment.c.order_id, name="payments_one_at_a_time", where=OPEN_OR_DONE)
index("payments_newest", Payment.c.store_id, Payment.c.id)
index("payments_order", Payment.c.store_id, Payment.c.order_id)
index("payments_customer", Payment.c.store_id, Payment.c.customer_id, Payment.c.id)
