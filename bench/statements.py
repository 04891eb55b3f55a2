"""Counts the statements of a purchase, with the application in this process, and notes which rows they wrote."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import msgspec

from bench.data import Engine, seed
from bench.load import Wrong
from bench.plan import Counts, Plan, Step, new_ids, snapshot, writes
from bench.shop import NOBODY, PAID, QUEUE, Ask, new_checkout, payment_path, stock
from sutler.app import create_app
from sutler.kernel.data.connect import database
from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from sutler.kernel.metrics import Watch
from sutler.kernel.outside import installed
from sutler.kernel.outside.http import Outside
from sutler.kernel.work.jobs import JOBS
from sutler.kernel.work.runner import Worker

CUSTOMERS = 10


async def counted(engine: Engine) -> tuple[Counts, Plan]:
    """Buy once on a small database of its own."""
    await engine.create("count")
    seeded = await seed(engine.url("count"), CUSTOMERS)
    opened = database(engine.url("count"))
    app = create_app(opened, works=False)
    async with app.running(), working(opened) as worker:
        ask = in_process(app, seeded.authorization, f"/v1/stores/{seeded.store_id}")
        shelf = await stock(ask)
        game_server = in_process(app, f"Gameserver {shelf.token}")
        await buy(ask, new_checkout(shelf, seeded.customers[0]))  # so that everything that is remembered is
        await worker.drain()
        counts, plan = await observe(opened, ask, worker, new_checkout(shelf, seeded.customers[1]))
        while waiting := await game_server("POST", QUEUE, NOBODY):
            await game_server("DELETE", QUEUE, [{"attempt_id": command["attempt_id"]} for command in waiting])
        with heard(opened) as counts.polling:
            await game_server("POST", QUEUE, NOBODY)
        return counts, plan


async def buy(ask: Ask, wanted: dict[str, object]) -> None:
    """One whole purchase."""
    checkout = await ask("POST", "/checkouts", wanted)
    order = await ask("POST", payment_path(checkout["token"]), PAID)
    if order["status"] != "completed":
        raise Wrong(f"a purchase was not completed: {order}")


async def observe(opened: Database, ask: Ask, worker: Worker, wanted: dict[str, object]) -> tuple[Counts, Plan]:
    """Note all statements of one purchase, and the rows before, between and after."""
    before = await snapshot(opened)
    with heard(opened) as opening:
        checkout = await ask("POST", "/checkouts", wanted)
    between = await snapshot(opened)
    with heard(opened) as completing:
        paid = await ask("POST", payment_path(checkout["token"]), PAID)
    after = await snapshot(opened)
    with heard(opened) as afterwards:
        await worker.drain()
    made, more = new_ids(before, between), new_ids(between, after)
    create = Step(writes(before, between, made, []), msgspec.json.encode(checkout))
    complete = Step(writes(between, after, made, more), msgspec.json.encode(paid))
    return Counts(opening, completing, afterwards, []), Plan(create, complete)


@contextmanager
def heard(opened: Database) -> Iterator[list[str]]:
    """The statements that run inside."""
    statements: list[str] = []
    opened.observe = statements.append
    yield statements
    opened.observe = None


def in_process(app: Application, authorization: str, prefix: str = "") -> Ask:
    """Ask the application itself, past every socket."""

    async def ask(method: str, path: str, body: object) -> Any:
        sent, answer = msgspec.json.encode(body), list[Any]()
        headers = [(b"authorization", authorization.encode()), (b"content-type", b"application/json")]
        headers.append((b"content-length", b"%d" % len(sent)))
        scope = {"type": "http", "method": method, "path": prefix + path, "query_string": b"", "headers": headers}

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": sent}

        async def send(message: Any) -> None:
            answer.append(message)

        await app(scope, receive, send)
        status, content = answer[0]["status"], answer[1]["body"]
        if status not in (200, 204):
            raise Wrong(f"{method} {path}: {status} {content.decode()}")
        return msgspec.json.decode(content) if content else None

    return ask


@asynccontextmanager
async def working(opened: Database) -> AsyncIterator[Worker]:
    """A worker that runs when told to."""
    async with Outside() as outside:
        installed.use(outside)
        yield Worker(opened, JOBS, Watch())
        installed.use(None)
