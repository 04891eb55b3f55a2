"""What we keep of charges of kept cards."""

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class StripeAttempt(StoreRecord, table="stripe_attempts"):
    """A payment that is taken from a kept card. It is written before Stripe hears of it, so that it is looked for there.

    `customer` and `method` are Stripe's names for the payer and the card, `intent` for the attempt, once it is known.
    """

    payment_id: FlakeId
    customer: str
    method: str
    intent: str = ""


class AttemptedTwice(Conflict):
    """Stripe has been asked for this payment already."""


unique(AttemptedTwice, StripeAttempt.c.store_id, StripeAttempt.c.payment_id, name="stripe_attempts_payment")
