"""The journal of a game server: what was begun, run and acknowledged, on disk before anything else happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

import msgspec

from sutler_sdk.errors import SutlerError

if TYPE_CHECKING:
    from typing_extensions import Self

State = Literal["begun", "ran", "acknowledged", "dropped"]
STATES: Final = frozenset(get_args(State))
REMEMBERED: Final = 1_000  # acknowledged commands, should the server offer one of them again
SPARE_LINES: Final = 5_000  # beyond which the file is written anew


class JournalInUse(SutlerError):
    """Another process has opened this journal. Give each game server a journal of its own."""


class JournalDamaged(SutlerError):
    """A line in the middle of the journal cannot be read, which no crash explains."""


class Journal:
    """A file with one line for each step of a command.

    A line is on disk (fsync) before `begin` and `ran` return. So a command that is `begun` and not `ran` after a crash
    is one of which nobody knows whether it ran, and every other one was run or not for certain.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open or make the file; JournalInUse, JournalDamaged, or OSError when that is not possible."""
        self._path = Path(path)
        self._lock = _locked(self._path.with_name(f"{self._path.name}.lock"))
        self._states: dict[str, State] = {}
        self._lines = 0
        try:
            self._file = self._open()
        except BaseException:
            self._lock.close()
            raise

    def state(self, id: str) -> State | None:
        """How far a command has come; None for one that was never begun."""
        return self._states.get(id)

    def begin(self, id: str) -> None:
        """Say that a command is about to run."""
        self._write([id], "begun", durable=True)

    def ran(self, id: str) -> None:
        """Say that a command ran."""
        self._write([id], "ran", durable=True)

    def drop(self, id: str) -> None:
        """Say that a command was begun but did not run, so that it may be begun again."""
        self._write([id], "dropped", durable=True)

    def acknowledged(self, ids: Iterable[str]) -> None:
        """Say that the server knows that commands ran. Forgetting that in a crash does no harm."""
        self._write(list(ids), "acknowledged", durable=False)

    def unacknowledged(self) -> list[str]:
        """The commands that ran and of which the server was not told, oldest first."""
        return [id for id, state in self._states.items() if state == "ran"]

    def close(self) -> None:
        """Close the file and let others open it."""
        self._file.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _open(self) -> FileIO:
        """The file, open for appending, after what it says was read and half a line at its end cut off."""
        is_new = not self._path.exists()
        file = FileIO(self._path, "a+")
        file.seek(0)
        whole = 0
        for line, state, ids in _entries(file.readall(), str(self._path)):
            whole += len(line)
            self._lines += 1
            self._note(ids, state)
        file.truncate(whole)
        if is_new:
            _sync_folder(self._path)
        return file

    def _note(self, ids: Iterable[str], state: State) -> None:
        for id in ids:
            self._states.pop(id, None)  # the order is that of the last step
            if state != "dropped":
                self._states[id] = state

    def _write(self, ids: list[str], state: State, *, durable: bool) -> None:
        line = _line(state, ids)
        if self._file.write(line) != len(line):
            message = f"{self._path} could not be written; is the disk full?"
            raise OSError(message)
        if durable:
            _sync(self._file.fileno())
        self._lines += 1
        self._note(ids, state)
        if self._lines > SPARE_LINES + 2 * len(self._states):
            self._compact()

    def _compact(self) -> None:
        """Write the file anew, with what is still needed; a crash leaves either the old one or the new one."""
        done = [id for id, state in self._states.items() if state == "acknowledged"]
        for id in done[:-REMEMBERED]:
            del self._states[id]
        new = self._path.with_name(f"{self._path.name}.new")
        with new.open("wb") as file:
            file.writelines(_line(state, [id]) for id, state in self._states.items())
            file.flush()
            _sync(file.fileno())
        self._file.close()
        new.replace(self._path)
        _sync_folder(self._path)
        self._file, self._lines = FileIO(self._path, "a"), len(self._states)


def _line(state: State, ids: list[str]) -> bytes:
    return msgspec.json.encode([state, *ids]) + b"\n"


def _entries(content: bytes, name: str) -> Iterator[tuple[bytes, State, list[str]]]:
    """The whole lines of a journal. The last one may be in pieces: a crash interrupted it before it counted."""
    lines = content.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        try:
            state, *ids = msgspec.json.decode(line, type=list[str])
        except (msgspec.DecodeError, ValueError):
            state, ids = "", []
        if line.endswith(b"\n") and state in STATES:
            yield line, cast("State", state), ids
        elif number < len(lines):
            message = f"Line {number} of {name} cannot be read. Look at what ran, then remove that line."
            raise JournalDamaged(message)


def _locked(path: Path) -> FileIO:
    """A file that one process at a time can have; the system lets go of it when that process ends, however it ends."""
    file = FileIO(path, "a")
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - only there

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - everywhere else

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        message = f"{path} is held by another process. Give each game server a journal of its own."
        raise JournalInUse(message) from error
    return file


def _sync(descriptor: int) -> None:
    """Wait until the disk has it. macOS needs to be asked with more emphasis."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _sync_folder(path: Path) -> None:
    """Wait until the disk knows of a new name. Windows has no such thing."""
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        with suppress(OSError):  # some file systems refuse, and do it by themselves
            os.fsync(folder)
        os.close(folder)
