"""The demo store of a real process, as its clients use it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx2

from sutler_sdk import GameServerClient, ManagementClient
from tests.contract.client import SyncContractClient
from tests.processes import PLAIN, ServerProcess, wait_until

QUEUE = "/v1/delivery/command-queue"
PATIENCE = 60.0  # seconds that a busy machine may need


@dataclass(frozen=True)
class DemoStore:
    """What `sutler demo --json` prints."""

    url: str
    store_id: str
    api_key: str
    customer_id: str
    customer_token: str
    gameserver_id: str
    gameserver_token: str
    product_id: str
    checkout_url: str
    checkout_token: str

    @classmethod
    def of(cls, server: ServerProcess, line: int = -1) -> "DemoStore":
        """The newest line that the process has printed, or another."""
        wait_until(lambda: server.output.endswith("\n"), f"nothing was printed:\n{server.complaints}")
        return cls(**json.loads(server.output.splitlines()[line]))

    def at(self, url: str) -> "DemoStore":
        """The same store through another server."""
        return replace(self, url=url)

    @property
    def path(self) -> str:
        """Where the management API of the store is."""
        return f"/v1/stores/{self.store_id}"

    @property
    def new_checkout(self) -> dict[str, Any]:
        """The body of a checkout for the product that costs something."""
        return {"customer_id": self.customer_id, "lines": [{"product_id": self.product_id, "quantity": 1}]}

    def manager(self, key: str = "") -> SyncContractClient:
        """A client with the store's key, or with another one."""
        return self._client(f"APIKey {key or self.api_key}")

    def plugin(self) -> SyncContractClient:
        """A client with the game server's token."""
        return self._client(f"Gameserver {self.gameserver_token}")

    @contextmanager
    def client(self) -> Iterator[ManagementClient]:
        """A client of the SDK with the store's key; its answers are held against the contract, too."""
        with SyncContractClient(verify=PLAIN) as http:
            yield ManagementClient(self.store_id, self.api_key, base_url=self.url, timeout=PATIENCE, http_client=http)

    @contextmanager
    def game_server(self) -> Iterator[GameServerClient]:
        """The same for the game server."""
        with SyncContractClient(verify=PLAIN) as http:
            yield GameServerClient(self.gameserver_token, base_url=self.url, timeout=PATIENCE, http_client=http)

    def checkout(self) -> str:
        """The token of a new checkout."""
        with self.client() as client:
            return client.checkout.create_checkout_session(**self.new_checkout).token

    def buy(self) -> dict[str, Any]:
        """The order of a new checkout that was paid through the API."""
        token = self.checkout()
        with self.client() as client:
            path = f"/v1/stores/{{store_id}}/simulator/checkouts/{token}/pay"
            order: dict[str, Any] = client.request("POST", path, dict, body={"outcome": "succeed"})
        assert order["status"] == "completed"
        return order

    def _client(self, authorization: str) -> SyncContractClient:
        headers = {"Authorization": authorization}
        return SyncContractClient(base_url=self.url, headers=headers, timeout=PATIENCE, verify=PLAIN)


def must(answer: httpx2.Response) -> Any:
    """The JSON of an answer that has to be one of success."""
    assert answer.status_code == 200, answer.text
    return answer.json()
