"""A shop, and plugins that are linked to its game servers."""

from collections.abc import Callable
from typing import Any

import pytest

from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.delivery import Shop

Plugin = Callable[[dict[str, Any]], ContractClient]


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, worker: Worker, inside: Inside) -> Shop:
    """The store that a test is about."""
    return Shop(api, store.id, worker, inside)


@pytest.fixture
def plugin(client: ClientFactory) -> Plugin:
    """Makes the plugin of a game server."""
    return lambda server: client(f"Gameserver {server['token']}")
