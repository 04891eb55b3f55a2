"""The rules of the house that a machine can check: imports, names and sizes of files, access, time, tables."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import Float, Numeric, Table

from sutler.app import routes
from sutler.kernel.data.records import metadata
from sutler.kernel.edge.access import Access
from sutler.kernel.edge.http import Route
from tools.sources import ROOT, calls, comments, functions, imported, length, lines, modules, place, tree

SUTLER = ROOT / "sutler"
KERNEL = SUTLER / "kernel"
GENERATED = SUTLER / "migrations" / "versions"
OURS = [file for file in modules("sutler") if file.parent != GENERATED]
SDK = ROOT / "sdk" / "sutler_sdk"
WRITTEN = [file for file in modules("sdk") if not {SDK / "_generated", SDK / "types"} & set(file.parents)]
EVERYTHING = OURS + modules("tests", "tools", "bench") + WRITTEN

AREAS = {"stores", "servers", "catalog", "customers", "promotions", "checkout", "billing", "delivery", "webhooks"}
ROUTES = {"routes", "storefront_routes", "gameserver_routes"}
SLICE_FILES = {"__init__", "models", "schemas", "service", "events", "jobs", "queries"} | ROUTES
# One module for each gateway, one for each kind of step of a price; they have neither tables nor routes and are no slices.
NO_SLICES = {SUTLER / "billing" / "gateways", SUTLER / "checkout" / "pricing"}
SLICES = [
    folder
    for area in sorted(AREAS)
    for folder in sorted((SUTLER / area).glob("*/"))
    if folder.name != "__pycache__" and folder not in NO_SLICES
]

ENGINE = re.compile(r"sqlalchemy\.(engine|orm|pool|ext\.asyncio|create_engine|event)\b")
# Ids of all stores, and the leases of their node numbers, follow the wall clock, whatever time it is in one of the stores.
TELL_TIME = {KERNEL / "clock.py", KERNEL / "ids.py", KERNEL / "data" / "nodes.py"}
TIME = re.compile(
    r"\b((date|datetime)\.(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime)|func\.(now|current_timestamp))$"
)
MONEY = re.compile(r"(amount|price|total|subtotal|tax|fee|balance|discount|cents)s?$")

# Indexes that begin with something else, because they are asked before the store is known, and why.
ACROSS_STORES = {
    "api_keys_digest": "a token says which store it is for",
    "api_keys_previous_digest": "the same, for a token that was replaced",
    "checkouts_digest": "the address of a checkout has nothing but its token",
    "customer_tokens_digest": "a token says which store it is for",
    "game_servers_digest": "a token says which store it is for",
    "invoices_pending": "a sweep makes the files of all stores",
    "jobs_due": "a worker takes what is due, in whichever store",
    "members_user": "a user works in several stores, which a request of theirs is to find out",
    "player_profiles_fetched": "a sweep forgets old profiles of all stores",
    "stores_slug": "a hosted store is found by its slug",
}


class TestImports:
    def test_run_one_way(self) -> None:
        lint_imports = Path(sys.executable).parent / "lint-imports"

        checked = subprocess.run([lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

        assert checked.returncode == 0, checked.stdout + checked.stderr

    def test_never_reach_for_the_routes_of_another_slice(self) -> None:
        found = [
            f"{place(file, line)} imports {name}"
            for file in OURS
            if file != SUTLER / "app.py"
            for name, line in imported(file)
            if (parts := name.split("."))[0] == "sutler" and parts[1] in AREAS and ROUTES & set(parts)
            if file.parent != SUTLER.joinpath(*parts[1:3])
        ]

        assert not found

    def test_keep_the_engine_parts_of_sqlalchemy_in_the_data_part_of_the_kernel(self) -> None:
        homes = (KERNEL / "data", SUTLER / "migrations")

        found = [
            f"{place(file, line)} imports {name}"
            for file in OURS
            if not any(file.is_relative_to(home) for home in homes)
            for name, line in imported(file)
            if ENGINE.match(name)
        ]

        assert not found


class TestSlices:
    def test_are_found(self) -> None:
        assert SUTLER / "customers" / "customers" in SLICES

    def test_use_the_agreed_file_names_and_no_others(self) -> None:
        assert not [place(file) for folder in SLICES for file in folder.rglob("*.py") if file.stem not in SLICE_FILES]

    def test_lie_in_areas_that_hold_nothing_else(self) -> None:
        assert not [place(file) for area in AREAS for file in (SUTLER / area).glob("*.py") if file.stem != "__init__"]


class TestSizes:
    def test_of_no_file_are_over_400_lines(self) -> None:
        assert not [f"{place(file)} has {lines(file)}" for file in EVERYTHING if lines(file) > 400]

    def test_of_nine_files_in_ten_are_at_most_250_lines(self) -> None:
        assert sum(lines(file) <= 250 for file in OURS) >= 0.9 * len(OURS)

    def test_of_files_have_a_median_of_at_most_80_lines(self) -> None:
        assert median(lines(file) for file in OURS) <= 80

    def test_of_no_function_are_over_40_lines(self) -> None:
        found = [(file, function) for file in EVERYTHING for function in functions(file) if length(function) > 40]

        assert not [f"{place(file, function.lineno)} {function.name} has {length(function)}" for file, function in found]

    def test_of_functions_have_a_median_of_at_most_10_lines(self) -> None:
        assert median(length(function) for file in OURS for function in functions(file)) <= 10


class TestModules:
    def test_open_with_a_line_that_says_what_lives_there(self) -> None:
        assert not [place(file) for file in EVERYTHING if not (ast.get_docstring(tree(file)) or "").strip()]

    def test_give_a_reason_beside_each_exception_from_a_rule(self) -> None:
        assert not [place(file, line) for file in EVERYTHING for line, comment in comments(file) if is_bare(comment)]


class TestRoutes:
    @pytest.mark.parametrize("route", routes(), ids=lambda route: route.operation)
    def test_say_who_may_call_them(self, route: Route) -> None:
        access = route.signature.access

        assert isinstance(access, Access)
        assert access.permission or access.audience == "visitor"

    def test_have_each_operation_and_each_path_once(self) -> None:
        operations = [(route.api, route.operation) for route in routes()]
        paths = [(route.method, re.sub(r"{\w+}", "{}", route.path)) for route in routes()]

        assert len(set(operations)) == len(operations)
        assert len(set(paths)) == len(paths)


class TestTime:
    def test_comes_from_the_clock_only(self) -> None:
        others = [file for file in OURS if file not in TELL_TIME]

        called = [place(file, call.lineno) for file in others for call in calls(file) if TIME.search(ast.unparse(call.func))]
        taken = [place(file, line) for file in others for name, line in imported(file) if TIME.fullmatch(name)]

        assert not called + taken


class TestQueries:
    def test_limit_themselves_so_that_sqlite_does_not_plan_them_anew(self) -> None:
        limits = [(file, call) for file in OURS for call in calls(file) if isinstance(call.func, ast.Attribute)]

        assert not [
            place(file, call.lineno)
            for file, call in limits
            if ast.unparse(call.func).endswith(".limit") and not is_fixed(call)
        ]


class TestTables:
    @pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
    def test_have_indexes_that_begin_with_the_store(self, table: Table) -> None:
        begins = {str(index.name): index.columns[0].name for index in table.indexes if "store_id" in table.c}

        assert {name for name, column in begins.items() if column != "store_id"} <= set(ACROSS_STORES)

    def test_make_no_exception_that_is_not_needed(self) -> None:
        begins = {str(index.name): index.columns[0].name for table in metadata.sorted_tables for index in table.indexes}

        assert {name for name in ACROSS_STORES if begins.get(name, "store_id") == "store_id"} == set()


class TestMoney:
    def test_is_never_kept_in_a_float(self) -> None:
        columns = [column for table in metadata.sorted_tables for column in table.c]

        assert not [str(column) for column in columns if isinstance(column.type, Float | Numeric)]

    def test_is_never_called_a_float(self) -> None:
        named = [(file, node) for file in OURS for node in ast.walk(tree(file)) if isinstance(node, ast.AnnAssign | ast.arg)]

        assert not [place(file, node.lineno) for file, node in named if is_fractional_money(node)]


def is_fractional_money(node: ast.AnnAssign | ast.arg) -> bool:
    """Whether an annotated name means money but may hold a fraction."""
    name = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
    annotation = ast.unparse(node.annotation) if node.annotation else ""
    return bool(MONEY.search(name) and re.search(r"\b(float|Decimal)\b", annotation))


def is_fixed(limit: ast.Call) -> bool:
    """Whether a limit is ONE, the cast LIMIT, or what a `literal_…()` writes into the statement's text."""
    (argument,) = limit.args
    if isinstance(argument, ast.Name):
        return argument.id in {"ONE", "LIMIT"}
    return isinstance(argument, ast.Call) and ast.unparse(argument.func).startswith("literal_")


def is_bare(comment: str) -> bool:
    """Whether a comment makes an exception without saying from which rule, and why."""
    if not re.search(r"#\s*(ruff: *)?noqa|#\s*type: *ignore", comment, re.IGNORECASE):
        return False
    return not re.search(
        r"# (?:ruff: )?noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* - \w+\W+\w+|# type: ignore\[[\w, -]+\] +# \w+\W+\w+", comment
    )
