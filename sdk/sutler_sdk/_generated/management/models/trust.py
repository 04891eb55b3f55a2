"""What operations of `trust` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import (
        StoreRequirementActionParty,
        StoreRequirementCategory,
        StoreRequirementStatus,
    )
else:  # a text that is new must not break a client
    StoreRequirementActionParty = StoreRequirementCategory = StoreRequirementStatus = str


class TrustStoreRequirementDto(Model, frozen=True, kw_only=True):
    """`TrustStoreRequirementDto` of the contract."""

    category: StoreRequirementCategory
    code: str
    created_at: datetime
    deadline_at: datetime | None = None
    description: str | None = None
    id: str
    metadata: dict[str, str]
    name: str
    originating_flag_id: str | None = None
    rejected_at: datetime | None = None
    requested_by: StoreRequirementActionParty
    requested_by_detail: str | None = None
    restricts_capabilities: list[str]
    schema: None = None
    status: StoreRequirementStatus
    store_id: str
    submissions: list[TrustStoreRequirementSubmissionDto]
    submitted_at: datetime | None = None
    template_id: str | None = None
    updated_at: datetime | None = None
    verified_at: datetime | None = None


class TrustStoreRequirementSubmissionDto(Model, frozen=True, kw_only=True):
    """`TrustStoreRequirementSubmissionDto` of the contract."""

    file_content_type: str | None = None
    file_id: str | None = None
    file_name: str | None = None
    file_size_bytes: int | None = None
    id: str
    store_id: str
    store_requirement_field_id: str
    store_requirement_id: str
    submitted_at: datetime
    submitted_by: ActorDto
    submitted_by_ip_address: str | None = None
    submitted_by_user_agent: str | None = None
    text_value: str | None = None
