"""Affiliate links as clients send and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Wire, or_unset
from sutler.promotions.affiliate_links.models import AffiliateLink, AmountType, RefererType

Code = Annotated[str, Meta(max_length=100)]  # with the spaces around it
WalletId = Annotated[str, Meta(max_length=200)]


class AffiliateLinkCommissionAmountStepDto(Wire):
    """What one billing cycle earns; the first purchase is cycle 1."""

    billing_cycle_sequence: Int32
    commission_amount: Int64


Steps = Annotated[list[AffiliateLinkCommissionAmountStepDto], Meta(max_length=100)]


class UpdateAffiliateLinkDto(Wire):
    """What changes about an affiliate link; what is left out stays. Amounts are cents or tenths of a percent."""

    wallet_id: WalletId | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    code: Code | UnsetType = UNSET
    referer_type: RefererType | UnsetType = UNSET
    tracking_length_days: Int32 | UnsetType = UNSET
    apply_for_subscriptions: bool | UnsetType = UNSET
    discount_type: AmountType | UnsetType = UNSET
    discount_amount: Int64 | UnsetType = UNSET
    commission_type: AmountType | UnsetType = UNSET
    commission_amount: Int64 | UnsetType = UNSET
    commission_amount_steps: Steps | UnsetType = UNSET
    last_commission_amount_step_repeats: bool | UnsetType = UNSET


class CreateAffiliateLinkDto(UpdateAffiliateLinkDto):
    """A new affiliate link. Without a `wallet_id` its wallet is named after its code, without a `code` it gets one."""


class AffiliateLinkDto(Struct, kw_only=True):
    """An affiliate link as its managers see it."""

    id: FlakeId
    store_id: FlakeId
    wallet_id: str
    enabled: bool
    code: str
    referer_type: RefererType
    tracking_length_days: Int32
    apply_for_subscriptions: bool
    discount_type: AmountType
    discount_amount: Int64
    commission_type: AmountType
    commission_amount: Int64
    commission_amount_steps: list[AffiliateLinkCommissionAmountStepDto]
    last_commission_amount_step_repeats: bool
    created_by: Actor
    created_at: datetime
    updated_by: Actor | UnsetType = UNSET
    updated_at: datetime | None


def shown(link: AffiliateLink) -> AffiliateLinkDto:
    """An affiliate link for those who manage the store."""
    named = [name for name in AffiliateLinkDto.__struct_fields__ if name in AffiliateLink.__struct_fields__]
    kept = {name: getattr(link, name) for name in named}
    steps = [
        AffiliateLinkCommissionAmountStepDto(
            billing_cycle_sequence=step.billing_cycle_sequence, commission_amount=step.commission_amount
        )
        for step in link.commission_amount_steps
    ]
    kept |= {"created_by": link.created_by or Actor("internal"), "updated_by": or_unset(link.updated_by)}
    return AffiliateLinkDto(**kept | {"commission_amount_steps": steps})
