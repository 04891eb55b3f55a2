"""What the simulator remembers, as a real gateway would."""

from datetime import datetime
from typing import Literal

from sutler.billing.gateways.interface import DisputeState
from sutler.billing.gateways.scripts import Funding, RefundWish, Script
from sutler.billing.orders.models import DeclineCode
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

Decision = Literal["asked", "succeeded", "declined", "canceled"]


class SimulatedCharge(StoreRecord, table="simulated_charges"):
    """What the simulator decided about a payment. `payment_id` is the idempotency key.

    While it is `asked`, the payer has to confirm. A decision is made once and for all, and told from `told_at` on.
    """

    payment_id: FlakeId
    decision: Decision
    decline_code: DeclineCode
    told_at: datetime
    amount: int
    currency: str
    refund: RefundWish = "succeeds"  # what becomes of its refunds
    refund_after_seconds: int = 0
    funding: Funding = "credit"
    card: str = ""  # the kept card that it has brought, if it was to be kept


class SimulatedCard(StoreRecord, table="simulated_cards"):
    """A card that the simulator keeps: `good_for` more charges succeed, then `script` says what becomes of them."""

    reference: str
    good_for: int
    script: Script


class SimulatedRefund(StoreRecord, table="simulated_refunds"):
    """What the simulator decided about a refund, told from `told_at` on. `refund_id` is the idempotency key.

    One that was made on the bank's own page has its own id in its place.
    """

    refund_id: FlakeId
    payment_id: FlakeId
    succeeds: bool
    told_at: datetime
    amount: int
    currency: str


class ChargedTwice(Conflict):
    """The simulator has already decided about this payment."""


class RefundDecidedTwice(Conflict):
    """The simulator has already decided about this refund."""


class CardKnown(Conflict):
    """The simulator keeps this card already."""


unique(CardKnown, SimulatedCard.c.store_id, SimulatedCard.c.reference, name="simulated_cards_reference")
unique(ChargedTwice, SimulatedCharge.c.store_id, SimulatedCharge.c.payment_id, name="simulated_charges_payment")
unique(RefundDecidedTwice, SimulatedRefund.c.store_id, SimulatedRefund.c.refund_id, name="simulated_refunds_refund")
index("simulated_refunds_payment", SimulatedRefund.c.store_id, SimulatedRefund.c.payment_id)


class SimulatedDispute(StoreRecord, table="simulated_disputes"):
    """What the payer's bank does about a simulated payment: it disputes it at `opens_at`.

    From `decides_at` on it is as in `outcome`; while that is `pending`, nobody has decided.
    """

    payment_id: FlakeId
    amount: int
    fee_amount: int
    reason: str
    opens_at: datetime
    outcome: DisputeState
    decides_at: datetime | None = None


class SimulatedTwice(Conflict):
    """The simulated bank disputes this payment already."""


unique(SimulatedTwice, SimulatedDispute.c.store_id, SimulatedDispute.c.payment_id, name="simulated_disputes_payment")
