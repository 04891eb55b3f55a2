"""The history of gift cards: every change of a balance, and what it was for."""

from typing import Literal

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

MovementKind = Literal["issued", "granted", "edited", "reserved", "released", "given_back", "forfeited", "taken_back"]


class GiftCardMovement(StoreRecord, table="gift_card_movements"):
    """One change of a card's balance. Its id is that of the movement in the books. Never changed."""

    card_id: FlakeId
    kind: MovementKind
    amount: int  # what the balance changed by
    use_id: FlakeId | None = None
    refund_id: FlakeId | None = None


class GivenBackTwice(Conflict):
    """This refund was given back to this gift card already."""


unique(
    GivenBackTwice, GiftCardMovement.c.store_id, GiftCardMovement.c.refund_id, GiftCardMovement.c.use_id,
    name="gift_card_movements_refund", where=GiftCardMovement.c.refund_id.is_not(None),
)  # fmt: skip
index("gift_card_movements_card", GiftCardMovement.c.store_id, GiftCardMovement.c.card_id, GiftCardMovement.c.id)
