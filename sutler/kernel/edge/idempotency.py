"""`Idempotency-Key`: the first answer to a write is kept with its effects and replayed to whoever asks again.

The rules are Stripe's (docs.stripe.com/api/idempotent_requests): another body under the same key is refused,
failures are not kept, two at once run once. The key and the effects share a transaction, so a crash cannot
part them.
"""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.requests import JSON, Answer, Request
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.ids import first_id_at

LONGEST_KEY = 255
KEPT = timedelta(hours=24)
REPLAYED = (b"idempotent-replayed", b"true")


class IdempotencyKeyReused(Conflict):
    """This Idempotency-Key was used for another request. Use a new key for each different request."""


class IdempotentAnswer(StoreRecord, table="idempotent_answers"):
    """The first answer under a key."""

    key: bytes  # digest of who sent it and what they called it
    request: bytes  # digest of method, path, query and body
    status: int
    body: bytes


unique(IdempotencyKeyReused, IdempotentAnswer.c.store_id, IdempotentAnswer.c.key, name="idempotent_answers_key")
# Ids grow with time, so the primary key finds what is old.
FORGET = Statement(
    delete(IdempotentAnswer.table).where(IdempotentAnswer.c.id < param("first_kept", type_=IdempotentAnswer.c.id.type))
)


class Call(NamedTuple):
    """One use of a key."""

    key: bytes
    request: Request
    body: bytes

    def digest_of_key(self, store: StoreContext) -> bytes:
        """Keys of different callers never meet."""
        return hashlib.sha256(f"{store.actor.type}:{store.actor.id}:".encode() + self.key).digest()

    def digest_of_request(self) -> bytes:
        """What must be the same when the key comes again."""
        scope = self.request.scope
        head = f"{scope['method']} {scope['path']}?{self.request.query}\n".encode()
        return hashlib.sha256(head + self.body).digest()


async def once(store: StoreContext, call: Call, run: Callable[[], Awaitable[Answer]]) -> Answer:
    """Run the write unless this key was answered before; then answer the same, byte for byte."""
    row = _asked(store, call)
    if not await store.add_new(row, IdempotentAnswer.c.key):  # a second sender waits here until the first commits
        return _replayed(await _kept(store, row), row)
    answer = await run()
    await store.change(row, {"status": answer.status, "body": answer.body})
    return answer


async def around(shop: Shop, call: Call, run: Callable[[], Awaitable[Answer]]) -> Answer:
    """The same for work in several transactions, whose answer is kept after the last of them.

    Of two senders at once both may start; that such work acts once is seen to by its own conditional writes.
    """
    async with shop.reading() as store:
        row = _asked(store, call)
        kept = await _kept(store, row)
    if kept is not None:
        return _replayed(kept, row)
    answer = await run()
    row.status, row.body = answer.status, answer.body
    async with shop.writing() as store:
        await store.add_new(row, IdempotentAnswer.c.key)
    return answer


def _asked(store: StoreContext, call: Call) -> IdempotentAnswer:
    if not 1 <= len(call.key) <= LONGEST_KEY:
        message = f"Idempotency-Key must have 1 to {LONGEST_KEY} characters."
        raise InvalidInput(message)
    return IdempotentAnswer(key=call.digest_of_key(store), request=call.digest_of_request(), status=0, body=b"")


async def _kept(store: StoreContext, asked: IdempotentAnswer) -> IdempotentAnswer | None:
    return await store.peek(store.rows(IdempotentAnswer).where(IdempotentAnswer.c.key == asked.key))


def _replayed(kept: IdempotentAnswer | None, asked: IdempotentAnswer) -> Answer:
    if kept is None or kept.request != asked.request:
        raise IdempotencyKeyReused
    return Answer(kept.status, kept.body, (JSON, REPLAYED) if kept.body else (REPLAYED,))


async def forget_old(database: Database) -> None:
    """Drop answers that were kept long enough."""
    async with database.writing() as connection:
        await FORGET.run(connection, first_kept=first_id_at(clock.real_now() - KEPT))
