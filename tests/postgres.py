"""A throw-away PostgreSQL for the tests. All processes of one test run share it, and it goes when the last of them does."""

import asyncio
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import asyncpg

PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
MISSING = (
    "The tests need PostgreSQL's server programs: install them with `apt install postgresql` or `brew install postgresql`."
)
STARTING_TIME = 60.0  # seconds
SETTINGS = ("listen_addresses=", "max_connections=200", "shared_buffers=64MB", "timezone=UTC", "lc_messages=C")
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """PostgreSQL in a temporary folder, reached through a socket there.

    A `durable` one syncs to disk like a real server, belongs to the caller alone and may be crashed.
    """

    def __init__(self, *, durable: bool = False) -> None:
        run = None if durable else os.environ.get("PYTEST_XDIST_TESTRUNUID")
        self.folder = Path(tempfile.gettempdir()) / f"sutler-pg-{(run or uuid4().hex)[:12]}"
        self._shared, self._durable = run is not None, durable
        self._users = -1

    def start(self) -> None:
        """Start the server, unless another process of this test run has."""
        while True:
            with one_at_a_time():
                self.folder.mkdir(mode=0o755, exist_ok=True)
                self._users = os.open(self.folder / "users", os.O_CREAT | os.O_RDWR, 0o600)
                if lock(self._users, fcntl.LOCK_SH | fcntl.LOCK_NB):
                    if not self._pid():
                        self._make()
                        self.restart()
                    return
            os.close(self._users)  # the guard is clearing up after processes that were here before
            time.sleep(0.05)

    def stop(self) -> None:
        """Leave the server; it stops and its folder goes when nobody uses it."""
        if self._users < 0:
            return
        if not self._shared:
            self._end(signal.SIGINT)
            shutil.rmtree(self.folder)
        os.close(self._users)
        self._users = -1

    def crash(self) -> None:
        """Kill the server without giving it time to write anything down."""
        self._end(signal.SIGQUIT)

    def restart(self) -> None:
        """Start the server again, after a crash or not, and wait until it answers."""
        self._end(signal.SIGINT)
        options = [*SETTINGS, *(() if self._durable else CARELESS), f"unix_socket_directories={self.folder}"]
        command = [programs() / "postgres", "-D", self._data, *(part for option in options for part in ("-c", option))]
        with (self.folder / "log").open("ab") as log:
            quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, "start_new_session": True}
            subprocess.Popen(command, cwd=self.folder, **quiet, **unprivileged())
        self._wait(lambda: self._status() == "ready", "did not start")

    def url(self, database: str = "postgres") -> str:
        """Where a database of this server is."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """Make a database, perhaps as a copy of another that nobody uses at the moment, and return its address."""
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database and end what is connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _make(self) -> None:
        guard = [sys.executable, "-I", __file__, str(self.folder)]
        nowhere = subprocess.DEVNULL  # whoever reads the tests' output must not wait for the guard
        subprocess.Popen(guard, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
        owner = unprivileged()
        if owner:
            shutil.chown(self.folder, owner["user"], owner["group"])
        options = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        command = [str(programs() / "initdb"), "-D", str(self._data), *options]
        made = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.folder, **owner)
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")

    def _end(self, kind: signal.Signals) -> None:
        pid = self._pid()
        if pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, kind)
            self._wait(lambda: not runs(pid), "did not stop")
            (self._data / "postmaster.pid").unlink(missing_ok=True)

    def _pid(self) -> int:
        """The server's process; 0 when there is none."""
        lines = self._lock_file()
        return int(lines[0]) if lines and runs(int(lines[0])) else 0

    def _status(self) -> str:
        lines = self._lock_file()
        return lines[7].strip() if len(lines) > 7 else ""

    def _lock_file(self) -> list[str]:
        with contextlib.suppress(FileNotFoundError):
            return (self._data / "postmaster.pid").read_text().splitlines()
        return []

    def _wait(self, done: Callable[[], bool], failure: str) -> None:
        deadline = time.monotonic() + STARTING_TIME
        while not done():
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL {failure}:\n{(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.01)

    def _execute(self, sql: str) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(self.url())
            await connection.execute(sql)
            await connection.close()

        in_a_thread(run())


class Emptied:
    """A database that is emptied again and again, over one connection with statements that are planned once."""

    def __init__(self, url: str, tables: Iterable[str]) -> None:
        self.url, self._tables = url, set(tables)
        self._deletes = "".join(f"DELETE FROM {name};" for name in tables)
        self._loop, self._thread = asyncio.new_event_loop(), ThreadPoolExecutor(1)
        self._connection: asyncpg.Connection

    def __enter__(self) -> Self:
        """Connect."""
        self._run(self._connect())
        return self

    def __exit__(self, *_: object) -> None:
        """Disconnect."""
        self._run(self._connection.close())
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()

    def empty(self) -> None:
        """Take every row out of it."""
        self._run(self._connection.execute("SELECT pg_temp.empty()"))

    async def _connect(self) -> None:
        patience = {"lock_timeout": "10s"}  # for a test that has left a transaction open
        self._connection = await asyncpg.connect(self.url, server_settings=patience)
        # What is known of these tables stays what is known of new ones: tests look at plans, whatever ran before them.
        for name in {"customers", "orders"} & self._tables:
            await self._connection.execute(f"ALTER TABLE {name} SET (autovacuum_enabled = false)")
        # For this session only, so that nobody finds it among the tables.
        await self._connection.execute(
            f"CREATE FUNCTION pg_temp.empty() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {self._deletes} END $$"
        )

    def _run(self, work: Coroutine[Any, Any, object]) -> None:
        """In a thread of its own, because the caller's event loop is running."""
        self._thread.submit(self._loop.run_until_complete, work).result()


def programs() -> Path:
    """The folder of PostgreSQL's server programs, the newest first; installs them where that is possible."""
    found = find_programs()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "postgresql"],
            check=False,
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )
        found = find_programs()
    if found is None:
        raise RuntimeError(MISSING)
    return found


def find_programs() -> Path | None:
    """Look in PATH and where Debian and Homebrew put them."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        folders += sorted(Path("/").glob(place.lstrip("/")), key=lambda folder: folder.as_posix(), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()), None)


def unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    import grp
    import pwd

    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_name, "group": grp.getgrgid(entry.pw_gid).gr_name, "extra_groups": []}


def runs(pid: int) -> bool:
    """Whether there is such a process, and it is not a zombie of ours."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def lock(file: int, kind: int) -> bool:
    """Lock a file; the lock goes with the process, however it ends. False when it cannot be had at once."""
    try:
        fcntl.flock(file, kind)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Only one process of this machine is inside."""
    file = os.open(tempfile.gettempdir(), os.O_RDONLY)
    try:
        lock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def in_a_thread(work: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end, also where an event loop is running already."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:  # noqa: BLE001 - raised again below, where somebody hears it
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


def guard(folder: Path) -> None:
    """Wait until no process uses the cluster, even one that was killed, then stop it and remove its folder."""
    users = os.open(folder / "users", os.O_RDWR)
    lock(users, fcntl.LOCK_EX)
    with one_at_a_time():
        cluster = Cluster()
        cluster.folder = folder
        cluster._end(signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    guard(Path(sys.argv[1]))
