"""A store that is backed up on one engine and brought back on the other is the same store."""

from pathlib import Path

from sutler.kernel.backup.archive import inspect
from sutler.kernel.data.database import Database
from tests.backup.conftest import Trade
from tests.make.backup import brought_back, complaints, saved


class TestDoctor:
    async def test_is_content_with_a_store_where_everything_has_happened_once(
        self, trade: Trade, database: Database
    ) -> None:
        assert await complaints(database) == {}


class TestRoundTrip:
    async def test_to_the_other_engine_and_back_changes_nothing(
        self, trade: Trade, database: Database, elsewhere: str, tmp_path: Path
    ) -> None:
        original = await saved(database, tmp_path / "first")

        copy = await brought_back(elsewhere, tmp_path / "first")
        again = await saved(copy, tmp_path / "second")
        third = await brought_back(f"sqlite:{tmp_path}/third/copy.db", tmp_path / "second")

        assert original.rows > 50
        assert again.tables == original.tables == (await saved(third, tmp_path / "third.backup")).tables
        assert original == inspect(tmp_path / "first")
        assert {copy.dialect.name, database.dialect.name} == {"sqlite", "postgresql"}
        assert await complaints(copy) == await complaints(third) == {}
