"""Senders who repeat one request under one key, many at once and again and again, until each of them is answered."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx2

from tests.make.demo import DemoStore
from tests.processes import PLAIN

AGAIN = 0.05  # seconds
PATIENCE = 60.0
AT_ONCE = 60  # requests under way
AWAY = 503  # the database is away, or the server is about to be


class Wish(NamedTuple):
    """One thing that is to happen once: a write and its key."""

    key: str
    path: str
    body: dict[str, Any]


def wishes(shop: DemoStore, number: int) -> list[Wish]:
    """Customers and checkouts in turn, no two alike."""
    made = []
    for one in range(number):
        if one % 2:
            made.append(Wish(f"key {one}", f"{shop.path}/checkouts", shop.new_checkout))
        else:
            made.append(Wish(f"key {one}", f"{shop.path}/customers", {"name": f"Player {one}"}))
    return made


@dataclass
class Senders:
    """Many senders of each wish, in front of one server or of several of the same installation."""

    shop: DemoStore
    urls: Sequence[str]
    of_each: int = 50
    answers: dict[str, list[tuple[int, bytes]]] = field(default_factory=dict)  # by key
    interrupted: int = 0
    """Requests that got no answer, or that the database was away."""
    answered: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, wanted: Sequence[Wish]) -> None:
        """Send every wish so many times, the senders of one side by side, until all have an answer."""
        headers = {"Authorization": f"APIKey {self.shop.api_key}"}
        limits, waiting = httpx2.Limits(max_connections=AT_ONCE), asyncio.Semaphore(AT_ONCE)
        async with httpx2.AsyncClient(headers=headers, timeout=PATIENCE, limits=limits, verify=PLAIN) as client:

            async def one(wish: Wish, url: str) -> None:
                async with waiting:
                    self.answers.setdefault(wish.key, []).append(await self._answer(client, wish, url))
                self.answered += 1
                self.news.set()

            urls = itertools.cycle(self.urls)
            async with asyncio.TaskGroup() as group:
                for wish in wanted:
                    for _ in range(self.of_each):
                        group.create_task(one(wish, next(urls)))

    async def _answer(self, client: httpx2.AsyncClient, wish: Wish, url: str) -> tuple[int, bytes]:
        while True:
            try:
                answer = await client.post(f"{url}{wish.path}", json=wish.body, headers={"Idempotency-Key": wish.key})
                if answer.status_code != AWAY:
                    return answer.status_code, answer.content
            except httpx2.TransportError:
                pass  # killed, or not there yet
            self.interrupted += 1
            await asyncio.sleep(AGAIN)

    async def reached(self, answers: int) -> None:
        """Wait until so many requests in all are answered."""
        async with asyncio.timeout(PATIENCE * 10):
            while self.answered < answers:
                self.news.clear()
                await self.news.wait()
