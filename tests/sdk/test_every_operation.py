"""Every operation of the contract, called through both clients of the SDK, at a server that runs."""

import base64
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from sutler.kernel.work.runner import Worker
from sutler_sdk import (
    ApiError,
    AsyncGameServerClient,
    AsyncManagementClient,
    AsyncStorefrontClient,
    GameServerClient,
    ManagementClient,
    Retries,
    StorefrontClient,
)
from tests.conftest import SECRET_KEY, ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient, SyncContractClient
from tests.make.world import World, world
from tests.processes import PLAIN, ServerProcess, started
from tests.sdk.operations import Planned, doomed, judged, operations, planned

ONCE: dict[str, Any] = {"retries": Retries(attempts=1)}
PATIENCE = 60.0  # seconds that a busy machine may need


@pytest.fixture
def database_url(quick_folder: Path, migrated_file: Path) -> Iterator[str]:
    """One database: how the SDK calls has nothing to do with it."""
    file = quick_folder / "sdk.db"
    file.write_bytes(migrated_file.read_bytes())
    yield f"sqlite:{file}"
    file.unlink()


@pytest.fixture
async def worlds(
    client: ClientFactory, inside: Inside, worker: Worker, store: SeededStore, other: SeededStore
) -> dict[str, World]:
    """A store for each of the clients, with one of everything."""
    return {
        "blocking": await world(client, inside, worker, store, "Blocking"),
        "awaited": await world(client, inside, worker, other, "Awaited"),
    }


@pytest.fixture
async def calls(worlds: dict[str, World]) -> dict[str, list[Planned]]:
    """All calls of each client."""
    found = {}
    for name, one in worlds.items():
        things = {
            operation.id: {thing: await one.another(thing) for thing in doomed(operation)}
            for _, operation in operations()
            if doomed(operation)
        }
        found[name] = list(planned(one, things))
    return found


@pytest.fixture
def server(database_url: str, tmp_path: Path, calls: object) -> Iterator[ServerProcess]:
    """A server with both stores."""
    key = base64.urlsafe_b64encode(SECRET_KEY).decode()
    serve = ServerProcess(
        tmp_path, "serve", SUTLER_DATABASE_URL=database_url, SUTLER_SECRET_KEY=key, SUTLER_PROFILES="0", SUTLER_WORKER="0"
    )
    with started(serve):
        yield serve


def token(world: World, who: str) -> str:
    """The credentials of somebody in a world, without their kind."""
    return world.credentials[who].rpartition(" ")[2]


def blocking(world: World, http: httpx2.Client, url: str) -> dict[str, Any]:
    """The three clients that block."""
    return {
        "management": ManagementClient(world.store.id, token(world, "management"), base_url=url, http_client=http, **ONCE),
        "storefront": StorefrontClient(world.store.id, token(world, "customer"), base_url=url, http_client=http, **ONCE),
        "gameserver": GameServerClient(token(world, "gameserver"), base_url=url, http_client=http, **ONCE),
    }


def awaited(world: World, http: httpx2.AsyncClient, url: str) -> dict[str, Any]:
    """The three clients that are awaited."""
    key, customer = token(world, "management"), token(world, "customer")
    return {
        "management": AsyncManagementClient(world.store.id, key, base_url=url, http_client=http, **ONCE),
        "storefront": AsyncStorefrontClient(world.store.id, customer, base_url=url, http_client=http, **ONCE),
        "gameserver": AsyncGameServerClient(token(world, "gameserver"), base_url=url, http_client=http, **ONCE),
    }


def told(complaints: list[str]) -> str:
    """All that is wrong, line by line."""
    return "\n".join(filter(None, complaints))


class TestEveryOperation:
    def test_is_in_the_contract(self) -> None:
        assert len(operations()) == 261

    async def test_can_be_called_by_both_clients(
        self, server: ServerProcess, worlds: dict[str, World], calls: dict[str, list[Planned]]
    ) -> None:
        wrong = by_blocking(calls["blocking"], worlds["blocking"], server.url)
        wrong += await by_awaiting(calls["awaited"], worlds["awaited"], server.url)

        assert len(wrong) == 2 * 261
        assert not any(wrong), told(wrong)


def by_blocking(calls: list[Planned], world: World, url: str) -> list[str]:
    """What is wrong with the calls of the clients that block."""
    wrong, seen = [], list[httpx2.Response]()
    with SyncContractClient(verify=PLAIN, timeout=PATIENCE) as http:
        http.event_hooks["response"].append(seen.append)
        clients = blocking(world, http, url)
        for call in calls:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                try:
                    outcome = call(clients)
                except ApiError as error:
                    outcome = error
            wrong.append(judged(call, outcome, seen[-1], warned))
    return wrong


async def by_awaiting(calls: list[Planned], world: World, url: str) -> list[str]:
    """The same for those that are awaited."""
    wrong, seen = [], list[httpx2.Response]()

    async def note(answer: httpx2.Response) -> None:
        seen.append(answer)

    async with ContractClient(verify=PLAIN, timeout=PATIENCE) as http:
        http.event_hooks["response"].append(note)
        clients = awaited(world, http, url)
        for call in calls:
            with warnings.catch_warnings(record=True) as warned:
                warnings.simplefilter("always")
                try:
                    outcome = await call(clients)
                except ApiError as error:
                    outcome = error
            wrong.append(judged(call, outcome, seen[-1], warned))
    return wrong
