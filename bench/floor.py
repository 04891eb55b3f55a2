"""The floor under test."""

import os
from pathlib import Path

import msgspec

from bench.floor_app import Floor, Rows
from bench.floor_checkout import FloorCheckout, dollar, question_mark
from bench.floor_postgres import PostgresRows
from bench.floor_sqlite import SqliteRows
from bench.plan import Plan


def make(url: str) -> Floor:
    """The application on a database; with the plan in BENCH_PLAN, a file, it can sell as well."""
    on_sqlite = url.startswith("sqlite:")
    rows: Rows = SqliteRows(url.removeprefix("sqlite:")) if on_sqlite else PostgresRows(url)
    checkout = None
    if os.environ.get("BENCH_PLAN"):
        plan = msgspec.msgpack.decode(Path(os.environ["BENCH_PLAN"]).read_bytes(), type=Plan)
        checkout = FloorCheckout(rows, plan, question_mark if on_sqlite else dollar)
    return Floor(rows, {os.environ["BENCH_AUTHORIZATION"].encode(): os.environ["BENCH_STORE"]}, checkout)
