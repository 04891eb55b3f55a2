"""Pyright, strictly, for the oldest Python: the package itself, and a project that uses it as any user's does.

mypy looks at the same files where it looks at everything, `make types`.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.sources import ROOT

PACKAGE, PROJECT = ROOT / "sdk", ROOT / "tests" / "sdk" / "project"
PYRIGHT = PROJECT / "node_modules" / "pyright" / "index.js"
MISSING = "Pyright is missing: run `tools/browser`, which installs it with npm (`apt install npm` or `brew install node`)."
MISTAKE = re.compile(r"# on purpose: (report\w+)$")

Places = dict[tuple[str, int], set[str]]
"""Names of what is wrong by file and line."""


def checked(project: Path) -> dict[str, Any]:
    """What Pyright says of a project with a pyrightconfig.json, whose imports are found where this process has its own."""
    node = shutil.which("node")
    if node is None or not PYRIGHT.exists():
        pytest.fail(MISSING, pytrace=False)
    command = [node, str(PYRIGHT), "--project", str(project), "--pythonpath", sys.executable, "--outputjson"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode in {0, 1}, said.stdout + said.stderr  # clean, or not; anything else means that it did not work
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def mistakes(project: Path) -> Places:
    """Those that are made on purpose. One of them may come with others, such as a type that is unknown because of it."""
    found: Places = {}
    for file in sources(project):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if named := MISTAKE.search(line):
                found[file.name, number] = {named[1]}
    return found


def sources(project: Path) -> list[Path]:
    """The Python files of a project."""
    return [file for file in project.rglob("*.py") if "node_modules" not in file.parts]


class TestPyright:
    @pytest.mark.parametrize("project", [PACKAGE, PROJECT], ids=["the-package", "a-project-of-a-user"])
    def test_finds_every_mistake_and_nothing_else(self, project: Path) -> None:
        said = checked(project)

        made, found = mistakes(project), Places()
        for one in said["generalDiagnostics"]:
            place = Path(one["file"]).name, one["range"]["start"]["line"] + 1
            named = found.setdefault(place, set())
            named.add(one.get("rule", one["message"]))
            assert place in made, f"{place[0]}:{place[1]}: {one['message']}"
        assert {place: named & found.get(place, set()) for place, named in made.items()} == made
        assert said["summary"]["filesAnalyzed"] == len(sources(project))
