"""The reference pages are those of the program as it is, and no link leads nowhere."""

import json
import re
from pathlib import Path

import pytest
import typer.main

from sutler.cli import app
from sutler.kernel.errors import ShopError
from sutler.kernel.work.events import Event
from sutler.settings import SETTINGS
from tools.reference import FOLDER, PAGES, below, commands
from tools.sources import ROOT

HIDDEN = {"node_modules", "build", "dist", "var"}
PAGES_OF_THE_PROJECT = sorted(
    file
    for file in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part in HIDDEN for part in file.relative_to(ROOT).parts)
)
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
CODE = re.compile(r"^(```+|~~~+).*?^\1`*~*\s*$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
# What a lock file consists of: a package with its version, the hash of a file, who needs the package.
LOCKED = re.compile(
    r"[a-z0-9][a-z0-9-]*==[\w.]+( ; .*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?"
    r"|    #( via)?( +[a-z0-9-]+( \(pyproject\.toml(:\w+)?\))?)?"
)
HEADING = re.compile(r"^#+\s+(.*?)\s*#*$", re.MULTILINE)


def read(name: str) -> str:
    """A reference page as it is in the repository."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


class TestReference:
    @pytest.mark.parametrize("name", PAGES)
    def test_is_up_to_date(self, name: str) -> None:
        assert read(name) == PAGES[name](), f"docs/reference/{name}.md is out of date; run make docs"

    def test_has_every_setting(self) -> None:
        page = read("settings")

        assert not [setting.name for setting in SETTINGS if f"`{setting.name}`" not in page or not setting.text]

    def test_has_every_command(self) -> None:
        page, known = read("cli"), list(commands("sutler", typer.main.get_command(app)))

        assert known
        assert not [name for name, command in known if f"## {name}\n" not in page or not command.help]

    def test_explains_every_parameter_of_a_command(self) -> None:
        known = commands("sutler", typer.main.get_command(app))

        assert not [
            f"{name} {part.name}" for name, command in known for part in command.params if not part.help and not part.hidden
        ]

    def test_has_every_event(self) -> None:
        page, known = read("events"), below(Event)

        assert known
        assert not [event.__name__ for event in known if f"`{event.kind}`" not in page or not event.__doc__]

    def test_has_every_error(self) -> None:
        page, known = read("errors"), below(ShopError)

        assert not [error.__name__ for error in known if f"`{error.__name__}`" not in page or not error.__doc__]

    def test_has_one_error_for_each_code(self) -> None:
        codes = [error.__name__ for error in below(ShopError)]

        assert len(set(codes)) == len(codes)


class TestLinks:
    def test_are_looked_for_in_every_page(self) -> None:
        assert {ROOT / "README.md", FOLDER / "settings.md"} <= set(PAGES_OF_THE_PROJECT)

    @pytest.mark.parametrize("page", PAGES_OF_THE_PROJECT, ids=lambda page: page.relative_to(ROOT).as_posix())
    def test_lead_somewhere(self, page: Path) -> None:
        assert not [link for link in links(page) if not leads_somewhere(page, link)]


class TestLockFiles:
    @pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
    def test_name_packages_and_hashes_and_no_addresses(self, name: str) -> None:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

        assert lines
        assert not [line for line in lines if not LOCKED.fullmatch(line) or "://" in line]

    @pytest.mark.parametrize("folder", ["tests/pages/shop", "tests/sdk/project"])
    def test_of_npm_do_the_same(self, folder: str) -> None:
        text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
        packages = {name: one for name, one in json.loads(text)["packages"].items() if name}

        assert packages
        assert not [
            name for name, one in packages.items() if not one["integrity"].startswith("sha512-") or "resolved" in one
        ]
        assert "://" not in text


def links(page: Path) -> list[str]:
    """The links of a page that lead to other files or places of the project; code is left out."""
    found = [inline or reference for inline, reference in LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))]
    return [link for link in found if not re.match(r"[a-z][a-z0-9+.-]*:|//", link)]


def leads_somewhere(page: Path, link: str) -> bool:
    """Whether the file is there and, in a page, the heading."""
    name, _, anchor = link.partition("#")
    target = (page.parent / name).resolve() if name else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target)


def anchors(page: Path) -> set[str]:
    """The names by which the headings of a page are linked to."""
    headings = HEADING.findall(re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
