"""First tables."""

import sqlalchemy as sa
from alembic import op

from sutler.kernel.data import records

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("hint", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("permissions", records.Json(), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("previous_digest", sa.LargeBinary(), autoincrement=False, nullable=True),
        sa.Column("previous_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("last_used_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("revoked_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("api_keys_digest", "api_keys", ["token_digest"], unique=True, sqlite_where=None, postgresql_where=None)
    op.create_index(
        "api_keys_previous_digest", "api_keys", ["previous_digest"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("actor_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("operation", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("method", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("path", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("targets", records.Json(), autoincrement=False, nullable=False),
        sa.Column("status", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("members", records.Json(), autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("trace_id", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "audit_entries_actor",
        "audit_entries",
        ["store_id", "actor_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "audit_entries_newest", "audit_entries", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "audit_links",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "audit_links_entry", "audit_links", ["store_id", "entry_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "audit_links_position",
        "audit_links",
        ["store_id", "position"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "ban_identities",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("ban_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("ban_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ban_identities_key", "ban_identities", ["store_id", "key"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "ban_identities_of_ban",
        "ban_identities",
        ["store_id", "ban_id", "key"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "bans",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("reason", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("bans_newest", "bans", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None)
    op.create_table(
        "cart_lines",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("line_key", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gift_to_customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("selected_gameserver_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("custom_variables", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "cart_lines_key",
        "cart_lines",
        ["store_id", "customer_id", "line_key"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "checkout_lines",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("price", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gift_to_customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("selected_gameserver_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("metadata", records.Json(), autoincrement=False, nullable=False),
        sa.Column("custom_variables", records.Json(), autoincrement=False, nullable=False),
        sa.Column("cart_line_id", records.Flake(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "checkout_lines_checkout",
        "checkout_lines",
        ["store_id", "checkout_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "checkouts",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("return_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("cancel_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("auto_redirect", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("metadata", records.Json(), autoincrement=False, nullable=False),
        sa.Column("customer_ip", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("billing_name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("billing_email", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("billing_address", records.Json(), autoincrement=False, nullable=True),
        sa.Column("billing_tax_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("held_by", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("from_cart", sa.Boolean(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("checkouts_digest", "checkouts", ["token_digest"], unique=True, sqlite_where=None, postgresql_where=None)
    op.create_table(
        "command_attempts",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("item_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("gameserver_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("steam_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_uuid", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("customer_name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("stage", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("global_command_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("once_for_order_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("command", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("online_only", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("rerun", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("offers", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_offered_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("offered_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("executed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("executed_by_ip", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("unqueued_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "command_attempts_customer",
        "command_attempts",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "command_attempts_item",
        "command_attempts",
        ["store_id", "item_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "command_attempts_once",
        "command_attempts",
        ["store_id", "item_id", "stage", "position", "gameserver_id"],
        unique=True,
        sqlite_where=sa.text("rerun = 0 AND global_command_id IS NULL"),
        postgresql_where=sa.text("NOT rerun AND global_command_id IS NULL"),
    )
    op.create_index(
        "command_attempts_once_global",
        "command_attempts",
        ["store_id", "item_id", "stage", "global_command_id", "gameserver_id"],
        unique=True,
        sqlite_where=sa.text("rerun = 0 AND global_command_id IS NOT NULL"),
        postgresql_where=sa.text("NOT rerun AND global_command_id IS NOT NULL"),
    )
    op.create_index(
        "command_attempts_once_per_order",
        "command_attempts",
        ["store_id", "once_for_order_id", "stage", "global_command_id", "gameserver_id"],
        unique=True,
        sqlite_where=sa.text("rerun = 0 AND once_for_order_id IS NOT NULL"),
        postgresql_where=sa.text("NOT rerun AND once_for_order_id IS NOT NULL"),
    )
    op.create_index(
        "command_attempts_server",
        "command_attempts",
        ["store_id", "gameserver_id", "item_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "command_attempts_waiting",
        "command_attempts",
        ["store_id", "gameserver_id", "id"],
        unique=False,
        sqlite_where=sa.text("executed_at IS NULL AND unqueued_at IS NULL"),
        postgresql_where=sa.text("executed_at IS NULL AND unqueued_at IS NULL"),
    )
    op.create_table(
        "command_log",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("attempt_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("ip", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "command_log_age", "command_log", ["store_id", "created_at"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "command_log_attempt",
        "command_log",
        ["store_id", "attempt_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "custom_variables",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("identifier", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("description", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("value_regex", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("options", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "custom_variables_identifier",
        "custom_variables",
        ["store_id", "identifier"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "customer_imports",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("file_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("records", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("known", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("refused", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("is_complete", sa.Boolean(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "customer_imports_file",
        "customer_imports",
        ["store_id", "file_digest"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "customer_names",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("seen_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "customer_names_once",
        "customer_names",
        ["store_id", "customer_id", "platform", "name"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "customer_tokens",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "customer_tokens_customer",
        "customer_tokens",
        ["store_id", "customer_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "customer_tokens_digest", "customer_tokens", ["token_digest"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "customers",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("steam_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("steam_name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("steam_avatar_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_uuid", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_avatar_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_platform", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("xbox_xuid", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("email", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("metadata", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "customers_minecraft_uuid",
        "customers",
        ["store_id", "minecraft_uuid"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "customers_newest", "customers", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "customers_steam_id", "customers", ["store_id", "steam_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "customers_xbox_xuid", "customers", ["store_id", "xbox_xuid"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "delivery_items",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("checkout_line_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("order_line_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("quantity_index", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_slug", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("execute_on_gameserver_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("expirable", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("gift", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("has_commands", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("active_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("removed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("revoked_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("revoke_reason", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("revoked_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("revoke_note", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("skip_commands", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("override_expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("custom_variables", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "delivery_items_customer",
        "delivery_items",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "delivery_items_newest", "delivery_items", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "delivery_items_order",
        "delivery_items",
        ["store_id", "order_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "delivery_items_unit",
        "delivery_items",
        ["store_id", "order_line_id", "quantity_index"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "events",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("body", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("events_newest", "events", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None)
    op.create_table(
        "files",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("purpose", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "game_servers",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("token_reset_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("linked_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("link_ip", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("link_hostname", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("link_platform", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("link_version", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("last_fetched_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("last_fetched_ip", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("deleted_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "game_servers_digest", "game_servers", ["token_digest"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "game_servers_newest", "game_servers", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "gateway_accounts",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("gateway", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("settings_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "gateway_accounts_gateway",
        "gateway_accounts",
        ["store_id", "gateway"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "global_commands",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("stage", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("content", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("online_only", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("override_execute_on_gameserver_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("execution_rule", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "global_commands_stage",
        "global_commands",
        ["store_id", "stage"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "idempotent_answers",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("key", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("request", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("status", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "idempotent_answers_key",
        "idempotent_answers",
        ["store_id", "key"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "jobs",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("arguments", records.Json(), autoincrement=False, nullable=False),
        sa.Column("run_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("in_test_time", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("leased_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("attempts", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("failures", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_error", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("dedupe_key", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "jobs_dedupe_key", "jobs", ["store_id", "dedupe_key"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "jobs_due",
        "jobs",
        ["run_at"],
        unique=False,
        sqlite_where=sa.text("in_test_time = 0"),
        postgresql_where=sa.text("NOT in_test_time"),
    )
    op.create_index(
        "jobs_due_in_test_time",
        "jobs",
        ["store_id", "run_at"],
        unique=False,
        sqlite_where=sa.text("in_test_time"),
        postgresql_where=sa.text("in_test_time"),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("transaction_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("account", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ledger_account",
        "ledger_entries",
        ["store_id", "account", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "ledger_once",
        "ledger_entries",
        ["store_id", "transaction_id", "account"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "members",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("user_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("role_id", records.Flake(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "members_role", "members", ["store_id", "role_id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index("members_user", "members", ["user_id"], unique=False, sqlite_where=None, postgresql_where=None)
    op.create_index(
        "members_user_of_store", "members", ["store_id", "user_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "navlinks",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("tag_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("parent_node_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("sort_order", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "navlinks_of_store", "navlinks", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "nodes",
        sa.Column("node", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("leased_until_ms", sa.BigInteger(), nullable=False),
        sa.Column("high_water_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("node"),
    )
    op.create_table(
        "order_lines",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("price", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subtotal_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("giftcard_usage_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("gift_to_customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("selected_gameserver_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("metadata", records.Json(), autoincrement=False, nullable=False),
        sa.Column("custom_variables", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "order_lines_order", "order_lines", ["store_id", "order_id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "order_lines_product",
        "order_lines",
        ["store_id", "product_id", "order_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "orders",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_token_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("subtotal_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("giftcard_usage_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("billing_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("billing_email", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("billing_country", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("billing_tax_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("customer_ip", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("last_payment_error", records.Json(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "orders_checkout", "orders", ["store_id", "checkout_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "orders_customer",
        "orders",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "orders_customer_ip",
        "orders",
        ["store_id", "customer_ip", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index("orders_newest", "orders", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None)
    op.create_table(
        "payments",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("gateway", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("gateway_reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("method_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("method_details", records.Json(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gateway_fee_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chargeback_status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("pending_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("canceled_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("failed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("last_payment_error", records.Json(), autoincrement=False, nullable=True),
        sa.Column("continue_url", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "payments_customer",
        "payments",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "payments_newest", "payments", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "payments_one_at_a_time",
        "payments",
        ["store_id", "order_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('created', 'pending', 'completed')"),
        postgresql_where=sa.text("status IN ('created', 'pending', 'completed')"),
    )
    op.create_index(
        "payments_order", "payments", ["store_id", "order_id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "player_joins",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("gameserver_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("player", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("steam_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_uuid", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("ip", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("joined_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "player_joins_age",
        "player_joins",
        ["store_id", "created_at"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "player_joins_customer",
        "player_joins",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "player_joins_of_server",
        "player_joins",
        ["store_id", "gameserver_id", "player", "joined_at"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "player_joins_player", "player_joins", ["store_id", "player"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "player_profiles",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("platform", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("player_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("avatar_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("fetched_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("player_profiles_fetched", "player_profiles", ["fetched_at"], unique=False)
    op.create_index(
        "player_profiles_player",
        "player_profiles",
        ["store_id", "platform", "player_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "product_versions",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("description", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("price", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gameserver_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("commands", records.Json(), autoincrement=False, nullable=False),
        sa.Column("single_game_server_only", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("remove_after_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("remove_after_time_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("remove_after_time_scale", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("custom_variable_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("allow_concurrent_active_items", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("tax_code", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "product_versions_product",
        "product_versions",
        ["store_id", "product_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "products",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("slug", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("description", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("label", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("price", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sort_order", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gameserver_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("commands", records.Json(), autoincrement=False, nullable=False),
        sa.Column("single_game_server_only", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("metadata", records.Json(), autoincrement=False, nullable=False),
        sa.Column("is_hidden", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("enabled_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("enabled_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("remove_after_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("remove_after_time_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("remove_after_time_scale", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("tag_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("custom_variable_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("required_product_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("required_product_all", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("store_stock_limit", records.Json(), autoincrement=False, nullable=False),
        sa.Column("customer_stock_limit", records.Json(), autoincrement=False, nullable=False),
        sa.Column("stock_limit_do_not_include_removed", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("allow_concurrent_active_items", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("is_gifting_disabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("is_gift_cards_disabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("is_coupons_disabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("is_affiliate_links_disabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("tax_code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("deleted_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "products_slug",
        "products",
        ["store_id", "slug"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("user_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("recovery_codes_user", "recovery_codes", ["user_id", "code_digest"], unique=True)
    op.create_table(
        "roles",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("permissions", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "second_factors",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("user_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("last_step", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("confirmed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("second_factors_user", "second_factors", ["user_id"], unique=True)
    op.create_table(
        "simulated_charges",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("payment_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("decision", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("decline_code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("told_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "simulated_charges_payment",
        "simulated_charges",
        ["store_id", "payment_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "steam_nonces",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("steam_nonces_digest", "steam_nonces", ["digest"], unique=True)
    op.create_index("steam_nonces_expired", "steam_nonces", ["expires_at"], unique=False)
    op.create_table(
        "stock_usages",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("trial", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("taken_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("removed", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("released_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "stock_usages_customer",
        "stock_usages",
        ["store_id", "customer_id", "product_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "stock_usages_line",
        "stock_usages",
        ["store_id", "checkout_line_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "stock_usages_product",
        "stock_usages",
        ["store_id", "product_id", "taken_at"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "store_clocks",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("stands_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "store_clocks_store", "store_clocks", ["store_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "stores",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("owner_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("game", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("description", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("live_mode", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("website_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("contact_email", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("support_email", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("support_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("integration_type", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("logo_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("logo_square_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("minecraft_bedrock_username_prefix", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("onboarding_completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("gateways", records.Json(), autoincrement=False, nullable=False),
        sa.Column("disabled_payment_methods", records.Json(), autoincrement=False, nullable=False),
        sa.Column("deleted_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "stores_slug",
        "stores",
        ["slug"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "tags",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("slug", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("description", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("image_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("image_kind", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tags_slug", "tags", ["store_id", "slug"], unique=True, sqlite_where=None, postgresql_where=None)
    op.create_table(
        "user_tokens",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("user_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("user_tokens_digest", "user_tokens", ["token_digest"], unique=True)
    op.create_index("user_tokens_user", "user_tokens", ["user_id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("email", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("first_name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("last_name", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("nickname", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("password_hash", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("failures", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("locked_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("disabled_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("webhook_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("event_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("payload", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("attempts", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resends", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("next_retry", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "webhook_deliveries_newest",
        "webhook_deliveries",
        ["store_id", "webhook_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "webhook_deliveries_once",
        "webhook_deliveries",
        ["store_id", "webhook_id", "event_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("url", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("subscribed_to", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("discord_format", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("discord_title", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("discord_description_template", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("discord_color", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("failing_since", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("paused_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "webhook_endpoints_event",
        "webhook_endpoints",
        ["store_id", "subscribed_to"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "webhook_executions",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("delivery_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("finished_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("status_code", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("response", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "webhook_executions_delivery",
        "webhook_executions",
        ["store_id", "delivery_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "orders_billing_email",
        "orders",
        ["store_id", sa.literal_column("lower(billing_email)"), "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "customers_search_name",
        "customers",
        ["store_id", sa.literal_column("lower(name)")],
        unique=False,
        postgresql_ops={"lower(name)": "text_pattern_ops"},
    )
    op.create_index(
        "customers_search_email",
        "customers",
        ["store_id", sa.literal_column("lower(email)")],
        unique=False,
        postgresql_ops={"lower(email)": "text_pattern_ops"},
    )
    op.create_index(
        "customers_search_steam_name",
        "customers",
        ["store_id", sa.literal_column("lower(steam_name)")],
        unique=False,
        postgresql_ops={"lower(steam_name)": "text_pattern_ops"},
    )
    op.create_index(
        "customers_search_minecraft_name",
        "customers",
        ["store_id", sa.literal_column("lower(minecraft_name)")],
        unique=False,
        postgresql_ops={"lower(minecraft_name)": "text_pattern_ops"},
    )
    op.create_index(
        "player_profiles_name", "player_profiles", ["store_id", "platform", sa.literal_column("lower(name)")], unique=False
    )
    op.create_index("users_email", "users", [sa.literal_column("lower(email)")], unique=True)
    op.create_index(
        "roles_name",
        "roles",
        ["store_id", sa.literal_column("lower(name)")],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
