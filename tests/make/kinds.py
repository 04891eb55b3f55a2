"""A schema of the tests' own with a table that has every kind of column, at two revisions."""

from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, LargeBinary, MetaData, Table, Text

from sutler.kernel.backup.schema import Schema
from sutler.kernel.data.nodes import nodes
from sutler.kernel.data.records import Flake, Json, Timestamp

FIRST = """
import sqlalchemy as sa
from alembic import op
from sutler.kernel.data import records

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "nodes",
        sa.Column("node", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("leased_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("high_water_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("node"),
    )
    op.create_table(
        "kinds",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("maybe", sa.Text(), nullable=True),
        sa.Column("flag", sa.Boolean(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
        sa.Column("moment", records.Timestamp(timezone=True), nullable=False),
        sa.Column("json", records.Json(), nullable=False),
        sa.Column("maybe_json", records.Json(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
"""
SECOND = """
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("ALTER TABLE kinds ADD COLUMN length BIGINT NOT NULL DEFAULT 0")
    op.execute("UPDATE kinds SET length = length(text)")
    op.execute("ALTER TABLE kinds DROP COLUMN maybe")
"""


def schema(folder: Path, revisions: int = 1) -> Schema:
    """The schema with so many revisions; their files are written to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate((FIRST, SECOND)[:revisions], 1):
        (folder / f"{number:04d}_kinds.py").write_text(text)
    return Schema(tables(revisions), folder)


def tables(revisions: int) -> MetaData:
    """The tables as they are at a revision."""
    found = MetaData()
    nodes.to_metadata(found)
    columns: list[Column[Any]] = [
        Column("id", Flake(), primary_key=True, autoincrement=False),
        Column("text", Text(), nullable=False),
        Column("maybe", Text()),
        Column("flag", Boolean(), nullable=False),
        Column("number", BigInteger(), nullable=False),
        Column("bytes", LargeBinary(), nullable=False),
        Column("moment", Timestamp(), nullable=False),
        Column("json", Json(), nullable=False),
        Column("maybe_json", Json()),
    ]
    if revisions > 1:
        columns = [column for column in columns if column.name != "maybe"] + [Column("length", BigInteger(), nullable=False)]
    Table("kinds", found, *columns)
    return found
