"""Carts as the storefront shows them, and what changes them."""

from msgspec import UNSET, Struct, UnsetType, field

from sutler.catalog.custom_variables.models import VariableType
from sutler.catalog.custom_variables.schemas import StorefrontCustomVariableOptionDto
from sutler.catalog.storefront.schemas import StorefrontGameServerDto, StorefrontProductPricingDto
from sutler.checkout.checkouts.schemas import (
    AccountId,
    Choices,
    Codes,
    CustomerPlatformAccountDto,
    CustomerProfilePlatform,
    ShortCode,
    Url,
)
from sutler.customers.customers.models import MinecraftPlatform
from sutler.customers.customers.schemas import (
    CustomerDto,
    CustomerGenericProfileDto,
    CustomerMinecraftProfileDto,
    CustomerSteamProfileDto,
)
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Query, SteamId, Wire

SET = ("1", "true")  # a flag with any other value is not set


class AddLine(Query):
    """What is put into the cart, and how much of it."""

    product_id: FlakeId
    quantity: Int32 = 1
    subscription: str | None = None
    trial: str | None = None
    gameserver_id: FlakeId | None = None
    increment: str | None = None
    custom_variables: Choices | None = None
    gift_to_customer_id: FlakeId | None = None
    gift_platform: CustomerProfilePlatform | None = field(default=None, name="gift_to.platform")
    gift_account: AccountId | None = field(default=None, name="gift_to.id")

    @property
    def gift_to(self) -> CustomerPlatformAccountDto | None:
        """Whose account the gift is for; None for half of one, too."""
        if self.gift_platform is None or self.gift_account is None:
            return None
        return CustomerPlatformAccountDto(platform=self.gift_platform, id=self.gift_account)

    def has(self, flag: str) -> bool:
        """Whether a flag is set."""
        return (getattr(self, flag) or "").lower() in SET


class CreateCartCheckoutSessionDto(Wire):
    """How the cart is checked out; everything may be left out."""

    coupon_id: FlakeId | None = None
    promo_codes: Codes | None = None
    affiliate_code: ShortCode | None = None
    return_url: Url | None = None
    cancel_url: Url | None = None
    auto_redirect: bool | None = None


class StorefrontCustomerDto(Struct):
    """A customer as other customers see them."""

    id: FlakeId
    store_id: FlakeId
    minecraft_uuid: str | None
    xbox_xuid: str | None
    name: str | None
    profile: CustomerGenericProfileDto | UnsetType = UNSET
    steam_id: SteamId | UnsetType = UNSET
    steam: CustomerSteamProfileDto | UnsetType = UNSET
    minecraft: CustomerMinecraftProfileDto | UnsetType = UNSET
    minecraft_platform: MinecraftPlatform | UnsetType = UNSET


class CartLineCustomVariableDto(Struct):
    """What was answered for a custom variable. Amounts are what an option adds to one unit."""

    id: FlakeId
    name: str
    identifier: str
    description: str
    type: VariableType
    value: str
    options: list[StorefrontCustomVariableOptionDto]
    selected_option: StorefrontCustomVariableOptionDto | UnsetType = UNSET


class CartLineDto(Struct, kw_only=True):
    """One product in a cart; `price` is one unit with what was chosen for it, in minor units."""

    line_key: str
    product_id: FlakeId
    name: str
    slug: str
    price: Int64
    quantity: Int32
    subscription: bool
    trial: bool
    image_url: str | None
    selected_gameserver_id: FlakeId | UnsetType = UNSET
    selected_gameserver: StorefrontGameServerDto | UnsetType = UNSET
    pricing: StorefrontProductPricingDto
    custom_variables: list[CartLineCustomVariableDto]
    gift_to_customer: StorefrontCustomerDto | UnsetType = UNSET
    gift_to_customer_id: FlakeId | UnsetType = UNSET


class CartDto(Struct):
    """A customer's cart; `total` is that of its lines, in minor units."""

    store_id: FlakeId
    customer_id: FlakeId
    lines: list[CartLineDto]
    total: Int64
    currency: str


def as_others_see(customer: CustomerDto) -> StorefrontCustomerDto:
    """A customer without what only the store's managers know."""
    return StorefrontCustomerDto(**{name: getattr(customer, name) for name in StorefrontCustomerDto.__struct_fields__})
