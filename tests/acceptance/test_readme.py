"""The walks of the README and of the quickstart do what they say: exactly their lines, with real processes."""

import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from sutler.kernel.secrets import KEY_BYTES
from tests.postgres import Cluster
from tests.processes import Process, ServerProcess, environment, free_port, started
from tools.sources import ROOT

BLOCK = re.compile(r"<!-- walk -->\n```sh\n(.*?)```", re.DOTALL)
PATIENCE = 120.0
# What `sutler` is in an installation. With two servers, the game server is at the other one than the buyer.
PROGRAM = """\
#!/bin/sh
if [ "$1" = gameserver ] && [ -n "$OTHER_SERVER" ]; then export SUTLER_BASE_URL="$OTHER_SERVER"; fi
exec "{python}" -m sutler "$@"
"""
PAGES = {
    "README.md": (
        "Order pn-\\w+ is paid: \\$9.99.",
        "linked  as Survival",
        "oxide.usergroup add 76561197960287930 vip  for Alice",
    ),
    "docs/quickstart.md": (
        "Order pn-\\w+ is paid: €4.99.",
        "linked  as Lobby",
        "lp user Notch parent add knight  for Notch",
    ),
}


def walk(page: str) -> str:
    """The marked lines of a page, in their order."""
    blocks = BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))
    assert blocks, "the page has no walk"
    return "".join(blocks)


@contextmanager
def two_servers_and_a_worker(folder: Path, cluster: Cluster) -> Iterator[dict[str, str]]:
    """PostgreSQL; the walk itself starts the second server."""
    name = f"walk_{uuid4().hex[:12]}"
    settings = {
        "SUTLER_DATABASE_URL": cluster.create_database(name),
        "SUTLER_SECRET_KEY": secrets.token_urlsafe(KEY_BYTES),
        "SUTLER_WORKER": "0",
    }
    server, worker = ServerProcess(folder, "serve", **settings), Process(folder, "worker", **settings)
    with started(server, worker):
        yield settings | {"OTHER_SERVER": server.url}
    cluster.drop_database(name)


@pytest.mark.parametrize("page", PAGES)
class TestWalk:
    def test_works_with_one_process_and_one_file(self, page: str, tmp_path: Path) -> None:
        assert_that_it_leads_to_its_end(page, tmp_path, {})

    def test_works_with_two_servers_a_worker_and_postgresql(self, page: str, tmp_path: Path, cluster: Cluster) -> None:
        with two_servers_and_a_worker(tmp_path / "beside", cluster) as settings:
            assert_that_it_leads_to_its_end(page, tmp_path, settings)


def assert_that_it_leads_to_its_end(page: str, folder: Path, settings: dict[str, str]) -> None:
    """Run the lines as somebody who copies them, and look at what they print."""
    (folder / "bin").mkdir()
    program = folder / "bin" / "sutler"
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    variables = environment(SUTLER_PORT=str(free_port()), **settings)
    variables["PATH"] = f"{program.parent}:{variables['PATH']}"

    # The shell's own end ends what it has started in the background, as closing the terminal does.
    script = f"trap 'kill $(jobs -p)' EXIT\n{walk(page)}"
    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", script], cwd=folder, env=variables, capture_output=True, text=True,
        check=False, timeout=PATIENCE,
    )  # fmt: skip

    assert done.returncode == 0, done
    paid, linked, command = PAGES[page]
    shown = done.stdout.splitlines()
    assert re.search(paid, done.stdout)
    assert [line.endswith(command) for line in shown].count(True) == 1
    assert any(linked in line for line in shown)


def test_the_readme_needs_five_lines() -> None:
    assert len(walk("README.md").splitlines()) == 5


def test_the_readme_shows_what_the_walk_prints() -> None:
    assert PAGES["README.md"][2] in (ROOT / "README.md").read_text(encoding="utf-8")
