"""Finishing."""

import sqlalchemy as sa
from alembic import op

from sutler.kernel.data import records

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index(
        "checkouts_held",
        "checkouts",
        ["store_id", "held_by"],
        unique=False,
        sqlite_where=sa.text("held_by IS NOT NULL"),
        postgresql_where=sa.text("held_by IS NOT NULL"),
    )
    op.add_column("refunds", sa.Column("gateway_reference", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("refunds", sa.Column("reversal_id", records.Flake(), autoincrement=False, nullable=True))
    op.create_index(
        "refunds_reference",
        "refunds",
        ["store_id", "payment_id", "gateway_reference"],
        unique=True,
        sqlite_where=sa.text("gateway_reference IS NOT NULL"),
        postgresql_where=sa.text("gateway_reference IS NOT NULL"),
    )
    op.create_index(
        "refunds_reversal",
        "refunds",
        ["store_id", "reversal_id"],
        unique=False,
        sqlite_where=sa.text("reversal_id IS NOT NULL"),
        postgresql_where=sa.text("reversal_id IS NOT NULL"),
    )
