"""What operations of `tier_groups` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from sutler_sdk._generated.storefront.models.shared import SubscriptionChangeDto
from sutler_sdk._wire import Model


class CheckoutPaymentInfoDto(Model, frozen=True, kw_only=True):
    """`CheckoutPaymentInfoDto` of the contract."""

    checkout_url: str | None = None
    decline_message: str | None = None
    declined: bool
    status: str


class UpdateSubscriptionResponseDto(Model, frozen=True, kw_only=True):
    """`UpdateSubscriptionResponseDto` of the contract."""

    pending_payment: CheckoutPaymentInfoDto | None = None
    subscription_change: SubscriptionChangeDto
