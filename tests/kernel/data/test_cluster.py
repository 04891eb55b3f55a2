"""The throw-away PostgreSQL of the tests: gone with its last user, even one that was killed."""

import sys
import time
from pathlib import Path
from subprocess import PIPE, Popen

from tests.postgres import Cluster

USER = """
import sys
from tests.postgres import Cluster
cluster = Cluster()
cluster.start()
print(cluster.folder, flush=True)
sys.stdin.readline()
cluster.stop()
"""


def user(run: str = "") -> Popen[str]:
    """A process that uses a cluster until it is told a line; those of one run share theirs."""
    environment = {"PATH": "/usr/bin:/bin:/usr/local/bin", "PYTEST_XDIST_TESTRUNUID": run, "PYTHONPATH": "."}
    if not run:
        del environment["PYTEST_XDIST_TESTRUNUID"]
    return Popen([sys.executable, "-c", USER], stdin=PIPE, stdout=PIPE, text=True, env=environment)


def folder_of(process: Popen[str]) -> Path:
    """Where its cluster is."""
    assert process.stdout is not None
    return Path(process.stdout.readline().strip())


def goes(folder: Path) -> bool:
    """Whether the folder is removed within some seconds."""
    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return not folder.exists()


class TestACluster:
    def test_is_gone_once_it_is_stopped(self) -> None:
        cluster = Cluster(durable=True)
        cluster.start()

        cluster.stop()

        assert not cluster.folder.exists()

    def test_goes_when_the_tests_are_killed(self) -> None:
        process = user()
        folder = folder_of(process)
        assert (folder / "data").exists()

        process.kill()
        process.communicate()

        assert goes(folder)

    def test_is_shared_by_the_processes_of_one_run_and_goes_with_the_last(self) -> None:
        first, second = user("a-run-of-two"), user("a-run-of-two")
        folder = folder_of(first)
        assert folder_of(second) == folder

        first.communicate("go\n")
        time.sleep(0.3)
        assert (folder / "data" / "postmaster.pid").exists()
        second.kill()
        second.communicate()

        assert goes(folder)
