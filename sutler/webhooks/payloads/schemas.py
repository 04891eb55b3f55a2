"""What webhooks of type JSON v1 send: `{event_type, event_id, body}`, the structs named as in the contract.

Members that may be null there are null when there is nothing to say. Where the contract demands a value and there is
none, texts are empty and an id is `NONE`.
"""

from datetime import datetime
from typing import Final, Literal

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire

PayloadEventType = Literal[
    "ON_ORDER_COMPLETED", "ON_REFUND", "ON_CHARGEBACK", "ON_CHARGEBACK_CLOSED", "ON_DELIVERY_ITEM_ADDED",
    "ON_DELIVERY_ITEM_ACTIVATED", "ON_DELIVERY_ITEM_USED", "ON_DELIVERY_ITEM_REVOKED", "ON_DELIVERY_ITEM_EXPIRED",
    "ON_DELIVERY_ITEM_RENEWED", "ON_SUBSCRIPTION_ACTIVATED", "ON_SUBSCRIPTION_RENEWED", "ON_SUBSCRIPTION_CANCELED",
    "ON_DISCORD_ACCOUNT_LINKED_TO_CHECKOUT", "ON_CONNECTED_USER_REGISTERED", "ON_CONNECTED_USER_BECAME_PAYABLE",
    "ON_CONNECTED_USER_BECAME_UNPAYABLE", "ON_CONNECTED_USER_PAYOUT_CREATED", "ON_CONNECTED_USER_PAYOUT_COMPLETED",
    "ON_CONNECTED_USER_TRANSACTION_INSERTED", "ON_CONNECTED_USER_TRUST_STATUS_CHANGED", "ON_TRIAL_ACTIVATED",
    "ON_TRIAL_COMPLETED", "ON_TRIAL_CANCELED", "ON_PURCHASE_FOLLOW_UP_ATTEMPT_EMAIL_SENT",
    "ON_PURCHASE_FOLLOW_UP_ATTEMPT_SUCCEEDED", "ON_ABANDONED_CHECKOUT_RECOVERY_ATTEMPT_EMAIL_SENT",
    "ON_ABANDONED_CHECKOUT_RECOVERY_ATTEMPT_SUCCEEDED", "ON_PAYMENT_COMPLETED", "ON_PAYMENT_FAILED",
]  # fmt: skip
"""How payloads name events."""

NONE: Final = "0"
"""The id of nothing. No row has it; it passes for an id with every client that insists on one."""


class SteamCustomerDTO(Wire):
    """A Steam profile; all texts are empty for a customer without one."""

    id: str
    name: str
    avatar_url: str


class MinecraftCustomerDTO(Wire):
    """A Minecraft profile; all texts are empty for a customer without one."""

    id: str
    name: str
    avatar_url: str


class GenericProfileDTO(Wire):
    """The profile to show, whatever the platform."""

    id: str
    platform: str
    name: str
    avatar_url: str


class CustomerDTO(Wire):
    """A customer, with a profile of every platform."""

    id: FlakeId
    name: str | None
    steam: SteamCustomerDTO
    minecraft: MinecraftCustomerDTO
    profile: GenericProfileDTO


class ProductTagDTO(Wire):
    """A tag of a product."""

    id: FlakeId
    slug: str
    name: str


class ProductGameServerDTO(Wire):
    """A game server that a product is for."""

    id: FlakeId
    name: str
    enabled: bool


class ProductCommandDTO(Wire):
    """A command of a product, before its placeholders are filled in."""

    stage: str
    content: str
    online_only: bool


class ProductDTO(Wire):
    """A product as it was when this version was bought; whether it is for sale, its label and its place are of today."""

    id: FlakeId
    store_id: FlakeId
    version_id: FlakeId
    image_url: str | None
    slug: str
    name: str
    description: str
    enabled: bool
    label: str | None
    sort_order: int
    price: int
    single_game_server_only: bool
    allow_one_time_purchase: bool
    allow_subscription: bool
    subscription_interval_value: int | None
    subscription_interval_scale: str | None
    remove_after_enabled: bool
    remove_after_time_value: int | None
    remove_after_time_scale: str | None
    tags: list[ProductTagDTO]
    tag_names: str
    gameservers: list[ProductGameServerDTO]
    gameserver_names: str
    commands: list[ProductCommandDTO]
    created_at: datetime | None
    updated_at: datetime | None
    metadata: dict[str, str]


class CheckoutLineDTO(Wire):
    """What the seller's own programs noted on a line of the checkout."""

    id: FlakeId
    product_id: FlakeId
    product_version_id: FlakeId
    metadata: dict[str, str]


