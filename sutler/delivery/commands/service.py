"""The queue of a game server: queueing commands, offering them under a lease, and hearing that they ran."""

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from msgspec import Struct

from sutler.catalog.products.models import CommandStage
from sutler.customers.identities.service import BadIdentity, minecraft_uuid
from sutler.delivery.command_log.service import write_down
from sutler.delivery.commands import queries
from sutler.delivery.commands.models import MOST_PER_POLL, OFFER_LEASE, CommandAttempt, may_have_run, waiting
from sutler.delivery.commands.schemas import (
    MOST_AT_ONCE,
    GetQueuedCommandsWithOnlinePlayersRequestDto,
    LinkGameServerRequestDto,
    LinkGameServerResponseDto,
    MarkQueuedCommandAsExecutedDto,
    PreviousGameServerLinkDto,
    StorefrontGameServerDto,
)
from sutler.delivery.polls.service import Quiet, Seen, ringing_when_gone, rings
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, one_of_ids, reader
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.edge.requests import ClientDisconnected, Request
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import FieldError, InvalidInput, ServiceUnavailable
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset
from sutler.servers.game_servers.models import GameServer

QUEUED: Final = "commands"  # the signal that commands were queued; its payload is the game server's id
QUIET: Final = Quiet()
SEEN: Final = Seen()


class Players(Struct, frozen=True):
    """Who is online, in the forms that rows are compared with."""

    steam_ids: list[str]
    uuids: list[str]  # dashed and in lower case, as customers have them
    names: list[str]  # in lower case

    def __bool__(self) -> bool:
        return bool(self.steam_ids or self.uuids or self.names)


def players_from(request: GetQueuedCommandsWithOnlinePlayersRequestDto) -> Players:
    """The posted lists; ids may be texts or numbers, UUIDs with or without dashes, names in any case.

    What cannot be an identity matches nobody and is no error, for one odd player must not stop the queue.
    """
    for name in ("steam_ids", "minecraft_uuids", "hytale_uuids", "customer_names"):
        _limit(getattr(request, name) or (), name)
    uuids = (_dashed(uuid) for uuid in (*(request.minecraft_uuids or ()), *(request.hytale_uuids or ())) if uuid)
    # SQLite lowers the letters from a to z only and PostgreSQL all of them, so other letters are sought in both forms.
    names = {form for name in request.customer_names or () if name for form in (name.lower(), _lower_ascii(name))}
    return Players(
        steam_ids=[str(id).strip() for id in request.steam_ids or () if id is not None],
        uuids=[uuid for uuid in uuids if uuid],
        names=sorted(names),
    )


def _limit(entries: Sequence[object], name: str) -> None:
    if len(entries) > MOST_AT_ONCE:
        text = f"{f'`{name}`' if name else 'The list'} has {len(entries)} entries; send at most {MOST_AT_ONCE} at once."
        raise InvalidInput(text, [FieldError("TooMany", text, name, "maxItems")])


def _dashed(uuid: str) -> str:
    try:
        return minecraft_uuid(uuid)
    except BadIdentity:
        return ""


def _lower_ascii(text: str) -> str:
    return "".join(char.lower() if char.isascii() else char for char in text)


async def queue(store: StoreContext, attempts: Sequence[CommandAttempt]) -> None:
    """Write commands for their servers and wake the polls that wait for them."""
    await store.add_all(attempts)
    for server_id in {attempt.gameserver_id for attempt in attempts}:
        store.notify(QUEUED, server_id)


async def call_off(store: StoreContext, item_ids: Sequence[FlakeId], stages: Sequence[CommandStage]) -> None:
    """What these items still wait for, of these stages, never runs."""
    if item_ids:
        queued = store.rows(CommandAttempt).where(
            one_of_ids(CommandAttempt.c.item_id, sorted(item_ids)), one_of(CommandAttempt.c.stage, stages), waiting
        )
        await store.change_all(queued, {"unqueued_at": clock.now()})


def caller(store: StoreContext | Shop) -> FlakeId:
    """The game server that is calling."""
    return store.actor.id or ""


async def link(store: StoreContext, new: LinkGameServerRequestDto) -> LinkGameServerResponseDto:
    """Keep where the server is. Plugins warn when the token was used from another place, so only then say so."""
    server = await store.get(GameServer, caller(store))
    place = {"ip": new.ip, "hostname": new.hostname, "platform": new.platform, "version": new.version}
    await store.run(queries.LINKED, server_id=server.id, now=clock.now(), **place)
    return LinkGameServerResponseDto(
        update_available=False,
        latest_version=None,
        gameserver=StorefrontGameServerDto(server.id, server.name, server.enabled),
        previously_linked=or_unset(_other_place(server, new)),
    )


def _other_place(server: GameServer, new: LinkGameServerRequestDto) -> PreviousGameServerLinkDto | None:
    if server.linked_at is None or (server.link_ip, server.link_hostname) == (new.ip, new.hostname):
        return None
    return PreviousGameServerLinkDto(server.link_ip or "", server.link_hostname or "", server.linked_at)


