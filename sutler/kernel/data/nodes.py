"""Node numbers for ids: leased from the database, so that no two processes ever make the same id."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Self

import structlog
from sqlalchemy import BigInteger, Column, Integer, Table, Text, insert, select, update

from sutler.kernel.data.database import Database
from sutler.kernel.data.processes import Process
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.data.records import metadata
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import NODES, FlakeClock, process_clock

LEASE_SECONDS = 30.0
RENEWAL_SECONDS = 10.0
RETRY_SECONDS = 1.0
Row = Sequence[Any]  # of the table below
log = structlog.get_logger("sutler.nodes")

nodes = Table(
    "nodes",
    metadata,
    Column("node", Integer, primary_key=True, autoincrement=False),
    Column("holder", Text, nullable=False),
    Column("leased_until_ms", BigInteger, nullable=False),  # Unix time; 0 once the holder has given it back
    Column("high_water_ms", BigInteger, nullable=False),  # no id of this node is from a later millisecond
)

ALL = Statement(select(nodes).order_by(nodes.c.node))
NEW: dict[str, Any] = {"holder": param("new_holder"), "leased_until_ms": param("until"), "high_water_ms": param("bound")}
ADD = Statement(insert(nodes).values(node=param("node"), **NEW))
HELD = (nodes.c.node == param("held")) & (nodes.c.holder == param("old_holder"))
SUCCEED = Statement(
    update(nodes).where(HELD, nodes.c.leased_until_ms == param("old_until")).values(NEW).returning(nodes.c.node)
)
RENEW = Statement(update(nodes).where(HELD).values(NEW).returning(nodes.c.node))


class NodeLease(AbstractAsyncContextManager["NodeLease"]):
    """A node number of this process's own, as long as it is entered; renewed in the background.

    Two processes never share ids even if both believe that they hold the node: whoever takes it or renews it
    first writes down an upper bound of the milliseconds it will use, and its successor starts above that.
    When a lease cannot be renewed in time, as on a disk that is full, making ids raises ServiceUnavailable until it can.
    """

    def __init__(
        self,
        database: Database,
        clock: FlakeClock = process_clock,
        *,
        lease: float = LEASE_SECONDS,
        renewal: float = RENEWAL_SECONDS,
    ) -> None:
        self._database, self._clock, self._lease, self._renewal = database, clock, lease, renewal
        self._lease_ms, self._holder = int(lease * 1000), ""
        self._expiry: asyncio.TimerHandle | None = None
        self.node = -1

    async def __aenter__(self) -> Self:
        self._holder = (await asyncio.to_thread(Process.current)).text()
        await self._take()
        self._keeper = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._keeper.cancel()
        await asyncio.wait([self._keeper])
        self._stop()
        try:
            await self._write(until=0, bound=self._clock.last_ms)
        except Exception as error:  # noqa: BLE001 - a lease that is not given back runs out
            log.warning("could not give the node number back", node=self.node, error=f"{type(error).__name__}: {error}")

    async def _take(self) -> None:
        """Lease the lowest node number that is free; RuntimeError when none is."""
        async with self._database.reading() as connection:
            known = {row[0]: row for row in await ALL.run(connection)}
        taken = await asyncio.to_thread(lambda: {node for node, row in known.items() if not is_free(row)})
        for node in range(NODES):
            if node not in taken and await self._try(node, known.get(node)):
                log.debug("took a node number", node=node)
                return
        raise RuntimeError(f"All {NODES} node numbers are leased, so this process cannot make ids. Stop another one first.")

    async def _try(self, node: int, row: Row | None) -> bool:
        """Lease this node number unless another process is faster."""
        floor = row[3] if row else 0
        began, now = asyncio.get_running_loop().time(), unix_ms()
        bound = max(now, floor, self._clock.last_ms) + self._lease_ms
        new = {"new_holder": self._holder, "until": now + self._lease_ms, "bound": bound}
        try:
            async with self._database.writing() as connection:
                if row is None:
                    await ADD.run(connection, node=node, **new)
                elif not await SUCCEED.run(connection, held=node, old_holder=row[1], old_until=row[2], **new):
                    return False
        except Conflict:
            return False
        self.node = node
        self._clock.grant(node, above_ms=floor, until_ms=bound)
        self._expire_at(began + self._lease)
        return True

    async def _keep(self) -> None:
        """Renew the lease for as long as it is held, and take another node if this one was lost."""
        pause = self._renewal
        while True:
            await asyncio.sleep(pause)
            try:
                if not await self._renew():
                    self._lapse()
                    log.error("the node number was taken over by another process", node=self.node)
                    await self._take()
                pause = self._renewal
            except Exception as error:  # noqa: BLE001 - as long as the lease lasts, it can be tried again
                log.warning("could not renew the node number", node=self.node, error=f"{type(error).__name__}: {error}")
                pause = min(RETRY_SECONDS, self._renewal)

    async def _renew(self) -> bool:
        began, now = asyncio.get_running_loop().time(), unix_ms()
        bound = max(now, self._clock.last_ms) + self._lease_ms
        if not await self._write(until=now + self._lease_ms, bound=bound):
            return False
        self._clock.grant(self.node, above_ms=0, until_ms=bound)
        self._expire_at(began + self._lease)
        return True

    async def _write(self, *, until: int, bound: int) -> bool:
        """Change the lease if it is still ours."""
        own = {"held": self.node, "old_holder": self._holder, "new_holder": self._holder}
        async with self._database.writing() as connection:
            return bool(await RENEW.run(connection, **own, until=until, bound=bound))

    def _expire_at(self, moment: float) -> None:
        if self._expiry is not None:
            self._expiry.cancel()
        self._expiry = asyncio.get_running_loop().call_at(moment, self._expire)

    def _expire(self) -> None:
        self._lapse()
        log.critical("the lease of the node number ran out, so no ids can be made until it is renewed", node=self.node)

    def _lapse(self) -> None:
        self._stop()
        self._clock.lapse()

    def _stop(self) -> None:
        self._clock.revoke()
        if self._expiry is not None:
            self._expiry.cancel()
            self._expiry = None


def unix_ms() -> int:
    """The wall clock, which ids follow too."""
    return time.time_ns() // 1_000_000


def is_free(row: Row) -> bool:
    """Whether the lease in this row has run out, or its holder was a process of this machine that is gone."""
    return bool(row[2] <= unix_ms()) or Process.from_text(row[1]).is_gone()
