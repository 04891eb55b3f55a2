"""What a visitor says to sign in, and what they get."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from sutler.kernel.wire import Wire

CustomerProfilePlatform = Literal[
    "invalid", "steam", "minecraft", "paynow_name", "paynow", "minecraft_java_name", "minecraft_bedrock_name", "xbox_xuid",
    "minecraft_uuid",
]  # fmt: skip


class AuthenticateStorefrontCustomerRequestDto(Wire):
    """Who a visitor says they are."""

    platform: CustomerProfilePlatform
    id: Annotated[str, Meta(min_length=1, max_length=100)]


class AuthenticateStorefrontCustomerResponseDto(Struct):
    """A token that signs the customer in to the storefront; it is not shown again."""

    customer_token: str
