"""What operations of `trials` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto, CustomerDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import TrialStatusDto
else:  # a text that is new must not break a client
    TrialStatusDto = str


class TrialDto(Model, frozen=True, kw_only=True):
    """`TrialDto` of the contract."""

    canceled_at: datetime | None = None
    canceled_by: ActorDto | None = None
    checkout_id: str | None = None
    checkout_line_id: str | None = None
    created_at: datetime
    customer: CustomerDto
    customer_id: str
    ends_at: datetime | None = None
    id: str
    period_scale: str
    period_value: int
    pretty_id: str
    product_id: str
    product_image_url: str | None = None
    product_name: str
    product_version_id: str
    starts_at: datetime | None = None
    status: TrialStatusDto
    store_id: str


class TrialEligibilityOverrideDto(Model, frozen=True, kw_only=True):
    """`TrialEligibilityOverrideDto` of the contract."""

    created_at: datetime
    created_by: ActorDto
    customer_id: str
    deleted_at: datetime | None = None
    deleted_by: ActorDto | None = None
    expires_at: datetime
    id: str
    note: str | None = None
    pretty_id: str
    product_id: str
    product_image_url: str | None = None
    product_name: str
    store_id: str
    used_at: datetime | None = None
    used_on_trial_id: str | None = None
