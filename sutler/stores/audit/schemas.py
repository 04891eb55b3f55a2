"""The audit log as clients see it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.stores.audit.models import AuditEntry

Operation = Annotated[str, Meta(min_length=1, max_length=100)]


class AuditEntryDto(Struct):
    """One change by a person or a key. `members` are the names of what the request's body held, without values."""

    id: FlakeId
    store_id: FlakeId
    created_at: datetime
    actor: Actor
    operation: str
    method: str
    path: str
    target_ids: list[FlakeId]
    status: int
    members: list[str]
    address: str
    trace_id: str


def shown(entry: AuditEntry) -> AuditEntryDto:
    """An entry as the API shows it."""
    return AuditEntryDto(
        entry.id, entry.store_id, entry.created_at, entry.created_by or Actor("internal"), entry.operation, entry.method,
        entry.path, entry.targets, entry.status, entry.members, entry.address, entry.trace_id,
    )  # fmt: skip
