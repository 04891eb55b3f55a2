"""Writes the tables of operations in docs/sdk: one on each page of a tag, and the list of all pages.

python -m tools.sdk.pages
"""

from collections.abc import Iterator

from sutler.app import routes
from tools.markdown import table
from tools.sdk import names
from tools.sdk.facts import Api, Operation, load
from tools.sdk.methods import Writer
from tools.sdk.shapes import Shapes
from tools.sources import ROOT

FOLDER = ROOT / "docs" / "sdk"
CLIENTS = {"management": "client", "storefront": "shop", "gameserver": "plugin"}
APIS = tuple(load(name) for name in CLIENTS)
PAGES = tuple(sorted({tag for api in APIS for tag in api.tags}))
HEADING = "## Operations"
NOTE = "\nWritten by `make docs`; the rest of the page is not."
MISSING = " · not served by Sutler yet"


def page(name: str, text: str) -> str:
    """A page with its table as it should be; all else stays as it is."""
    prose = text.partition(HEADING)[0].rstrip("\n")
    return "\n".join([f"{prose}\n", HEADING, NOTE, "", overview() if name == "README" else tables(name)])


def tables(tag: str) -> str:
    """The operations of a tag in each of the APIs that have it."""
    return "\n".join(_table(api, api.tags[tag]) for api in APIS if tag in api.tags)


def overview() -> str:
    """All pages, with how many operations each has."""
    rows = []
    for tag in PAGES:
        there = [one for api in APIS for one in api.tags.get(tag, ())]
        missing = sum(1 for one in there if not _is_served(one))
        rows.append((f"[{tag}]({tag}.md)", ", ".join(_owners(tag)), str(len(there)), str(missing or "")))
    return table(("page", "called as", "operations", "not served by Sutler yet"), rows)


def _owners(tag: str) -> Iterator[str]:
    for api in APIS:
        if tag in api.tags:
            yield f"`{CLIENTS[api.name]}.{names.snake(tag)}`"


def _table(api: Api, operations: list[Operation]) -> str:
    writer = Writer(Shapes(api.schemas))
    owner = f"{CLIENTS[api.name]}.{names.snake(operations[0].tag)}"
    rows = [(f"`{one.name}`{_iterator(one)}", f"`{one.verb} {one.path}`", _answer(writer, one)) for one in operations]
    return table((f"`{owner}.…`", "request", "answers"), rows)


def _iterator(one: Operation) -> str:
    return f", `{one.iterator}`" if one.iterator else ""


def _answer(writer: Writer, one: Operation) -> str:
    notes = " · deprecated" * one.deprecated + ("" if _is_served(one) else MISSING)
    return ("nothing" if one.answer is None else f"`{writer.answer(one)}`") + notes


def _is_served(one: Operation) -> bool:
    return any(route.operation == one.id for route in routes())


def main() -> None:
    """Rewrites the tables of all pages."""
    for name in ("README", *PAGES):
        file = FOLDER / f"{name}.md"
        file.write_text(page(name, file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
