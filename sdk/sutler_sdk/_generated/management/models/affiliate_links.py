"""What operations of `affiliate_links` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        AffiliateLinkCommissionTypeDto,
        AffiliateLinkDiscountTypeDto,
        AffiliateLinkRefererTypeDto,
    )
else:  # a text that is new must not break a client
    AffiliateLinkCommissionTypeDto = AffiliateLinkDiscountTypeDto = AffiliateLinkRefererTypeDto = str


class AffiliateLinkCommissionAmountStepDto(Model, frozen=True, kw_only=True):
    """`AffiliateLinkCommissionAmountStepDto` of the contract."""

    billing_cycle_sequence: int
    commission_amount: int
    """Minor units."""


class AffiliateLinkDto(Model, frozen=True, kw_only=True):
    """`AffiliateLinkDto` of the contract."""

    apply_for_subscriptions: bool
    code: str
    commission_amount: int
    """Minor units, or a share, as `commission_type` says."""
    commission_amount_steps: list[AffiliateLinkCommissionAmountStepDto]
    commission_type: AffiliateLinkCommissionTypeDto
    created_at: datetime
    created_by: ActorDto
    discount_amount: int
    """Minor units, or a share, as `discount_type` says."""
    discount_type: AffiliateLinkDiscountTypeDto
    enabled: bool
    id: str
    last_commission_amount_step_repeats: bool
    referer_type: AffiliateLinkRefererTypeDto
    store_id: str
    tracking_length_days: int
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
    wallet_id: str
