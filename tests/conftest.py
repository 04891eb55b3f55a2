"""The application in process, on SQLite and on PostgreSQL, with two stores in it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2
import pytest

from sutler import settings
from sutler.app import create_app
from sutler.kernel import secrets
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.migrate import migrate
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
from tests.postgres import Cluster

INTERNAL = Actor("internal")


@dataclass(frozen=True)
class SeededStore:
    """A store made for a test, and a key that may do everything in it."""

    id: FlakeId
    api_key: str


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of the test session's own."""
    running = Cluster()
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def postgres_url(cluster: Cluster, worker_id: str) -> str:
    """One database for each process of the test run."""
    name = f"sutler_{worker_id}"
    cluster.create_database(name)
    return cluster.url(name)


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


@pytest.fixture(autouse=True)
def installation(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Settings and a secret key of the test's own, in a folder that no test looks into."""
    folder = tmp_path_factory.mktemp("installation")
    chosen = settings.read({}, data=str(folder), base_url="http://test", rate_limits="0", stripe_url="http://127.0.0.1:9")
    settings.install(replace(chosen, webhooks_allow_private=True, profiles=False))
    secrets.install(secrets.Sealer.from_settings(None, folder))
    process_clock.revoke()
    process_clock._last = -1  # the ids of a test that has acted out a crash are ahead of the time


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind, with all tables."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    file = tmp_path / "sutler.db"
    file.write_bytes(request.getfixturevalue("migrated_file").read_bytes())
    return f"sqlite:{file}"


@pytest.fixture
async def database(database_url: str) -> Database:
    """The database, not yet opened: the application opens it."""
    if database_url.startswith("postgresql"):
        await empty(database_url)
    return database_at(database_url)


async def empty(url: str) -> None:
    """Bring a PostgreSQL database up to date and take every row out of it."""
    opened = database_at(url)
    await opened.open()
    await migrate(opened)
    await opened.script("".join(f"DELETE FROM {table.name};" for table in metadata.sorted_tables))
    await opened.close()


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
