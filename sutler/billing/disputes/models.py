"""The table of disputes over payments. Amounts are minor units of the payment's currency."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sutler.billing.gateways.interface import DisputeState
from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict, ShopError
from sutler.kernel.ids import FlakeId

TRANSITIONS: Final[Mapping[DisputeState, tuple[DisputeState, ...]]] = {"pending": ("won", "lost"), "won": (), "lost": ()}


class PaymentDispute(StoreRecord, table="payment_disputes"):
    """A payer's bank wants money back; `created_at` is when we heard of it.

    `amount` is what it takes of the payment: never more than refunds and other disputes have left of it. Its id is the
    movement in the books that takes the money, `decision_id` the one that brings it back or writes it off.
    """

    payment_id: FlakeId
    reference: str  # how the gateway calls it
    state: DisputeState
    amount: int
    fee_amount: int
    reason: str
    decided_at: datetime | None = None
    decision_id: FlakeId | None = None


class DisputedTwice(Conflict):
    """This dispute is known already."""


class NotDisputable(Conflict):
    """Nothing was ever paid with this payment, so there is nothing that could be disputed."""


class AlreadyDecided(Conflict):
    """This dispute is decided already, and not like this."""


class GatewayTells(Conflict):
    """The gateway of this payment says itself what is disputed; only transfers and cash are disputed by hand."""


class NotAnswered(ShopError):
    """The gateway did not answer, so what there is to know is not known now. Ask again later."""

    status = 503


unique(
    DisputedTwice, PaymentDispute.c.store_id, PaymentDispute.c.payment_id, PaymentDispute.c.reference,
    name="payment_disputes_reference",
)  # fmt: skip
