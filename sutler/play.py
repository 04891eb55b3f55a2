"""A pretend game server: players come and go, it fetches its commands, shows them instead of running them, and says so."""

import json
import re
import socket
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Protocol

import msgspec
from rich.console import Console
from rich.text import Text

from sutler import __version__
from sutler.commands.calls import Away, reaching
from sutler.commands.following import commands_in, is_here
from sutler.kernel import clock
from sutler_sdk import GameServerClient, Players, QueuedCommandDto
from sutler_sdk.types.gameserver import (
    LinkGameServerResponseDto,
    ReportGameServerEventsEntryInput,
    ReportGameServerEventsEntryPlayerJoinInput,
)

STREAM = "/v1/delivery/command-queue/stream"
REMEMBERED = 1_000  # commands that are not run a second time, whatever the server says
PAUSE = 1.0  # seconds between polls that do not wait, and between streams
SILENCE = 45.0  # seconds without a sign of life after which a stream is given up
ATTENTIVE = 1.0  # seconds that a poll waits while somebody types
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0  # seconds between attempts to reach a server that is away
STEAM_ID = re.compile(r"\d{17}")
UUID = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


class Screen(Protocol):
    """Where a pretend game server shows what happens to it."""

    def linked(self, link: LinkGameServerResponseDto) -> None:
        """The token was accepted; `previously_linked` is the other place it was last used from."""

    def command(self, command: QueuedCommandDto) -> None:
        """A command was run."""

    def away(self, why: str) -> None:
        """The server cannot be reached for now."""

    def player(self, player: str, what: str) -> None:
        """A player `joined` or `left`."""

    def confused(self, line: str) -> None:
        """This was typed, and means nothing."""


def online(players: Sequence[str]) -> Players:
    """The players as a plugin posts them: 17 digits are a Steam id, a UUID is a Minecraft player, all else a name."""
    steam_ids = [player for player in players if STEAM_ID.fullmatch(player)]
    minecraft_uuids = [player for player in players if UUID.fullmatch(player)]
    return Players(steam_ids, minecraft_uuids, [one for one in players if one not in {*steam_ids, *minecraft_uuids}])


def join_of(player: str) -> ReportGameServerEventsEntryInput:
    """What a plugin reports of a player who joined just now."""
    who = online([player])
    join: ReportGameServerEventsEntryPlayerJoinInput = {"ip_address": "127.0.0.1"}
    if who.steam_ids:
        join["steam_id"] = player
    elif who.minecraft_uuids:
        join["minecraft_uuid"] = player
    else:
        join["minecraft_name"] = player
    return {"event": "player_join", "timestamp": clock.real_now(), "player_join": join}


