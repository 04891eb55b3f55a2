"""What a store would have to show before it may sell, on the wire."""

from datetime import datetime
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int64

Category = Literal["invalid", "business", "kyc", "compliance", "risk", "technical", "financial", "legal", "other"]
Status = Literal[
    "invalid", "pending", "under_review", "requires_revision", "approved", "expired", "waived", "rejected_final"
]
Party = Literal["invalid", "store", "paynow", "payment_processor", "payout_provider", "kyc_provider", "external"]


class TrustStoreRequirementSubmissionDto(Struct, kw_only=True):
    """What was handed in for a requirement."""

    id: FlakeId
    store_id: FlakeId
    store_requirement_id: FlakeId
    store_requirement_field_id: str
    text_value: str | None
    file_id: str | None
    file_name: str | None
    file_content_type: str | None
    file_size_bytes: Int64 | None
    submitted_at: datetime
    submitted_by: Actor
    submitted_by_ip_address: str | None
    submitted_by_user_agent: str | None


class TrustStoreRequirementDto(Struct, kw_only=True):
    """Something that whoever takes the money wants to see of a store."""

    id: FlakeId
    store_id: FlakeId
    template_id: str | None
    originating_flag_id: FlakeId | UnsetType = UNSET
    category: Category
    code: str
    name: str
    description: str | None
    schema: None
    metadata: dict[str, str]
    status: Status
    requested_by: Party
    requested_by_detail: str | None
    created_at: datetime
    updated_at: datetime | None
    deadline_at: datetime | None
    submitted_at: datetime | None
    verified_at: datetime | None
    rejected_at: datetime | None
    restricts_capabilities: list[str]
    submissions: list[TrustStoreRequirementSubmissionDto]
