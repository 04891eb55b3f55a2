"""What operations of `marketing` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        CouponDiscountTypeDto,
        CouponDurationDto,
        EmailDeliveryStatusDto,
        EmailTemplateStateDto,
        EmailTemplateTypeDto,
    )
else:  # a text that is new must not break a client
    CouponDiscountTypeDto = CouponDurationDto = EmailDeliveryStatusDto = EmailTemplateStateDto = EmailTemplateTypeDto = str


class AbandonedCheckoutStoreConfigurationCommandDto(Model, frozen=True, kw_only=True):
    """`AbandonedCheckoutStoreConfigurationCommandDto` of the contract."""

    command: str
    id: str
    online_only: bool
    store_id: str


class AbandonedCheckoutStoreConfigurationDto(Model, frozen=True, kw_only=True):
    """`AbandonedCheckoutStoreConfigurationDto` of the contract."""

    commands: list[AbandonedCheckoutStoreConfigurationCommandDto]
    coupon_configuration: MarketingCouponConfigurationDto
    enabled: bool
    invalid: bool
    max_coupons_global_amount: int | None = None
    max_coupons_global_period: str | None = None
    max_coupons_per_customer_amount: int | None = None
    max_coupons_per_customer_period: str | None = None
    maximum_order_value: int | None = None
    """Minor units."""
    minimum_order_value: int
    """Minor units."""
    store_id: str
    trigger_after: str
    updated_at: datetime
    updated_by: ActorDto


class EmailBrandingDto(Model, frozen=True, kw_only=True):
    """`EmailBrandingDto` of the contract."""

    color: str
    header_image_dark_url: str | None = None
    header_image_light_url: str | None = None
    store_id: str


class EmailDeliveryDto(Model, frozen=True, kw_only=True):
    """`EmailDeliveryDto` of the contract."""

    created_at: datetime
    email_template_type: EmailTemplateTypeDto
    error_message: str | None = None
    id: str
    message_id: str | None = None
    opened_at: datetime | None = None
    receiver_email: str
    sent_at: datetime | None = None
    status: EmailDeliveryStatusDto
    store_id: str | None = None
    subject: str


class EmailTemplateComponentDto(Model, frozen=True, kw_only=True):
    """`EmailTemplateComponentDto` of the contract."""

    content: str
    tag: str


class EmailTemplateDefinitionDto(Model, frozen=True, kw_only=True):
    """`EmailTemplateDefinitionDto` of the contract."""

    components: list[EmailTemplateComponentDto]
    default_content: str
    display_name: str
    email_template_type: EmailTemplateTypeDto
    example_variables: None


class EmailTemplateDto(Model, frozen=True, kw_only=True):
    """`EmailTemplateDto` of the contract."""

    content: str
    created_at: datetime
    created_by: ActorDto
    email_template_state: EmailTemplateStateDto
    email_template_state_note: str
    email_template_type: EmailTemplateTypeDto
    id: str
    name: str
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None


class GetEmailBrandingImageUploadUrlResponseDto(Model, frozen=True, kw_only=True):
    """`GetEmailBrandingImageUploadUrlResponseDto` of the contract."""

    image_id: str
    upload_url: str


class MarketingCouponConfigurationDto(Model, frozen=True, kw_only=True):
    """`MarketingCouponConfigurationDto` of the contract."""

    customer_redeem_limit: int
    customer_redeem_limit_enabled: bool
    discount_amount: int
    """Minor units, or a share, as `discount_type` says."""
    discount_apply_before_sales: bool
    discount_only_required_tags_or_products: bool
    discount_type: CouponDiscountTypeDto
    duration: CouponDurationDto
    duration_in_intervals: int | None = None
    expires_after: str | None = None
    minimum_order_value: int
    """Minor units."""
    required_product_ids: list[str]
    required_tag_ids: list[str]
    usable_on_one_time_purchases: bool
    usable_on_subscriptions: bool


class PurchaseFollowUpStoreConfigurationCommandDto(Model, frozen=True, kw_only=True):
    """`PurchaseFollowUpStoreConfigurationCommandDto` of the contract."""

    command: str
    id: str
    online_only: bool
    store_id: str


class PurchaseFollowUpStoreConfigurationDto(Model, frozen=True, kw_only=True):
    """`PurchaseFollowUpStoreConfigurationDto` of the contract."""

    commands: list[PurchaseFollowUpStoreConfigurationCommandDto]
    coupon_configuration: MarketingCouponConfigurationDto
    enabled: bool
    invalid: bool
    max_coupons_global_amount: int | None = None
    max_coupons_global_period: str | None = None
    max_coupons_per_customer_amount: int | None = None
    max_coupons_per_customer_period: str | None = None
    maximum_order_value: int | None = None
    """Minor units."""
    minimum_order_value: int
    """Minor units."""
    store_id: str
    trigger_after: str
    updated_at: datetime
    updated_by: ActorDto
