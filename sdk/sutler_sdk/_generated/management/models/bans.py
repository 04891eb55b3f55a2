"""What operations of `bans` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import BanType
else:  # a text that is new must not break a client
    BanType = str


class BanDto(Model, frozen=True, kw_only=True):
    """`BanDto` of the contract."""

    created_at: datetime
    created_by: ActorDto
    enabled: bool
    expires_at: datetime | None = None
    id: str
    identities: list[BanIdentityDto]
    reason: str
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None


class BanIdentityDto(Model, frozen=True, kw_only=True):
    """`BanIdentityDto` of the contract."""

    ban_type: BanType
    ban_type_value: str


class CheckForBanIDByIdentitiesResponseDto(Model, frozen=True, kw_only=True):
    """`CheckForBanIDByIdentitiesResponseDto` of the contract."""

    ban_id: str | None = None
    is_banned: bool
