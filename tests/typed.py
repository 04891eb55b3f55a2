"""Commands in processes forked from one that has already imported Sutler, which saves most of their time."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import CompletedProcess

PATIENCE = 60.0  # seconds
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    [
        "sutler.cli",
        *(f"sutler.commands.{name}" for name in ("beginning", "documents", "keys", "simulate", "stores", "working")),
    ]
)


def run(arguments: Sequence[str], environment: dict[str, str], folder: Path) -> "CompletedProcess[str]":
    """Type a command and wait for its end."""
    out, err = folder / "typed.out", folder / "typed.err"
    process = FORKS.Process(target=type_it, args=(arguments, environment, folder, out, err))
    process.start()
    process.join(PATIENCE)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(f"sutler {' '.join(arguments)} did not end:\n{err.read_text()}")
    return CompletedProcess(arguments, process.exitcode, out.read_text(), err.read_text())


class Forked:
    """A command that goes on beside the test; what it prints is added to two files. It leads a process group."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
        self._process = FORKS.Process(target=lead_it, args=(arguments, environment, folder, out, err))
        self._process.start()
        self.pid = self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        """How it ended, as in `subprocess`; None as long as it runs."""
        return self._process.exitcode

    def wait(self, patience: float) -> int:
        """Wait for its end."""
        self._process.join(patience)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", patience)
        return self.returncode

    def send_signal(self, kind: signal.Signals) -> None:
        """Send a signal, unless it has ended."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, kind)


def lead_it(arguments: Sequence[str], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    """In the new process: become a command that a terminal of its own runs."""
    os.setsid()
    become(arguments, environment, folder, {1: out, 2: err}, os.O_APPEND)


def type_it(arguments: Sequence[str], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    """In the new process: become the command."""
    become(arguments, environment, folder, {1: out, 2: err}, os.O_TRUNC)


def become(arguments: Sequence[str], environment: dict[str, str], folder: Path, files: dict[int, Path], how: int) -> None:
    """Be `sutler` with these arguments, in this place, with its output in these files."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, file in files.items():
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | how, 0o600), number)
    # Line by line, for whoever reads along.
    sys.stdout, sys.stderr = (os.fdopen(number, "w", 1, encoding="utf-8", closefd=False) for number in (1, 2))
    sys.argv = ["sutler", *arguments]
    from sutler.cli import main

    main()
