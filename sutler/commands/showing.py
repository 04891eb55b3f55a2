"""Printing for people: values are never cut or wrapped, because they will be copied."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDE = 240  # columns, where there is no terminal to fit into


def out() -> Console:
    """Standard output as it is now."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=WIDE)


def facts(title: str, values: Mapping[str, str]) -> None:
    """A title and labelled values, one to a line."""
    console, width = out(), max(map(len, values), default=0)
    console.print(Text(title, "bold"), soft_wrap=True)
    for label, value in values.items():
        console.print(Text.assemble("  ", (label.ljust(width), "dim"), "  ", value), soft_wrap=True)


def rows(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A table without frames."""
    table = Table(*heads, box=None, pad_edge=False, header_style="bold")
    for column in table.columns:
        column.no_wrap, column.overflow = True, "ignore"
    for line in lines:
        table.add_row(*map(Text, line))
    out().print(table)
