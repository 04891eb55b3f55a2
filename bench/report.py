"""Prints what was measured, as Markdown tables."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from statistics import median

from bench import machine
from bench.load import Sample
from bench.plan import BUDGET, Counts
from bench.rounds import Result


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose columns line up."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    rule = ["-" * width for width in widths]
    for row in (head, rule, *rows):
        cells = (
            text.ljust(width) if number == 0 else text.rjust(width)
            for number, (text, width) in enumerate(zip(row, widths, strict=True))
        )
        print(f"| {' | '.join(cells)} |", flush=True)
    print()


MEASURED = ("answers/s", "p50 ms", "p99 ms", "server CPU µs")


def measured(result: Result) -> list[str]:
    """The cells of one result."""
    cpu = f"{result.cpu * 1e6:,.0f}" if result.cpu else "-"
    return [f"{result.rate:,.0f}", f"{result.p50 * 1000:.2f}", f"{result.p99 * 1000:.2f}", cpu]


def share(result: Result, floor: Result) -> str:
    """What the floor's rate and processor time make of a result: 100 % is as good as the floor."""
    by_cpu = f" · {floor.cpu / result.cpu:.0%}" if result.cpu else ""
    return f"{result.rate / floor.rate:.0%}{by_cpu}"


def times(result: Result, twin: Result) -> str:
    """How many times the twin's rate a result is, and how many times less processor time it took."""
    by_cpu = f" · {twin.cpu / result.cpu:.1f} ×" if result.cpu else ""
    return f"{result.rate / twin.rate:.1f} ×{by_cpu}"


def customers_rows(name: str, of_floor: float, of_twin: float, results: Mapping[str, Result]) -> list[list[str]]:
    """One operation: Sutler, the floor and the twin."""
    ours, floor, twin = results["sutler"], results["floor"], results["twin"]
    ratios = [share(ours, floor), f"≥ {of_floor:.0%}", times(ours, twin), f"≥ {of_twin:g} ×"]
    none = [""] * len(ratios)
    return [
        [f"{name}: Sutler", *measured(ours), *ratios],
        ["… floor", *measured(floor), *none],
        ["… twin", *measured(twin), *none],
    ]


CUSTOMERS_HEAD = ("", *MEASURED, "of the floor: rate · CPU", "budget", "of the twin: rate · CPU", "budget")
PAIRS_HEAD = ("", *MEASURED, "of the floor: rate · CPU", "budget")
SALES = {
    "opened": "open a checkout, 16 clients",
    "alone": "complete a checkout, one by one",
    "together": "complete a checkout, 16 clients",
}


def pair_rows(name: str, budget: str, ours: Result, floor: Result) -> list[list[str]]:
    """One operation: Sutler and the floor."""
    return [[f"{name}: Sutler", *measured(ours), share(ours, floor), budget], ["… floor", *measured(floor), "", ""]]


def latency_row(name: str, budget: str, sample: Sample) -> list[str]:
    """Something that nobody does as fast as they can, so that only how long it takes means anything."""
    p50, p99 = (f"{sample.percentile(part) * 1000:.2f}" for part in (0.5, 0.99))
    return [name, "-", p50, p99, "-", "", budget]


def purchases(counts: Counts, delivered: Sequence[float]) -> None:
    """Statements, and how fast what was bought reached the game server."""
    print(
        f"Statements: {len(counts.opening)} to open a checkout, {len(counts.completing)} to complete it "
        f"(budget ≤ {BUDGET}), {len(counts.afterwards)} in the jobs that follow, "
        f"{len(counts.polling)} in an empty poll (budget 0).\n"
        f"Completed by 16 clients and taken by the game server: {median(delivered):,.0f} purchases a second.\n"
    )


def heading(chosen: Namespace, app_core: str, load_core: str) -> None:
    """What was measured, on what, and how."""
    print(
        f"{machine.description()}\n"
        f"server under test on core {app_core}; load generator and PostgreSQL on core {load_core}\n"
        f"{chosen.customers:,} customers; {chosen.connections} connections; medians of {chosen.rounds} rounds of "
        f"{chosen.seconds:g} s in turn, after a warm-up; load average before {machine.load_average():.1f}\n"
    )
