"""A game server runs each command once, whatever crashes, and says so."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from sutler_sdk import (
    ApiError,
    AsyncGameServerClient,
    ConnectionFailed,
    GameServerClient,
    Journal,
    Players,
    QueuedCommandDto,
)
from sutler_sdk._work import Pace
from tests.sdk.conftest import PLAIN
from tests.sdk.server import Answer, Received, Server, failure
from tools.sources import ROOT

QUEUE, LINK = "/v1/delivery/command-queue", "/v1/delivery/gameserver/link"
SOON = 0.01  # seconds between polls
# Runs the command "one", is killed while it runs "two".
PLUGIN = """
import os, signal, sys
from sutler_sdk import GameServerClient

def on_command(command):
    with open("ran", "a") as file:
        file.write(command.command + "\\n")
    if command.command == "two":
        os.kill(os.getpid(), signal.SIGKILL)

GameServerClient("token", base_url=sys.argv[1]).run(on_command, journal="journal")
"""


class Queue:
    """The commands of a game server, offered until they are acknowledged."""

    def __init__(self, server: Server, *commands: str) -> None:
        self.waiting = {str(number): command for number, command in enumerate(commands, 1)}
        self.acknowledged: list[str] = []
        self.polls = 0
        self.last_poll = 0  # after which `stop` is set; 0: when nothing is waiting
        self.stop = threading.Event()
        self.forgetful = False
        server.respond = self.respond

    def respond(self, request: Received) -> Answer:
        """As a server that does not know how to wait."""
        if request.path == LINK:
            return Answer({"update_available": False, "gameserver": {"id": "9", "name": "Lobby", "enabled": True}})
        if request.method == "DELETE":
            self._acknowledge([one["attempt_id"] for one in request.body])
            return Answer(None, 204)
        self.polls += 1
        if self.polls == self.last_poll:
            self.stop.set()
        moment = "2030-01-01T00:00:00Z"
        return Answer(
            [
                {"attempt_id": id, "command": command, "online_only": False, "queued_at": moment}
                for id, command in self.waiting.items()
            ]
        )

    def _acknowledge(self, ids: list[str]) -> None:
        self.acknowledged += ids
        if self.forgetful:
            self.forgetful = False
            return
        for id in ids:
            self.waiting.pop(id, None)
        if not self.waiting and not self.last_poll:
            self.stop.set()


@pytest.fixture
async def awaited_server(server: Server) -> AsyncIterator[AsyncGameServerClient]:
    """A client of the game server API that is awaited."""
    async with httpx2.AsyncClient(verify=PLAIN) as connections:
        yield AsyncGameServerClient("token", base_url=server.url, http_client=connections)


class TestRun:
    def test_links_waits_where_it_can_runs_and_acknowledges(
        self, server: Server, game_server: GameServerClient, tmp_path: Path
    ) -> None:
        queue, ran = Queue(server, "one", "two"), []

        game_server.run(
            lambda command: ran.append(command.command),
            journal=tmp_path / "journal",
            players=lambda: Players(steam_ids=["76561198000000000"]),
            interval=5,
            stop=queue.stop,
            hostname="Lobby",
        )

        link, poll, acknowledgement = server.received
        assert ran == ["one", "two"]
        assert link.headers["authorization"] == "Gameserver token"
        assert link.body.keys() == {"hostname", "ip", "platform", "version"}
        assert poll.query == [("wait", "5")]
        assert poll.body["steam_ids"] == ["76561198000000000"]
        assert "idempotency-key" not in poll.headers
        assert acknowledgement.body == [{"attempt_id": "1"}, {"attempt_id": "2"}]

    def test_never_runs_a_command_twice_although_it_is_killed(
        self, server: Server, game_server: GameServerClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        queue, ran = Queue(server, "one", "two"), []

        environment = os.environ | {"PYTHONPATH": str(ROOT / "sdk")}
        killed = subprocess.run(
            [sys.executable, "-c", PLUGIN, server.url], cwd=tmp_path, env=environment, timeout=60, check=False
        )
        before = list(queue.acknowledged)
        queue.last_poll = queue.polls + 3
        game_server.run(
            lambda command: ran.append(command.command), journal=tmp_path / "journal", interval=SOON, stop=queue.stop
        )

        assert killed.returncode == -signal.SIGKILL
        assert (tmp_path / "ran").read_text() == "one\ntwo\n"
        assert before == []
        assert queue.acknowledged == ["1"]
        assert ran == []
        assert caplog.text.count("Nobody knows whether command 2 (two) ran") == 1

    @pytest.mark.parametrize(("did_run", "runs"), [(True, []), (False, ["one"])])
    def test_asks_about_a_command_in_doubt(
        self, did_run: bool, runs: list[str], server: Server, game_server: GameServerClient, tmp_path: Path
    ) -> None:
        queue, ran = Queue(server, "one"), []
        with Journal(tmp_path / "journal") as journal:
            journal.begin("1")

        game_server.run(
            lambda command: ran.append(command.command),
            journal=tmp_path / "journal",
            did_it_run=lambda _: did_run,
            stop=queue.stop,
        )

        assert ran == runs
        assert queue.acknowledged == ["1"]

    def test_tries_again_what_failed_and_what_said_no(
        self, server: Server, game_server: GameServerClient, tmp_path: Path
    ) -> None:
        queue, seen = Queue(server, "one", "two"), []

        def on_command(command: QueuedCommandDto) -> bool:
            seen.append(command.command)
            if seen == ["one"]:
                raise ZeroDivisionError
            return seen.count(command.command) == 2

        game_server.run(on_command, journal=tmp_path / "journal", interval=SOON, stop=queue.stop)

        assert seen == ["one", "two", "one", "two"]
        assert queue.acknowledged == ["1", "2"]

    def test_acknowledges_again_what_the_server_forgot(
        self, server: Server, game_server: GameServerClient, tmp_path: Path
    ) -> None:
        queue, ran = Queue(server, "one"), []
        queue.forgetful = True

        game_server.run(
            lambda command: ran.append(command.command), journal=tmp_path / "journal", interval=SOON, stop=queue.stop
        )

        assert ran == ["one"]
        assert queue.acknowledged == ["1", "1"]

    def test_stops_waiting_at_a_server_that_refuses_to(
        self, server: Server, game_server: GameServerClient, tmp_path: Path
    ) -> None:
        queue = Queue(server, "one")
        server.respond = lambda request: failure(400) if ("wait", "10") in request.query else queue.respond(request)

        game_server.run(lambda _: None, journal=tmp_path / "journal", stop=queue.stop)

        assert [request.query for request in server.received if request.method == "POST"] == [[], [("wait", "10")], []]

    @pytest.mark.parametrize("status", [401, 403])
    def test_ends_when_the_token_is_refused(
        self, status: int, server: Server, game_server: GameServerClient, tmp_path: Path
    ) -> None:
        server.respond = lambda _: failure(status)

        with pytest.raises(ApiError, match=str(status)):
            game_server.run(lambda _: None, journal=tmp_path / "journal")

    async def test_is_the_same_when_awaited(
        self, server: Server, awaited_server: AsyncGameServerClient, tmp_path: Path
    ) -> None:
        queue, ran = Queue(server, "one", "two"), []
        queue.forgetful = True

        async def on_command(command: QueuedCommandDto) -> None:
            await asyncio.sleep(0)
            ran.append(command.command)

        running = asyncio.ensure_future(awaited_server.run(on_command, journal=tmp_path / "journal", interval=SOON))
        await asyncio.to_thread(queue.stop.wait, 30)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

        assert ran == ["one", "two"]
        assert queue.acknowledged == ["1", "2", "1", "2"]


class TestPace:
    def test_polls_at_once_after_a_command_and_otherwise_once_in_an_interval(self) -> None:
        pace = Pace(10)

        assert pace.after_round(1.0, progress=True) == 0
        assert pace.after_round(1.0, progress=False) == 9
        assert pace.after_round(10.5, progress=False) == 0

    def test_is_patient_with_a_server_that_is_away(self) -> None:
        pace, away = Pace(10), ConnectionFailed("away")

        pauses = [pace.after_failure(away) for _ in range(10)]

        assert all(pause <= 30 for pause in pauses)
        assert pauses[0] <= 1
        assert pauses[-1] > 10

    def test_waits_as_long_as_it_is_asked_to(self) -> None:
        assert Pace(10).after_failure(ApiError(429, "Slow", "Slow down.", retry_after=77)) == 77

    def test_never_asks_a_server_to_wait_for_longer_than_servers_do(self) -> None:
        assert Pace(3600).wait == 30
