"""Ends long polls and streams when the server stops: polls are answered at once, with the commands that they got or none."""

import asyncio
from typing import Any

from sutler.kernel.edge.asgi import AsgiApp
from sutler.kernel.edge.requests import JSON, Message, Receive, Scope, Send

QUEUE = "/v1/delivery/command-queue"
STREAM = f"{QUEUE}/stream"
GONE: Message = {"type": "http.disconnect"}
START: Message = {"type": "http.response.start", "status": 200, "headers": [JSON, (b"content-length", b"2")]}
NOTHING: Message = {"type": "http.response.body", "body": b"[]"}


def may_wait(scope: Scope) -> bool:
    """Whether a request is a stream, or a poll that says how long it waits."""
    path: str = scope["path"]
    return path.startswith(QUEUE) and (bool(scope["query_string"]) or path.rstrip("/") == STREAM)


class Stoppable:
    """An application whose long polls and streams hear, when the server stops, that their client is gone.

    What polls answer then, if they do not already have a command, is an empty list; streams just end.
    """

    def __init__(self, app: AsgiApp) -> None:
        self._app, self._stopped = app, asyncio.Event()

    def stop(self) -> None:
        """Let no poll wait any longer, and no stream go on."""
        self._stopped.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; only those are watched that may wait."""
        if scope["type"] != "http" or not may_wait(scope):
            await self._app(scope, receive, send)
            return
        answered = False

        async def note(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        await self._app(scope, lambda: self._receive(receive), note)
        if not answered and self._stopped.is_set():
            await send(START)
            await send(NOTHING)

    async def _receive(self, receive: Receive) -> Message:
        tasks: list[asyncio.Future[Any]] = [asyncio.ensure_future(receive()), asyncio.ensure_future(self._stopped.wait())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return tasks[0].result() if tasks[0] in done else GONE
        finally:
            for task in tasks:
                task.cancel()
