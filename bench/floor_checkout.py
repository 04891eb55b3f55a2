"""The floor of buying: it writes again what Sutler wrote, row for row, in one transaction for each request."""

import time
from collections.abc import Callable

import msgspec

from bench.floor_app import Receive, Rows, Scope, Send, body, respond
from bench.plan import Plan, Step

ROOM = 1 << 12  # ids that one request may use


def question_mark(_: int) -> str:
    """SQLite's placeholder."""
    return "?"


def dollar(number: int) -> str:
    """PostgreSQL's placeholder."""
    return f"${number}"


class FloorCheckout:
    """`POST /create` answers the first of the ids that it used; `POST /complete/ID` takes it."""

    def __init__(self, rows: Rows, plan: Plan, place: Callable[[int], str]) -> None:
        self._rows, self._plan = rows, plan
        self._sql = {id(write): write.sql(place) for step in (plan.create, plan.complete) for write in step.writes}
        self._last = 0

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        await body(receive)
        first = scope["path"].rpartition("/")[2]
        if first == "create":
            opened = await self._write(self._plan.create)
            await respond(send, 200, msgspec.json.encode({"token": str(opened)}))
        else:
            await self._write(self._plan.complete, int(first))
            await respond(send, 200, self._plan.complete.answer)

    async def _write(self, step: Step, opened: int = 0) -> int:
        new = self._last = max(self._last + ROOM, (time.time_ns() // 1_000_000 - 1_645_568_542_000) << 22)
        opened = opened or new
        await self._rows.write([write.inserts(self._sql[id(write)], opened, new) for write in step.writes])
        return opened
