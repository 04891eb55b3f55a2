"""Products as visitors see them."""

from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from sutler.catalog.custom_variables.schemas import StorefrontCustomVariableDto
from sutler.catalog.products.models import Interval, RemoveAfterInterval
from sutler.catalog.products.schemas import ProductDeliverableActionsDto, ProductTagDto
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64


class StorefrontSaleDto(Struct):
    """A sale that lowers the price."""

    id: FlakeId
    version_id: FlakeId
    name: str
    discount_type: Literal["percent", "amount"]
    discount_amount: Int64
    minimum_order_value: Int64
    begins_at: datetime
    ends_at: datetime | None


class SalesTaxEstimateDto(Struct):
    """The tax where the visitor is; percentages are plain, so 21 is 21 %."""

    country_code: str
    country_name: str
    currency: str
    vat_abbreviation: str
    vat_local_name: str
    tax_number_abbreviation: str | None
    tax_number_local_name: str | None
    eu_member_state: bool
    eservice_rate: float
    percentage: float


class StorefrontProductRegionalPricingDto(Struct):
    """The price in a region of the world."""

    region_id: str
    currency: str
    tax_inclusive: bool
    base_price: Int64


class StorefrontProductPricingDto(Struct):
    """What one unit costs before and after the sale that runs, in the visitor's region."""

    price_original: Int64
    price_final: Int64
    sale_value: Int64 | None = None
    active_sale: StorefrontSaleDto | UnsetType = UNSET
    vat_rate: SalesTaxEstimateDto | UnsetType = UNSET
    regional_pricing: StorefrontProductRegionalPricingDto | UnsetType = UNSET


class StorefrontProductStockDto(Struct, frozen=True):
    """Whether one more can be bought. `customer_available` is zero where nothing limits a customer."""

    available_to_purchase: bool
    customer_available: Int32


class StorefrontProductTrialDto(Struct, frozen=True):
    """Whether the product can be tried, for how long, and whether the customer who asks may."""

    enabled: bool
    eligible: bool
    period_value: Int32
    period_scale: Interval


class StorefrontGameServerDto(Struct):
    """A game server that the product is delivered to."""

    id: FlakeId
    name: str
    enabled: bool


class CustomerTierGroupDto(Struct):
    """The step of a ladder of products that the visitor stands on."""

    tier_group_id: FlakeId
    active_product_id: FlakeId
    next_renewal_at: datetime
    next_billing_amount: Int64
    next_billing_presentment_amount: Int64
    currency: str
    presentment_currency: str
    pending_change_product_id: FlakeId | UnsetType = UNSET


class StorefrontProductDto(Struct, kw_only=True):
    """A product that is for sale. Show `pricing.price_final`; `price` is what it costs before anything changes that."""

    id: FlakeId
    store_id: FlakeId
    version_id: FlakeId
    image_url: str | None
    slug: str
    name: str
    description: str
    enabled_at: datetime | None
    enabled_until: datetime | None
    label: str | None
    hidden: bool
    sort_order: Int32
    price: Int64
    currency: str
    single_game_server_only: bool
    allow_one_time_purchase: bool
    allow_subscription: bool
    is_gifting_disabled: bool
    is_gift_cards_disabled: bool
    is_coupons_disabled: bool
    is_affiliate_links_disabled: bool
    subscription_interval_value: Int32
    subscription_interval_scale: Interval
    remove_after_enabled: bool
    remove_after_time_value: Int32
    remove_after_time_scale: RemoveAfterInterval
    pricing: StorefrontProductPricingDto | UnsetType = UNSET
    stock: StorefrontProductStockDto | UnsetType
    trial: StorefrontProductTrialDto
    tags: list[ProductTagDto]
    gameservers: list[StorefrontGameServerDto]
    custom_variables: list[StorefrontCustomVariableDto]
    deliverable_actions: ProductDeliverableActionsDto
    metadata: dict[str, str] | None
    created_at: datetime | None
    updated_at: datetime | None
    tier_group_id: FlakeId | UnsetType = UNSET
    active_tier_group: CustomerTierGroupDto | UnsetType = UNSET
