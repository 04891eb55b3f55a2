"""The machine: its cores, who runs on which, and how much processor time a process has used."""

import contextlib
import os
import platform
import subprocess
from pathlib import Path

ANY_CORE = "-"  # no pinning


def cores() -> tuple[str, str]:
    """The core for the server under test, and the one for the load generator and PostgreSQL."""
    if not hasattr(os, "sched_getaffinity"):
        return ANY_CORE, ANY_CORE
    free = sorted(os.sched_getaffinity(0))
    return (str(free[0]), str(free[1])) if len(free) > 1 else (ANY_CORE, ANY_CORE)


def pin(core: str) -> None:
    """Keep this process, and what it will start, on one core."""
    if core != ANY_CORE:
        os.sched_setaffinity(0, {int(core)})


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has used; 0 where the system does not tell in /proc."""
    with contextlib.suppress(OSError):
        # What follows the name in parentheses: the state is the first field, user and system time are the 12th and 13th.
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def description() -> str:
    """Processor, cores, system, Python and commit, in one line."""
    commit = _output("git", "rev-parse", "--short", "HEAD") or "no commit"
    return (
        f"{processor()}, {os.cpu_count()} cores · {platform.system()} {platform.release()} · "
        f"{platform.python_implementation()} {platform.python_version()} · {commit}"
    )


def processor() -> str:
    """The name of the processor, as far as the system tells."""
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        named = dict(line.split(":", 1) for line in lines if ":" in line)
        names = {key.strip(): value.strip() for key, value in named.items()}
        if "model name" in names:
            return names["model name"]
    return platform.processor() or platform.machine()


def load_average() -> float:
    """How many processes wanted to run in the last minute: much more than the bench's own make its numbers worthless."""
    return os.getloadavg()[0]


def _output(*command: str) -> str:
    with contextlib.suppress(OSError):
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return ""
