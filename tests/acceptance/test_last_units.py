"""Of the last units exactly as many are sold as there are, however many want them at how many processes at once."""

import asyncio
import itertools
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.acceptance.aftermath import books_of, bought
from tests.make.demo import DemoStore, must
from tests.postgres import Cluster
from tests.processes import PLAIN, ServerProcess, started

AWAY = 503  # another process is writing
AGAIN = 0.05  # seconds
PATIENCE = 60.0
AT_ONCE = 60  # requests under way
PRICE = 700
SIZES = pytest.mark.parametrize(
    ("buyers", "units", "processes"), [(60, 8, 2), pytest.param(500, 50, 4, marks=pytest.mark.soak)]
)


@dataclass
class Rush:
    """Everybody wants one of the last units, and asks until they have one or none is left."""

    shop: DemoStore
    urls: list[str]
    units: int
    sold: list[str] = field(default_factory=list)  # checkouts
    waiting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def of(self, product_id: str, buyers: int) -> None:
        """So many buyers, spread over all servers; every fifth has a card that is declined at first."""
        headers, limits = {"Authorization": f"APIKey {self.shop.api_key}"}, httpx2.Limits(max_connections=AT_ONCE)
        async with httpx2.AsyncClient(headers=headers, timeout=PATIENCE, limits=limits, verify=PLAIN) as client:
            body = {"customer_id": self.shop.customer_id, "lines": [{"product_id": product_id, "quantity": 1}]}
            urls = itertools.cycle(self.urls)
            opening = [self._ask(client, f"{next(urls)}{self.shop.path}/checkouts", body) for _ in range(buyers)]
            opened = await asyncio.gather(*opening)
            async with asyncio.TaskGroup() as group:
                for number, checkout in enumerate(opened):
                    group.create_task(self._buys(client, next(urls), checkout, poor=number % 5 == 0))

    async def _buys(self, client: httpx2.AsyncClient, url: str, checkout: Any, *, poor: bool) -> None:
        path = f"{url}{self.shop.path}/simulator/checkouts/{checkout['token']}/pay"
        if poor:
            await self._ask(client, path, {"outcome": "decline"})
        while len(self.sold) < self.units:  # what somebody holds who cannot pay comes back
            answer = await self._ask(client, path, {"outcome": "succeed"})
            if answer["status"] == "completed":
                self.sold.append(checkout["id"])
                return
            assert answer["code"] == "OutOfStock", answer
            await asyncio.sleep(AGAIN)
        last = await self._ask(client, path, {"outcome": "succeed"})
        assert last["code"] == "OutOfStock", last

    async def _ask(self, client: httpx2.AsyncClient, url: str, body: Any) -> Any:
        key = uuid4().hex
        while True:
            async with self.waiting:
                answer = await client.post(url, json=body, headers={"Idempotency-Key": key})
            if answer.status_code != AWAY:
                return answer.json()
            await asyncio.sleep(AGAIN)


@contextmanager
def serving(folder: Path, settings: Mapping[str, str], processes: int) -> Iterator[tuple[DemoStore, list[str]]]:
    """The demo store at so many servers, each with a worker."""
    first = ServerProcess(folder, "demo", "--json", "--no-history", "--data", "data", **settings)
    with ExitStack() as stack:
        stack.enter_context(started(first))
        shop = DemoStore.of(first)
        others = [ServerProcess(folder, "serve", "--data", "data", **settings) for _ in range(processes - 1)]
        stack.enter_context(started(*others))
        yield shop, [server.url for server in (first, *others)]
        assert [server.stop() for server in (first, *others)] == [0] * processes


async def prove(folder: Path, settings: dict[str, str], buyers: int, units: int, processes: int) -> None:
    """Let them all come, and count."""
    with serving(folder, settings, processes) as (shop, urls):
        with shop.manager() as manager:
            limit = {"enabled": True, "quantity": units}
            rare = {"name": "Rare", "description": "Few.", "price": PRICE, "store_stock_limit": limit}
            product = must(manager.post(f"{shop.path}/products", json=rare))
        rush = Rush(shop, urls, units)
        await rush.of(product["id"], buyers)
    books = await books_of(settings.get("SUTLER_DATABASE_URL") or f"sqlite:{folder}/data/sutler.db", folder / "data")

    assert len(rush.sold) == units
    completed = [id for id, orders in books.orders.items() if any(status == "completed" for _, status in orders)]
    assert sorted(completed) == sorted(rush.sold)
    assert sum(len(items) for items in books.items.values()) == units
    assert sum(amount for amounts in books.ledger.values() for amount in amounts if amount > 0) == units * PRICE
    assert len(bought(books)) == buyers


@SIZES
class TestTheLastUnits:
    async def test_are_sold_once_each_on_one_file(self, tmp_path: Path, buyers: int, units: int, processes: int) -> None:
        await prove(tmp_path, {}, buyers, units, processes)

    async def test_are_sold_once_each_on_postgresql(
        self, tmp_path: Path, cluster: Cluster, buyers: int, units: int, processes: int
    ) -> None:
        name = f"rush_{uuid4().hex[:12]}"
        url = cluster.create_database(name)
        await prove(tmp_path, {"SUTLER_DATABASE_URL": url}, buyers, units, processes)
        cluster.drop_database(name)
