"""The clients of game servers, which fetch commands and run each of them once."""

from __future__ import annotations

import inspect
import os
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypedDict

from sutler_sdk._generated.gameserver.models.delivery import QueuedCommandDto
from sutler_sdk._generated.gameserver.operations.delivery import (
    GET_QUEUED_COMMANDS_WITH_ONLINE_PLAYERS as POLL,
)
from sutler_sdk._generated.gameserver.tags import AsyncGameserverTags, GameserverTags
from sutler_sdk._options import AsyncOptions, SyncOptions, credentials
from sutler_sdk._version import __version__
from sutler_sdk._work import ANSWERING_TIME, DidItRun, Pace, Players, Work, tell_linked
from sutler_sdk.clients import AsyncClient, Client
from sutler_sdk.errors import SutlerError
from sutler_sdk.journal import Journal
from sutler_sdk.retries import Retries

if TYPE_CHECKING:
    from typing_extensions import Unpack

ONCE = Retries(attempts=1)  # `run` has a patience of its own


class Introduction(TypedDict, total=False):
    """How a game server introduces itself: its address, its name, its game, and the version of its plugin."""

    ip: str
    hostname: str
    platform: str
    version: str


class GameServerClient(GameserverTags, Client):
    """Fetches and acknowledges commands with the token of a game server."""

    def __init__(self, token: str, **options: Unpack[SyncOptions]) -> None:
        self._start(credentials("Gameserver", token), {}, options)

    def poll(self, players: Players | None = None, *, wait: float = 0.0) -> list[QueuedCommandDto]:
        """The commands that are queued for this game server; those that need their player come only if `players` has them.

        `wait`: seconds for which a server that is able to holds the poll until there is a command, 30 at most; 0 asks
        for what is there. What was run is acknowledged with `delivery.mark_queued_command_executed_bulk`, or it comes
        again; `run` does all of this.
        """
        query = {"wait": f"{wait:g}"} if wait else None
        body = (players or Players()).body
        return self._transport.call(POLL, query=query, body=body, timeout=wait + ANSWERING_TIME)

    def run(  # noqa: PLR0913 - one parameter for each habit of a game server
        self,
        on_command: Callable[[QueuedCommandDto], object],
        *,
        journal: str | os.PathLike[str],
        players: Callable[[], Players] = Players,
        did_it_run: DidItRun | None = None,
        interval: float = 10.0,
        stop: threading.Event | None = None,
        **introduction: Unpack[Introduction],
    ) -> None:
        """Link, then fetch commands and have each run once, until `stop` is set; at the latest `interval` seconds later.

        `on_command` runs one command. If it returns False or raises an exception, the command did not run and comes
        again; anything else means that it ran. What ran is written to the file `journal` before it is acknowledged, so
        that a crash never runs a command twice. If the program ends while `on_command` is at work, nobody knows how far
        it came: `did_it_run` is asked when the command comes again (True: it ran; False: run it; None: leave it alone),
        and without it such a command is neither run nor acknowledged.

        `players` answers who is online; commands that need their player wait until they are. `interval`: seconds
        between polls, and for how long a server that is able to is asked to wait for a command.

        While the server is away, try again and again. ApiError when it refuses the token; JournalInUse when another
        process uses the journal.
        """
        patient, pace, ended = self.with_options(retries=ONCE), Pace(interval), stop or threading.Event()
        greeting = _introduced(introduction)
        with Journal(journal) as book:
            work, linked = Work(book, did_it_run), False
            while not ended.is_set():
                began = time.monotonic()
                try:
                    if not linked:
                        tell_linked(patient.delivery.link_game_server(**greeting))
                        linked = True
                    progress = patient._round(on_command, players(), pace, work)  # noqa: SLF001 - it is one of ours
                    pause = pace.after_round(time.monotonic() - began, progress=progress)
                except SutlerError as error:
                    pause = pace.after_failure(error)
                ended.wait(pause)

    def _round(self, on_command: Callable[[QueuedCommandDto], object], players: Players, pace: Pace, work: Work) -> bool:
        """One poll and what follows from it; answers whether anything was run."""
        self._acknowledge(work.journal)
        offered = self.poll(players, wait=pace.wait)
        progress = False
        for command in work.to_run(offered):
            work.journal.begin(command.attempt_id)
            try:
                outcome = on_command(command)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are to run
                work.failed(command, error)
            else:
                progress |= work.finish(command, outcome)
        self._acknowledge(work.journal)
        return progress

    def _acknowledge(self, journal: Journal) -> None:
        if ids := journal.unacknowledged():
            self.delivery.mark_queued_command_executed_bulk([{"attempt_id": id} for id in ids])
            journal.acknowledged(ids)


