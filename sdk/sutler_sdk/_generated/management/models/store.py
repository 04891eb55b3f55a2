"""What operations of `store` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import PayNowActorType, PlatformCapability, PlatformType
else:  # a text that is new must not break a client
    PayNowActorType = PlatformCapability = PlatformType = str


class PlatformStoreTypeAssociationDetailsDto(Model, frozen=True, kw_only=True):
    """`PlatformStoreTypeAssociationDetailsDto` of the contract."""

    associated_platform: PublicPlatformDto | None = None
    connected_platform_fee_percentage: int | None = None
    connected_platform_wallet_id: str | None = None
    disable_billing_plans: bool
    display_disclaimers: bool
    full_external_management: bool
    paynow_platform_fee_percentage_override: int | None = None
    platform_id: str
    store_platform: str


class PublicPlatformDto(Model, frozen=True, kw_only=True):
    """`PublicPlatformDto` of the contract."""

    accent_color: str
    business_name: str
    capabilities: list[PlatformCapability]
    country_code: str
    created_at: datetime
    description: str
    disabled_at: datetime | None = None
    id: str
    logo_url: str
    name: str
    slug: str
    type: PlatformType
    updated_at: datetime | None = None
    website_url: str


class StoreDto(Model, frozen=True, kw_only=True):
    """`StoreDto` of the contract."""

    contact_email: str | None = None
    created_at: datetime | None = None
    currency: str
    description: str
    game: str
    id: str
    integration_type: str | None = None
    live_mode: bool
    logo_square_url: str | None = None
    logo_url: str | None = None
    minecraft_bedrock_username_prefix: str | None = None
    name: str
    onboarding_completed_at: datetime | None = None
    owner_id: str
    platform: str
    platform_store_type_association: PlatformStoreTypeAssociationDetailsDto | None = None
    slug: str
    support_email: str | None = None
    support_url: str | None = None
    updated_at: datetime | None = None
    website_url: str | None = None


class StoreMemberDto(Model, frozen=True, kw_only=True):
    """`StoreMemberDto` of the contract."""

    added_at: datetime | None = None
    added_by: ActorDto | None = None
    id: str
    role_id: str | None = None
    user: StoreMemberUserDto
    user_id: str


class StoreMemberUserDto(Model, frozen=True, kw_only=True):
    """`StoreMemberUserDto` of the contract."""

    email: str | None = None
    first_name: str | None = None
    id: str
    last_name: str | None = None
    nickname: str | None = None
    type: PayNowActorType