class GameServer:
    """One game server with its plugin."""

    def __init__(  # noqa: PLR0913 - one parameter for each thing that can be pretended
        self,
        url: str,
        client: GameServerClient,
        players: Sequence[str],
        screen: Screen,
        interval: float,
        *,
        streams: bool = False,
    ) -> None:
        """`url` is where the client calls. `streams`: commands come over a stream, which knows nothing of who is online."""
        self._url, self._client, self._screen, self._interval, self._streams = url, client, screen, interval, streams
        self._players = list(players)
        self._joins = [join_of(player) for player in players]  # not yet reported
        self._done: deque[str] = deque(maxlen=REMEMBERED)
        self._unsaid: list[str] = []  # commands that were run and not yet acknowledged
        self._ran = 0

    def play(self, *, once: bool = False) -> int:
        """Link, then fetch and run commands for ever, or just once; returns how many were run.

        Refusal when the server does not want this one. While it is away, try again and again.
        """
        step = partial(self._follow, once=once) if self._streams else self._round
        self._patiently(self._link)
        self._patiently(step)
        while not once:
            self._patiently(step)
        return self._ran

    def listen(self, lines: Iterable[str]) -> None:
        """Let players come and go as lines say, `join NAME` and `leave NAME`, until there are no more; in its own thread."""
        self._interval = min(self._interval, ATTENTIVE)
        for line in lines:
            word, _, player = line.strip().partition(" ")
            player = player.strip()
            if word == "join" and player and player not in self._players:
                self._joins.append(join_of(player))
                self._players.append(player)
                self._screen.player(player, "joined")
            elif word == "leave" and player in self._players:
                self._players.remove(player)
                self._screen.player(player, "left")
            elif word:
                self._screen.confused(line.strip())

    def _patiently(self, step: Callable[[], None]) -> None:
        pause, told = FIRST_PAUSE, False
        while True:
            try:
                with reaching(self._url):
                    step()
                return
            except Away as error:
                if not told:  # once for each time that it is away
                    self._screen.away(str(error))
                told = True
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)

    def _link(self) -> None:
        name = socket.gethostname()
        link = self._client.delivery.link_game_server(ip="127.0.0.1", hostname=name, platform="Sutler", version=__version__)
        self._screen.linked(link)

    def _round(self) -> None:
        """One poll, which waits for a command, and what follows from it."""
        began = time.monotonic()
        self._acknowledge()
        self._report()
        queued = self._client.poll(online(self._players), wait=self._interval)
        self._run(queued)
        left = self._interval - (time.monotonic() - began)
        if not queued and left > 0:  # the server stops, or does not know how to wait
            time.sleep(min(left, PAUSE))

    def _follow(self, *, once: bool) -> None:
        """One stream up to its end. A command that needs its player waits for them: it comes again in half a minute."""
        self._acknowledge()
        lines = self._client.with_options(timeout=SILENCE).lines(STREAM, query={"seconds": 0 if once else None})
        for command in commands_in(lines):
            self._report()
            if command is not None and (not command.online_only or is_here(command, self._players)):
                self._run([command])
        if not once:
            time.sleep(PAUSE)

    def _run(self, queued: Sequence[QueuedCommandDto]) -> None:
        """Run what was not run before, and say so."""
        new = [command for command in queued if command.attempt_id not in self._done]
        for command in new:
            self._screen.command(command)
            self._done.append(command.attempt_id)
            self._ran += 1
        self._unsaid += [command.attempt_id for command in queued]
        self._acknowledge()

    def _report(self) -> None:
        if joins := list(self._joins):
            self._client.delivery.report_game_server_events(joins)
            del self._joins[: len(joins)]

    def _acknowledge(self) -> None:
        if self._unsaid:
            self._client.delivery.mark_queued_command_executed_bulk([{"attempt_id": id} for id in self._unsaid])
            self._unsaid.clear()


class ForPeople:
    """Coloured lines on a terminal."""

    def __init__(self) -> None:
        self._out, self._err = Console(highlight=False), Console(stderr=True, highlight=False)

    def linked(self, link: LinkGameServerResponseDto) -> None:
        """Say as which server."""
        self._line("linked", "green", f"as {link.gameserver.name} ({link.gameserver.id})")
        if before := link.previously_linked:
            self._line("careful", "yellow", f"this token was used from {before.host_name} ({before.ip}) before")

    def command(self, command: QueuedCommandDto) -> None:
        """Show what a real server would run, and for whom."""
        player = command.customer_name or command.steam_id or command.minecraft_uuid
        self._line("command", "cyan", command.command, f"  for {player}" if player else "")

    def away(self, why: str) -> None:
        """Say so where it does not get between the commands."""
        self._err.print(Text(f"{why} Trying again …", "yellow"), soft_wrap=True)

    def player(self, player: str, what: str) -> None:
        """Show who came or went."""
        self._line(what, "magenta", player)

    def confused(self, line: str) -> None:
        """Say what can be typed."""
        self._err.print(Text(f"{line!r} means nothing here. Type `join NAME` or `leave NAME`.", "yellow"), soft_wrap=True)

    def _line(self, what: str, style: str, text: str, more: str = "") -> None:
        moment = f"{clock.real_now().astimezone():%H:%M:%S}"
        self._out.print(Text.assemble((moment, "dim"), "  ", (f"{what:8}", style), text, (more, "dim")), soft_wrap=True)


class ForPrograms:
    """One JSON object on each line."""

    def linked(self, link: LinkGameServerResponseDto) -> None:
        """`{"event": "linked", "gameserver": …, "previously_linked": …}` and more."""
        self._line({"event": "linked", **msgspec.to_builtins(link)})

    def command(self, command: QueuedCommandDto) -> None:
        """`{"event": "command", …}` with the members of a queued command."""
        self._line({"event": "command", **msgspec.to_builtins(command)})

    def away(self, why: str) -> None:
        """`{"event": "away", "reason": …}`."""
        self._line({"event": "away", "reason": why})

    def player(self, player: str, what: str) -> None:
        """`{"event": "joined", "player": …}`, or `left`."""
        self._line({"event": what, "player": player})

    def confused(self, line: str) -> None:
        """`{"event": "confused", "line": …}`."""
        self._line({"event": "confused", "line": line})

    @staticmethod
    def _line(value: dict[str, Any]) -> None:
        print(json.dumps(value, ensure_ascii=False), flush=True)  # noqa: T201 - this is its output
