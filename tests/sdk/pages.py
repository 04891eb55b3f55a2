"""The pages of docs/sdk: their blocks of Python, run one after the other as a reader would."""

import ast
import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sutler_sdk import ApiError
from tools.sources import ROOT

FOLDER = ROOT / "docs" / "sdk"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
PRINTED = re.compile(r"# → (.*)$", re.MULTILINE)
MISSING = "Sutler does not serve this yet"
UNKNOWN = (404, "NotFound")  # no such route


@dataclass(frozen=True)
class Block:
    """One block of code. `served`: whether the page says that Sutler has what it calls."""

    page: Path
    line: int
    heading: str
    served: bool
    code: str

    @property
    def place(self) -> str:
        """Where it is, for tracebacks."""
        return f"{self.page.relative_to(ROOT)}, line {self.line}"

    def run(self, names: dict[str, Any]) -> None:
        """Run it; an AssertionError where it prints anything but what the page says, or is served against its word."""
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            for statement in ast.parse(self.code).body:
                code = compile(ast.Module([statement], []), self.place, "exec")
                if self.served:
                    exec(code, names)  # noqa: S102 - the pages are ours
                else:
                    self._miss(code, names)
        said = PRINTED.findall(self.code)
        assert not said or printed.getvalue().splitlines() == said, f"{self.place} prints\n{printed.getvalue()}"

    def _miss(self, code: Any, names: dict[str, Any]) -> None:
        error = None
        try:
            exec(code, names)  # noqa: S102 - the pages are ours
        except ApiError as caught:
            error = caught
        assert error is not None, f"{self.place}: Sutler has this now; take the note away."
        assert (error.status, error.code) == UNKNOWN, f"{self.place}: {error}; take the note away."


def blocks(page: Path) -> Iterator[Block]:
    """The blocks of a page."""
    text = page.read_text(encoding="utf-8")
    end = 0
    for found in BLOCK.finditer(text):
        before = text[end : found.start()]
        end = found.end()
        heading = (HEADING.findall(BLOCK.sub("", text[: found.start()])) or [""])[-1]
        line = text[: found.start()].count("\n") + 1
        yield Block(page, line, heading, MISSING not in before, found[1])
