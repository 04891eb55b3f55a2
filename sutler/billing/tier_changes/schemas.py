"""What crosses the wire about the steps of ladders that customers subscribe to."""

from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from sutler.billing.subscription_changes.schemas import UpdateSubscriptionResponseDto
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire


class UpdateSubscriptionTierRequestDto(Wire):
    """Which step to go to, with the code that was mailed once that was asked for."""

    target_product_id: FlakeId
    verification_code: Annotated[str, Meta(max_length=20)] | None = None


class TierVerificationDto(Wire):
    """Where the code was sent that confirms the change; the address is masked."""

    destination_hint: str


class UpdateSubscriptionTierResponseDto(UpdateSubscriptionResponseDto):
    """A change of a step. `verification` is there while it waits for the code that was mailed."""

    verification: TierVerificationDto | UnsetType = UNSET