class CheckoutDTO(Wire):
    """What the seller's own programs noted on the checkout."""

    id: FlakeId
    metadata: dict[str, str]
    lines: list[CheckoutLineDTO]


class OrderCouponUsageDTO(Wire):
    """A coupon and what it saved, in minor units."""

    coupon_id: FlakeId
    usage_amount: int


class OrderGiftCardUsageDTO(Wire):
    """A gift card and what it paid, in minor units."""

    giftcard_id: FlakeId
    usage_amount: int


class OrderLineDTO(Wire):
    """One product of an order; amounts are minor units."""

    id: FlakeId
    checkout_line_id: FlakeId | None
    product_id: FlakeId
    product_version_id: FlakeId
    product: ProductDTO
    product_name: str
    product_image_url: str | None
    subscription_id: FlakeId | None
    subscription_line_id: FlakeId | None
    subscription_interval_value: int | None
    subscription_interval_scale: str | None
    trial_id: FlakeId | None
    gift_to_customer: CustomerDTO | None
    price: int
    quantity: int
    discount_amount: int
    subtotal_amount: int
    tax_amount: int
    total_amount: int
    selected_gameserver_id: FlakeId | None


class CompletedOrder(Wire):
    """An order that was paid; amounts are minor units of `currency`. `coupon_id` is `0` when there was none."""

    id: FlakeId
    store_id: FlakeId
    customer: CustomerDTO
    checkout_id: FlakeId
    checkout: CheckoutDTO
    subscription_id: FlakeId | None
    applied_coupons: list[OrderCouponUsageDTO]
    applied_giftcards: list[OrderGiftCardUsageDTO]
    coupon_id: FlakeId
    type: str
    currency: str
    tax_inclusive: bool
    tax_amount: int
    discount_amount: int
    subtotal_amount: int
    total_amount: int
    created_at: datetime
    completed_at: datetime
    billing_name: str
    billing_email: str
    billing_address_country: str
    customer_ip: str
    giftcard_usage_amount: int
    lines: list[OrderLineDTO]
    product_names: str
    product_tags: str
    product_gameservers: str
    status: str


class GameServerDTO(Wire):
    """The game server that a buyer chose."""

    id: FlakeId
    name: str
    enabled: bool


class DeliveryItemDTO(Wire):
    """One unit in a customer's inventory; `customer` owns it, `order_customer_id` paid for it."""

    id: FlakeId
    store_id: FlakeId
    customer: CustomerDTO | None
    order_customer_id: FlakeId | None
    checkout_id: FlakeId | None
    order_id: FlakeId | None
    order_line_id: FlakeId | None
    subscription_id: FlakeId | None
    execute_on_gameserver_id: FlakeId | None
    execute_on_gameserver: GameServerDTO | None
    product_id: FlakeId
    product_version_id: FlakeId
    product: ProductDTO
    state: str
    added_at: datetime
    active_at: datetime | None
    expires_at: datetime | None
    removed_at: datetime | None
    revoked_at: datetime | None
    revoke_reason: str | None


class OrderCompletedWebhook(Wire):
    """An order was paid, or there was nothing to pay."""

    event_type: PayloadEventType = "ON_ORDER_COMPLETED"
    event_id: FlakeId
    body: CompletedOrder


class DeliveryItemAddedWebhook(Wire):
    """An item entered a customer's inventory."""

    event_type: PayloadEventType = "ON_DELIVERY_ITEM_ADDED"
    event_id: FlakeId
    body: DeliveryItemDTO


class DeliveryItemActivatedWebhook(Wire):
    """An item that lasts a while began to run."""

    event_type: PayloadEventType = "ON_DELIVERY_ITEM_ACTIVATED"
    event_id: FlakeId
    body: DeliveryItemDTO


class DeliveryItemUsedWebhook(Wire):
    """An item was consumed, or ran out."""

    event_type: PayloadEventType = "ON_DELIVERY_ITEM_USED"
    event_id: FlakeId
    body: DeliveryItemDTO


class DeliveryItemExpiredWebhook(Wire):
    """An item that lasts a while ran out."""

    event_type: PayloadEventType = "ON_DELIVERY_ITEM_EXPIRED"
    event_id: FlakeId
    body: DeliveryItemDTO


class DeliveryItemRenewedWebhook(Wire):
    """Another item of the same product took over from a running one."""

    event_type: PayloadEventType = "ON_DELIVERY_ITEM_RENEWED"
    event_id: FlakeId
    body: DeliveryItemDTO


class DeliveryItemRevokedWebhook(Wire):
    """An item was taken away."""

    event_type: PayloadEventType = "ON_DELIVERY_ITEM_REVOKED"
    event_id: FlakeId
    body: DeliveryItemDTO
