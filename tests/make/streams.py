"""A client of streams: HTTP clients in tests wait for the end of an answer, which has none."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.requests import Message
from tests.make.delivery import QUEUE

PATIENCE = 10.0  # seconds


class Listener:
    """One connection. It reads all the time, unless `reads` is cleared."""

    def __init__(self, app: Application, authorization: str, query: str, method: str) -> None:
        self.status, self.headers, self.body = 0, dict[str, str](), b""
        self.reads, self._gone, self._news = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.reads.set()
        self._asked = False
        scope = {
            "type": "http", "method": method, "path": f"{QUEUE}/stream", "query_string": query.encode(),
            "headers": [(b"authorization", authorization.encode())], "client": ("127.0.0.1", 1),
        }  # fmt: skip
        self.task = asyncio.create_task(app(scope, self._receive, self._send))

    @property
    def events(self) -> list[dict[str, Any]]:
        """The commands that came, in full."""
        blocks = [block.split("\n") for block in self.body.decode().split("\n\n")]
        return [json.loads(block[2].removeprefix("data: ")) for block in blocks if block[0] == "event: command"]

    @property
    def commands(self) -> list[str]:
        """The texts of the commands that came."""
        return [event["command"] for event in self.events]

    async def begins(self) -> "Listener":
        """Wait for the status."""
        await self._until(lambda: self.status)
        return self

    async def gets(self, count: int) -> list[str]:
        """Wait until so many commands have come."""
        await self._until(lambda: len(self.events) >= count)
        return self.commands

    async def ends(self) -> None:
        """Wait for the end."""
        await asyncio.wait_for(asyncio.shield(self.task), PATIENCE)

    async def hangs_up(self) -> None:
        """Go away, and wait until that was noticed."""
        self.reads.set()
        self._gone.set()
        await self.ends()

    async def _until(self, done: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not done():
                self._news.clear()
                await self._news.wait()

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")
        self._news.set()


@asynccontextmanager
async def listening(
    app: Application, server: dict[str, Any], query: str = "", method: str = "GET"
) -> AsyncIterator[Listener]:  # fmt: skip
    """A game server that listens, once it is answered."""
    listener = Listener(app, f"Gameserver {server['token']}", query, method)
    try:
        yield await listener.begins()
    finally:
        await listener.hangs_up()
