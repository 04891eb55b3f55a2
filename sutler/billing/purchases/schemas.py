"""A customer's own orders on the wire: what a manager sees, without who paid from where and how."""

from datetime import datetime

from msgspec import UNSET, UnsetType

from sutler.billing.orders.models import OrderStatus, OrderType
from sutler.billing.orders.schemas import Absent, Amounts, CustomVariableLineItemDto
from sutler.checkout.carts.schemas import StorefrontCustomerDto
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32


class StorefrontOrderLineDto(Amounts):
    """One product of an order; `price` is one unit, the other amounts are of the whole line."""

    id: FlakeId
    checkout_line_id: FlakeId
    subscription_line_id: Absent = UNSET
    trial_id: Absent = UNSET
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str
    subscription_interval_value: Int32 | None
    subscription_interval_scale: str | None
    gift: bool
    gift_to_customer_id: Absent = UNSET
    gift_to_customer: StorefrontCustomerDto | UnsetType = UNSET
    price: Int32
    price_str: str
    quantity: Int32
    selected_gameserver_id: Absent = UNSET
    tax_inclusive: bool
    pricing_region_id: str | None
    custom_variables: dict[str, CustomVariableLineItemDto] | None


class StorefrontOrderDto(Amounts):
    """What the customer bought, and what became of it."""

    id: FlakeId
    pretty_id: str
    store_id: FlakeId
    customer_id: FlakeId
    customer: StorefrontCustomerDto
    status: OrderStatus
    type: OrderType
    checkout_id: Absent = UNSET
    subscription_id: Absent = UNSET
    is_subscription: bool
    currency: str
    presentment_currency: str
    billing_cycle_sequence: Int32 | None
    lines: list[StorefrontOrderLineDto]
    created_at: datetime | None
    completed_at: datetime | None
    canceled_at: datetime | None
