"""What the simulator remembers, as a real gateway would."""

from typing import Literal

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

Decision = Literal["succeeded", "declined", "canceled"]


class SimulatedCharge(StoreRecord, table="simulated_charges"):
    """What the simulator decided about a payment, once and for all. `payment_id` is the idempotency key."""

    payment_id: FlakeId
    decision: Decision
    amount: int
    currency: str


class ChargedTwice(Conflict):
    """The simulator has already decided about this payment."""


unique(ChargedTwice, SimulatedCharge.c.store_id, SimulatedCharge.c.payment_id, name="simulated_charges_payment")
