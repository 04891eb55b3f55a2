"""Operations of `affiliate-links`. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import UNSET, UnsetType

from sutler_sdk._calls import Operation
from sutler_sdk._generated.management.models.affiliate_links import AffiliateLinkDto

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        AffiliateLinkCommissionTypeDto,
        AffiliateLinkDiscountTypeDto,
        AffiliateLinkRefererTypeDto,
    )
    from sutler_sdk._generated.management.inputs import AffiliateLinkCommissionAmountStepInput
    from sutler_sdk.transport import AsyncTransport, Transport

GET_AFFILIATE_LINKS = Operation("GET", "/v1/stores/{store_id}/affiliate-links", list[AffiliateLinkDto])
CREATE_AFFILIATE_LINK = Operation("POST", "/v1/stores/{store_id}/affiliate-links", AffiliateLinkDto)
GET_AFFILIATE_LINK = Operation("GET", "/v1/stores/{store_id}/affiliate-links/{affiliate_link_id}", AffiliateLinkDto)
UPDATE_AFFILIATE_LINK = Operation("PATCH", "/v1/stores/{store_id}/affiliate-links/{affiliate_link_id}", AffiliateLinkDto)
DELETE_AFFILIATE_LINK = Operation("DELETE", "/v1/stores/{store_id}/affiliate-links/{affiliate_link_id}", type(None))


class AffiliateLinks:
    """Operations of `affiliate-links`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def get_affiliate_links(self) -> list[AffiliateLinkDto]:
        """Get affiliate links: `GET /v1/stores/{store_id}/affiliate-links`."""
        return self._transport.call(GET_AFFILIATE_LINKS)

    def create_affiliate_link(
        self,
        *,
        wallet_id: str,
        apply_for_subscriptions: bool | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        commission_amount: int | UnsetType | None = UNSET,
        commission_amount_steps: Sequence[AffiliateLinkCommissionAmountStepInput] | UnsetType | None = UNSET,
        commission_type: AffiliateLinkCommissionTypeDto | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_type: AffiliateLinkDiscountTypeDto | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        last_commission_amount_step_repeats: bool | UnsetType | None = UNSET,
        referer_type: AffiliateLinkRefererTypeDto | UnsetType | None = UNSET,
        tracking_length_days: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> AffiliateLinkDto:
        """Create affiliate link: `POST /v1/stores/{store_id}/affiliate-links`.

        `commission_amount`: minor units, or a share, as `commission_type` says.
        `discount_amount`: minor units, or a share, as `discount_type` says.
        """
        return self._transport.call(
            CREATE_AFFILIATE_LINK,
            body={
                "apply_for_subscriptions": apply_for_subscriptions,
                "code": code,
                "commission_amount": commission_amount,
                "commission_amount_steps": commission_amount_steps,
                "commission_type": commission_type,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "enabled": enabled,
                "last_commission_amount_step_repeats": last_commission_amount_step_repeats,
                "referer_type": referer_type,
                "tracking_length_days": tracking_length_days,
                "wallet_id": wallet_id,
            },
            idempotency_key=idempotency_key,
        )

    def get_affiliate_link(self, affiliate_link_id: str) -> AffiliateLinkDto:
        """Get affiliate link: `GET /v1/stores/{store_id}/affiliate-links/{affiliate_link_id}`."""
        return self._transport.call(GET_AFFILIATE_LINK, path={"affiliate_link_id": affiliate_link_id})

    def update_affiliate_link(
        self,
        affiliate_link_id: str,
        *,
        apply_for_subscriptions: bool | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        commission_amount: int | UnsetType | None = UNSET,
        commission_amount_steps: Sequence[AffiliateLinkCommissionAmountStepInput] | UnsetType | None = UNSET,
        commission_type: AffiliateLinkCommissionTypeDto | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_type: AffiliateLinkDiscountTypeDto | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        last_commission_amount_step_repeats: bool | UnsetType | None = UNSET,
        referer_type: AffiliateLinkRefererTypeDto | UnsetType | None = UNSET,
        tracking_length_days: int | UnsetType | None = UNSET,
        wallet_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> AffiliateLinkDto:
        """Update affiliate link: `PATCH /v1/stores/{store_id}/affiliate-links/{affiliate_link_id}`.

        `commission_amount`: minor units, or a share, as `commission_type` says.
        `discount_amount`: minor units, or a share, as `discount_type` says.
        """
        return self._transport.call(
            UPDATE_AFFILIATE_LINK,
            path={"affiliate_link_id": affiliate_link_id},
            body={
                "apply_for_subscriptions": apply_for_subscriptions,
                "code": code,
                "commission_amount": commission_amount,
                "commission_amount_steps": commission_amount_steps,
                "commission_type": commission_type,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "enabled": enabled,
                "last_commission_amount_step_repeats": last_commission_amount_step_repeats,
                "referer_type": referer_type,
                "tracking_length_days": tracking_length_days,
                "wallet_id": wallet_id,
            },
            idempotency_key=idempotency_key,
        )

    def delete_affiliate_link(self, affiliate_link_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete affiliate link: `DELETE /v1/stores/{store_id}/affiliate-links/{affiliate_link_id}`."""
        return self._transport.call(
            DELETE_AFFILIATE_LINK, path={"affiliate_link_id": affiliate_link_id}, idempotency_key=idempotency_key
        )


class AsyncAffiliateLinks:
    """Operations of `affiliate-links`, awaited."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get_affiliate_links(self) -> list[AffiliateLinkDto]:
        """Get affiliate links: `GET /v1/stores/{store_id}/affiliate-links`."""
        return await self._transport.call(GET_AFFILIATE_LINKS)

    async def create_affiliate_link(
        self,
        *,
        wallet_id: str,
        apply_for_subscriptions: bool | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        commission_amount: int | UnsetType | None = UNSET,
        commission_amount_steps: Sequence[AffiliateLinkCommissionAmountStepInput] | UnsetType | None = UNSET,
        commission_type: AffiliateLinkCommissionTypeDto | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_type: AffiliateLinkDiscountTypeDto | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        last_commission_amount_step_repeats: bool | UnsetType | None = UNSET,
        referer_type: AffiliateLinkRefererTypeDto | UnsetType | None = UNSET,
        tracking_length_days: int | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> AffiliateLinkDto:
        """Create affiliate link: `POST /v1/stores/{store_id}/affiliate-links`.

        `commission_amount`: minor units, or a share, as `commission_type` says.
        `discount_amount`: minor units, or a share, as `discount_type` says.
        """
        return await self._transport.call(
            CREATE_AFFILIATE_LINK,
            body={
                "apply_for_subscriptions": apply_for_subscriptions,
                "code": code,
                "commission_amount": commission_amount,
                "commission_amount_steps": commission_amount_steps,
                "commission_type": commission_type,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "enabled": enabled,
                "last_commission_amount_step_repeats": last_commission_amount_step_repeats,
                "referer_type": referer_type,
                "tracking_length_days": tracking_length_days,
                "wallet_id": wallet_id,
            },
            idempotency_key=idempotency_key,
        )

    async def get_affiliate_link(self, affiliate_link_id: str) -> AffiliateLinkDto:
        """Get affiliate link: `GET /v1/stores/{store_id}/affiliate-links/{affiliate_link_id}`."""
        return await self._transport.call(GET_AFFILIATE_LINK, path={"affiliate_link_id": affiliate_link_id})

    async def update_affiliate_link(
        self,
        affiliate_link_id: str,
        *,
        apply_for_subscriptions: bool | UnsetType | None = UNSET,
        code: str | UnsetType | None = UNSET,
        commission_amount: int | UnsetType | None = UNSET,
        commission_amount_steps: Sequence[AffiliateLinkCommissionAmountStepInput] | UnsetType | None = UNSET,
        commission_type: AffiliateLinkCommissionTypeDto | UnsetType | None = UNSET,
        discount_amount: int | UnsetType | None = UNSET,
        discount_type: AffiliateLinkDiscountTypeDto | UnsetType | None = UNSET,
        enabled: bool | UnsetType | None = UNSET,
        last_commission_amount_step_repeats: bool | UnsetType | None = UNSET,
        referer_type: AffiliateLinkRefererTypeDto | UnsetType | None = UNSET,
        tracking_length_days: int | UnsetType | None = UNSET,
        wallet_id: str | UnsetType | None = UNSET,
        idempotency_key: str | None = None,
    ) -> AffiliateLinkDto:
        """Update affiliate link: `PATCH /v1/stores/{store_id}/affiliate-links/{affiliate_link_id}`.

        `commission_amount`: minor units, or a share, as `commission_type` says.
        `discount_amount`: minor units, or a share, as `discount_type` says.
        """
        return await self._transport.call(
            UPDATE_AFFILIATE_LINK,
            path={"affiliate_link_id": affiliate_link_id},
            body={
                "apply_for_subscriptions": apply_for_subscriptions,
                "code": code,
                "commission_amount": commission_amount,
                "commission_amount_steps": commission_amount_steps,
                "commission_type": commission_type,
                "discount_amount": discount_amount,
                "discount_type": discount_type,
                "enabled": enabled,
                "last_commission_amount_step_repeats": last_commission_amount_step_repeats,
                "referer_type": referer_type,
                "tracking_length_days": tracking_length_days,
                "wallet_id": wallet_id,
            },
            idempotency_key=idempotency_key,
        )

    async def delete_affiliate_link(self, affiliate_link_id: str, *, idempotency_key: str | None = None) -> None:
        """Delete affiliate link: `DELETE /v1/stores/{store_id}/affiliate-links/{affiliate_link_id}`."""
        return await self._transport.call(
            DELETE_AFFILIATE_LINK, path={"affiliate_link_id": affiliate_link_id}, idempotency_key=idempotency_key
        )
