"""Real processes for tests: started on free ports, watched, and gone when the test is over, whatever happens."""

import contextlib
import itertools
import os
import signal
import socket
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import httpx2

from tests import typed
from tests.typed import Forked
from tools.sources import ROOT

STARTING_TIME, STOPPING_TIME = 60.0, 30.0  # seconds that a busy machine may need
PAUSE = 0.02
_numbers = itertools.count(1)
# Nothing here speaks TLS, and reading all authorities that the system trusts takes longer than many requests.
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
UNWANTED = ("SUTLER_", "PYTHONDONTWRITEBYTECODE")  # some tests start servers dozens of times: these are compiled once
QUIETLY = {"SUTLER_RATE_LIMITS": "0", "SUTLER_LOG_LEVEL": "error"}


def environment(**more: str) -> dict[str, str]:
    """The environment of this process without settings of Sutler's but those given, and with this very code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(UNWANTED)}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | QUIETLY | more


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def wait_until(done: Callable[[], object], what: str, patience: float = STARTING_TIME) -> None:
    """Ask again and again; an AssertionError that says what did not happen when it takes too long."""
    deadline = time.monotonic() + patience
    while not done():
        assert time.monotonic() < deadline, what
        time.sleep(PAUSE)


class Process:
    """One `sutler …`, with its output in files, forked from a process that has imported it already."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = "-".join(part for part in arguments[:2] if part.isalpha())
        number = next(_numbers)
        self._files = folder / f"{number}-{name}.out", folder / f"{number}-{name}.err"
        self._arguments, self._environment, self._folder = arguments, environment(**settings), folder
        self._running: Forked | None = None

    def start(self) -> None:
        """Start it, after it was killed too; what it prints is added to what was printed before."""
        self._running = Forked(self._arguments, self._environment, self._folder, *self._files)

    @property
    def running(self) -> Forked:
        """The process itself."""
        assert self._running is not None, "start it first"
        return self._running

    @property
    def output(self) -> str:
        """Everything on standard output so far."""
        return self._files[0].read_text() if self._files[0].exists() else ""

    @property
    def complaints(self) -> str:
        """Everything on standard error so far."""
        return self._files[1].read_text() if self._files[1].exists() else ""

    def signal(self, kind: signal.Signals) -> None:
        """Send a signal."""
        self.running.send_signal(kind)

    def stop(self, patience: float = STOPPING_TIME) -> int:
        """Ask it to end, wait, and return how it ended."""
        self.signal(signal.SIGTERM)
        return self.running.wait(patience)

    def kill(self) -> None:
        """End it without giving it time for anything."""
        self.signal(signal.SIGKILL)
        self.running.wait(STOPPING_TIME)

    def clear(self) -> None:
        """See to it that it is gone, with everything that it started."""
        if self._running is None:
            return
        self.signal(signal.SIGKILL)  # which may not lead its group yet
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait(STOPPING_TIME)


class ServerProcess(Process):
    """A `sutler serve` or `sutler demo` on a port of its own."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__(folder, *arguments, "--port", str(self.port), **settings)

    def start(self) -> None:
        """Start it and wait until it is ready."""
        super().start()
        wait_until(lambda: self.is_ready, f"{self.url} did not get ready:\n{self.complaints}")

    @property
    def is_ready(self) -> bool:
        """Whether it answers that it can serve; an AssertionError when it has ended."""
        assert self.running.returncode is None, f"it ended with {self.running.returncode}:\n{self.complaints}"
        try:
            return httpx2.get(f"{self.url}/readyz", timeout=STARTING_TIME, verify=PLAIN).status_code == 200
        except httpx2.HTTPError:
            return False


@contextlib.contextmanager
def started(*processes: Process) -> Iterator[None]:
    """These processes run inside, and afterwards no more."""
    try:
        for process in processes:
            process.start()
        yield
    finally:
        for process in processes:
            process.clear()


def run(*arguments: str, settings: Mapping[str, str]) -> CompletedProcess[str]:
    """One command to its end."""
    with tempfile.TemporaryDirectory() as folder:
        return typed.run(arguments, environment(**settings), Path(folder))
