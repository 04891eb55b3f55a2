"""Group commit for SQLite: requests take turns in one transaction and answer together, after its commit."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import apsw
import structlog

from sutler.kernel.data.signals import Signals
from sutler.kernel.errors import ServiceUnavailable

LARGEST_BATCH = 128
PATIENCE = 5.0  # seconds that a request waits for the database before it gives up
FIRST_PAUSE, LONGEST_PAUSE = 0.001, 0.02  # seconds between two looks at another process's lock
SLOW_TURN = 0.05  # seconds
WRITTEN_ELSEWHERE = "Another process is writing to the database; nothing was changed. Try again shortly."
STUCK = "The database takes no changes at the moment; nothing was changed. Try again shortly."
log = structlog.get_logger("sutler.sqlite")


class Watchdog:
    """Notices requests that kept the writer for long, and batches as a whole: nobody else can write meanwhile."""

    def __init__(self) -> None:
        self.limit = SLOW_TURN
        self.on_slow_turn: Callable[[str, float], None] | None = None
        """Told "request" or "batch", and its length in seconds; for metrics."""

    def watch(self, what: str, seconds: float, **more: object) -> None:
        """Report a turn if it was longer than the limit."""
        if seconds <= self.limit:
            return
        log.warning("a turn with the database took long", turn=what, took_ms=ms(seconds), **more)
        if self.on_slow_turn is not None:
            try:
                self.on_slow_turn(what, seconds)
            except Exception:
                log.exception("the watcher of slow turns failed")


class Batch:
    """A transaction that several requests share, one after the other, each in a savepoint of its own.

    Syncing to disk costs far more than the statements, so requests that arrive during one commit
    make up the next. The commit runs in a thread: meanwhile the loop reads and parses requests.
    Whoever has the turn alone uses the connection; the turn passes along a line, first come, first served.
    """

    def __init__(self, connection: apsw.Connection, signals: Signals, watchdog: Watchdog) -> None:
        self._connection, self._signals, self._watchdog = connection, signals, watchdog
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sutler-commit")  # never behind somebody's report
        self._taken = self._settling = self._closing = False
        self._line: deque[tuple[float, asyncio.Future[None]]] = deque()
        self._size, self._changes = 0, 0
        self._notices: dict[tuple[str, str], None] = {}
        self._lost: Exception | None = None
        self._waiting: list[asyncio.Future[Exception | None]] = []
        self._batch_began = self._turn_began = self._commit_began = 0.0

    async def join(self) -> None:
        """Wait for the turn and begin one's part.

        ServiceUnavailable when another process keeps the file locked, or when the line does not move.
        """
        now = asyncio.get_running_loop().time()
        if self._closing or (self._line and self._line[0][0] < now - PATIENCE):
            raise ServiceUnavailable(STUCK)
        await self._take_turn(now)
        try:
            if self._size == 0:
                await self._begin(now + PATIENCE)
            self._connection.execute("SAVEPOINT request")
        except BaseException as error:
            self._pass_on()
            if isinstance(error, apsw.Error):
                raise ServiceUnavailable from error
            raise
        self._size += 1
        self._turn_began = perf_counter()

    def leave(self, *, failed: bool, notices: Sequence[tuple[str, str]] = ()) -> asyncio.Future[Exception | None]:
        """End one's part; the last one in line commits for all. The future tells what became of the batch.

        It is the caller's own, so that one who goes away and cancels it takes nothing from the others.
        """
        outcome = self._awaited()
        self._watchdog.watch("request", perf_counter() - self._turn_began)
        if self._lost is None:
            try:
                if failed:
                    self._connection.execute("ROLLBACK TO request")
                self._connection.execute("RELEASE request")
            except apsw.Error as error:
                self.lose(error)
        if not failed:
            self._notices.update(dict.fromkeys(notices))
        if self._lost is not None:
            self._end(self._lost)
        elif self._size >= LARGEST_BATCH:
            self._commit()
        else:
            self._pass_on()
        return outcome

    def _awaited(self) -> asyncio.Future[Exception | None]:
        outcome: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(outcome)
        return outcome

    def lose(self, error: Exception) -> None:
        """The disk failed during somebody's turn: undo the work of all who share the batch; all will hear."""
        self._lost = error
        self._undo()

    def _undo(self) -> None:
        if self._connection.in_transaction:  # after some failures SQLite has rolled back by itself
            with contextlib.suppress(apsw.Error):
                self._connection.execute("ROLLBACK")

    async def close(self) -> None:
        """Let everybody in line finish, and take nobody else."""
        self._closing = True
        try:
            await self._take_turn(asyncio.get_running_loop().time())
            outcome = self._awaited() if self._size else None
            self._pass_on()
            if outcome is not None:
                await outcome
        finally:
            self._thread.shutdown()

    async def _take_turn(self, now: float) -> None:
        if not self._taken:
            self._taken = True
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append((now, place))
        try:
            await place
        except asyncio.CancelledError:
            if not place.cancelled():  # the turn had come already
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Give the turn to the next in line; when nobody comes, it is time to commit."""
        while self._line:
            _, place = self._line.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._taken = False
        if self._size and not self._settling:
            self._settling = True
            # Requests that arrived in the same moment are about to run: let them in first.
            asyncio.get_running_loop().call_soon(self._settle)

    def _settle(self) -> None:
        self._settling = False
        if self._size and not self._taken:
            self._taken = True
            self._commit()

    async def _begin(self, deadline: float) -> None:
        loop, pause = asyncio.get_running_loop(), FIRST_PAUSE
        self._undo()  # what a disk that failed twice may have left
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                break
            except apsw.BusyError as error:
                if loop.time() >= deadline:
                    raise ServiceUnavailable(WRITTEN_ELSEWHERE) from error
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        self._lost = None
        self._changes, self._batch_began = self._connection.total_changes(), perf_counter()

    def _commit(self) -> None:
        """Save the batch, keeping the turn. A future of a thread cannot be cut short by a cancelled request."""
        self._commit_began = perf_counter()
        if self._connection.total_changes() == self._changes:  # nothing to sync, so not worth a thread
            self._end(self._save())
            return
        saving = asyncio.get_running_loop().run_in_executor(self._thread, self._save)
        saving.add_done_callback(lambda done: self._end(done.result()))

    def _save(self) -> Exception | None:
        try:
            self._connection.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - such as a full disk: nothing of the batch was saved, so all must hear
            self._undo()
            return error
        return None

    def _end(self, error: Exception | None) -> None:
        size, self._size = self._size, 0
        waiting, self._waiting = self._waiting, []
        notices, self._notices = self._notices, {}
        try:
            if error is not None:
                log.error("a batch could not be saved", requests=size, error=f"{type(error).__name__}: {error}")
            else:
                ended = perf_counter()
                self._watchdog.watch(
                    "batch", ended - self._batch_began, requests=size, commit_ms=ms(ended - self._commit_began)
                )
                for channel, payload in notices:
                    self._signals.deliver(channel, payload)
        finally:  # a log that cannot be written must not leave everyone waiting
            for outcome in waiting:
                if not outcome.done():
                    outcome.set_result(error)
            self._pass_on()


def ms(seconds: float) -> float:
    """Milliseconds, for people."""
    return round(seconds * 1000, 1)
