"""What crosses the wire about changes of subscriptions. All amounts are minor units."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from sutler.billing.orders.schemas import CustomVariableLineItemDto
from sutler.billing.subscription_changes.models import ChangeStatus, ProrationBehavior
from sutler.checkout.checkouts.schemas import MOST_LINES, Answers
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int64, Wire

Absent = FlakeId | UnsetType


# None is ever `invalid`; the contract knows it.
StatusOnTheWire = Literal["invalid", ChangeStatus]
ProrationOnTheWire = Literal["invalid", ProrationBehavior]


class UpdateSubscriptionLineRequestDto(Wire):
    """One product that the subscription is to be for: as it is sold now, or a certain version of it."""

    product_id: FlakeId | None = None
    product_version_id: FlakeId | None = None
    custom_variables: Answers
    selected_gameserver_id: FlakeId | None = None


class UpdateSubscriptionRequestDto(Wire):
    """All that a subscription is to be for, and how that is paid."""

    lines: Annotated[list[UpdateSubscriptionLineRequestDto], Meta(min_length=1, max_length=MOST_LINES)]
    proration_behavior: ProrationOnTheWire


class SubscriptionChangeAmountDto(Wire):
    """What a cycle costs after a change."""

    currency: str
    subtotal: Int64
    discount: Int64
    tax: Int64
    total: Int64


class SubscriptionChangeLineAmountDto(SubscriptionChangeAmountDto):
    """What a line costs in a cycle after a change."""


class SubscriptionChangeProratedAmountDto(Wire):
    """What is to be paid for the rest of the current cycle."""

    currency: str
    prorated_amount: Int64
    presentment_currency: str
    presentment_prorated_amount: Int64


class SubscriptionChangeLineProductDto(Wire):
    """What a line becomes."""

    id: FlakeId
    version_id: FlakeId
    name: str
    image_url: str | None = None
    selected_gameserver_id: Absent = UNSET
    pricing_region_id: str | None = None
    custom_variables: dict[str, CustomVariableLineItemDto]


class SubscriptionChangeLineDto(Wire):
    """One line of a change, and how its price for the rest of the cycle came to be."""

    id: FlakeId
    subscription_line_id: Absent = UNSET
    is_deleted: bool
    tax_inclusive: bool
    price: Int64
    product: SubscriptionChangeLineProductDto
    amount: SubscriptionChangeLineAmountDto
    presentment_amount: SubscriptionChangeLineAmountDto
    prorated_amount: Int64
    prorated_presentment_amount: Int64
    remaining_minutes: Int64
    total_minutes: Int64


class SubscriptionChangeDto(Wire):
    """What a subscription is to be for, and when that takes effect."""

    id: FlakeId
    subscription_id: FlakeId
    prorated_order_id: Absent = UNSET
    status: StatusOnTheWire
    proration_behavior: ProrationOnTheWire
    off_session: bool
    prorated_amount: SubscriptionChangeProratedAmountDto
    created_at: datetime
    applied_at: datetime | None = None
    lines: list[SubscriptionChangeLineDto]
    next_billing_amount: SubscriptionChangeAmountDto
    next_billing_presentment_amount: SubscriptionChangeAmountDto


class CheckoutPaymentInfoDto(Wire):
    """What became of charging a change, and where its customer can pay if that has not worked."""

    status: str
    declined: bool
    decline_message: str | None = None
    checkout_url: str | None = None


class UpdateSubscriptionResponseDto(Wire):
    """A change, and what is to be paid before it takes effect."""

    subscription_change: SubscriptionChangeDto
    pending_payment: CheckoutPaymentInfoDto | UnsetType = UNSET
