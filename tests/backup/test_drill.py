"""A rehearsal brings a backup up beside the store, and notices when the two do not fit together."""

from pathlib import Path

from sutler.doctor.drill import Rehearsal, rehearse
from sutler.doctor.totals import Comparison, Total, compared
from sutler.kernel.backup.archive import inspect
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from tests.backup.conftest import Trade
from tests.make.backup import rows, saved


async def rehearsed(running: Database, file: Path, postgres: str | None = None) -> Rehearsal:
    """A drill with this file."""
    return await rehearse(running, file, inspect(file), postgres=postgres)


def verdicts(found: Rehearsal) -> set[str]:
    """Every verdict there is."""
    return {comparison.verdict for comparison in found.comparisons}


class TestDrill:
    async def test_finds_a_store_that_stands_still_unchanged(self, trade: Trade, database: Database, tmp_path: Path) -> None:
        await saved(database, tmp_path / "some.backup")

        found = await rehearsed(database, tmp_path / "some.backup")

        assert found.passed
        assert verdicts(found) == {"same"}
        named = {(one.area, one.name): one.copy for one in found.comparisons}
        assert named["orders", "completed, usd"].amount == 2 * 1499 + 1499 + 0 + 1499
        assert named["books", "sales, usd"].amount == -4 * 1499
        assert not any(total.amount is None for (area, name), total in named.items() if name)

    async def test_does_not_mind_what_has_happened_since(self, trade: Trade, database: Database, tmp_path: Path) -> None:
        await saved(database, tmp_path / "some.backup")
        await trade.sell(trade.rank_id)
        await trade.worker.drain()
        await database.script("UPDATE payments SET status = 'refunded'")

        found = await rehearsed(database, tmp_path / "some.backup")

        assert found.passed
        assert verdicts(found) <= {"same", "changed since"}

    async def test_notices_that_the_store_has_lost_what_the_backup_has(
        self, trade: Trade, database: Database, tmp_path: Path
    ) -> None:
        await saved(database, tmp_path / "some.backup")
        await database.script("DELETE FROM ledger_entries WHERE id = (SELECT max(id) FROM ledger_entries)")

        found = await rehearsed(database, tmp_path / "some.backup")

        assert not found.passed
        assert {one.area for one in found.comparisons if one.verdict == "MISSING"} == {"ledger_entries", "books"}

    async def test_notices_what_does_not_add_up_in_the_backup(
        self, trade: Trade, database: Database, tmp_path: Path
    ) -> None:
        await database.script(
            "UPDATE ledger_entries SET amount = amount + 1 WHERE id = (SELECT max(id) FROM ledger_entries)"
        )
        await saved(database, tmp_path / "some.backup")

        found = await rehearsed(database, tmp_path / "some.backup")

        assert not found.passed
        assert "ledger_balances" in {result.name for result in found.results if result.problems}

    async def test_can_use_a_schema_of_its_own_and_leaves_nothing(
        self, trade: Trade, database: Database, blank_postgres: str, tmp_path: Path
    ) -> None:
        await saved(database, tmp_path / "some.backup")

        found = await rehearsed(database, tmp_path / "some.backup", blank_postgres)

        schemas = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'sutler%'"
        assert found.passed
        assert await rows(database_at(blank_postgres), schemas) == []

    async def test_says_that_there_is_no_store_to_compare_with(
        self, trade: Trade, database: Database, elsewhere: str, tmp_path: Path
    ) -> None:
        await saved(database, tmp_path / "some.backup")

        found = await rehearsed(database_at(elsewhere), tmp_path / "some.backup")

        assert found.passed
        assert found.reason
        assert found.comparisons == []


class TestVerdict:
    def test_is_that_more_of_what_lasts_was_being_saved(self) -> None:
        assert verdict(Total("orders", "", 5), Total("orders", "", 6)) == "more since"

    def test_is_that_a_balance_with_as_many_entries_cannot_change(self) -> None:
        assert verdict(Total("books", "sales, usd", 5, -10), Total("books", "sales, usd", 5, -11)) == "MISSING"

    def test_is_that_what_comes_and_goes_has_changed(self) -> None:
        assert verdict(Total("jobs", "", 5), Total("jobs", "", 2)) == "changed since"

    def test_takes_what_only_one_side_has_as_nothing_on_the_other(self) -> None:
        (one,) = compared([Total("books", "tax, eur", 1, -3)], [])

        assert one == Comparison("books", "tax, eur", one.copy, Total("", "", 0, 0))
        assert one.verdict == "MISSING"


def verdict(copy: Total, running: Total) -> str:
    """Of one comparison."""
    return Comparison(copy.area, copy.name, copy, running).verdict
