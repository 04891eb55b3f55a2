"""A disk that is full at any moment of any change: nothing is half-saved, everybody is told, and life goes on afterwards."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from sutler.app import routes
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.http import Route
from sutler.kernel.errors import ServiceUnavailable
from sutler.kernel.ids import process_clock
from sutler.kernel.work.runner import Worker
from sutler.kernel.work.sweeps import Sweep
from sutler.worker import SWEEPS, SWEEPS_EVERYWHERE
from tests.acceptance.disks import Disk, disk_of
from tests.acceptance.scenes import A_WHILE_AGO, Scene
from tests.acceptance.tills import PRICE, Till
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.backup import complaints
from tests.make.customers import new_customer
from tests.make.delivery import Shop
from tests.make.world import world

MOST = 300  # writes
PAYING = "Simulator_PayCheckout"  # in several transactions, so it has a test of its own
WRITES = {
    route.operation: route
    for route in routes()
    if route.signature.access.work in ("writes", "steps") and route.operation != PAYING
}
CERTAINLY = (
    "Customers_CreateCustomer", "Customers_UpdateCustomer", "Customers_CreateCustomerToken", "Products_CreateProduct",
    "GameServers_CreateGameServer", "StoreCheckouts_CreateCheckoutSession", "StorefrontCheckout_CreateCheckoutSession",
    "Webhooks_CreateSubscription", "DeliveryCommandQueue_GetQueuedCommandsWithOnlinePlayers",
    "DeliveryCommandQueue_MarkQueuedCommandExecutedBulk", "Store_UpdateStore", "Store_DeleteStore",
)  # fmt: skip
"""Operations of which the tests must see a success; of others a refusal will do, where they need more than is there."""
SWEEPING = {
    f"{sweep.run.__module__.removeprefix('sutler.')}.{sweep.run.__name__}": sweep for sweep in (*SWEEPS, *SWEEPS_EVERYWHERE)
}
BUSY = {"stores.api_keys.service.write_down_uses", "stores.audit.service.chain_audit", "kernel.edge.idempotency.forget_old"}
"""Sweeps that have something to do here."""
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
steps = pytest.mark.parametrize("step", [11, pytest.param(1, marks=pytest.mark.soak)])


@pytest.fixture
async def disk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Disk]:
    """The disk, with plenty of room still."""
    async with disk_of(database_url, monkeypatch) as disk:
        yield disk


@pytest.fixture
async def database(database_url: str, disk: Disk) -> Database:
    """The database on it."""
    return database_at(database_url)


@pytest.fixture
async def scene(
    app: Application,
    disk: Disk,
    database: Database,
    client: ClientFactory,
    inside: Inside,
    worker: Worker,
    store: SeededStore,
) -> Scene:
    made = Scene(await world(client, inside, worker, store, "mine"), app, database, disk)
    await database.script(A_WHILE_AGO)
    return made


def rooms(step: int = 1) -> Iterator[int]:
    """Room for no write, for one, for two … until there is enough, which must be some time."""
    yield from range(0, MOST, step)
    raise AssertionError("There is room for many writes, and it is still not enough.")


def assert_told_to_come_back(answer: httpx2.Response) -> None:
    """The answer says that the same request may succeed later."""
    told = answer.status_code, answer.json()["code"], answer.headers["retry-after"]
    assert told == (503, "ServiceUnavailable", "1")


async def prove(scene: Scene, route: Route) -> None:
    """Let the disk be full one write later each time, until the request gets its answer."""
    before, seen = await scene.content(), await scene.look()
    for room in rooms():
        await scene.disk.leave(room)
        answer, seen_meanwhile = await scene.send(route), await scene.look()
        await scene.disk.free()
        if answer.status_code != 503:
            break
        assert_told_to_come_back(answer)
        assert seen_meanwhile == seen
        assert await scene.content() == before
    after, again = await scene.content(), await scene.send(route)

    if answer.status_code >= 400:  # refused on every disk, and nothing was changed
        assert route.operation not in CERTAINLY, answer.text
        assert (after, again.status_code) == (before, answer.status_code)
        return
    assert route.operation not in CERTAINLY or room > 0
    assert route.operation not in CERTAINLY or after != before
    if route.signature.access.work == "writes":
        gone = route.operation == "Store_DeleteStore"  # and with it the key of whoever asks
        assert again.status_code == (401 if gone else answer.status_code)
        assert gone or again.content == answer.content
        assert await scene.content() == after
    assert await complaints(scene.database) == {}


class TestAnyChange:
    @pytest.mark.parametrize("operation", CERTAINLY)
    async def test_is_made_whole_or_not_at_all(self, scene: Scene, operation: str) -> None:
        await prove(scene, WRITES[operation])

    @pytest.mark.soak
    @only_sqlite
    @pytest.mark.parametrize("operation", [operation for operation in WRITES if operation not in CERTAINLY])
    async def test_that_is_rare_is_made_whole_or_not_at_all(self, scene: Scene, operation: str) -> None:
        await prove(scene, WRITES[operation])

    @only_sqlite
    async def test_is_refused_for_now_when_the_disk_has_been_full_for_so_long_that_no_ids_can_be_made(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        process_clock.lapse()

        answer = await api.post(f"/v1/stores/{store.id}/customers", json=new_customer())

        assert_told_to_come_back(answer)


@pytest.fixture
async def till(api: ContractClient, inside: Inside, worker: Worker, store: SeededStore, database: Database) -> Till:
    shop = Shop(api, store.id, worker, inside)
    server, customer = await shop.server(), await shop.customer()
    product = await shop.product("give", servers=[server["id"]], price=PRICE)
    return Till(shop, database, customer["id"], product["id"])


@steps
class TestPayment:
    async def test_takes_effect_once(self, till: Till, disk: Disk, database: Database, step: int) -> None:
        for room in rooms(step):
            token = await till.open()
            await disk.leave(room)
            answer = await till.pay(token)
            await disk.free()
            assert await complaints(database) == {}
            if answer.status_code == 200:
                break
            assert_told_to_come_back(answer)
        await till.settle()
        answers = [await till.pay(token) for _, token in till.sold]
        await till.settle()

        assert room > 0
        assert {answer.json().get("code", "") for answer in answers} == {"", "CheckoutCompleted"}
        assert await till.unfinished() == []
        assert await complaints(database) == {}


@steps
class TestJobs:
    async def test_are_done_once(self, till: Till, disk: Disk, database: Database, step: int) -> None:
        for room in rooms(step):
            await till.pay(await till.open())
            await disk.leave(room)
            interrupted = False
            try:
                await till.shop.worker.drain()
            except ServiceUnavailable:
                interrupted = True
            left = await till.jobs()
            await disk.free()
            if not interrupted and not left:
                break
            await till.settle()
            assert await till.jobs() == []

        assert room > 0
        assert await till.unfinished() == []
        assert await complaints(database) == {}


class TestSweep:
    @pytest.mark.parametrize("name", SWEEPING)
    async def test_goes_on_where_it_was(self, scene: Scene, name: str) -> None:
        await scene.send(WRITES["Store_UpdateStore"])  # keeps its answer, and is written down
        await scene.database.script(A_WHILE_AGO)

        await go_on(scene, SWEEPING[name], busy=name in BUSY)


async def go_on(scene: Scene, sweep: Sweep, *, busy: bool) -> None:
    """Let the disk be full three writes later each time, until the sweep gets through."""
    before = await scene.content()
    for room in rooms(3):
        await scene.disk.leave(room)
        try:
            await sweep.run(scene.database)
            break
        except ServiceUnavailable:
            assert (await scene.look())[0] == 200
        finally:
            await scene.disk.free()
        assert await complaints(scene.database) == {}
    after = await scene.content()
    await sweep.run(scene.database)

    assert not busy or (room > 0 and after != before)
    assert await complaints(scene.database) == {}
