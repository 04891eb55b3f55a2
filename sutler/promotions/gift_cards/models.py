"""The table of gift cards."""

from datetime import datetime

from sutler.kernel.data.records import Actor, StoreRecord, index, unique
from sutler.kernel.errors import Conflict, NotFound
from sutler.kernel.ids import FlakeId


class GiftCard(StoreRecord, table="gift_cards"):
    """Value under a code, in minor units of `currency`. `balance` is what the books say of the card, never less than 0.

    What a payment in progress has reserved is not in the balance. A canceled card keeps its row, with nothing on it.
    """

    code_sealed: bytes
    code_digest: bytes
    note: str | None
    enabled: bool
    currency: str
    starting_balance: int
    balance: int
    usable_at: datetime
    expires_at: datetime | None
    canceled_at: datetime | None = None
    canceled_by: Actor | None = None
    item_id: FlakeId | None = None  # the delivery item that it was bought as
    customer_id: FlakeId | None = None  # who got that item

    def usable_from(self, moment: datetime) -> bool:
        """Whether it can pay at this moment, as long as there is something left on it."""
        ended = self.expires_at is not None and self.expires_at <= moment
        return self.enabled and self.canceled_at is None and self.usable_at <= moment and not ended


class GiftCardCodeTaken(Conflict):
    """Another gift card of this store has this code; case, spaces and dashes make no difference."""


class GiftCardCanceled(Conflict):
    """This gift card is canceled and can't be changed any more."""


class GiftCardExists(Conflict):
    """There is a gift card for this delivery item already."""


class UnknownGiftCard(NotFound):
    """There is no gift card with this code."""


KEPT = GiftCard.c.canceled_at.is_(None)
"""The cards that are not canceled."""

BOUGHT = GiftCard.c.item_id.is_not(None)
"""The cards that came with a product."""

unique(GiftCardCodeTaken, GiftCard.c.store_id, GiftCard.c.code_digest, name="gift_cards_code", where=KEPT)
unique(GiftCardExists, GiftCard.c.store_id, GiftCard.c.item_id, name="gift_cards_item", where=BOUGHT)
index("gift_cards_newest", GiftCard.c.store_id, GiftCard.c.id)
