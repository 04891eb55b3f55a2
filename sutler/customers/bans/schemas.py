"""Bans as clients send and see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.customers.bans.models import Ban, BanIdentity, BanType
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Moment, Query, Wire, or_unset

MOST_IDENTITIES = 100
Reason = Annotated[str, Meta(max_length=1000)]
Value = Annotated[str, Meta(max_length=320)]


class BanIdentityDto(Wire):
    """Whom a ban is for: a SteamID64, an address or network (`203.0.113.0/24`), a customer's id, a name or an e-mail."""

    ban_type: BanType
    ban_type_value: Value


Identities = Annotated[list[BanIdentityDto], Meta(max_length=MOST_IDENTITIES)]


class UpsertBanRequestDto(Wire):
    """A new ban, or what changes about one. Without `expires_at` it lasts; `enabled: false` suspends it."""

    reason: Reason | UnsetType | None = UNSET
    identities: Identities | UnsetType | None = UNSET
    expires_at: Moment | UnsetType | None = UNSET
    enabled: bool | UnsetType | None = UNSET


class CreateBanRequestDto(UpsertBanRequestDto, forbid_unknown_fields=True):
    """A new ban. Names that are not known are refused: one that is misspelt would ban for ever."""


class BanFilter(Query):
    """Which bans to list. `ban_type_value` is compared whole, `reason` may be any part of the reason, in any case."""

    ban_type: BanType | None = None
    ban_type_value: Value | None = None
    reason: Reason | None = None


class CheckForBanIDByIdentitiesRequestDto(Wire):
    """Identities of one visitor; an address is checked against networks, too."""

    identities: Identities


class CheckForBanIDByIdentitiesResponseDto(Struct):
    """Whether somebody is banned, and the newest of the bans that say so."""

    is_banned: bool
    ban_id: FlakeId | UnsetType = UNSET


class BanDto(Struct):
    """A ban with whom it is for."""

    id: FlakeId
    store_id: FlakeId
    reason: str
    enabled: bool
    identities: list[BanIdentityDto]
    created_by: Actor
    created_at: datetime
    updated_at: datetime | None
    expires_at: datetime | None
    updated_by: Actor | UnsetType = UNSET


def shown(ban: Ban, identities: Sequence[BanIdentity]) -> BanDto:
    """A ban for those who manage the store."""
    return BanDto(
        id=ban.id,
        store_id=ban.store_id,
        reason=ban.reason,
        enabled=ban.enabled,
        identities=[BanIdentityDto(ban_type=one.ban_type, ban_type_value=one.value) for one in identities],
        created_by=ban.created_by or Actor("internal"),
        created_at=ban.created_at,
        updated_at=ban.updated_at,
        expires_at=ban.expires_at,
        updated_by=or_unset(ban.updated_by),
    )
