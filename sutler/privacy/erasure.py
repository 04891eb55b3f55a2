"""Forgetting a person. Amounts, states and times stay, so that the books add up as before; who it was does not."""

from typing import Final

from msgspec import Struct
from sqlalchemy import delete, select, update

from sutler.billing.cycles.service import end
from sutler.billing.subscriptions.models import Subscription
from sutler.checkout.checkouts.models import Checkout
from sutler.customers.bans.models import Ban, BanIdentity
from sutler.customers.customers.models import Customer
from sutler.delivery.commands.models import CommandAttempt, waiting
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import StoreStatement, one_of_ids
from sutler.kernel.data.records import Actor
from sutler.kernel.edge.auth import CHANGED
from sutler.kernel.edge.changes import Change
from sutler.kernel.edge.idempotency import IdempotentAnswer
from sutler.kernel.ids import FlakeId
from sutler.kernel.tokens import checkout_token, digest
from sutler.privacy import traces
from sutler.privacy.person import PARTS, STORE, Part
from sutler.stores.audit.service import AuditLog
from sutler.webhooks.deliveries.models import WebhookDelivery, WebhookExecution

ERASER: Final = Actor("internal")
NOTHING: Final = b"{}"
EMPTY_BANS: Final = StoreStatement(
    delete(Ban.table).where(
        Ban.c.store_id == STORE, Ban.c.id.not_in(select(BanIdentity.c.ban_id).where(BanIdentity.c.store_id == STORE))
    )
)


class Erased(Struct, frozen=True):
    """How many copies were emptied besides the person's own rows."""

    deliveries: int
    answers: int


def forgetting(part: Part) -> StoreStatement:
    """The statement that forgets one part."""
    theirs = part.kind.c.store_id == STORE, part.condition
    table = part.kind.table
    return StoreStatement(
        delete(table).where(*theirs) if part.left is None else update(table).where(*theirs).values(part.left)
    )


FORGETTING: Final = [forgetting(part) for part in PARTS if part.left != {}]


async def erase(database: Database, store_id: FlakeId, person: FlakeId) -> Erased:
    """Forget a customer, and say of how many copies. It may be repeated. NotFound for somebody whom the store never knew.

    The rows go in one transaction; nothing that is written later can name the person. Then the copies are emptied.
    """
    async with database.writing() as connection:
        await _forget(StoreContext(connection, store_id, ERASER, writes=True), person)
    async with database.reading(slow=True) as connection:
        store = StoreContext(connection, store_id, ERASER, writes=False)
        marks = await traces.ids(store, person)
        sent = [one.id async for one in traces.deliveries(store, marks)]
        kept = [one.id async for one in traces.answers(store, marks)]
    for first in range(0, max(len(sent), len(kept)), traces.BATCH):
        batch = slice(first, first + traces.BATCH)
        async with database.writing() as connection:
            await _empty(StoreContext(connection, store_id, ERASER, writes=True), sent[batch], kept[batch])
    return Erased(len(sent), len(kept))


async def _forget(store: StoreContext, person: FlakeId) -> None:
    await store.get(Customer, person)
    for subscription in await store.all(store.rows(Subscription).where(Subscription.c.customer_id == person)):
        await end(store, await store.get(Subscription, subscription.id), "customer")  # nobody is left to be charged
    mine = store.rows(CommandAttempt).where(CommandAttempt.c.customer_id == person)
    await store.change_all(mine.where(waiting), {"unqueued_at": clock.now()})  # nobody is left to give it to
    for checkout in await store.all(store.rows(Checkout).where(Checkout.c.customer_id == person)):
        await store.change(checkout, {"token_digest": digest(checkout_token())})  # its address opens nothing any more
    for statement in FORGETTING:
        await store.run(statement, person=person)
    await store.run(EMPTY_BANS)
    store.notify(CHANGED)
    change = Change("erase-person", "CLI", f"/v1/stores/{store.store_id}/customers/{person}", [person], 204, [], "", "")
    await AuditLog().record(store, change)


async def _empty(store: StoreContext, sent: list[FlakeId], kept: list[FlakeId]) -> None:
    """Take out what copies say. They are not sent again; what was answered under a key still counts as answered."""
    pending = store.rows(WebhookDelivery).where(one_of_ids(WebhookDelivery.c.id, sent), WebhookDelivery.c.state == "pending")
    await store.change_all(pending, {"state": "failed", "next_retry": None})
    await store.change_all(store.rows(WebhookDelivery).where(one_of_ids(WebhookDelivery.c.id, sent)), {"payload": NOTHING})
    told = store.rows(WebhookExecution).where(one_of_ids(WebhookExecution.c.delivery_id, sent))
    await store.change_all(told, {"response": None})
    await store.change_all(store.rows(IdempotentAnswer).where(one_of_ids(IdempotentAnswer.c.id, kept)), {"body": NOTHING})


async def leave_nothing_behind(database: Database) -> None:
    """Write the database anew without what was deleted in it, and begin its log anew.

    SQLite keeps deleted bytes in free pages and in its log until then; PostgreSQL keeps old versions of rows.
    """
    if database.dialect.name == "sqlite":
        await database.script("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        await database.script("VACUUM")
