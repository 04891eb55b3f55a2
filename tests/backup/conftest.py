"""A store that trades, and an empty database of the other engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from sutler.kernel.data.database import Database
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.runner import Worker
from sutler.stores.audit import service as audit
from tests.conftest import ClientFactory, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import bought, paid
from tests.make.catalog import made_product
from tests.make.checkout import checkout, line, open_checkout
from tests.make.customers import made_customer
from tests.make.servers import made_game_server
from tests.make.webhooks import new_webhook
from tests.postgres import Cluster

NOBODY = "http://127.0.0.1:9/"  # the discard port, where no receiver listens
QUEUE = "/v1/delivery/command-queue/"
COMMANDS = [
    {"stage": "on_purchase", "content": "grant {customer.name}", "online_only": False},
    {"stage": "on_purchase", "content": "say hello", "online_only": False},
    {"stage": "on_expire", "content": "take rank", "online_only": False},
]
LASTING = {"remove_after_enabled": True, "remove_after_time_value": 1, "remove_after_time_scale": "month"}


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


@dataclass(frozen=True)
class Trade:
    """A store with something to sell and somebody to buy it."""

    api: ContractClient
    store_id: FlakeId
    worker: Worker
    customer_id: FlakeId
    rank_id: FlakeId
    poster_id: FlakeId

    async def sell(self, product_id: FlakeId, **changes: Any) -> dict[str, Any]:
        """A completed order, not yet delivered."""
        return await bought(self.api, self.store_id, self.customer_id, product_id, **changes)


@pytest.fixture
async def trade(
    api: ContractClient, store: SeededStore, worker: Worker, client: ClientFactory, database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> Trade:  # fmt: skip
    """A store where everything has happened once: sales, a gift, a free order, a refusal, commands, a deaf receiver."""
    server = await made_game_server(api, store.id)
    answer = await api.post(f"/v1/stores/{store.id}/webhooks", json=new_webhook(NOBODY))
    assert answer.status_code == 200
    alice = await made_customer(api, store.id, name="Ālice 'x' \"y\" \\ 😀", metadata={"b": "1", "a": "\u2028"})
    bob = await made_customer(api, store.id, name="Bob")
    rank = await made_product(api, store.id, commands=COMMANDS, gameservers=[server["id"]], **LASTING)
    crate = await made_product(api, store.id, name="Crate", gameservers=[server["id"]], allow_subscription=True)
    poster = await made_product(api, store.id, name="Poster", commands=[], price=0)
    trade = Trade(api, store.id, worker, alice["id"], rank["id"], poster["id"])
    await trade.sell(rank["id"], quantity=2)
    await trade.sell(crate["id"], gift_to_customer_id=bob["id"])
    await trade.sell(poster["id"])
    refused = await open_checkout(api, store.id, checkout(bob["id"], line(crate["id"])))
    await paid(api, store.id, refused["token"], "decline")
    await worker.drain()
    await run_some(client(f"Gameserver {server['token']}"))
    await trade.sell(crate["id"], subscription=True)
    await worker.drain()
    monkeypatch.setattr(audit, "SETTLED", timedelta(seconds=-1))
    await audit.chain_audit(database)
    return trade


async def run_some(plugin: ContractClient) -> None:
    """A game server that gets all of its commands and has run three."""
    queued = (await plugin.post(QUEUE, json={"customer_names": [], "minecraft_uuids": []})).json()
    body = [{"attempt_id": one["attempt_id"]} for one in queued[:3]]
    assert (await plugin.request("DELETE", QUEUE, json=body)).status_code < 300
