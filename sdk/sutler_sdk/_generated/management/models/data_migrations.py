"""What operations of `data_migrations` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model


class DataMigrationTaskDto(Model, frozen=True, kw_only=True):
    """`DataMigrationTaskDto` of the contract."""

    completed_at: datetime | None = None
    error: str | None = None
    failed_at: datetime | None = None
    id: str
    platform: str
    started_at: datetime
    started_by: ActorDto
    store_id: str
    token: str
    total_entities_migrated: int
    total_entities_to_migrate: int | None = None
