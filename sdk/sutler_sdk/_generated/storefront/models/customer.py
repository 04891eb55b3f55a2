"""What operations of `customer` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.storefront.models.shared import CustomerGenericProfileDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import CustomerMinecraftPlatform
else:  # a text that is new must not break a client
    CustomerMinecraftPlatform = str


class AuthenticateStorefrontCustomerResponseDto(Model, frozen=True, kw_only=True):
    """`AuthenticateStorefrontCustomerResponseDto` of the contract."""

    customer_token: str


class CustomerDto(Model, frozen=True, kw_only=True):
    """`CustomerDto` of the contract."""

    created_at: datetime
    id: str
    metadata: dict[str, str]
    minecraft: CustomerMinecraftProfileDto | None = None
    minecraft_platform: CustomerMinecraftPlatform | None = None
    minecraft_uuid: str | None = None
    name: str | None = None
    profile: CustomerGenericProfileDto | None = None
    steam: CustomerSteamProfileDto | None = None
    steam_id: str | None = None
    store_id: str
    updated_at: datetime | None = None
    xbox_xuid: str | None = None


class CustomerMinecraftProfileDto(Model, frozen=True, kw_only=True):
    """`CustomerMinecraftProfileDto` of the contract."""

    avatar_url: str
    id: str
    name: str


class CustomerSteamProfileDto(Model, frozen=True, kw_only=True):
    """`CustomerSteamProfileDto` of the contract."""

    avatar_url: str
    id: str
    name: str


class StorefrontGiftCardDto(Model, frozen=True, kw_only=True):
    """`StorefrontGiftCardDto` of the contract."""

    balance: int
    code: str
    expires_at: datetime | None = None
    starting_balance: int
