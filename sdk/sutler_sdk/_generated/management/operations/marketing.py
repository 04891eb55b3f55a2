"""Operations of `marketing`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.marketing import (
    AbandonedCheckoutStoreConfigurationDto,
    EmailBrandingDto,
    EmailDeliveryDto,
    EmailTemplateDefinitionDto,
    EmailTemplateDto,
    GetEmailBrandingImageUploadUrlResponseDto,
    PurchaseFollowUpStoreConfigurationDto,
)
from sutler_sdk.paging import awalk, walk

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import EmailDeliveryStatusDto, EmailTemplateTypeDto
    from sutler_sdk._generated.management.inputs import (
        AbandonedCheckoutStoreConfigurationUpdateCommandInput,
        MarketingCouponConfigurationInput,
        PurchaseFollowUpStoreConfigurationUpdateCommandInput,
    )
    from sutler_sdk.transport import AsyncTransport, Transport

GET_STORE_ABANDONED_CHECKOUT_CONFIGURATION_OPTIONS = Operation(
    "GET", "/v1/stores/{store_id}/marketing/abandoned-checkouts/configuration", AbandonedCheckoutStoreConfigurationDto
)
SET_STORE_ABANDONED_CHECKOUT_CONFIGURATION_OPTIONS = Operation(
    "PUT", "/v1/stores/{store_id}/marketing/abandoned-checkouts/configuration", AbandonedCheckoutStoreConfigurationDto
)
GET_EMAIL_BRANDING = Operation("GET", "/v1/stores/{store_id}/marketing/email/branding", EmailBrandingDto)
UPDATE_EMAIL_BRANDING = Operation("PATCH", "/v1/stores/{store_id}/marketing/email/branding", EmailBrandingDto)
FINISH_EMAIL_BRANDING_IMAGE_UPLOAD = Operation(
    "POST", "/v1/stores/{store_id}/marketing/email/branding/image-upload-finish", type(None)
)
GET_EMAIL_BRANDING_IMAGE_UPLOAD_URL = Operation(
    "GET", "/v1/stores/{store_id}/marketing/email/branding/image-upload-url", GetEmailBrandingImageUploadUrlResponseDto
)
GET_EMAIL_DELIVERIES = Operation("GET", "/v1/stores/{store_id}/marketing/email/deliveries", list[EmailDeliveryDto])
GET_EMAIL_DELIVERY = Operation(
    "GET", "/v1/stores/{store_id}/marketing/email/deliveries/{email_delivery_id}", EmailDeliveryDto
)
GET_EMAIL_TEMPLATE_DEFINITIONS = Operation(
    "GET", "/v1/stores/{store_id}/marketing/email/template-definitions", list[EmailTemplateDefinitionDto]
)
GET_EMAIL_TEMPLATES = Operation("GET", "/v1/stores/{store_id}/marketing/email/templates", list[EmailTemplateDto])
CREATE_EMAIL_TEMPLATE = Operation("POST", "/v1/stores/{store_id}/marketing/email/templates", EmailTemplateDto)
DEACTIVATE_EMAIL_TEMPLATE_BY_TYPE = Operation(
    "POST", "/v1/stores/{store_id}/marketing/email/templates/deactivate", type(None)
)
SEND_EMAIL_TEMPLATE_TEST_EMAIL_BY_TYPE = Operation(
    "POST", "/v1/stores/{store_id}/marketing/email/templates/test-email", type(None)
)
GET_EMAIL_TEMPLATE = Operation("GET", "/v1/stores/{store_id}/marketing/email/templates/{template_id}", EmailTemplateDto)
UPDATE_EMAIL_TEMPLATE = Operation("PATCH", "/v1/stores/{store_id}/marketing/email/templates/{template_id}", EmailTemplateDto)
DELETE_EMAIL_TEMPLATE = Operation("DELETE", "/v1/stores/{store_id}/marketing/email/templates/{template_id}", type(None))
ACTIVATE_EMAIL_TEMPLATE = Operation(
    "POST", "/v1/stores/{store_id}/marketing/email/templates/{template_id}/activate", type(None)
)
DEACTIVATE_EMAIL_TEMPLATE = Operation(
    "POST", "/v1/stores/{store_id}/marketing/email/templates/{template_id}/deactivate", type(None)
)
SEND_EMAIL_TEMPLATE_TEST_EMAIL = Operation(
    "POST", "/v1/stores/{store_id}/marketing/email/templates/{template_id}/test-email", type(None)
)
GET_STORE_PURCHASE_FOLLOW_UP_CONFIGURATION_OPTIONS = Operation(
    "GET", "/v1/stores/{store_id}/marketing/purchase-follow-ups/configuration", PurchaseFollowUpStoreConfigurationDto
)
SET_STORE_PURCHASE_FOLLOW_UP_CONFIGURATION_OPTIONS = Operation(
    "PUT", "/v1/stores/{store_id}/marketing/purchase-follow-ups/configuration", PurchaseFollowUpStoreConfigurationDto
)


class Marketing:
    """Operations of `marketing`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_store_abandoned_checkout_configuration_options(self) -> AbandonedCheckoutStoreConfigurationDto:
        """Get store abandoned checkout configuration options: `GET /v1/stores/{store_id}/marketing/abandoned-checkouts/configuration`."""
        return self._transport.call(GET_STORE_ABANDONED_CHECKOUT_CONFIGURATION_OPTIONS)

    def set_store_abandoned_checkout_configuration_options(
        self,
        *,
        commands: Sequence[AbandonedCheckoutStoreConfigurationUpdateCommandInput],
        coupon_configuration: MarketingCouponConfigurationInput,
        enabled: bool,
        minimum_order_value: int,
        trigger_after: str,
        max_coupons_global_amount: int | UnsetType | None = UNSET,
        max_coupons_global_period: str | UnsetType | None = UNSET,
        max_coupons_per_customer_amount: int | UnsetType | None = UNSET,
        max_coupons_per_customer_period: str | UnsetType | None = UNSET,
        maximum_order_value: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> AbandonedCheckoutStoreConfigurationDto:
        """Set store abandoned checkout configuration options: `PUT /v1/stores/{store_id}/marketing/abandoned-checkouts/configuration`.

        `maximum_order_value`: minor units.
        `minimum_order_value`: minor units.
        """
        return self._transport.call(
            SET_STORE_ABANDONED_CHECKOUT_CONFIGURATION_OPTIONS,
            body={
                "commands": commands,
                "coupon_configuration": coupon_configuration,
                "enabled": enabled,
                "max_coupons_global_amount": max_coupons_global_amount,
                "max_coupons_global_period": max_coupons_global_period,
                "max_coupons_per_customer_amount": max_coupons_per_customer_amount,
                "max_coupons_per_customer_period": max_coupons_per_customer_period,
                "maximum_order_value": maximum_order_value,
                "minimum_order_value": minimum_order_value,
                "trigger_after": trigger_after,
            },
            idempotency_key=idempotency_key,
        )

    def get_email_branding(self) -> EmailBrandingDto:
        """Get email branding: `GET /v1/stores/{store_id}/marketing/email/branding`."""
        return self._transport.call(GET_EMAIL_BRANDING)

    def update_email_branding(
        self,
        *,
        color: str | UnsetType | None = UNSET,
        header_image_dark_url: str | UnsetType | None = UNSET,
        header_image_light_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> EmailBrandingDto:
        """Update email branding: `PATCH /v1/stores/{store_id}/marketing/email/branding`."""
        return self._transport.call(
            UPDATE_EMAIL_BRANDING,
            body={
                "color": color,
                "header_image_dark_url": header_image_dark_url,
                "header_image_light_url": header_image_light_url,
            },
            idempotency_key=idempotency_key,
        )

    def finish_email_branding_image_upload(
        self, *, dark_mode: bool, image_id: str, idempotency_key: str | None = None
    ) -> None:
        """Finish email branding image upload: `POST /v1/stores/{store_id}/marketing/email/branding/image-upload-finish`."""
        return self._transport.call(
            FINISH_EMAIL_BRANDING_IMAGE_UPLOAD,
            body={"dark_mode": dark_mode, "image_id": image_id},
            idempotency_key=idempotency_key,
        )

    def get_email_branding_image_upload_url(
        self, *, dark_mode: bool | None = None
    ) -> GetEmailBrandingImageUploadUrlResponseDto:
        """Get email branding image upload url: `GET /v1/stores/{store_id}/marketing/email/branding/image-upload-url`."""
        return self._transport.call(GET_EMAIL_BRANDING_IMAGE_UPLOAD_URL, query={"dark_mode": dark_mode})

    def get_email_deliveries(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        store_id: str | None = None,
        email_delivery_id: str | None = None,
        receiver_email: str | None = None,
        subject: str | None = None,
        email_template_type: EmailTemplateTypeDto | None = None,
        status: Sequence[EmailDeliveryStatusDto] | None = None,
        message_id: str | None = None,
    ) -> list[EmailDeliveryDto]:
        """Get email deliveries: `GET /v1/stores/{store_id}/marketing/email/deliveries`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_EMAIL_DELIVERIES,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "store_id": store_id,
                "email_delivery_id": email_delivery_id,
                "receiver_email": receiver_email,
                "subject": subject,
                "email_template_type": email_template_type,
                "status": status,
                "message_id": message_id,
            },
        )

    def iterate_email_deliveries(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        store_id: str | None = None,
        email_delivery_id: str | None = None,
        receiver_email: str | None = None,
        subject: str | None = None,
        email_template_type: EmailTemplateTypeDto | None = None,
        status: Sequence[EmailDeliveryStatusDto] | None = None,
        message_id: str | None = None,
    ) -> Iterator[EmailDeliveryDto]:
        """Every entry of `get_email_deliveries`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport,
            GET_EMAIL_DELIVERIES,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "store_id": store_id,
                "email_delivery_id": email_delivery_id,
                "receiver_email": receiver_email,
                "subject": subject,
                "email_template_type": email_template_type,
                "status": status,
                "message_id": message_id,
            },
        )

    def get_email_delivery(self, email_delivery_id: str) -> EmailDeliveryDto:
        """Get email delivery: `GET /v1/stores/{store_id}/marketing/email/deliveries/{email_delivery_id}`."""
        return self._transport.call(GET_EMAIL_DELIVERY, path={"email_delivery_id": email_delivery_id})

    def get_email_template_definitions(self) -> list[EmailTemplateDefinitionDto]:
        """Get email template definitions: `GET /v1/stores/{store_id}/marketing/email/template-definitions`."""
        return self._transport.call(GET_EMAIL_TEMPLATE_DEFINITIONS)

    def get_email_templates(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[EmailTemplateDto]:
        """Get email templates: `GET /v1/stores/{store_id}/marketing/email/templates`.

        `limit`: from 1 to 100.
        """
        return self._transport.call(
            GET_EMAIL_TEMPLATES, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate_email_templates(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> Iterator[EmailTemplateDto]:
        """Every entry of `get_email_templates`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return walk(
            self._transport, GET_EMAIL_TEMPLATES, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def create_email_template(
        self, *, content: str, email_template_type: EmailTemplateTypeDto, name: str, idempotency_key: str | None = None
    ) -> EmailTemplateDto:
        """Create email template: `POST /v1/stores/{store_id}/marketing/email/templates`."""
        return self._transport.call(
            CREATE_EMAIL_TEMPLATE,
            body={"content": content, "email_template_type": email_template_type, "name": name},
            idempotency_key=idempotency_key,
        )

    def deactivate_email_template_by_type(
        self, *, email_template_type: EmailTemplateTypeDto, idempotency_key: str | None = None
    ) -> None:
        """Deactivate email template by type: `POST /v1/stores/{store_id}/marketing/email/templates/deactivate`."""
        return self._transport.call(
            DEACTIVATE_EMAIL_TEMPLATE_BY_TYPE,
            body={"email_template_type": email_template_type},
            idempotency_key=idempotency_key,
        )

    def send_email_template_test_email_by_type(
        self, *, email_template_type: EmailTemplateTypeDto, idempotency_key: str | None = None
    ) -> None:
        """Send email template test email by type: `POST /v1/stores/{store_id}/marketing/email/templates/test-email`."""
        return self._transport.call(
            SEND_EMAIL_TEMPLATE_TEST_EMAIL_BY_TYPE,
            body={"email_template_type": email_template_type},
            idempotency_key=idempotency_key,
        )

    def get_email_template(self, template_id: str) -> EmailTemplateDto:
        """Get email template: `GET /v1/stores/{store_id}/marketing/email/templates/{template_id}`."""
        return self._transport.call(GET_EMAIL_TEMPLATE, path={"template_id": template_id})

    def update_email_template(
        self,
        template_id: str,
        *,
        content: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> EmailTemplateDto:
        """Update email template: `PATCH /v1/stores/{store_id}/marketing/email/templates/{template_id}`."""
        return self._transport.call(
            UPDATE_EMAIL_TEMPLATE,
            path={"template_id": template_id},
            body={"content": content, "name": name},
            idempotency_key=idempotency_key,
        )

    def delete_email_template(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete email template: `DELETE /v1/stores/{store_id}/marketing/email/templates/{template_id}`."""
        return self._transport.call(
            DELETE_EMAIL_TEMPLATE, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    def activate_email_template(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Activate email template: `POST /v1/stores/{store_id}/marketing/email/templates/{template_id}/activate`."""
        return self._transport.call(
            ACTIVATE_EMAIL_TEMPLATE, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    def deactivate_email_template(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Deactivate email template: `POST /v1/stores/{store_id}/marketing/email/templates/{template_id}/deactivate`."""
        return self._transport.call(
            DEACTIVATE_EMAIL_TEMPLATE, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    def send_email_template_test_email(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Send email template test email: `POST /v1/stores/{store_id}/marketing/email/templates/{template_id}/test-email`."""
        return self._transport.call(
            SEND_EMAIL_TEMPLATE_TEST_EMAIL, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    def get_store_purchase_follow_up_configuration_options(self) -> PurchaseFollowUpStoreConfigurationDto:
        """Get store purchase follow up configuration options: `GET /v1/stores/{store_id}/marketing/purchase-follow-ups/configuration`."""
        return self._transport.call(GET_STORE_PURCHASE_FOLLOW_UP_CONFIGURATION_OPTIONS)

    def set_store_purchase_follow_up_configuration_options(
        self,
        *,
        commands: Sequence[PurchaseFollowUpStoreConfigurationUpdateCommandInput],
        coupon_configuration: MarketingCouponConfigurationInput,
        enabled: bool,
        minimum_order_value: int,
        trigger_after: str,
        max_coupons_global_amount: int | UnsetType | None = UNSET,
        max_coupons_global_period: str | UnsetType | None = UNSET,
        max_coupons_per_customer_amount: int | UnsetType | None = UNSET,
        max_coupons_per_customer_period: str | UnsetType | None = UNSET,
        maximum_order_value: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> PurchaseFollowUpStoreConfigurationDto:
        """Set store purchase follow up configuration options: `PUT /v1/stores/{store_id}/marketing/purchase-follow-ups/configuration`.

        `maximum_order_value`: minor units.
        `minimum_order_value`: minor units.
        """
        return self._transport.call(
            SET_STORE_PURCHASE_FOLLOW_UP_CONFIGURATION_OPTIONS,
            body={
                "commands": commands,
                "coupon_configuration": coupon_configuration,
                "enabled": enabled,
                "max_coupons_global_amount": max_coupons_global_amount,
                "max_coupons_global_period": max_coupons_global_period,
                "max_coupons_per_customer_amount": max_coupons_per_customer_amount,
                "max_coupons_per_customer_period": max_coupons_per_customer_period,
                "maximum_order_value": maximum_order_value,
                "minimum_order_value": minimum_order_value,
                "trigger_after": trigger_after,
            },
            idempotency_key=idempotency_key,
        )


class AsyncMarketing:
    """Operations of `marketing`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_store_abandoned_checkout_configuration_options(self) -> AbandonedCheckoutStoreConfigurationDto:
        """Get store abandoned checkout configuration options: `GET /v1/stores/{store_id}/marketing/abandoned-checkouts/configuration`."""
        return await self._transport.call(GET_STORE_ABANDONED_CHECKOUT_CONFIGURATION_OPTIONS)

    async def set_store_abandoned_checkout_configuration_options(
        self,
        *,
        commands: Sequence[AbandonedCheckoutStoreConfigurationUpdateCommandInput],
        coupon_configuration: MarketingCouponConfigurationInput,
        enabled: bool,
        minimum_order_value: int,
        trigger_after: str,
        max_coupons_global_amount: int | UnsetType | None = UNSET,
        max_coupons_global_period: str | UnsetType | None = UNSET,
        max_coupons_per_customer_amount: int | UnsetType | None = UNSET,
        max_coupons_per_customer_period: str | UnsetType | None = UNSET,
        maximum_order_value: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> AbandonedCheckoutStoreConfigurationDto:
        """Set store abandoned checkout configuration options: `PUT /v1/stores/{store_id}/marketing/abandoned-checkouts/configuration`.

        `maximum_order_value`: minor units.
        `minimum_order_value`: minor units.
        """
        return await self._transport.call(
            SET_STORE_ABANDONED_CHECKOUT_CONFIGURATION_OPTIONS,
            body={
                "commands": commands,
                "coupon_configuration": coupon_configuration,
                "enabled": enabled,
                "max_coupons_global_amount": max_coupons_global_amount,
                "max_coupons_global_period": max_coupons_global_period,
                "max_coupons_per_customer_amount": max_coupons_per_customer_amount,
                "max_coupons_per_customer_period": max_coupons_per_customer_period,
                "maximum_order_value": maximum_order_value,
                "minimum_order_value": minimum_order_value,
                "trigger_after": trigger_after,
            },
            idempotency_key=idempotency_key,
        )

    async def get_email_branding(self) -> EmailBrandingDto:
        """Get email branding: `GET /v1/stores/{store_id}/marketing/email/branding`."""
        return await self._transport.call(GET_EMAIL_BRANDING)

    async def update_email_branding(
        self,
        *,
        color: str | UnsetType | None = UNSET,
        header_image_dark_url: str | UnsetType | None = UNSET,
        header_image_light_url: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> EmailBrandingDto:
        """Update email branding: `PATCH /v1/stores/{store_id}/marketing/email/branding`."""
        return await self._transport.call(
            UPDATE_EMAIL_BRANDING,
            body={
                "color": color,
                "header_image_dark_url": header_image_dark_url,
                "header_image_light_url": header_image_light_url,
            },
            idempotency_key=idempotency_key,
        )

    async def finish_email_branding_image_upload(
        self, *, dark_mode: bool, image_id: str, idempotency_key: str | None = None
    ) -> None:
        """Finish email branding image upload: `POST /v1/stores/{store_id}/marketing/email/branding/image-upload-finish`."""
        return await self._transport.call(
            FINISH_EMAIL_BRANDING_IMAGE_UPLOAD,
            body={"dark_mode": dark_mode, "image_id": image_id},
            idempotency_key=idempotency_key,
        )

    async def get_email_branding_image_upload_url(
        self, *, dark_mode: bool | None = None
    ) -> GetEmailBrandingImageUploadUrlResponseDto:
        """Get email branding image upload url: `GET /v1/stores/{store_id}/marketing/email/branding/image-upload-url`."""
        return await self._transport.call(GET_EMAIL_BRANDING_IMAGE_UPLOAD_URL, query={"dark_mode": dark_mode})

    async def get_email_deliveries(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool | None = None,
        store_id: str | None = None,
        email_delivery_id: str | None = None,
        receiver_email: str | None = None,
        subject: str | None = None,
        email_template_type: EmailTemplateTypeDto | None = None,
        status: Sequence[EmailDeliveryStatusDto] | None = None,
        message_id: str | None = None,
    ) -> list[EmailDeliveryDto]:
        """Get email deliveries: `GET /v1/stores/{store_id}/marketing/email/deliveries`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_EMAIL_DELIVERIES,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "store_id": store_id,
                "email_delivery_id": email_delivery_id,
                "receiver_email": receiver_email,
                "subject": subject,
                "email_template_type": email_template_type,
                "status": status,
                "message_id": message_id,
            },
        )

    def iterate_email_deliveries(
        self,
        *,
        limit: int | None = None,
        after: str | None = None,
        before: str | None = None,
        asc: bool = True,
        store_id: str | None = None,
        email_delivery_id: str | None = None,
        receiver_email: str | None = None,
        subject: str | None = None,
        email_template_type: EmailTemplateTypeDto | None = None,
        status: Sequence[EmailDeliveryStatusDto] | None = None,
        message_id: str | None = None,
    ) -> AsyncIterator[EmailDeliveryDto]:
        """Every entry of `get_email_deliveries`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport,
            GET_EMAIL_DELIVERIES,
            query={
                "limit": limit,
                "after": after,
                "before": before,
                "asc": asc,
                "store_id": store_id,
                "email_delivery_id": email_delivery_id,
                "receiver_email": receiver_email,
                "subject": subject,
                "email_template_type": email_template_type,
                "status": status,
                "message_id": message_id,
            },
        )

    async def get_email_delivery(self, email_delivery_id: str) -> EmailDeliveryDto:
        """Get email delivery: `GET /v1/stores/{store_id}/marketing/email/deliveries/{email_delivery_id}`."""
        return await self._transport.call(GET_EMAIL_DELIVERY, path={"email_delivery_id": email_delivery_id})

    async def get_email_template_definitions(self) -> list[EmailTemplateDefinitionDto]:
        """Get email template definitions: `GET /v1/stores/{store_id}/marketing/email/template-definitions`."""
        return await self._transport.call(GET_EMAIL_TEMPLATE_DEFINITIONS)

    async def get_email_templates(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool | None = None
    ) -> list[EmailTemplateDto]:
        """Get email templates: `GET /v1/stores/{store_id}/marketing/email/templates`.

        `limit`: from 1 to 100.
        """
        return await self._transport.call(
            GET_EMAIL_TEMPLATES, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    def iterate_email_templates(
        self, *, limit: int | None = None, after: str | None = None, before: str | None = None, asc: bool = True
    ) -> AsyncIterator[EmailTemplateDto]:
        """Every entry of `get_email_templates`, page by page, oldest first unless `asc` is False.

        `limit` is the size of a page, 100 unless given; `after` and `before` are where to begin and end.
        """
        return awalk(
            self._transport, GET_EMAIL_TEMPLATES, query={"limit": limit, "after": after, "before": before, "asc": asc}
        )

    async def create_email_template(
        self, *, content: str, email_template_type: EmailTemplateTypeDto, name: str, idempotency_key: str | None = None
    ) -> EmailTemplateDto:
        """Create email template: `POST /v1/stores/{store_id}/marketing/email/templates`."""
        return await self._transport.call(
            CREATE_EMAIL_TEMPLATE,
            body={"content": content, "email_template_type": email_template_type, "name": name},
            idempotency_key=idempotency_key,
        )

    async def deactivate_email_template_by_type(
        self, *, email_template_type: EmailTemplateTypeDto, idempotency_key: str | None = None
    ) -> None:
        """Deactivate email template by type: `POST /v1/stores/{store_id}/marketing/email/templates/deactivate`."""
        return await self._transport.call(
            DEACTIVATE_EMAIL_TEMPLATE_BY_TYPE,
            body={"email_template_type": email_template_type},
            idempotency_key=idempotency_key,
        )

    async def send_email_template_test_email_by_type(
        self, *, email_template_type: EmailTemplateTypeDto, idempotency_key: str | None = None
    ) -> None:
        """Send email template test email by type: `POST /v1/stores/{store_id}/marketing/email/templates/test-email`."""
        return await self._transport.call(
            SEND_EMAIL_TEMPLATE_TEST_EMAIL_BY_TYPE,
            body={"email_template_type": email_template_type},
            idempotency_key=idempotency_key,
        )

    async def get_email_template(self, template_id: str) -> EmailTemplateDto:
        """Get email template: `GET /v1/stores/{store_id}/marketing/email/templates/{template_id}`."""
        return await self._transport.call(GET_EMAIL_TEMPLATE, path={"template_id": template_id})

    async def update_email_template(
        self,
        template_id: str,
        *,
        content: str | UnsetType | None = UNSET,
        name: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> EmailTemplateDto:
        """Update email template: `PATCH /v1/stores/{store_id}/marketing/email/templates/{template_id}`."""
        return await self._transport.call(
            UPDATE_EMAIL_TEMPLATE,
            path={"template_id": template_id},
            body={"content": content, "name": name},
            idempotency_key=idempotency_key,
        )

    async def delete_email_template(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete email template: `DELETE /v1/stores/{store_id}/marketing/email/templates/{template_id}`."""
        return await self._transport.call(
            DELETE_EMAIL_TEMPLATE, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    async def activate_email_template(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Activate email template: `POST /v1/stores/{store_id}/marketing/email/templates/{template_id}/activate`."""
        return await self._transport.call(
            ACTIVATE_EMAIL_TEMPLATE, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    async def deactivate_email_template(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Deactivate email template: `POST /v1/stores/{store_id}/marketing/email/templates/{template_id}/deactivate`."""
        return await self._transport.call(
            DEACTIVATE_EMAIL_TEMPLATE, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    async def send_email_template_test_email(self, template_id: str, *, idempotency_key: str | None = None) -> None:
        """Send email template test email: `POST /v1/stores/{store_id}/marketing/email/templates/{template_id}/test-email`."""
        return await self._transport.call(
            SEND_EMAIL_TEMPLATE_TEST_EMAIL, path={"template_id": template_id}, idempotency_key=idempotency_key
        )

    async def get_store_purchase_follow_up_configuration_options(self) -> PurchaseFollowUpStoreConfigurationDto:
        """Get store purchase follow up configuration options: `GET /v1/stores/{store_id}/marketing/purchase-follow-ups/configuration`."""
        return await self._transport.call(GET_STORE_PURCHASE_FOLLOW_UP_CONFIGURATION_OPTIONS)

    async def set_store_purchase_follow_up_configuration_options(
        self,
        *,
        commands: Sequence[PurchaseFollowUpStoreConfigurationUpdateCommandInput],
        coupon_configuration: MarketingCouponConfigurationInput,
        enabled: bool,
        minimum_order_value: int,
        trigger_after: str,
        max_coupons_global_amount: int | UnsetType | None = UNSET,
        max_coupons_global_period: str | UnsetType | None = UNSET,
        max_coupons_per_customer_amount: int | UnsetType | None = UNSET,
        max_coupons_per_customer_period: str | UnsetType | None = UNSET,
        maximum_order_value: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> PurchaseFollowUpStoreConfigurationDto:
        """Set store purchase follow up configuration options: `PUT /v1/stores/{store_id}/marketing/purchase-follow-ups/configuration`.

        `maximum_order_value`: minor units.
        `minimum_order_value`: minor units.
        """
        return await self._transport.call(
            SET_STORE_PURCHASE_FOLLOW_UP_CONFIGURATION_OPTIONS,
            body={
                "commands": commands,
                "coupon_configuration": coupon_configuration,
                "enabled": enabled,
                "max_coupons_global_amount": max_coupons_global_amount,
                "max_coupons_global_period": max_coupons_global_period,
                "max_coupons_per_customer_amount": max_coupons_per_customer_amount,
                "max_coupons_per_customer_period": max_coupons_per_customer_period,
                "maximum_order_value": maximum_order_value,
                "minimum_order_value": minimum_order_value,
                "trigger_after": trigger_after,
            },
            idempotency_key=idempotency_key,
        )
