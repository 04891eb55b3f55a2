"""The application in process, on SQLite and on PostgreSQL, with two stores in it."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import httpx2
import pytest
import structlog

from sutler import settings
from sutler.app import create_app
from sutler.kernel import secrets
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.migrate import migrate
from sutler.kernel.data.postgres import Postgres
from sutler.kernel.data.records import Actor, metadata
from sutler.kernel.edge.asgi import Application
from sutler.kernel.ids import FlakeId, new_id, process_clock
from sutler.kernel.metrics import Watch
from sutler.kernel.outside import installed
from sutler.kernel.outside.http import Outside
from sutler.kernel.work.jobs import JOBS
from sutler.kernel.work.runner import Worker
from sutler.stores.api_keys.models import ALL
from sutler.stores.api_keys.service import create_key
from sutler.stores.stores.models import Store
from tests.contract.client import ContractClient
from tests.postgres import Cluster, Emptied, in_a_thread, runs

INTERNAL = Actor("internal")
SECRET_KEY = secrets.KEY_BYTES * b"k"
MEMORY = Path("/dev/shm")  # noqa: S108 - where a folder of our own is made
ROOM = 2**30  # bytes
SELDOM = (20_000, 10, 10)
# A frame around every traceback, many of which tests provoke, would take longer than what is tested.
structlog.dev.ConsoleRenderer.get_active().exception_formatter = structlog.dev.plain_traceback
gc.disable()  # until all is imported and collected


@dataclass(frozen=True)
class SeededStore:
    """A store made for a test, and a key that may do everything in it."""

    id: FlakeId
    api_key: str


def pytest_collection_finish() -> None:
    """What was imported and collected stays, so no search for garbage needs to look through it."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the test session's own."""
    running = Cluster()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def emptied_postgres(cluster: Cluster, worker_id: str) -> Iterator[Emptied]:
    """One database with all tables for each process of the test run."""
    name = f"sutler_{worker_id}"
    cluster.create_database(name)

    async def make() -> None:
        opened = database_at(cluster.url(name))
        await opened.open()
        await migrate(opened)
        await opened.close()

    in_a_thread(make())
    with Emptied(cluster.url(name), [table.name for table in metadata.sorted_tables]) as emptied:
        yield emptied


@pytest.fixture(scope="session")
def quick_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where SQLite files are: in memory if the system has room there, as tests would spend half their time on syncing."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        yield tmp_path_factory.mktemp("databases")
        return
    for left in MEMORY.glob("sutler-tests-*"):
        if not runs(int(left.name.rpartition("-")[2])):  # a run that was killed
            shutil.rmtree(left, ignore_errors=True)
    folder = MEMORY / f"sutler-tests-{os.getpid()}"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite file with all tables, to be copied."""
    import asyncio

    file = tmp_path_factory.mktemp("migrated") / "sutler.db"

    async def make() -> None:
        opened = database_at(f"sqlite:{file}")
        await opened.open()
        await migrate(opened)
        await opened.close()

    asyncio.run(make())
    return file


@pytest.fixture(scope="session")
def data_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody uses, one after the other; whoever needs one makes it."""
    parent = tmp_path_factory.mktemp("installations")  # looking for a free name among thousands, each test would pay
    return (parent / str(number) for number in count())


@pytest.fixture(autouse=True)
def installation(data_folders: Iterator[Path]) -> None:
    """Settings of the test's own, with a data folder that no test looks into, and a secret key."""
    folder = next(data_folders)
    nobody = dict.fromkeys(("stripe_url", "paypal_url", "paypal_sandbox_url"), "http://127.0.0.1:9")
    chosen = settings.read({}, data=str(folder), base_url="http://test", rate_limits="0", **nobody)
    settings.install(replace(chosen, webhooks_allow_private=True, profiles=False))
    secrets.install(secrets.Sealer([SECRET_KEY]))
    process_clock.revoke()
    process_clock._last = -1  # the ids of a test that has acted out a crash are ahead of the time


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of either kind, with all tables."""
    if request.param == "postgresql":
        postgres: Emptied = request.getfixturevalue("emptied_postgres")
        postgres.empty()
        yield postgres.url
        return
    with tempfile.TemporaryDirectory(dir=request.getfixturevalue("quick_folder")) as folder:
        file = Path(folder) / "sutler.db"
        file.write_bytes(request.getfixturevalue("migrated_file").read_bytes())
        yield f"sqlite:{file}"


@pytest.fixture
async def database(database_url: str) -> Database:
    """The database, not yet opened: the application opens it."""
    found = database_at(database_url)
    if isinstance(found, Postgres):
        found._fewest = 1  # the others when they are needed: to begin one takes longer than most tests
    return found


@pytest.fixture
async def app(database: Database) -> AsyncIterator[Application]:
    """The application, running but for its worker: jobs wait until a test drains them."""
    application = create_app(database, works=False)
    async with application.running():
        yield application


Inside = Callable[[FlakeId], AbstractAsyncContextManager[StoreContext]]


@pytest.fixture
def inside(app: Application, database: Database) -> Inside:
    """A transaction in a store, past the API."""

    @asynccontextmanager
    async def enter(store_id: FlakeId) -> AsyncIterator[StoreContext]:
        async with database.writing() as connection:
            yield StoreContext(connection, store_id, INTERNAL, writes=True)

    return enter


async def make_store(inside: Inside, slug: str, **changes: object) -> SeededStore:
    """A steam store in test mode, selling in US dollars unless told otherwise."""
    store_id = new_id()
    fields: dict[str, object] = {
        "owner_id": new_id(), "slug": slug, "name": slug.title(), "platform": "steam", "game": "rust", "currency": "usd",
        "description": "", "live_mode": False,
    }  # fmt: skip
    async with inside(store_id) as context:
        await context.add(Store(id=store_id, **(fields | changes)))  # type: ignore[arg-type]  # the fields are named by tests
        _, token = await create_key(context, "test", [ALL])
    return SeededStore(store_id, token)


@pytest.fixture
async def store(inside: Inside) -> SeededStore:
    """The store that a test is about."""
    return await make_store(inside, "store")


@pytest.fixture
async def other(inside: Inside) -> SeededStore:
    """A store that must never be seen from the first."""
    return await make_store(inside, "other")


ClientFactory = Callable[..., ContractClient]


@pytest.fixture
async def client(app: Application) -> AsyncIterator[ClientFactory]:
    """Makes clients with any credentials; every answer they get is held against the contract."""
    made: list[ContractClient] = []

    def make(authorization: str | None = None, **headers: str) -> ContractClient:
        given = headers if authorization is None else {"Authorization": authorization} | headers
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        made.append(ContractClient(transport=transport, base_url="http://test", headers=given))
        return made[-1]

    yield make
    for one in made:
        await one.aclose()


@pytest.fixture
def api(client: ClientFactory, store: SeededStore) -> ContractClient:
    """A client with the store's own key."""
    return client(f"APIKey {store.api_key}")


@pytest.fixture
async def worker(app: Application, database: Database) -> AsyncIterator[Worker]:
    """Runs jobs when told to: `await worker.drain()`."""
    async with Outside(allow_private=True) as outside:
        installed.use(outside)
        yield Worker(database, JOBS, Watch())
        installed.use(None)
