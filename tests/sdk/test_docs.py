"""Every page of docs/sdk does what it says, at a demo store."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.make.demo import DemoStore
from tests.processes import ServerProcess, started
from tests.sdk.pages import FOLDER, blocks
from tools.sdk.pages import PAGES, page

QUICKSTART = FOLDER / "quickstart.md"
pytestmark = pytest.mark.xdist_group("pages of the SDK")  # one server for all of them


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoStore]:
    """A demo store."""
    folder = tmp_path_factory.mktemp("demo")
    server = ServerProcess(folder, "demo", "--json", "--no-history", SUTLER_DATA=str(folder), SUTLER_PROFILES="0")
    with started(server):
        yield DemoStore.of(server)


@pytest.fixture(scope="module")
def names(demo: DemoStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What a reader has after the quickstart."""
    folder = tmp_path_factory.mktemp("plugin")
    environment = {
        "STORE_URL": demo.url, "STORE_ID": demo.store_id, "API_KEY": demo.api_key, "WEBHOOK_SECRET": "pn-secret",
        "CUSTOMER_TOKEN": demo.customer_token, "GAMESERVER_TOKEN": demo.gameserver_token,
        "JOURNAL": str(folder / "store.journal"),
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as changed:
        for name, value in environment.items():
            changed.setenv(name, value)
        known: dict[str, Any] = {"__name__": "docs"}
        for block in blocks(QUICKSTART):
            block.run(known)
        yield known
        for client in ("client", "shop", "plugin"):
            known[client].close()


class TestPages:
    @pytest.mark.parametrize("file", sorted(FOLDER.glob("*.md")), ids=lambda file: file.stem)
    def test_do_what_they_say(self, file: Path, names: dict[str, Any]) -> None:
        known = names | {}
        for block in [] if file == QUICKSTART else blocks(file):  # which has run before
            block.run(known)

    def test_are_there_for_every_tag(self) -> None:
        assert {f"{name}.md" for name in PAGES} <= {file.name for file in FOLDER.glob("*.md")}

    @pytest.mark.parametrize("name", ["README", *PAGES])
    def test_list_every_operation(self, name: str) -> None:
        text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")

        assert text == page(name, text), f"docs/sdk/{name}.md is out of date; run make docs"

    @pytest.mark.parametrize("name", PAGES)
    def test_show_an_example(self, name: str) -> None:
        assert any(blocks(FOLDER / f"{name}.md"))
