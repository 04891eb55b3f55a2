"""One command in a process forked from one that has already imported Sutler, which saves most of its time."""

import multiprocessing
import os
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


def type_it(arguments: Sequence[str], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    """In the new process: become the command."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for file, number in ((out, 1), (err, 2)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    sys.argv = ["sutler", *arguments]
    from sutler.cli import main

    main()