class AsyncGameServerClient(AsyncGameserverTags, AsyncClient):
    """Fetches and acknowledges commands with the token of a game server."""

    def __init__(self, token: str, **options: Unpack[AsyncOptions]) -> None:
        self._start(credentials("Gameserver", token), {}, options)

    async def poll(self, players: Players | None = None, *, wait: float = 0.0) -> list[QueuedCommandDto]:
        """The commands that are queued for this game server; those that need their player come only if `players` has them.

        `wait`: seconds for which a server that is able to holds the poll until there is a command, 30 at most; 0 asks
        for what is there. What was run is acknowledged with `delivery.mark_queued_command_executed_bulk`, or it comes
        again; `run` does all of this.
        """
        query = {"wait": f"{wait:g}"} if wait else None
        body = (players or Players()).body
        return await self._transport.call(POLL, query=query, body=body, timeout=wait + ANSWERING_TIME)

    async def run(
        self,
        on_command: Callable[[QueuedCommandDto], Awaitable[object] | object],
        *,
        journal: str | os.PathLike[str],
        players: Callable[[], Players] = Players,
        did_it_run: DidItRun | None = None,
        interval: float = 10.0,
        **introduction: Unpack[Introduction],
    ) -> None:
        """As `GameServerClient.run`, until it is cancelled; `on_command` may be awaited.

        A command that is cancelled in the middle is one of which nobody knows whether it ran.
        """
        import asyncio  # noqa: PLC0415 - it is large, and only loaded by those who use it anyway

        patient, pace, linked = self.with_options(retries=ONCE), Pace(interval), False
        greeting = _introduced(introduction)
        with Journal(journal) as book:
            work = Work(book, did_it_run)
            while True:
                began = time.monotonic()
                try:
                    if not linked:
                        tell_linked(await patient.delivery.link_game_server(**greeting))
                        linked = True
                    progress = await patient._round(on_command, players(), pace, work)  # noqa: SLF001 - it is one of ours
                    pause = pace.after_round(time.monotonic() - began, progress=progress)
                except SutlerError as error:
                    pause = pace.after_failure(error)
                await asyncio.sleep(pause)

    async def _round(
        self,
        on_command: Callable[[QueuedCommandDto], Awaitable[object] | object],
        players: Players,
        pace: Pace,
        work: Work,
    ) -> bool:
        """One poll and what follows from it; answers whether anything was run.

        The journal is written without a pause in which this could be cancelled, so that only a command that has begun
        can be in doubt.
        """
        await self._acknowledge(work.journal)
        offered = await self.poll(players, wait=pace.wait)
        progress = False
        for command in work.to_run(offered):
            work.journal.begin(command.attempt_id)
            try:
                outcome = on_command(command)
                outcome = await outcome if inspect.isawaitable(outcome) else outcome
            except Exception as error:  # noqa: BLE001 - whatever it is, the others are to run
                work.failed(command, error)
            else:
                progress |= work.finish(command, outcome)
        await self._acknowledge(work.journal)
        return progress

    async def _acknowledge(self, journal: Journal) -> None:
        if ids := journal.unacknowledged():
            await self.delivery.mark_queued_command_executed_bulk([{"attempt_id": id} for id in ids])
            journal.acknowledged(ids)


def _introduced(given: Introduction) -> Introduction:
    """What was given, and sensible words for the rest."""
    common: Introduction = {
        "ip": "",
        "hostname": socket.gethostname(),
        "platform": "Python",
        "version": __version__,
    }
    return {**common, **given}
