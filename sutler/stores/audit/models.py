"""The tables of the audit log. Rows are only ever added."""

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class AuditEntry(StoreRecord, table="audit_entries"):
    """One change by a person or a key, who are `created_by`; `created_at` is when. It holds names, never values.

    The store 0 is the installation: what users do who act in no store.
    """

    actor_id: FlakeId | None  # of `created_by`, to find all that somebody did
    operation: str
    method: str
    path: str
    targets: list[FlakeId]
    status: int
    members: list[str]  # of the request's body
    address: str
    trace_id: str


class AuditLink(StoreRecord, table="audit_links"):
    """The place of an entry in the store's chain. `digest` is the SHA-256 of the digest before it and of the entry."""

    position: int  # from 1 without gaps
    entry_id: FlakeId
    digest: bytes


class AuditLinkExists(Conflict):
    """Another process has linked this entry of the audit log already."""


unique(AuditLinkExists, AuditLink.c.store_id, AuditLink.c.position, name="audit_links_position")
unique(AuditLinkExists, AuditLink.c.store_id, AuditLink.c.entry_id, name="audit_links_entry")
index("audit_entries_newest", AuditEntry.c.store_id, AuditEntry.c.id)
index("audit_entries_actor", AuditEntry.c.store_id, AuditEntry.c.actor_id, AuditEntry.c.id)
