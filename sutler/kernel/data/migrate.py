"""Applies migrations as plain SQL through our own drivers, so that no second driver is needed; and writes new ones."""

import asyncio
import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import Column, MetaData, String, Table, delete, insert, select

from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement

MIGRATIONS = Path(__file__).parents[2] / "migrations"
VERSIONS = MIGRATIONS / "versions"
VERSION_TABLE = "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
alembic_version = Table("alembic_version", MetaData(), Column("version_num", String(32)))
CURRENT = Statement(select(alembic_version))
FORGET = Statement(delete(alembic_version))
REMEMBER = Statement(insert(alembic_version))
HAS_VERSION = {
    "sqlite": "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}
ALL_TABLES = "sutler.app"  # whoever imports it knows every table
NUMBERED = re.compile(r"(\d{4})_")
ALEMBICS_COMMENT = re.compile(r"^ *# ###.*\n", re.MULTILINE)


class UnknownRevisionError(RuntimeError):
    """The database was upgraded by a newer version of this program."""


async def migrate(database: Database, progress: Callable[[str], None] | None = None, versions: Path = VERSIONS) -> list[str]:
    """Bring the schema up to date and return the revisions applied, each in a transaction of its own.

    Of several processes that migrate at once, each revision is applied by one. `progress` is called with every
    revision that was applied. UnknownRevisionError when the database is newer than this program.
    """
    applied: list[str] = []
    script = scripts(versions)
    if not steps_after(script, await revision(database)):
        return applied
    while (step := await apply_next(database, script)) is not None:
        applied.append(step)
        if progress is not None:
            progress(step)
    return applied


async def pending(database: Database, versions: Path = VERSIONS) -> list[str]:
    """The revisions that are still to be applied, in order; UnknownRevisionError as in `migrate`."""
    return steps_after(scripts(versions), await revision(database))


async def revision(database: Database) -> str | None:
    """The revision that the database is at; None when it is empty."""
    async with database.reading() as connection:
        known = await connection.fetch(HAS_VERSION[database.dialect.name], ())
        found = await CURRENT.run(connection) if known else ()
    return str(found[0][0]) if found else None


async def apply_next(database: Database, script: ScriptDirectory) -> str | None:
    """Apply one revision; None when there is none left, perhaps because another process has just applied it."""
    async with database.upgrading() as connection:
        await connection.script(VERSION_TABLE)
        found = await CURRENT.run(connection)
        steps = steps_after(script, str(found[0][0]) if found else None)
        if not steps:
            return None
        sql = upgrade_sql(script, steps[0], database.dialect.name)
        await connection.script(sql)
        await FORGET.run(connection)
        await REMEMBER.run(connection, version_num=steps[0])
    return steps[0]


def upgrade_sql(script: ScriptDirectory, step: str, dialect: str) -> str:
    """The statements of one revision for one engine."""
    output = io.StringIO()
    context = MigrationContext.configure(
        dialect_name=dialect,
        dialect_opts={"paramstyle": "named"},  # with which a percent sign stands for itself
        opts={"as_sql": True, "output_buffer": output, "literal_binds": True},
    )
    with Operations.context(context):
        script.get_revision(step).module.upgrade()
    return output.getvalue()


def steps_after(script: ScriptDirectory, present: str | None) -> list[str]:
    """The revisions between this one and the newest, in order."""
    try:
        return [step.revision for step in script.iterate_revisions("head", present or "base")][::-1]
    except RevisionError as error:
        raise UnknownRevisionError(
            f"The database is at revision {present}, which this version of Sutler does not know. "
            "Start the version that upgraded it, or a newer one."
        ) from error


def scripts(versions: Path) -> ScriptDirectory:
    """All revisions in a folder."""
    return ScriptDirectory.from_config(config(versions))


def config(versions: Path, **attributes: Any) -> Config:
    """Alembic's settings, which need no file."""
    made = Config(stdout=io.StringIO(), attributes=attributes)
    options = {
        "script_location": MIGRATIONS, "version_locations": versions, "path_separator": "newline",
        "file_template": "%%(rev)s_%%(slug)s",
    }  # fmt: skip
    for name, value in options.items():
        made.set_main_option(name, str(value))
    return made


def generate(message: str, versions: Path = VERSIONS, tables: str = ALL_TABLES) -> Path | None:
    """For developers: write the revision that leads from the newest one to the tables as they are now.

    Returns its file, to be read and formatted before it is committed; None when nothing has changed. `tables` names
    a module that knows all tables once it is imported.
    """
    number = max((int(match[1]) for file in versions.glob("*.py") if (match := NUMBERED.match(file.name))), default=0) + 1
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch.db"
        asyncio.run(migrate_file(scratch, versions))
        settings = config(versions, scratch=f"sqlite:///{scratch}", tables=tables)
        command.revision(settings, message, autogenerate=True, rev_id=f"{number:04d}")
    written = next(versions.glob(f"{number:04d}_*.py"), None)
    if written is not None:
        written.write_text(ALEMBICS_COMMENT.sub("", written.read_text()))
    return written


async def migrate_file(path: Path, versions: Path) -> None:
    """Make a SQLite file with all tables as of the newest revision."""
    made = database_at(f"sqlite:{path}")
    await made.open()
    try:
        await migrate(made, versions=versions)
    finally:
        await made.close()
