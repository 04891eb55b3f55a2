"""The queue of a game server: queueing commands, offering them under a lease, and hearing that they ran."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from sutler.delivery.commands import queries
from sutler.delivery.commands.models import OFFER_LEASE, CommandAttempt, waiting
from sutler.delivery.commands.schemas import (
    GetQueuedCommandsWithOnlinePlayersRequestDto,
    LinkGameServerRequestDto,
    LinkGameServerResponseDto,
    PreviousGameServerLinkDto,
    StorefrontGameServerDto,
)
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids, reader
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset
from sutler.servers.game_servers.models import GameServer

QUEUED: Final = "commands"  # the signal that commands were queued; its payload is the game server's id
QUIET_SECONDS: Final = 2.0  # how long a process may believe that nothing waits, should it miss a signal
SEEN_SECONDS: Final = 30.0
MOST_REMEMBERED: Final = 10_000


class Players(Struct, frozen=True):
    """Who is online, in the forms that rows are compared with."""

    steam_ids: list[str]
    uuids: list[str]  # without dashes, in lower case
    names: list[str]  # in lower case


def players_from(request: GetQueuedCommandsWithOnlinePlayersRequestDto) -> Players:
    """The posted lists; ids may be texts or numbers, UUIDs with or without dashes, names in any case."""
    uuids = [*(request.minecraft_uuids or ()), *(request.hytale_uuids or ())]
    return Players(
        [str(id) for id in request.steam_ids or ()],
        [uuid.replace("-", "").lower() for uuid in uuids],
        [name.lower() for name in request.customer_names or ()],
    )


class Quiet:
    """Which servers have nothing waiting, as far as this process knows: their polls cost no statement.

    Nothing can hide behind it for longer than two seconds, even if a signal is lost.
    """

    def __init__(self) -> None:
        self._until: dict[FlakeId, float] = {}
        self._bells: dict[FlakeId, asyncio.Event] = {}

    def holds(self, server_id: FlakeId) -> bool:
        """Whether there is certainly nothing to offer."""
        return self._until.get(server_id, 0.0) > time.monotonic()

    def remember(self, server_id: FlakeId, lease_end: datetime | None) -> None:
        """Nothing waits now; the next offer can be no sooner than the first lease ends."""
        seconds = QUIET_SECONDS
        if lease_end is not None:
            seconds = min(seconds, max(0.0, (lease_end - clock.now()).total_seconds()))
        if len(self._until) >= MOST_REMEMBERED:
            self._until.clear()
        self._until[server_id] = time.monotonic() + seconds

    def disturb(self, server_id: FlakeId) -> None:
        """Commands were queued: look, and wake who waits. An empty id means that any server may be meant."""
        if server_id:
            self._until.pop(server_id, None)
        else:
            self._until.clear()
        for id in [server_id] if server_id else list(self._bells):
            bell = self._bells.pop(id, None)
            if bell is not None:
                bell.set()

    async def wait(self, server_id: FlakeId, seconds: float) -> None:
        """Sleep until commands are queued for this server, or so many seconds."""
        bell = self._bells.setdefault(server_id, asyncio.Event())
        try:
            await asyncio.wait_for(bell.wait(), seconds)
        except TimeoutError:
            return


class Seen:
    """When this process last wrote down that a server calls: a poll every few seconds need not be a write each time."""

    def __init__(self) -> None:
        self._next: dict[FlakeId, float] = {}

    def is_news(self, server_id: FlakeId) -> bool:
        """Whether half a minute has passed since the last note."""
        now = time.monotonic()
        if self._next.get(server_id, 0.0) > now:
            return False
        if len(self._next) >= MOST_REMEMBERED:
            self._next.clear()
        self._next[server_id] = now + SEEN_SECONDS
        return True


QUIET: Final = Quiet()
SEEN: Final = Seen()


async def queue(store: StoreContext, attempts: Sequence[CommandAttempt]) -> None:
    """Write commands for their servers and wake those that wait."""
    await store.add_all(attempts)
    for server_id in {attempt.gameserver_id for attempt in attempts}:
        store.notify(QUEUED, server_id)


def caller(store: StoreContext | Shop) -> FlakeId:
    """The game server that is calling."""
    return store.actor.id or ""


async def link(store: StoreContext, new: LinkGameServerRequestDto) -> LinkGameServerResponseDto:
    """Keep where the server is. Plugins warn when the token was used from another place, so only then say so."""
    server = await store.get(GameServer, caller(store))
    previous = _other_place(server, new)
    place = {"link_ip": new.ip, "link_hostname": new.hostname, "link_platform": new.platform, "link_version": new.version}
    await store.change(server, place | {"linked_at": clock.now()})
    return LinkGameServerResponseDto(
        update_available=False,
        latest_version=None,
        gameserver=StorefrontGameServerDto(server.id, server.name, server.enabled),
        previously_linked=or_unset(previous),
    )


def _other_place(server: GameServer, new: LinkGameServerRequestDto) -> PreviousGameServerLinkDto | None:
    if server.linked_at is None or (server.link_ip, server.link_hostname) == (new.ip, new.hostname):
        return None
    return PreviousGameServerLinkDto(server.link_ip or "", server.link_hostname or "", server.linked_at)


async def fetch(shop: Shop, players: Players | None, wait: float, ip: str) -> list[CommandAttempt]:
    """What the calling server asked for; and a note, now and then, that it still calls."""
    server_id = caller(shop)
    if SEEN.is_news(server_id):
        async with shop.writing() as store:
            await store.run(queries.SEEN, server_id=server_id, now=clock.now(), ip=ip)
    return await poll(shop, server_id, players, wait)


async def poll(shop: Shop, server_id: FlakeId, players: Players | None, wait: float = 0) -> list[CommandAttempt]:
    """The commands that may run now, leased to this answer. Without players nobody's presence is known, so all of them.

    Waits up to `wait` seconds for one to come.
    """
    deadline = time.monotonic() + wait
    while True:
        found = await _look(shop, server_id, players)
        left = deadline - time.monotonic()
        if found or left <= 0:
            return found
        await QUIET.wait(server_id, min(left, QUIET_SECONDS))


async def _look(shop: Shop, server_id: FlakeId, players: Players | None) -> list[CommandAttempt]:
    if QUIET.holds(server_id):
        return []
    async with shop.reading() as store:
        ids = await _due(store, server_id, players)
        if not ids:
            await _note_silence(store, server_id)
            return []
    async with shop.writing() as store:
        return await _lease(store, server_id, ids)


async def _due(store: StoreContext, server_id: FlakeId, players: Players | None) -> list[FlakeId]:
    """The commands that nobody holds, those of players who are online first, then the oldest."""
    now = clock.now()
    if players is None:
        found = await store.run(queries.OLDEST, server_id=server_id, now=now)
    else:
        lists = {"steam_ids": players.steam_ids, "uuids": players.uuids, "names": players.names}
        found = await store.run(queries.OLDEST_FOR_PLAYERS, server_id=server_id, now=now, **lists)
    return [str(row[0]) for row in found]


async def _note_silence(store: StoreContext, server_id: FlakeId) -> None:
    """Remember that nothing waits; commands that only wait for their player are looked for each time."""
    now = clock.now()
    if await store.run(queries.ANY_WAITING, server_id=server_id, now=now):
        return
    ((moment,),) = await store.run(queries.FIRST_LEASE_END, server_id=server_id, now=now)
    QUIET.remember(server_id, datetime.fromisoformat(moment) if isinstance(moment, str) else moment)


async def _lease(store: StoreContext, server_id: FlakeId, ids: list[FlakeId]) -> list[CommandAttempt]:
    """Take what nobody else took since; a poll that overlaps with this one gets the rest."""
    now = clock.now()
    rows = await store.run(queries.OFFER, server_id=server_id, ids=ids, now=now, until=now + OFFER_LEASE)
    read = reader(CommandAttempt, store.connection.dialect)
    place = {id: number for number, id in enumerate(ids)}
    return sorted((read(row) for row in rows), key=lambda attempt: place[attempt.id])


async def acknowledge(store: StoreContext, server_id: FlakeId, ids: Iterable[FlakeId], ip: str) -> list[CommandAttempt]:
    """Note that these commands ran, and return those for which this is news.

    Ids that are unknown, repeated, of another server, unqueued or acknowledged before change nothing.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return []
    theirs = store.rows(CommandAttempt).where(
        one_of_ids(CommandAttempt.c.id, wanted), CommandAttempt.c.gameserver_id == server_id, waiting
    )
    return await store.change_all(theirs, {"executed_at": clock.now(), "executed_by_ip": ip or None})
