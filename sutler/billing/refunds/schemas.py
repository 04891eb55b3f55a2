"""What crosses the wire about refunds. All amounts are minor units of the refund's currency."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from sutler.billing.refunds.models import RefundStatus
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int64, Wire

LONGEST_NOTE = 1000


class CreateRefundRequestDto(Wire, forbid_unknown_fields=True):
    """What to give back: a line, an amount of money, or, when neither is named, all that is left of the order.

    `amount` and `reason` are our own; the reason is kept with the refund as a note.
    """

    order_line_id: FlakeId | UnsetType = UNSET
    refund_from_connected_user_balance: bool | None = None
    amount: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    reason: Annotated[str, Meta(max_length=LONGEST_NOTE)] | None = None


class SettleRefundDto(Wire):
    """What became of the money: `returned`, or `canceled` when it will not be given back."""

    outcome: Literal["returned", "canceled"]


class RefundDto(Wire):
    """Money given back."""

    id: FlakeId
    store_id: FlakeId
    payment_id: FlakeId
    customer_id: FlakeId
    order_line_id: FlakeId | UnsetType = UNSET
    status: RefundStatus
    failure_reason: str | None
    currency: str
    amount: Int64
    amount_str: str
    gateway_fee_amount: Int64
    gateway_fee_amount_str: str
    tax_amount: Int64
    tax_amount_str: str
    platform_fee_amount: Int64
    platform_fee_amount_str: str
    store_net_amount: Int64
    store_net_amount_str: str
    store_refund_amount: Int64
    store_refund_amount_str: str
    presentment_currency: str | None
    presentment_amount: Int64 | None
    fx_rate: str | None
    refund_from_connected_user_balance: bool
    created_at: datetime
    approved_at: datetime | None
    pending_at: datetime | None
    completed_at: datetime | None
    canceled_at: datetime | None
    failed_at: datetime | None
