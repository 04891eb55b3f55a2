"""Alembic's entry point, used only to write a new revision: it compares the tables with a scratch database."""

import importlib
import warnings
from typing import Any

import sqlalchemy
from alembic import context
from alembic.operations.ops import AddColumnOp, CreateIndexOp, DropIndexOp, MigrateOperation, MigrationScript
from sqlalchemy.dialects import postgresql, sqlite

from sutler.kernel.data.records import Json, metadata

DIALECTS = {  # with "named" parameters a percent sign stands for itself
    "sqlite_where": sqlite.dialect(paramstyle="named"),
    "postgresql_where": postgresql.dialect(paramstyle="named"),  # type: ignore[no-untyped-call]  # SQLAlchemy's own
}
INDEXES = sqlalchemy.text("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")


def prepare(migration: Any, _: Any, directives: list[MigrationScript]) -> None:
    """Add what Alembic leaves out, and write nothing when nothing has changed."""
    (script,) = directives
    operations: list[MigrateOperation] = script.upgrade_ops.ops if script.upgrade_ops is not None else []
    operations += indexes_over_expressions(migration.connection)
    for operation in operations:
        for part in getattr(operation, "ops", [operation]):
            if isinstance(part, CreateIndexOp):
                spell(part)
            if isinstance(part, AddColumnOp) and not part.column.nullable:
                fill(part)
    if not operations:
        directives.clear()


def indexes_over_expressions(scratch: sqlalchemy.Connection) -> list[MigrateOperation]:
    """Such as one over `lower(code)`: SQLAlchemy cannot read them from SQLite, so they are compared by name."""
    present = {row.name: row.tbl_name for row in scratch.execute(INDEXES)}
    inspector = sqlalchemy.inspect(scratch)
    seen = {index["name"] for table in inspector.get_table_names() for index in inspector.get_indexes(table)}
    wanted = {index.name: index for table in metadata.tables.values() for index in table.indexes if not is_plain(index)}
    kept = {index.name for table in metadata.tables.values() for index in table.indexes}
    gone = [name for name, table in present.items() if name not in seen | kept and table in metadata.tables]
    return [
        *(DropIndexOp(name, present[name]) for name in gone),
        *(CreateIndexOp.from_index(index) for name, index in wanted.items() if name not in present),
    ]


def is_plain(index: sqlalchemy.Index) -> bool:
    """Whether the index is over columns alone."""
    return all(isinstance(expression, sqlalchemy.Column) for expression in index.expressions)


def spell(index: CreateIndexOp) -> None:
    """A condition such as `enabled` reads `enabled = 1` on one engine and `enabled` on the other."""
    for option, dialect in DIALECTS.items():
        condition = index.kw.get(option)
        if condition is not None:
            compiled = condition.compile(dialect=dialect, compile_kwargs={"literal_binds": True, "include_table": False})
            index.kw[option] = sqlalchemy.text(str(compiled))


def fill(addition: AddColumnOp) -> None:
    """Rows that exist get the record's default in a new column. Both engines take `false`, numbers and quoted text."""
    value, kind = addition.column.info.get("default"), addition.column.type
    if value is None:
        raise SystemExit(
            f"Give {addition.table_name}.{addition.column.name} a default in its record, for the rows that exist already."
        )
    if isinstance(value, bool | int):
        addition.column.server_default = sqlalchemy.DefaultClause(sqlalchemy.text(str(value).lower()))
    else:
        text = kind.bind_processor(sqlite.dialect())(value) if isinstance(kind, Json) else str(value)
        addition.column.server_default = sqlalchemy.DefaultClause(text)


if context.is_offline_mode():
    raise SystemExit("Run `sutler migrate`: it applies the revisions with the program's own drivers.")

attributes = context.config.attributes
importlib.import_module(attributes["tables"])
engine = sqlalchemy.create_engine(attributes["scratch"])
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        user_module_prefix="records.",
        process_revision_directives=prepare,
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="autogenerate skipping|Skipped unsupported")  # indexes_over_expressions()
        context.run_migrations()
engine.dispose()
