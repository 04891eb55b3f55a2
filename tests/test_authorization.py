"""Every operation, called by everyone who must not and by those who may: generated from the routes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
import pytest

from sutler.app import routes
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import metadata
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.http import Route
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.contract.reference import find
from tests.contract.responses import OWN_PATHS
from tests.make.world import EVERYWHERE, LAST, QUERIES, THINGS, World, body_of, is_known, wanted, world
from tests.make.world_bodies import gaps
from tests.make.world_callers import callers
from tests.make.world_cases import NOBODYS, Case, Parties, refused, schemes, served

NOTHING: tuple[object, ...] = ([], {"unqueued_count": 0})
FEWEST_CASES = 6  # for each operation
ADVICE = "The first lines of tests/make/world.py say where to add"
# A plugin that says a second time what it has done, or what it cannot have done, is not held up by an error; and of
# commands that do not wait, none is taken out of the queue.
ACKNOWLEDGES = (
    "Delivery_UnqueueDeliveryCommandAttemptByAttemptIDs",
    "LegacyCommandDelivery_UnqueueDeliveryCommandAttemptByAttemptIDs",
    "DeliveryCommandQueue_MarkQueuedCommandExecuted",
    "DeliveryCommandQueue_MarkQueuedCommandExecutedBulk",
    "DeliveryCommandQueue_MarkQueuedCommandExecutedBulkViaPost",
)


@dataclass(frozen=True)
class Matrix(Parties):
    """The parties, and a way to be any of them."""

    client: ContractClient
    database: Database

    async def call(self, route: Route, case: Case, target: World) -> httpx2.Response:
        """A request to which nothing is wrong but the caller, if anything."""
        headers = {} if case.store_header is None else {"x-paynow-store-id": case.store_header.encode()}
        if case.authorization is not None:
            headers["Authorization"] = case.authorization.encode("latin-1")
        sent = {"params": target.query(route.operation), "json": target.body(route.operation), "headers": headers}
        return await self.client.request(route.method, target.path(route.path), **sent)

    async def complaint(self, route: Route, case: Case, target: World) -> str:
        """What is wrong with the answer; nothing if it is the expected one and keeps the contract."""
        try:
            answer = await self.call(route, case, target)
        except AssertionError as breach:
            return f"{route.operation}: {case.who}: {breach}"
        if answer.status_code == case.expected:
            return ""
        return f"{route.operation}: {case.who} got {answer.status_code}, not {case.expected}: {answer.text}"

    @asynccontextmanager
    async def unchanged(self, *besides: str) -> AsyncIterator[None]:
        """What happens inside changes no row, but for those of some tables."""
        before = await self._everything()
        yield
        after = await self._everything()
        assert {
            name: after[name] ^ before[name] for name in after if after[name] != before[name] and name not in besides
        } == {}

    async def _everything(self) -> dict[str, set[str]]:
        async with self.database.reading() as connection:
            return {name: {repr(tuple(row)) for row in await connection.fetch(sql, ())} for name, sql in CONTENT.items()}


# All rows of all tables, but for what every process notes of itself, and for when keys were last used.
CONTENT = {
    table.name: f"SELECT {', '.join(c.name for c in table.columns if c.name != 'last_used_at')} FROM {table.name}"
    for table in metadata.sorted_tables
    if table.name != "nodes"
}


@pytest.fixture
async def matrix(
    app: Application, client: ClientFactory, inside: Inside, worker: Worker, store: SeededStore, other: SeededStore,
    database: Database,
) -> AsyncIterator[Matrix]:  # fmt: skip
    """Both stores hold one of everything."""
    mine = await world(client, inside, worker, store, "Belonging")
    others = await world(client, inside, worker, other, "Foreign")
    needed = {route.signature.access.permissions for route in routes() if "APIKey" in schemes(route)}
    my, their = await callers(mine, others, needed), await callers(others, mine, needed)
    ours = [route.path for route in routes() if find(route.method, route.path) is None]
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with ContractClient(transport=transport, base_url="http://test", allow=(*OWN_PATHS, *ours)) as anyone:
        yield Matrix(mine, others, my, their, anyone, database)


def known() -> list[Route]:
    """All operations, but for those of which a test says that nobody knows yet what to send to them."""
    return [route for route in routes() if is_known(route)]


def of_each_access(database: Database) -> list[Route]:
    """All operations on SQLite; on PostgreSQL one of those that ask for the same.

    Whoever is turned away has met no SQL but that which looks up credentials and stores, whatever the operation. That
    each operation asks for what it should, and before anything else, has nothing to do with the database.
    """
    if database.dialect.name == "sqlite":
        return known()
    asking = {}
    for route in known():
        of = route.signature.access
        asking[of.audience, of.work, of.permissions] = route
    return list(asking.values())


def in_order() -> list[Route]:
    """All operations, those last that take something away from the others."""
    return sorted(known(), key=lambda route: LAST.index(route.operation) if route.operation in LAST else -1)


async def unharmed(route: Route, target: World) -> World:
    """With a thing of its own to delete, so that the operations after this one find theirs."""
    doomed = [name for name in THINGS if route.method == "DELETE" and route.path.endswith(f"{{{name}}}")]
    return target.with_ids({name: await target.another(name) for name in doomed})


def told(complaints: list[str]) -> str:
    """All that is wrong, line by line."""
    return "\n".join(filter(None, complaints))


class TestMatrix:
    def test_knows_what_to_send_to_every_operation(self) -> None:
        strange = {route.operation: wanted(route) for route in routes() if not is_known(route)}

        assert strange == {}, f"{ADVICE} how one of these ids is made."

    async def test_gives_every_operation_to_those_for_whom_it_is_and_to_nobody_else(self, matrix: Matrix) -> None:
        async with matrix.unchanged():
            cases = {route: refused(route, matrix) for route in of_each_access(matrix.database)}
            wrong = [await matrix.complaint(route, case, matrix.mine) for route in cases for case in cases[route]]
            assert min(map(len, cases.values())) >= FEWEST_CASES
            assert not any(wrong), told(wrong)

        for route in in_order():
            for case, target in served(route, matrix):
                wrong.append(await matrix.complaint(route, case, await unharmed(route, target)))
        assert not any(wrong), told([*wrong, f"{ADVICE} what it answers with success."])


class TestOtherStores:
    async def test_neither_shows_nor_changes_what_belongs_to_another_store(self, matrix: Matrix) -> None:
        """Each id of each request alone, and all of them together: another store's, and one that nothing has."""
        wrong = []
        async with matrix.unchanged("audit_entries"):  # that somebody took nothing out of the queue is written down
            for route in known():
                case, _ = next(served(route, matrix))
                for names, target in mixtures(route, matrix):
                    answer = await matrix.call(route, case, target)
                    if answer.status_code not in outcomes(route, names) or shows(answer, matrix.others, target):
                        wrong.append(f"{route.operation} with the {names} of another: {answer.status_code} {answer.text}")
            assert not wrong, told(wrong)


