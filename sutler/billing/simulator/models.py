"""What the simulator remembers, as a real gateway would."""

from datetime import datetime
from typing import Literal

from sutler.billing.orders.models import DeclineCode
from sutler.kernel.data.records import StoreRecord, unique
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


class ChargedTwice(Conflict):
    """The simulator has already decided about this payment."""


unique(ChargedTwice, SimulatedCharge.c.store_id, SimulatedCharge.c.payment_id, name="simulated_charges_payment")
