"""Schemathesis against a running server, from the reference documents, with all its checks."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn

from sutler.kernel.edge.asgi import Application
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract import fuzz
from tests.contract.fuzz_documents import built, label
from tests.contract.reference import HTTP_APIS
from tests.make.world import OUTCOMES, THINGS, world

DATABASES = ("sqlite", "postgresql")
SYSTEMATIC = 400  # requests of a small run that are not random, for all operations of an API together
EXPENDABLE = 3
# Operations that end in success only with luck: a cart may be empty when its turn comes.
LUCKY = ("StorefrontCart_CreateCartCheckout", "Subscriptions_PreviewSubscriptionChange")


@asynccontextmanager
async def serving(app: Application) -> AsyncIterator[str]:
    """The running application behind a real port."""
    # asyncio sends without delay only where the protocol is named.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # from here on, whoever calls too early waits
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, http="httptools", ws="none"))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await task


@pytest.fixture
async def worlds(
    client: ClientFactory, inside: Inside, worker: Worker, store: SeededStore, other: SeededStore, api: str
) -> fuzz.Worlds:
    """Two stores with one of everything, and in the first some more of whatever the API can delete or change."""
    mine = await world(client, inside, worker, store, "Belonging")
    mine.ids["productVersionId"] = (await mine.shop.api.get(mine.path("/v1/stores/{storeId}/products/{productId}"))).json()[
        "version_id"
    ]
    wanted = {fuzz.last_name(route) for route in built(api) if route.method != "GET"}
    expendable = {name: [await mine.another(name) for _ in range(EXPENDABLE)] for name in THINGS if name in wanted}
    return fuzz.Worlds(mine, expendable, await world(client, inside, worker, other, "Spare"))


def small(api: str, database: str) -> fuzz.Effort:
    """Every operation a little; the two databases share the systematic requests."""
    count = len(list(built(api)))
    return fuzz.Effort(examples=2, most=2 * SYSTEMATIC // count, first=DATABASES.index(database), step=len(DATABASES))


def large() -> fuzz.Effort:
    """As much as SUTLER_FUZZ_EXAMPLES says, for each operation."""
    return fuzz.Effort(examples=int(os.environ.get("SUTLER_FUZZ_EXAMPLES", "20")), most=100_000, large=True)


async def explore(app: Application, worlds: fuzz.Worlds, api: str, effort: fuzz.Effort) -> None:
    """Nothing failed, and every operation succeeded at least once, so that all of it was really tried."""
    async with serving(app) as base_url:
        found = await asyncio.to_thread(fuzz.run, api, base_url, worlds, effort)
    reasons = {one.why: times for one, times in found.allowances.items()}
    told = f"{api}: {found.cases} requests in {found.seconds:.1f} s; {dict(found.statuses)}; {reasons}"
    print(told)  # noqa: T201 - pytest shows it when something fails, or on request
    assert not found.failures, "\n\n".join([told, *found.failures.values()])
    expected = {label(route) for route in built(api) if route.operation not in (*OUTCOMES, *LUCKY)}
    assert expected - found.succeeded == set(), f"These never ended in success: see tests/make/world.py\n{told}"


@pytest.mark.parametrize("api", HTTP_APIS)
class TestFuzz:
    async def test_finds_nothing_wrong(
        self, app: Application, worlds: fuzz.Worlds, api: str, request: pytest.FixtureRequest
    ) -> None:
        await explore(app, worlds, api, small(api, request.node.callspec.params["database_url"]))

    @pytest.mark.soak
    async def test_finds_nothing_wrong_in_many_tries(self, app: Application, worlds: fuzz.Worlds, api: str) -> None:
        await explore(app, worlds, api, large())
