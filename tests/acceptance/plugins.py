"""A pretend game server without any memory, on a line that loses answers and acknowledgements."""

import asyncio
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import httpx2

from tests.make.demo import QUEUE, DemoStore
from tests.processes import PLAIN

AGAIN = 0.05  # seconds between polls
PATIENCE = 20.0
AWAY = 503  # the database is away
Fate = Literal["acknowledgement lost", "fine", "answer lost"]
FATES: tuple[Fate, ...] = ("acknowledgement lost", "fine", "answer lost", "fine", "fine")  # of polls that bring something
NOBODY: dict[str, list[str]] = {"steam_ids": [], "minecraft_uuids": [], "customer_names": []}


@dataclass
class LossyServer:
    """It runs whatever it gets, as often as it gets it, and writes down what became of its acknowledgements."""

    shop: DemoStore
    fates: Iterator[Fate] = field(default_factory=lambda: itertools.cycle(FATES))
    runs: Counter[str] = field(default_factory=Counter)
    """How often each command ran, by its id."""
    acknowledged: set[str] = field(default_factory=set)
    """Commands that Sutler has confirmed to know of; none of them may come again."""
    lost: set[str] = field(default_factory=set)
    """Commands that ran, with an acknowledgement that did not arrive, as far as the game server knows."""
    stopping: bool = False
    between: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held from a poll to the end of its acknowledgement."""

    async def play(self) -> None:
        """Poll until told to stop."""
        headers = {"Authorization": f"Gameserver {self.shop.gameserver_token}"}
        async with httpx2.AsyncClient(base_url=self.shop.url, headers=headers, timeout=PATIENCE, verify=PLAIN) as client:
            while not self.stopping:
                async with self.between:
                    await self._run(client, await self._poll(client))
                await asyncio.sleep(AGAIN)

    def loses_nothing_more(self) -> None:
        """All is well from now on."""
        self.fates = itertools.repeat("fine")

    async def _poll(self, client: httpx2.AsyncClient) -> list[str]:
        answer = await self._sent(client, "POST", NOBODY)
        if answer is None:
            return []
        assert answer.status_code == 200, answer.text
        return [command["attempt_id"] for command in answer.json()]

    async def _run(self, client: httpx2.AsyncClient, ids: Sequence[str]) -> None:
        fate = next(self.fates) if ids else "answer lost"
        if fate == "answer lost":
            return
        assert not self.acknowledged.intersection(ids), "a command came again after its acknowledgement"
        self.runs.update(ids)
        ran = [{"attempt_id": id} for id in ids]
        answer = await self._sent(client, "DELETE", ran) if fate == "fine" else None
        if answer is None:
            self.lost.update(ids)
            return
        assert answer.status_code == 204, answer.text
        self.acknowledged.update(ids)

    async def _sent(self, client: httpx2.AsyncClient, method: str, body: Any) -> httpx2.Response | None:
        """The answer; None when nobody is there, or not all of it."""
        try:
            answer = await client.request(method, QUEUE, json=body)
        except httpx2.TransportError:
            return None
        return None if answer.status_code == AWAY else answer