def mixtures(route: Route, matrix: Matrix) -> Iterator[tuple[list[str], World]]:
    """The right request with some ids in it that are not the store's own, and their names."""
    names = sorted(wanted(route) - {"storeId"})
    for chosen in [[name] for name in names] + ([names] if len(names) > 1 else []):
        if EVERYWHERE.keys().isdisjoint(chosen):
            yield chosen, matrix.mine.with_ids({name: matrix.others.ids[name] for name in chosen})
        yield chosen, matrix.mine.with_ids(dict.fromkeys(chosen, NOBODYS))


def outcomes(route: Route, names: list[str]) -> set[int]:
    """How an operation may answer to ids that are unknown: by where they stand."""
    if route.operation in ACKNOWLEDGES:
        return {200, 204}
    found = {404}
    if not set(names).isdisjoint(gaps(QUERIES.get(route.operation))):
        found |= {200, 400}  # a list of nothing, or what cannot be done with it
    if not set(names).isdisjoint(gaps(body_of(route.operation))):
        found |= {400}  # they make the body invalid
    return found


def shows(answer: httpx2.Response, others: World, target: World) -> bool:
    """Whether there is anything to see, or something that only the other store may know and that was not asked with."""
    secrets = set(others.marks) - set(target.ids.values())
    return any(mark in answer.text for mark in secrets) or (answer.status_code == 200 and answer.json() not in NOTHING)
