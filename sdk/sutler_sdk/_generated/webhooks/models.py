"""Objects inside of webhook events. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._wire import Model


class CheckoutDTO(Model, frozen=True, kw_only=True):
    """`CheckoutDTO` of the contract."""

    id: str
    lines: list[CheckoutLineDTO]
    metadata: dict[str, str]


class CheckoutLineDTO(Model, frozen=True, kw_only=True):
    """`CheckoutLineDTO` of the contract."""

    id: str
    metadata: dict[str, str]
    product_id: str
    product_version_id: str


class CustomerDTO(Model, frozen=True, kw_only=True):
    """`CustomerDTO` of the contract."""

    id: str
    minecraft: MinecraftCustomerDTO | None = None
    name: str | None = None
    profile: GenericProfileDTO | None = None
    steam: SteamCustomerDTO | None = None


class GameServerDTO(Model, frozen=True, kw_only=True):
    """`GameServerDTO` of the contract."""

    enabled: bool
    id: str
    name: str


class GenericProfileDTO(Model, frozen=True, kw_only=True):
    """`GenericProfileDTO` of the contract."""

    avatar_url: str
    id: str
    name: str
    platform: str


class MinecraftCustomerDTO(Model, frozen=True, kw_only=True):
    """`MinecraftCustomerDTO` of the contract."""

    avatar_url: str
    id: str
    name: str


class OrderCouponUsageDTO(Model, frozen=True, kw_only=True):
    """`OrderCouponUsageDTO` of the contract."""

    coupon_id: str
    usage_amount: int


class OrderDTO(Model, frozen=True, kw_only=True):
    """`OrderDTO` of the contract."""

    applied_coupons: list[OrderCouponUsageDTO]
    applied_giftcards: list[OrderGiftCardUsageDTO]
    billing_address_country: str
    billing_email: str
    billing_name: str
    checkout: CheckoutDTO
    checkout_id: str
    completed_at: datetime
    coupon_id: str
    created_at: datetime
    currency: str
    customer: CustomerDTO
    customer_ip: str
    discount_amount: int
    giftcard_usage_amount: int
    id: str
    lines: list[OrderLineDTO]
    product_gameservers: str
    product_names: str
    product_tags: str
    status: str
    store_id: str
    subscription_id: str | None = None
    subtotal_amount: int
    tax_amount: int
    tax_inclusive: bool
    total_amount: int
    type: str


class OrderGiftCardUsageDTO(Model, frozen=True, kw_only=True):
    """`OrderGiftCardUsageDTO` of the contract."""

    giftcard_id: str
    usage_amount: int


class OrderLineDTO(Model, frozen=True, kw_only=True):
    """`OrderLineDTO` of the contract."""

    checkout_line_id: str | None = None
    discount_amount: int
    gift_to_customer: CustomerDTO | None = None
    id: str
    price: int
    product: ProductDTO
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    quantity: int
    selected_gameserver_id: str | None = None
    subscription_id: str | None = None
    subscription_interval_scale: str | None = None
    subscription_interval_value: int | None = None
    subscription_line_id: str | None = None
    subtotal_amount: int
    tax_amount: int
    total_amount: int
    trial_id: str | None = None


class ProductCommandDTO(Model, frozen=True, kw_only=True):
    """`ProductCommandDTO` of the contract."""

    content: str
    online_only: bool
    stage: str


class ProductDTO(Model, frozen=True, kw_only=True):
    """`ProductDTO` of the contract."""

    allow_one_time_purchase: bool
    allow_subscription: bool
    commands: list[ProductCommandDTO]
    created_at: datetime | None = None
    description: str
    enabled: bool
    gameserver_names: str
    gameservers: list[ProductGameServerDTO]
    id: str
    image_url: str | None = None
    label: str | None = None
    metadata: dict[str, str]
    name: str
    price: int
    remove_after_enabled: bool
    remove_after_time_scale: str | None = None
    remove_after_time_value: int | None = None
    single_game_server_only: bool
    slug: str
    sort_order: int
    store_id: str
    subscription_interval_scale: str | None = None
    subscription_interval_value: int | None = None
    tag_names: str
    tags: list[ProductTagDTO]
    updated_at: datetime | None = None
    version_id: str


class ProductGameServerDTO(Model, frozen=True, kw_only=True):
    """`ProductGameServerDTO` of the contract."""

    enabled: bool
    id: str
    name: str


class ProductTagDTO(Model, frozen=True, kw_only=True):
    """`ProductTagDTO` of the contract."""

    id: str
    name: str
    slug: str


class SteamCustomerDTO(Model, frozen=True, kw_only=True):
    """`SteamCustomerDTO` of the contract."""

    avatar_url: str
    id: str
    name: str


class SubscriptionLineDTO(Model, frozen=True, kw_only=True):
    """`SubscriptionLineDTO` of the contract."""

    checkout_line_id: str | None = None
    currency: str
    discount_amount: int
    gift_to_customer: CustomerDTO | None = None
    gift_to_customer_id: str | None = None
    id: str
    initial_discount_amount: int
    initial_giftcard_usage_amount: int
    initial_order_line_id: str | None = None
    initial_presentment_discount_amount: int | None = None
    initial_presentment_giftcard_usage_amount: int | None = None
    initial_presentment_subtotal_amount: int | None = None
    initial_presentment_tax_amount: int | None = None
    initial_presentment_total_amount: int | None = None
    initial_subtotal_amount: int
    initial_tax_amount: int
    initial_total_amount: int
    presentment_currency: str | None = None
    presentment_discount_amount: int | None = None
    presentment_subtotal_amount: int | None = None
    presentment_tax_amount: int | None = None
    presentment_total_amount: int | None = None
    price: int
    product: ProductDTO | None = None
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    sale_id: str | None = None
    selected_gameserver_id: str | None = None
    subscription_id: str
    subtotal_amount: int
    tax_amount: int
    tax_inclusive: bool
    total_amount: int
    trial_id: str | None = None


class ChargebackBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    amount: int
    chargeback_at: datetime
    chargeback_status: str
    currency: str
    customer: CustomerDTO | None = None
    gateway: str
    gateway_fee_amount: int
    id: str
    order_id: str
    platform_fee_amount: int
    status: str
    store_id: str
    store_net_amount: int
    tax_amount: int
    tax_inclusive: bool


class DeliveryItemBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    active_at: datetime | None = None
    added_at: datetime
    checkout_id: str | None = None
    customer: CustomerDTO | None = None
    execute_on_gameserver: GameServerDTO | None = None
    execute_on_gameserver_id: str | None = None
    expires_at: datetime | None = None
    id: str
    order_customer_id: str | None = None
    order_id: str | None = None
    order_line_id: str | None = None
    product: ProductDTO
    product_id: str
    product_version_id: str
    removed_at: datetime | None = None
    revoke_reason: str | None = None
    revoked_at: datetime | None = None
    state: str
    store_id: str
    subscription_id: str | None = None


class DiscordAccountLinkedToCheckoutBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    checkout_id: str
    checkout_line_id: str
    customer: CustomerDTO
    customer_id: str
    discord_user_avatar_hash: str
    discord_user_id: str
    discord_user_name: str
    enqueued_at: datetime | None = None
    order: OrderDTO
    order_id: str
    product: ProductDTO
    product_id: str
    product_version_id: str
    store_id: str


class OrderCompletedBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    applied_coupons: list[OrderCouponUsageDTO]
    applied_giftcards: list[OrderGiftCardUsageDTO]
    billing_address_country: str
    billing_email: str
    billing_name: str
    checkout: CheckoutDTO
    checkout_id: str
    completed_at: datetime
    coupon_id: str
    created_at: datetime
    currency: str
    customer: CustomerDTO
    customer_ip: str
    discount_amount: int
    giftcard_usage_amount: int
    id: str
    lines: list[OrderLineDTO]
    product_gameservers: str
    product_names: str
    product_tags: str
    status: str
    store_id: str
    subscription_id: str | None = None
    subtotal_amount: int
    tax_amount: int
    tax_inclusive: bool
    total_amount: int
    type: str


class PaymentCompletedBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    amount: int
    billing_country: str | None = None
    completed_at: datetime
    created_at: datetime
    currency: str
    customer: CustomerDTO | None = None
    gateway: str
    gateway_fee_amount: int
    id: str
    order_id: str
    pending_at: datetime | None = None
    platform_fee_amount: int
    status: str
    store_id: str
    store_net_amount: int
    tax_amount: int
    tax_inclusive: bool


class PaymentFailedBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    amount: int
    created_at: datetime
    currency: str
    customer: CustomerDTO | None = None
    failed_at: datetime
    failure_code: str
    gateway: str
    gateway_fee_amount: int
    id: str
    order_id: str
    pending_at: datetime | None = None
    platform_fee_amount: int
    status: str
    store_id: str
    store_net_amount: int
    tax_amount: int
    tax_inclusive: bool


class RefundBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    amount: int
    approved_at: datetime
    billing_email: str
    completed_at: datetime
    created_at: datetime
    currency: str
    customer: CustomerDTO | None = None
    gateway: str
    gateway_fee_amount: int
    id: str
    order_id: str
    payment_id: str
    pending_at: datetime
    platform_fee_amount: int
    status: str
    store_id: str
    store_net_amount: int
    store_refund_amount: int
    tax_amount: int
    tax_inclusive: bool


class SubscriptionBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    active_at: datetime | None = None
    billing_country: str
    billing_cycle_sequence: int
    billing_email: str
    checkout: CheckoutDTO
    checkout_id: str
    checkout_line_id: str
    created_at: datetime | None = None
    currency: str
    current_period_end: datetime | None = None
    current_period_start: datetime | None = None
    customer: CustomerDTO
    customer_id: str
    customer_ip: str
    discount_amount: int
    id: str
    initial_discount_amount: int
    initial_giftcard_usage_amount: int
    initial_subtotal_amount: int
    initial_tax_amount: int
    initial_total_amount: int
    interval_scale: str
    interval_value: int
    lines: list[SubscriptionLineDTO]
    product: ProductDTO
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    status: str
    store_id: str
    subtotal_amount: int
    tax_amount: int
    total_amount: int


class SubscriptionCanceledBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    active_at: datetime | None = None
    billing_country: str
    billing_cycle_sequence: int
    billing_email: str
    cancel_reason: str | None = None
    canceled_at: datetime | None = None
    checkout: CheckoutDTO
    checkout_id: str
    checkout_line_id: str
    created_at: datetime | None = None
    currency: str
    current_period_end: datetime | None = None
    current_period_start: datetime | None = None
    customer: CustomerDTO
    customer_id: str
    customer_ip: str
    discount_amount: int
    id: str
    initial_discount_amount: int
    initial_giftcard_usage_amount: int
    initial_subtotal_amount: int
    initial_tax_amount: int
    initial_total_amount: int
    interval_scale: str
    interval_value: int
    lines: list[SubscriptionLineDTO]
    product: ProductDTO
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    status: str
    store_id: str
    subtotal_amount: int
    tax_amount: int
    total_amount: int


class TrialBody(Model, frozen=True, kw_only=True):
    """What an event tells."""

    canceled_at: datetime | None = None
    checkout_id: str | None = None
    checkout_line_id: str | None = None
    created_at: datetime
    customer: CustomerDTO
    customer_id: str
    ends_at: datetime | None = None
    id: str
    period_scale: str
    period_value: int
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    starts_at: datetime | None = None
    status: str
    store_id: str
