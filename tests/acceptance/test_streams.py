"""Streams over real sockets: a command arrives when it is bought, and nothing hangs when either end dies."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.make.demo import QUEUE, DemoStore, must
from tests.processes import PLAIN, ServerProcess, started, wait_until

COMMAND = "oxide.usergroup add 76561197960287930 vip"
OPEN = 'sutler_streams{operation="DeliveryCommandQueue_StreamQueuedCommands"} '
SECONDS = 20.0  # that a busy machine may take to deliver
# Prints every command that comes, acknowledges none, and says so when the stream has come to its proper end.
CLIENT = """
import json, socket, sys
answer = socket.create_connection(("127.0.0.1", int(sys.argv[1]))).makefile("rwb", 0)
answer.write(f"GET {sys.argv[2]} HTTP/1.1\\r\\nHost: x\\r\\nAuthorization: Gameserver {sys.argv[3]}\\r\\n\\r\\n".encode())
for line in answer:
    if line.startswith(b"data: "):
        print(json.loads(line[6:])["command"], flush=True)
    elif line == b"0\\r\\n":  # the last chunk
        print("over", flush=True)
        break
"""


@pytest.fixture
def installation() -> None:
    """Nothing is settled in the process of the test: it only starts others."""


@contextmanager
def listening(server: ServerProcess, demo: DemoStore, file: Path) -> Iterator["Listener"]:
    """A game server in a process of its own, which is gone afterwards."""
    listener = Listener(server, demo, file)
    try:
        yield listener
    finally:
        listener.process.kill()
        listener.process.wait()


class Listener:
    """A game server, and what it has printed."""

    def __init__(self, server: ServerProcess, demo: DemoStore, file: Path) -> None:
        self._file = file
        arguments = (str(server.port), f"{QUEUE}/stream", demo.gameserver_token)
        with file.open("wb") as out:
            self.process = subprocess.Popen([sys.executable, "-c", CLIENT, *arguments], stdout=out, stderr=out)

    @property
    def lines(self) -> list[str]:
        """What it has printed."""
        return self._file.read_text().splitlines()

    def gets(self, *lines: str) -> None:
        """Wait until it has printed just these lines."""
        wait_until(lambda: self.lines == list(lines), f"{lines} did not come, but {self._file}", SECONDS)


def open_streams(server: ServerProcess) -> float:
    """How many streams the server counts."""
    text = httpx2.get(f"{server.url}/metrics", timeout=SECONDS, verify=PLAIN).text
    return sum(float(line.removeprefix(OPEN)) for line in text.splitlines() if line.startswith(OPEN))


class TestStream:
    def test_brings_what_is_bought_and_outlives_clients_and_servers(self, tmp_path: Path, migrated_file: Path) -> None:
        (tmp_path / "sutler.db").write_bytes(migrated_file.read_bytes())
        server = ServerProcess(tmp_path, "demo", "--json", "--no-history", SUTLER_DATA=str(tmp_path))
        with started(server), ExitStack() as listeners:
            demo = DemoStore.of(server)

            def listener(number: int) -> Listener:
                return listeners.enter_context(listening(server, demo, tmp_path / f"{number}.listener"))

            first, second = listener(1), listener(2)
            wait_until(lambda: open_streams(server) == 2, "they do not listen", SECONDS)
            demo.buy()
            wait_until(lambda: first.lines + second.lines == [COMMAND], "no command came", SECONDS)
            dead, alive = (first, second) if first.lines else (second, first)

            dead.process.kill()
            wait_until(lambda: open_streams(server) == 1, "the server did not notice", SECONDS)
            demo.buy()
            alive.gets(COMMAND)
            with demo.plugin() as plugin:
                assert must(plugin.get(QUEUE)) == []  # both are leased, one to nobody who lives

            assert server.stop() == 0
            alive.gets(COMMAND, "over")
            assert server.complaints == ""

    def test_is_noticed_to_be_gone_with_its_server(self, tmp_path: Path, migrated_file: Path) -> None:
        (tmp_path / "sutler.db").write_bytes(migrated_file.read_bytes())
        server = ServerProcess(tmp_path, "demo", "--json", "--no-history", SUTLER_DATA=str(tmp_path))
        with started(server), listening(server, DemoStore.of(server), tmp_path / "listener") as listener:
            wait_until(lambda: open_streams(server) == 1, "it does not listen", SECONDS)

            server.kill()

            listener.process.wait(SECONDS)
            listener.gets()
