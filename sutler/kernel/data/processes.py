"""Which process of which machine someone is, and whether it still runs."""

import os
import secrets
import socket
import subprocess
from pathlib import Path

import msgspec

PROC = Path("/proc")


class Process(msgspec.Struct, frozen=True):
    """A process that is told apart from every other one, also from a later one with the same number."""

    machine: str
    """The machine in its present run, and the container: numbers of processes mean nothing elsewhere."""
    pid: int
    started: str
    token: str
    """Random: one process may hold several leases."""

    @classmethod
    def current(cls) -> "Process":
        """This process, with a new token."""
        pid = os.getpid()
        return cls(machine(), pid, start_of(pid) or "", secrets.token_hex(8))

    @classmethod
    def from_text(cls, text: str) -> "Process":
        """The opposite of `text`."""
        return msgspec.json.decode(text, type=cls)

    def text(self) -> str:
        """One line of JSON."""
        return msgspec.json.encode(self).decode()

    def is_gone(self) -> bool:
        """Whether it certainly runs no more; of other machines nothing is certain."""
        return self.machine == machine() and start_of(self.pid) != self.started


def machine() -> str:
    """This machine since it was started. On Linux also the container, which has its own numbers of processes."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{boot}/{(PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return socket.gethostname()


def start_of(pid: int) -> str | None:
    """When the process was started, in the system's own words; None when there is no such process."""
    if (PROC / "self/stat").exists():
        return start_on_linux(pid)
    ask = ["/bin/ps", "-o", "lstart=", "-p", str(pid)]
    found = subprocess.run(ask, capture_output=True, text=True, check=False)  # noqa: S603 - a program and a number
    return " ".join(found.stdout.split()) or None


def start_on_linux(pid: int) -> str | None:
    """Clock ticks between the start of the machine and that of the process."""
    try:
        stat = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return None
    state, *fields = stat.rpartition(")")[2].split()  # the name in parentheses may contain anything
    return None if state in "ZX" else fields[18]  # a zombie only waits for its parent to notice
