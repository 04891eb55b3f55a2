"""The table of what gift cards pay, or are about to pay."""

from collections.abc import Mapping
from typing import Final, Literal

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.ids import FlakeId

UseState = Literal["reserved", "spent", "released"]
TRANSITIONS: Final[Mapping[UseState, tuple[UseState, ...]]] = {
    "reserved": ("spent", "released"), "spent": (), "released": (),
}  # fmt: skip


class GiftCardUse(StoreRecord, table="gift_card_uses"):
    """What one card pays of one checkout, in minor units; `refunded_amount` of it went back to the card."""

    card_id: FlakeId
    checkout_id: FlakeId
    order_id: FlakeId | None = None
    amount: int
    state: UseState = "reserved"
    refunded_amount: int = 0


class GiftCardUsedTwice(Conflict):
    """This gift card is reserved for this checkout already."""


class GiftCardTooLow(InvalidInput):
    """There is not enough left on this gift card."""


class GiftCardNotUsable(InvalidInput):
    """This gift card can't pay now."""


unique(
    GiftCardUsedTwice, GiftCardUse.c.store_id, GiftCardUse.c.checkout_id, GiftCardUse.c.card_id,
    name="gift_card_uses_reserved", where=GiftCardUse.c.state == "reserved",
)  # fmt: skip
index("gift_card_uses_checkout", GiftCardUse.c.store_id, GiftCardUse.c.checkout_id)
index("gift_card_uses_order", GiftCardUse.c.store_id, GiftCardUse.c.order_id)
index("gift_card_uses_card", GiftCardUse.c.store_id, GiftCardUse.c.card_id, GiftCardUse.c.id)
