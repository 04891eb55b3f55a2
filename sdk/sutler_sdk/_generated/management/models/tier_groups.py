"""What operations of `tier_groups` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model


class TierGroupDto(Model, frozen=True, kw_only=True):
    """`TierGroupDto` of the contract."""

    created_at: datetime
    created_by: ActorDto
    id: str
    name: str
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
