"""Recording changes, linking them into a chain, and checking that nothing was altered since."""

import hashlib
from datetime import timedelta
from typing import Final

import msgspec
from msgspec import Struct, structs
from sqlalchemy import select

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Statement
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.access import NO_STORE
from sutler.kernel.edge.changes import Change
from sutler.kernel.ids import FlakeId, first_id_at
from sutler.stores.audit import queries
from sutler.stores.audit.models import AuditEntry, AuditLink, AuditLinkExists
from sutler.stores.stores.models import Store

BATCH: Final = 100
BEGINNING: Final = bytes(32)  # what comes before the first entry
# An entry gets its id just before its transaction is committed. After this time none with a smaller id can appear.
SETTLED: Final = timedelta(minutes=1)
INTERNAL: Final = Actor("internal")
STORES: Final = Statement(select(Store.c.id).order_by(Store.c.id))


class AuditLog:
    """Keeps what management requests change; the application hands it to every route."""

    async def record(self, store: StoreContext, change: Change) -> None:
        """One insert in the transaction of the change."""
        await store.add(AuditEntry(actor_id=store.actor.id, **change._asdict()))


class Verdict(Struct, frozen=True):
    """What is known of a store's chain. `problem` names the first entry that does not fit; None when all do."""

    linked: int  # entries whose place in the chain was checked
    waiting: int  # entries too new to have a place yet
    digest: str  # of the newest link, in hexadecimal: note it elsewhere, and a later check can be held against it
    problem: str | None = None


def canonical(entry: AuditEntry) -> bytes:
    """The bytes of an entry that its digest covers: all its columns as JSON, the same on both databases."""
    return msgspec.json.encode(structs.asdict(entry), order="sorted")


def following(previous: bytes, entry: AuditEntry) -> bytes:
    """The digest of an entry that comes after this digest."""
    return hashlib.sha256(previous + canonical(entry)).digest()


async def chain_audit(database: Database) -> None:
    """Link the entries of every store that are not linked yet and old enough."""
    async with database.reading() as connection:
        stores = [NO_STORE, *(str(row[0]) for row in await STORES.run(connection))]
    for store_id in stores:
        while await chain(database, store_id):
            pass


async def chain(database: Database, store_id: FlakeId) -> bool:
    """Link one batch of a store's entries, oldest first; says whether there may be more.

    The place in the chain is unique, so of two processes that link at once one commits and the other adds nothing.
    """
    async with database.reading() as connection:
        store = StoreContext(connection, store_id, INTERNAL, writes=False)
        if not await _unlinked(store, await queries.newest_link(store), 1):
            return False  # an idle store costs no transaction
    try:
        async with database.writing() as connection:
            return await _link(StoreContext(connection, store_id, INTERNAL, writes=True))
    except AuditLinkExists:
        return False


async def _link(store: StoreContext) -> bool:
    last = await queries.newest_link(store)
    entries = await _unlinked(store, last, BATCH)
    digest, links = last.digest if last else BEGINNING, []
    for position, entry in enumerate(entries, last.position + 1 if last else 1):
        digest = following(digest, entry)
        links.append(AuditLink(position=position, entry_id=entry.id, digest=digest))
    await store.add_all(links)
    return len(entries) == BATCH


async def _unlinked(store: StoreContext, last: AuditLink | None, limit: int) -> list[AuditEntry]:
    settled = first_id_at(clock.real_now() - SETTLED)
    page = Page(limit=limit, after=last.entry_id if last else None, before=settled, asc=True)
    return await store.page(store.rows(AuditEntry), page)


async def verify(store: StoreContext, noted: str | None = None) -> Verdict:
    """Derive the whole chain of a store again, and name the first entry that was changed, taken out or put in.

    Whoever can write to the database could cut entries off the end or link all of them anew. Neither can bring back a
    digest that was `noted` elsewhere, in hexadecimal.
    """
    last: AuditLink | None = None
    linked, is_noted, problem = 0, noted is None, None
    while problem is None and (links := await queries.links_after(store, last.position if last else 0, BATCH)):
        page = Page(limit=len(links) + 1, after=last.entry_id if last else None, before=_next(links[-1]), asc=True)
        entries = await store.page(store.rows(AuditEntry), page)
        fitting, problem = _compared(last, links, entries)
        linked, is_noted = linked + fitting, is_noted or any(link.digest.hex() == noted for link in links[:fitting])
        last = links[-1]
    if problem is None and not is_noted:
        problem = f"No link has the digest {noted}: entries were cut off, or the chain was made anew."
    waiting = await queries.count_after(store, last.entry_id if last else "0")
    return Verdict(linked, waiting, (last.digest if last else BEGINNING).hex(), problem)


def _next(link: AuditLink) -> FlakeId:
    return str(int(link.entry_id) + 1)


def _compared(last: AuditLink | None, links: list[AuditLink], entries: list[AuditEntry]) -> tuple[int, str | None]:
    """How many links fit the entries of their part of the log, and what is wrong with the next."""
    position, digest = (last.position, last.digest) if last else (0, BEGINNING)
    for number, link in enumerate(links):
        position += 1
        entry = entries[number] if number < len(entries) else None
        if link.position != position:
            return number, f"Link {position} of the chain is missing; entry {link.entry_id} comes after it."
        if entry is None or int(entry.id) > int(link.entry_id):
            return number, f"Entry {link.entry_id}, number {position} in the chain, is missing."
        if int(entry.id) < int(link.entry_id):
            return number, f"Entry {entry.id} was put in later: it has no place in the chain."
        digest = following(digest, entry)
        if digest != link.digest:
            return number, f"Entry {entry.id}, number {position} in the chain, is not what it was."
    if len(entries) > len(links):
        return len(links), f"Entry {entries[-1].id} was put in later: it has no place in the chain."
    return len(links), None
