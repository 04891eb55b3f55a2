"""Gift cards as clients send and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Count, Int32, Int64, Moment, Query, Wire, or_unset
from sutler.promotions.gift_card_codes.service import LONGEST, opened
from sutler.promotions.gift_cards.models import GiftCard

Code = Annotated[str, Meta(max_length=LONGEST + 2)]
Note = Annotated[str, Meta(max_length=1000)]
Value = Annotated[Count, Meta(extra_json_schema={"format": "int64"})]
"""Minor units; the storefront shows balances in 32 bits."""


class CreateGiftCardDto(Wire):
    """A new gift card. Without `code` one is made up; without `balance` it begins with `starting_balance`.

    It can pay from `usable_at` on, at once unless said otherwise, and until `expires_at`, for ever unless said otherwise.
    """

    enabled: bool | None = None
    code: Code | None = None
    note: Note | None = None
    balance: Value | None = None
    starting_balance: Value | None = None
    usable_at: Moment | None = None
    expires_at: Moment | None = None


class UpdateGiftCardDto(Wire):
    """What changes about a gift card; what is left out stays."""

    enabled: bool | UnsetType | None = UNSET
    code: Code | UnsetType | None = UNSET
    note: Note | UnsetType | None = UNSET
    balance: Value | UnsetType | None = UNSET
    usable_at: Moment | UnsetType | None = UNSET
    expires_at: Moment | UnsetType | None = UNSET


class GiftCardFilter(Query):
    """Which cards to list. A `code` is compared whole, but for case, spaces and dashes."""

    code: Annotated[str, Meta(max_length=200)] | None = None
    include_canceled: bool = False


class GiftCardDto(Struct, kw_only=True):
    """A gift card as managers see it. Amounts are minor units of the store's currency."""

    id: FlakeId
    store_id: FlakeId
    enabled: bool
    code: str
    note: str | None
    balance: Int64
    starting_balance: Int64
    usable_at: datetime
    expires_at: datetime | None
    created_at: datetime | None
    created_by: Actor | UnsetType = UNSET
    updated_at: datetime | None
    updated_by: Actor | UnsetType = UNSET
    canceled_at: datetime | None
    canceled_by: Actor | UnsetType = UNSET


class StorefrontGiftCardDto(Struct):
    """A gift card as somebody sees it who has its code."""

    code: str
    balance: Int32
    starting_balance: Int32
    expires_at: datetime | None


def shown(card: GiftCard) -> GiftCardDto:
    """A card for those who manage the store."""
    return GiftCardDto(
        id=card.id,
        store_id=card.store_id,
        enabled=card.enabled,
        code=opened(card.id, card.code_sealed),
        note=card.note,
        balance=card.balance,
        starting_balance=card.starting_balance,
        usable_at=card.usable_at,
        expires_at=card.expires_at,
        created_at=card.created_at,
        created_by=or_unset(card.created_by),
        updated_at=card.updated_at,
        updated_by=or_unset(card.updated_by),
        canceled_at=card.canceled_at,
        canceled_by=or_unset(card.canceled_by),
    )


def shown_to_visitors(card: GiftCard) -> StorefrontGiftCardDto:
    """A card for somebody who has its code."""
    return StorefrontGiftCardDto(opened(card.id, card.code_sealed), card.balance, card.starting_balance, card.expires_at)
