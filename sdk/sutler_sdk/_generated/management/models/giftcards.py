"""What operations of `giftcards` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model


class GiftCardDto(Model, frozen=True, kw_only=True):
    """`GiftCardDto` of the contract."""

    balance: int
    """Minor units."""
    canceled_at: datetime | None = None
    canceled_by: ActorDto | None = None
    code: str
    created_at: datetime | None = None
    created_by: ActorDto | None = None
    enabled: bool
    expires_at: datetime | None = None
    id: str
    note: str | None = None
    starting_balance: int
    """Minor units."""
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
    usable_at: datetime
