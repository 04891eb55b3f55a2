"""Customers as clients send and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.customers.customers.models import Customer, MinecraftPlatform
from sutler.customers.identities.service import is_offline_uuid
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int64, Metadata, Moment, Query, SteamId, Wire

Name = Annotated[str, Meta(min_length=1, max_length=50)]
Text = Annotated[str, Meta(max_length=100)]
Email = Annotated[str, Meta(max_length=320, pattern=r"^[^@\s]+@[^@\s]+$(?!\n)")]
Search = Annotated[str, Meta(max_length=320)]


class PlatformAccount(Wire):
    """The guides' way to name an identity: `{"platform": "steam", "identifier": "7656…"}`."""

    platform: Text
    identifier: Text | Int64


class UpsertCustomerRequestDto(Wire):
    """What is said of a customer, about whom anything may be known or nothing.

    The e-mail address is kept for searching only. When a customer is changed, what is left out stays, null takes away,
    and metadata replaces all that there was.
    """

    steam_id: SteamId | Int64 | UnsetType | None = UNSET
    minecraft_uuid: Text | UnsetType | None = UNSET
    minecraft_platform: MinecraftPlatform | UnsetType | None = UNSET
    xbox_xuid: Text | UnsetType | None = UNSET
    name: Name | UnsetType | None = UNSET
    email: Email | UnsetType | None = UNSET
    metadata: Metadata | UnsetType | None = UNSET
    platform_accounts: Annotated[list[PlatformAccount], Meta(max_length=10)] | None = None


class CreateCustomerTokenRequestDto(Wire):
    """Our own: until when a token works; it works until it is revoked unless this says otherwise."""

    expires_at: Moment | None = None


class Identity(Query):
    """What a customer is looked up by. `platform` and `platform_id` go together and stand for one of the others."""

    id: Text | None = None
    steam_id: SteamId | None = None
    minecraft_uuid: Text | None = None
    xbox_xuid: Text | None = None
    minecraft_java_name: Text | None = None
    minecraft_bedrock_name: Text | None = None
    name: Text | None = None
    platform: Text | None = None
    platform_id: Text | None = None


class CustomerTokenResponseDto(Struct):
    """A token that signs a customer in to the storefront; it is not shown again."""

    token: str


class CustomerGenericProfileDto(Struct, gc=False):
    """The identity that a customer goes by."""

    id: str
    platform: str
    name: str
    avatar_url: str | None


class CustomerSteamProfileDto(Struct, gc=False):
    """A Steam profile; blank where it is not known."""

    id: SteamId
    name: str
    avatar_url: str


class CustomerMinecraftProfileDto(Struct, gc=False):
    """A Minecraft profile; blank where it is not known."""

    id: str
    name: str
    avatar_url: str


class CustomerDto(Struct, gc=False):
    """A customer. Identities and profiles that there are none of are left out."""

    id: FlakeId
    store_id: FlakeId
    minecraft_uuid: str | None
    xbox_xuid: str | None
    name: str | None
    created_at: datetime
    updated_at: datetime | None
    metadata: dict[str, str]
    profile: CustomerGenericProfileDto | UnsetType = UNSET
    steam_id: SteamId | UnsetType = UNSET
    steam: CustomerSteamProfileDto | UnsetType = UNSET
    minecraft: CustomerMinecraftProfileDto | UnsetType = UNSET
    minecraft_platform: MinecraftPlatform | UnsetType = UNSET


def shown(c: Customer) -> CustomerDto:
    """A customer as every API and webhook shows them. Arguments go by position: this runs for each row of long lists."""
    uuid, steam_id, name = c.minecraft_uuid, c.steam_id, c.name
    profile: CustomerGenericProfileDto | UnsetType = UNSET
    minecraft: CustomerMinecraftProfileDto | UnsetType = UNSET
    steam: CustomerSteamProfileDto | UnsetType = UNSET
    if uuid is not None:
        minecraft = CustomerMinecraftProfileDto(uuid, c.minecraft_name or "", c.minecraft_avatar_url or "")
    if steam_id is not None:
        steam = CustomerSteamProfileDto(steam_id, c.steam_name or "", c.steam_avatar_url or "")
        profile = CustomerGenericProfileDto(steam_id, "steam", c.steam_name or name or "", c.steam_avatar_url)
    elif uuid is not None:
        platform = "minecraft_offline" if is_offline_uuid(uuid) else "minecraft"
        profile = CustomerGenericProfileDto(uuid, platform, c.minecraft_name or name or "", c.minecraft_avatar_url)
    return CustomerDto(
        c.id, c.store_id, uuid, c.xbox_xuid, name, c.created_at, c.updated_at, c.metadata, profile,
        UNSET if steam_id is None else steam_id, steam, minecraft,
        UNSET if c.minecraft_platform is None else c.minecraft_platform,
    )  # fmt: skip
