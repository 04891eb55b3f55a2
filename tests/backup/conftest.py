"""A store that trades, and an empty database of the other engine."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, SeededStore
from tests.contract.client import ContractClient
from tests.make.delivery import Shop, acknowledge, poll
from tests.make.webhooks import new_webhook
from tests.postgres import Cluster

NOBODY = "http://127.0.0.1:9/"  # the discard port, where no receiver listens


@pytest.fixture
def blank_postgres(cluster: Cluster) -> Iterator[str]:
    """A PostgreSQL database without tables."""
    name = f"blank_{uuid4().hex}"
    yield cluster.create_database(name)
    cluster.drop_database(name)


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """Where an empty database without tables is, of the other engine than the store's."""
    if database_url.startswith("sqlite"):
        return str(request.getfixturevalue("blank_postgres"))
    return f"sqlite:{tmp_path}/elsewhere/copy.db"


@pytest.fixture
def shop(api: ContractClient, store: SeededStore) -> Shop:
    """The store that a test is about, as seen through its API."""
    return Shop(api, store.id)


@pytest.fixture
async def trading(shop: Shop, worker: Worker, client: ClientFactory) -> Shop:
    """A store where everything has happened once: sales, a gift, a free order, a refusal, commands, a deaf receiver."""
    server = await shop.server()
    await shop.post("webhooks", new_webhook(NOBODY))
    alice = await shop.customer(steam_id="76561197960287930", name="Ālice 'x' \"y\" \\ 😀", metadata={"b": "1", "a": "\u2028"})
    bob = await shop.customer(steam_id="76561197960287931", name="Bob")
    servers = [server["id"]]
    rank = await shop.product("grant {customer.name}", "say hello", servers=servers, **LASTING)
    crate = await shop.product("give crate", servers=servers, name="Crate", more_commands=[EXPIRED])
    poster = await shop.product(servers=[], name="Poster", price=0)
    await shop.buy(alice["id"], rank["id"], quantity=2)
    await shop.buy(alice["id"], crate["id"], gift_to_customer_id=bob["id"])
    await shop.buy(bob["id"], poster["id"])
    await worker.drain()
    plugin = client(f"Gameserver {server['token']}")
    await acknowledge(plugin, (await poll(plugin))[:3])
    await shop.buy(bob["id"], crate["id"])
    await worker.drain()
    return shop


LASTING = {"remove_after_enabled": True, "remove_after_time_value": 1, "remove_after_time_scale": "month"}
EXPIRED = {"stage": "on_expire", "content": "take crate", "online_only": False}
