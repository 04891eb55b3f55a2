"""Stores as their managers and their visitors see them."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Headers, Int64, Wire
from sutler.stores.stores.models import Store

Name = Annotated[str, Meta(min_length=1, max_length=50)]
Slug = Annotated[str, Meta(min_length=3, max_length=36, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
Word = Annotated[str, Meta(min_length=1, max_length=50)]
Text = Annotated[str, Meta(max_length=50_000)]
Currency = Annotated[str, Meta(pattern=r"^[A-Za-z]{3}$(?!\n)")]
Address = Annotated[str, Meta(max_length=2048)]
Email = Annotated[str, Meta(max_length=320)]
Prefix = Annotated[str, Meta(max_length=16)]


class CreateStoreDto(Wire):
    """A new store. Its currency never changes; it begins in test mode."""

    slug: Slug
    name: Name
    platform: Word
    game: Word
    currency: Currency
    description: Text
    website_url: Address | None = None
    contact_email: Email | None = None
    support_email: Email | None = None
    support_url: Address | None = None
    integration_type: Word | None = None
    minecraft_bedrock_username_prefix: Prefix | None = None


class UpdateStoreDto(Wire):
    """What changes about a store; what is left out stays, a blank address is removed.

    The last members never change and may only be given as they are, by clients that send back what they were shown.
    """

    slug: Slug | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    platform: Word | UnsetType = UNSET
    game: Word | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    website_url: Address | UnsetType | None = UNSET
    contact_email: Email | UnsetType | None = UNSET
    support_email: Email | UnsetType | None = UNSET
    support_url: Address | UnsetType | None = UNSET
    integration_type: Word | UnsetType | None = UNSET
    live_mode: bool | UnsetType = UNSET
    minecraft_bedrock_username_prefix: Prefix | UnsetType | None = UNSET
    currency: Currency | UnsetType = UNSET
    owner_id: FlakeId | UnsetType = UNSET
    logo_url: Address | UnsetType | None = UNSET
    logo_square_url: Address | UnsetType | None = UNSET


class VisitorLocation(Headers):
    """Where the visitor is, when a server asks on their behalf.

    Content networks send `XX` for an unknown country and `T1` for Tor, so the country may hold a digit.
    """

    ip: Annotated[str, Meta(max_length=45, extra_json_schema={"format": "ipv4"})] | None = msgspec.field(
        default=None, name="x-paynow-customer-ip"
    )
    country: Annotated[str, Meta(pattern="^[A-Z][A-Z0-9]$")] | None = msgspec.field(
        default=None, name="x-paynow-customer-countrycode"
    )


class PublicPlatformDto(Struct):
    """A company that manages stores for others."""

    id: FlakeId
    slug: str
    type: Literal["invalid", "marketplace", "store_platform", "other"]
    country_code: str
    business_name: str
    name: str
    description: str
    website_url: str
    logo_url: str
    accent_color: str
    capabilities: list[Literal["invalid", "connected_users"]]
    created_at: datetime
    updated_at: datetime | None
    disabled_at: datetime | None


class PlatformStoreTypeAssociationDetailsDto(Struct):
    """What such a company may do with a store and takes for it; fees are in basis points."""

    platform_id: FlakeId
    store_platform: str
    paynow_platform_fee_percentage_override: Int64 | None
    connected_platform_fee_percentage: Int64 | None
    disable_billing_plans: bool
    display_disclaimers: bool
    full_external_management: bool
    associated_platform: PublicPlatformDto | UnsetType = UNSET
    connected_platform_wallet_id: FlakeId | UnsetType = UNSET


class StoreDto(Struct):
    """A store as its managers see it. Nobody manages a store here for its owner, so the last member is left out."""

    id: FlakeId
    owner_id: FlakeId
    slug: str
    name: str
    platform: str
    game: str
    currency: str
    description: str
    website_url: str | None
    contact_email: str | None
    support_email: str | None
    support_url: str | None
    integration_type: str | None
    live_mode: bool
    logo_url: str | None
    logo_square_url: str | None
    minecraft_bedrock_username_prefix: str | None
    created_at: datetime | None
    updated_at: datetime | None
    onboarding_completed_at: datetime | None
    platform_store_type_association: PlatformStoreTypeAssociationDetailsDto | UnsetType = UNSET


class StorefrontStoreDto(Struct):
    """A store as its visitors see it. `currency` is what prices are shown in, `creator_currency` what they are kept in."""

    id: FlakeId
    slug: str
    name: str
    platform: str
    game: str
    currency: str
    creator_currency: str
    description: str | None
    website_url: str | None
    support_email: str | None
    support_url: str | None
    integration_type: str | None
    live_mode: bool
    logo_url: str | None
    logo_square_url: str | None
    created_at: datetime | None
    updated_at: datetime | None


def shown(store: Store) -> StoreDto:
    """A store for those who manage it."""
    return StoreDto(**_members(store, StoreDto))


def shown_to_visitors(store: Store, currency: str) -> StorefrontStoreDto:
    """A store for its visitors, who pay in this currency."""
    seen = _members(store, StorefrontStoreDto) | {"currency": currency, "creator_currency": store.currency}
    return StorefrontStoreDto(**seen)


def _members(store: Store, kind: type[Struct]) -> dict[str, Any]:
    """What a store shows under the same name."""
    return {name: getattr(store, name) for name in kind.__struct_fields__ if hasattr(store, name)}
