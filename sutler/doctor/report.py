"""What the doctor and a rehearsal have found, on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sutler.doctor.examination import Result
from sutler.doctor.totals import Comparison, Total

COLOURS = {"same": "green", "more since": "default", "changed since": "default", "MISSING": "red"}


def show_results(console: Console, results: Sequence[Result]) -> None:
    """A line for each check, and below it what does not add up."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for result in results:
        if result.problems:
            table.add_row("[red]✗[/]", f"{escape(result.title)} [red]Not so {result.problems:,} ×:[/]")
        else:
            table.add_row("[green]✓[/]", escape(result.title))
        for example in result.examples:
            table.add_row("", f"[red]·[/] {escape(example)}")
        if result.problems > len(result.examples) > 0:
            table.add_row("", f"[red]·[/] … and {result.problems - len(result.examples):,} more")
        for note in result.notes:
            table.add_row("", f"[yellow]·[/] {escape(note)}")
    console.print(table)


def show_comparisons(console: Console, comparisons: Sequence[Comparison], reason: str) -> None:
    """The totals of the copy beside those of the running store, for what is older than the backup."""
    if reason:
        console.print(f"[yellow]{escape(reason)}[/]")
        return
    table = Table("", "", "in the copy", "in the store", "", box=None, pad_edge=False)
    for column in table.columns[2:4]:
        column.justify = "right"
    for one in comparisons:
        if not one.copy.count and not one.running.count:
            continue
        verdict = f"[{COLOURS[one.verdict]}]{one.verdict}[/]"
        table.add_row(one.area, escape(one.name), shown(one.copy), shown(one.running), verdict)
    console.print(table)


def shown(total: Total) -> str:
    """Rows, and what they sum up to in minor units."""
    return f"{total.count:,}" if total.amount is None else f"{total.count:,} · {total.amount:,}"
