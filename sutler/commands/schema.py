"""Whether the tables are up to date, told without Alembic, whose import takes as long as half of a start."""

from pathlib import Path

from sutler.commands.refusal import Refusal
from sutler.kernel.data.database import Database

VERSIONS = Path(__file__).parents[1] / "migrations" / "versions"
HAS_REVISION = {
    "sqlite": "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}
REVISION = "SELECT version_num FROM alembic_version"


def newest() -> str:
    """The revision that this version of Sutler needs; files of revisions begin with their number."""
    return max(file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*_*.py"))


async def present(database: Database) -> str | None:
    """The revision that an open database is at; None when it is empty."""
    async with database.reading() as connection:
        if not await connection.fetch(HAS_REVISION[database.dialect.name], ()):
            return None
        rows = await connection.fetch(REVISION, ())
    return str(rows[0][0]) if rows else None


async def is_current(database: Database) -> bool:
    """Whether a database, opened for the question, is at the newest revision."""
    await database.open()
    try:
        return await present(database) == newest()
    finally:
        await database.close()


async def upgrade(database: Database) -> list[str]:
    """Apply what is missing, on a database opened for that; Refusal when a newer version of Sutler was here before."""
    if await is_current(database):
        return []
    from sutler.kernel.data.migrate import UnknownRevisionError, migrate  # only now: it imports Alembic

    await database.open()
    try:
        return await migrate(database)
    except UnknownRevisionError as error:
        raise Refusal(str(error)) from error
    finally:
        await database.close()
