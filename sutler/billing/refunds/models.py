"""The refund's table: one row per intent to give money back. All amounts are minor units of `currency`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

RefundStatus = Literal["created", "approved", "processing", "completed", "canceled", "failed"]
TRANSITIONS: Final[Mapping[RefundStatus, tuple[RefundStatus, ...]]] = {
    "created": ("approved", "canceled"),
    "approved": ("processing", "canceled"),
    "processing": ("completed", "failed", "canceled"),
    "completed": ("failed",),  # the gateway could not give the money back after all
    "failed": (),
    "canceled": (),
}
LIVE: Final = ("created", "approved", "processing", "completed")
"""States of a refund whose money is given back, or may yet be."""


class Refund(StoreRecord, table="refunds"):
    """Money to give back. It is written as `processing` before its gateway is called, so that none is ever forgotten.

    `takes_back` are the lines of the order whose items go with the money; none where only money is given back.
    One that was made on the gateway's own page has the gateway's name for it in `gateway_reference`.
    One that was completed, and whose money came back to the store, is `failed`; `reversal_id` is the movement in the books
    that undoes it. What gift cards got stays with them.
    """

    payment_id: FlakeId
    order_id: FlakeId
    order_line_id: FlakeId | None  # when it is the refund of one line
    customer_id: FlakeId
    takes_back: list[FlakeId] = msgspec.field(default_factory=list)
    status: RefundStatus
    currency: str
    amount: int
    tax_amount: int
    giftcard_amount: int = 0  # what goes back to gift cards besides
    giftcard_tax_amount: int = 0  # the tax in that
    gateway_fee_amount: int = 0  # what the gateway gives back of its fee
    note: str | None = None  # why, in the owner's words
    failure_reason: str | None = None
    approved_at: datetime | None = None
    pending_at: datetime | None = None
    completed_at: datetime | None = None
    canceled_at: datetime | None = None
    failed_at: datetime | None = None
    presentment_currency: str | None = None  # what the payer gets back, where it isn't the store's currency
    presentment_amount: int | None = None
    fx_rate: str | None = None
    gateway_reference: str | None = None
    reversal_id: FlakeId | None = None

    @property
    def given_to_cards(self) -> int:
        """What gift cards have got."""
        return self.giftcard_amount if self.status == "completed" or self.reversal_id is not None else 0


class LineRefunded(Conflict):
    """This line is refunded already, or its refund is on its way."""


class RefundKnown(Conflict):
    """This refund of the gateway's is known already."""


class AlreadyRefunded(Conflict):
    """All that was paid is given back already, or on its way."""


class NotPaid(Conflict):
    """This order is not paid, so there is nothing to give back."""


class NothingPaid(Conflict):
    """Nothing was paid for this, so no amount can be given back. Without an amount, its items are taken back."""


class PaymentDisputed(Conflict):
    """The payer's bank has taken this money back, or wants to; it can't be given back as well."""


class TooLittle(Conflict):
    """This is less than the smallest coin of the currency that was paid in. Give back more at once, or all that is left."""


class MoreThanPaid(Conflict):
    """That is more than is left of what was paid."""


class RefundSettled(Conflict):
    """This refund is settled already, and not like this."""


class RefundNotByHand(Conflict):
    """The gateway of this payment gives the money back itself; only transfers and cash are given back by hand."""


unique(LineRefunded, Refund.c.store_id, Refund.c.order_line_id, name="refunds_line_once", where=Refund.c.status.in_(LIVE))
unique(
    RefundKnown, Refund.c.store_id, Refund.c.payment_id, Refund.c.gateway_reference, name="refunds_reference",
    where=Refund.c.gateway_reference.is_not(None),
)  # fmt: skip
index("refunds_reversal", Refund.c.store_id, Refund.c.reversal_id, where=Refund.c.reversal_id.is_not(None))
index("refunds_payment", Refund.c.store_id, Refund.c.payment_id)