async def fetch(shop: Shop, players: Players | None, wait: float, request: Request) -> list[CommandAttempt]:
    """The commands that may run now on the calling server, leased to this answer; and a note that the server lives.

    Without players nobody's presence is known, so all of them. The answer waits up to `wait` seconds for a command.
    """
    server_id = caller(shop)
    await note_life(shop, server_id, request.client_ip)
    found = await poll(shop, server_id, players, request.client_ip)
    return found if found or not wait else await _patiently(shop, server_id, players, wait, request)


async def note_life(shop: Shop, server_id: FlakeId, ip: str) -> None:
    """Write down that a server lives, twice a minute at most."""
    if SEEN.is_news(server_id):
        with suppress(ServiceUnavailable):  # the queue matters more than the note, which comes again in half a minute
            async with shop.writing() as store:
                await store.run(queries.SEEN, server_id=server_id, now=clock.now(), ip=ip or None)


async def _patiently(
    shop: Shop, server_id: FlakeId, players: Players | None, wait: float, request: Request
) -> list[CommandAttempt]:
    deadline = time.monotonic() + wait
    with QUIET.listening(server_id) as bell, ringing_when_gone(request, bell) as gone:
        while True:
            with clock.standing_at(await _test_time(shop)):
                found = await poll(shop, server_id, players, request.client_ip)
                rest = min(QUIET.rest(server_id), deadline - time.monotonic())
            if found or rest <= 0:
                return found
            await rings(bell, rest)
            if gone.done():
                raise ClientDisconnected


async def _test_time(shop: Shop) -> datetime | None:
    """Where the store's test clock, if it has one, stands by now: it may be moved while a poll waits."""
    if not clock.is_test_time():
        return None
    async with shop.reading() as store:
        return await stands_at(store.connection, shop.store_id)


async def poll(shop: Shop, server_id: FlakeId, players: Players | None, ip: str) -> list[CommandAttempt]:
    """What can be offered now: nothing is written, and mostly not even read, when there is nothing."""
    if QUIET.holds(server_id):
        return []
    signals = QUIET.signals
    async with shop.reading() as store:
        ids = await _due(store, server_id, players)
        if not ids:
            await _note_silence(store, server_id, signals)
            return []
    async with shop.writing() as store:
        return await _offer(store, server_id, ids, ip)


async def _due(store: StoreContext, server_id: FlakeId, players: Players | None) -> list[FlakeId]:
    """The commands that nobody holds, those of players who are online first, then the oldest."""
    if not await store.run(queries.ANY, server_id=server_id):
        return []
    now = clock.now()
    if players is None:
        return [str(id) for (id,) in await store.run(queries.OLDEST, server_id=server_id, now=now)]
    found: list[FlakeId] = []
    if players:
        lists = {"steam_ids": players.steam_ids, "uuids": players.uuids, "names": players.names}
        found += [str(id) for (id,) in await store.run(queries.OF_PLAYERS, server_id=server_id, now=now, **lists)]
    if len(found) < MOST_PER_POLL:
        found += [str(id) for (id,) in await store.run(queries.FOR_ANYBODY, server_id=server_id, now=now)]
    return list(dict.fromkeys(found))[:MOST_PER_POLL]


async def _note_silence(store: StoreContext, server_id: FlakeId, signals: int) -> None:
    """Remember that nothing is free; commands that only wait for their player are looked for each time."""
    first = await store.run(queries.FIRST_LEASE_END, server_id=server_id)
    if not first:
        QUIET.remember(server_id, None, signals)
    elif (moment := first[0][0]) is not None:
        QUIET.remember(server_id, datetime.fromisoformat(moment) if isinstance(moment, str) else moment, signals)


async def _offer(store: StoreContext, server_id: FlakeId, ids: list[FlakeId], ip: str) -> list[CommandAttempt]:
    """Lease what nobody else took since; a poll that overlaps with this one gets the rest."""
    now = clock.now()
    rows = await store.run(queries.OFFER, server_id=server_id, ids=ids, now=now, until=now + OFFER_LEASE)
    read = reader(CommandAttempt, store.connection.dialect)
    place = {id: number for number, id in enumerate(ids)}
    offered = sorted((read(row) for row in rows), key=lambda attempt: place[attempt.id])
    await write_down(store, "offered", offered, ip)
    return offered


def ids_from(executed: Sequence[MarkQueuedCommandAsExecutedDto]) -> list[FlakeId]:
    """The ids of an acknowledgement; what cannot be an id is none of ours and must not fail the others."""
    _limit(executed, "")
    return [id for one in executed if looks_like_id(id := str(one.attempt_id))]


async def acknowledge(store: StoreContext, server_id: FlakeId, ids: Iterable[FlakeId], ip: str) -> list[CommandAttempt]:
    """Note that these commands ran, and return those for which this is news.

    Ids that are unknown, repeated, of another server, acknowledged before or called off before they were ever offered
    change nothing. A command that was called off after it had been offered did run if its server says so.
    """
    wanted = sorted(set(ids), key=int)
    if not wanted:
        return []
    theirs = store.rows(CommandAttempt).where(
        one_of_ids(CommandAttempt.c.id, wanted), CommandAttempt.c.gameserver_id == server_id, may_have_run
    )
    news = await store.change_all(theirs, {"executed_at": clock.now(), "executed_by_ip": ip or None})
    await write_down(store, "acknowledged", news, ip)
    return news
