"""Disputes on the wire, Sutler's own. Amounts are minor units of the payment's currency."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.gateways.interface import DisputeState
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Amount, Wire

Words = Annotated[str, Meta(max_length=500)]
Reference = Annotated[str, Meta(min_length=1, max_length=100)]


class OpenDisputeDto(Wire, forbid_unknown_fields=True):
    """A dispute over a transfer or over cash. Without an `amount` it takes all that refunds have left of the payment.

    `reference` is what the bank calls it. Recording the same one twice changes nothing.
    """

    amount: Annotated[int, Meta(ge=1, le=2**53, extra_json_schema={"format": "int64"})] | None = None
    fee_amount: Amount = 0
    reason: Words = ""
    reference: Reference = "by hand"


class CloseDisputeDto(Wire, forbid_unknown_fields=True):
    """How it was decided: `won` means that the store keeps the money. `fee_amount` is what the bank charges in all."""

    outcome: Literal["won", "lost"]
    fee_amount: Amount | None = None


class PaymentDisputeDto(Struct):
    """A dispute; `amount` is what it takes of the payment."""

    id: FlakeId
    payment_id: FlakeId
    reference: str
    state: DisputeState
    amount: int
    fee_amount: int
    reason: str
    opened_at: datetime
    decided_at: datetime | None


def shown(dispute: PaymentDispute) -> PaymentDisputeDto:
    """A dispute for those who manage the store."""
    return PaymentDisputeDto(
        id=dispute.id,
        payment_id=dispute.payment_id,
        reference=dispute.reference,
        state=dispute.state,
        amount=dispute.amount,
        fee_amount=dispute.fee_amount,
        reason=dispute.reason,
        opened_at=dispute.created_at,
        decided_at=dispute.decided_at,
    )
