"""Money in full and subscriptions."""

import sqlalchemy as sa
from alembic import op

from sutler.kernel.data import records

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "affiliate_links",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("wallet_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("referer_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("tracking_length_days", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("apply_for_subscriptions", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("discount_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commission_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("commission_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commission_amount_steps", records.Json(), autoincrement=False, nullable=False),
        sa.Column("last_commission_amount_step_repeats", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("deleted_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "affiliate_links_newest",
        "affiliate_links",
        ["store_id", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "change_codes",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("subscription_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("tries_left", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sent_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("counted_from", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("sent_today", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "change_codes_subscription",
        "change_codes",
        ["store_id", "subscription_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "coupon_redemptions",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("coupon_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("taken_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("released_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("kept_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "coupon_redemptions_checkout",
        "coupon_redemptions",
        ["store_id", "checkout_id", "coupon_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "coupon_redemptions_coupon",
        "coupon_redemptions",
        ["store_id", "coupon_id", "customer_id"],
        unique=False,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_index(
        "coupon_redemptions_customer",
        "coupon_redemptions",
        ["store_id", "customer_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "coupon_versions",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("tag_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("duration", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("duration_in_intervals", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("discount_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_apply_individually", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("discount_apply_before_sales", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("usable_by_customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("minimum_order_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_store_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_store_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_customer_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_customer_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("usable_on_one_time_purchase", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("usable_on_subscription", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("usable_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("coupon_id", records.Flake(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "coupon_versions_coupon",
        "coupon_versions",
        ["store_id", "coupon_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "coupons",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("tag_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("duration", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("duration_in_intervals", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("discount_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_apply_individually", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("discount_apply_before_sales", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("usable_by_customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("minimum_order_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_store_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_store_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_customer_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("redeem_limit_customer_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("usable_on_one_time_purchase", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("usable_on_subscription", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("usable_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("generated", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("coupon_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("deleted_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "coupons_customer",
        "coupons",
        ["store_id", "usable_by_customer_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "coupons_newest",
        "coupons",
        ["store_id", "id"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "exchange_days",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("base", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("day", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("rates", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "exchange_days_once",
        "exchange_days",
        ["store_id", "base", "day"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "exchange_pins",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("base", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("rate", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "exchange_pins_once",
        "exchange_pins",
        ["store_id", "base", "currency"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "gift_card_movements",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("card_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("use_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("refund_id", records.Flake(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "gift_card_movements_card",
        "gift_card_movements",
        ["store_id", "card_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "gift_card_movements_refund",
        "gift_card_movements",
        ["store_id", "refund_id", "use_id"],
        unique=True,
        sqlite_where=sa.text("refund_id IS NOT NULL"),
        postgresql_where=sa.text("refund_id IS NOT NULL"),
    )
    op.create_table(
        "gift_card_uses",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("card_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("refunded_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "gift_card_uses_card",
        "gift_card_uses",
        ["store_id", "card_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "gift_card_uses_checkout",
        "gift_card_uses",
        ["store_id", "checkout_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "gift_card_uses_order",
        "gift_card_uses",
        ["store_id", "order_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "gift_card_uses_reserved",
        "gift_card_uses",
        ["store_id", "checkout_id", "card_id"],
        unique=True,
        sqlite_where=sa.text("state = 'reserved'"),
        postgresql_where=sa.text("state = 'reserved'"),
    )
    op.create_table(
        "gift_cards",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("code_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("code_digest", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("starting_balance", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("balance", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("usable_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("canceled_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("canceled_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("item_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "gift_cards_code",
        "gift_cards",
        ["store_id", "code_digest"],
        unique=True,
        sqlite_where=sa.text("canceled_at IS NULL"),
        postgresql_where=sa.text("canceled_at IS NULL"),
    )
    op.create_index(
        "gift_cards_item",
        "gift_cards",
        ["store_id", "item_id"],
        unique=True,
        sqlite_where=sa.text("item_id IS NOT NULL"),
        postgresql_where=sa.text("item_id IS NOT NULL"),
    )
    op.create_index(
        "gift_cards_newest", "gift_cards", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "invoice_counters",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("last_number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "invoice_counters_store", "invoice_counters", ["store_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "invoice_settings",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("legal_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("address", records.Json(), autoincrement=False, nullable=False),
        sa.Column("tax_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("color", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("invoice_prefix", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("credit_note_prefix", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("footer", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "invoice_settings_store", "invoice_settings", ["store_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "invoices",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("refund_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("parent_invoice_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("subtotal_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("giftcard_usage_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("billing_email", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("issued_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("paper", records.Json(), autoincrement=False, nullable=False),
        sa.Column("file_key", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("file_size", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "invoices_customer",
        "invoices",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "invoices_newest", "invoices", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "invoices_number", "invoices", ["store_id", "number"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "invoices_order", "invoices", ["store_id", "order_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "invoices_order_once",
        "invoices",
        ["store_id", "order_id"],
        unique=True,
        sqlite_where=sa.text("parent_invoice_id IS NULL"),
        postgresql_where=sa.text("parent_invoice_id IS NULL"),
    )
    op.create_index(
        "invoices_pending",
        "invoices",
        ["id"],
        unique=False,
        sqlite_where=sa.text("status = 'pending'"),
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "invoices_reference",
        "invoices",
        ["store_id", "reference", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "invoices_refund_once",
        "invoices",
        ["store_id", "refund_id"],
        unique=True,
        sqlite_where=sa.text("refund_id IS NOT NULL"),
        postgresql_where=sa.text("refund_id IS NOT NULL"),
    )
    op.create_index(
        "invoices_reissued_once",
        "invoices",
        ["store_id", "parent_invoice_id", "type"],
        unique=True,
        sqlite_where=sa.text("refund_id IS NULL AND parent_invoice_id IS NOT NULL"),
        postgresql_where=sa.text("refund_id IS NULL AND parent_invoice_id IS NOT NULL"),
    )
    op.create_table(
        "mail_settings",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("off", records.Json(), autoincrement=False, nullable=False),
        sa.Column("test_recipient", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "mail_settings_store", "mail_settings", ["store_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "mails",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("recipient", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("attempts", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resends", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claimed_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("waiting_since", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("sent_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("last_error", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "mails_cause", "mails", ["store_id", "kind", "cause"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "mails_customer", "mails", ["store_id", "customer_id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index("mails_newest", "mails", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None)
    op.create_table(
        "modules",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("settings", records.Json(), autoincrement=False, nullable=False),
        sa.Column("starts_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("ends_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("sort_order", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("modules_type", "modules", ["store_id", "type"], unique=True, sqlite_where=None, postgresql_where=None)
    op.create_table(
        "order_offers",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("source_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("offer_version_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "order_offers_order",
        "order_offers",
        ["store_id", "order_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "order_offers_source",
        "order_offers",
        ["store_id", "source_id", "order_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "payment_disputes",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("payment_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fee_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("decided_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("decision_id", records.Flake(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "payment_disputes_reference",
        "payment_disputes",
        ["store_id", "payment_id", "reference"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "payment_methods",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("gateway", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("gateway_customer_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("gateway_reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("method_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("method_details", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "payment_methods_customer",
        "payment_methods",
        ["store_id", "customer_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "payment_methods_reference",
        "payment_methods",
        ["store_id", "customer_id", "gateway", "gateway_reference"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "payouts",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("wallet_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "payouts_wallet", "payouts", ["store_id", "wallet_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "paypal_orders",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("payment_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("claimed_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("capture", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("error", records.Json(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "paypal_orders_payment",
        "paypal_orders",
        ["store_id", "payment_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "product_migration_steps",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("migration_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("target_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("moved", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reached", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "product_migration_steps_migration",
        "product_migration_steps",
        ["store_id", "migration_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "product_migrations",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("send_new_commands_to_all_servers", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("send_all_commands_to_new_servers", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("target_types", records.Json(), autoincrement=False, nullable=False),
        sa.Column("completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "product_migrations_product",
        "product_migrations",
        ["store_id", "product_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "product_migrations_running",
        "product_migrations",
        ["store_id", "product_id"],
        unique=True,
        sqlite_where=sa.text("completed_at IS NULL"),
        postgresql_where=sa.text("completed_at IS NULL"),
    )
    op.create_table(
        "product_pricing_regions",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("region_id", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("price", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=True),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("tax_inclusive", sa.Boolean(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "product_pricing_regions_once",
        "product_pricing_regions",
        ["store_id", "product_id", "region_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "referrals",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("affiliate_link_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("followed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "referrals_affiliate_link",
        "referrals",
        ["store_id", "affiliate_link_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "referrals_customer", "referrals", ["store_id", "customer_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "refunds",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("payment_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_line_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("takes_back", records.Json(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("giftcard_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("giftcard_tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gateway_fee_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("failure_reason", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("approved_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("pending_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("canceled_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("failed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("presentment_currency", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("presentment_amount", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("fx_rate", sa.Text(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "refunds_line_once",
        "refunds",
        ["store_id", "order_line_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('created', 'approved', 'processing', 'completed')"),
        postgresql_where=sa.text("status IN ('created', 'approved', 'processing', 'completed')"),
    )
    op.create_index(
        "refunds_payment", "refunds", ["store_id", "payment_id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "sale_versions",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("tag_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("discount_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("duration", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("duration_in_intervals", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minimum_order_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("begins_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("ends_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("sale_id", records.Flake(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "sale_versions_sale",
        "sale_versions",
        ["store_id", "sale_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "sales",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("product_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("tag_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("discount_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("duration", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("duration_in_intervals", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minimum_order_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("begins_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("ends_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("sale_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("deleted_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "sales_window",
        "sales",
        ["store_id", "ends_at", "begins_at"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "simulated_cards",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("reference", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("good_for", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("script", records.Json(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "simulated_cards_reference",
        "simulated_cards",
        ["store_id", "reference"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "simulated_disputes",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("payment_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fee_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("opens_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("decides_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "simulated_disputes_payment",
        "simulated_disputes",
        ["store_id", "payment_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "simulated_refunds",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("refund_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("payment_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("succeeds", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("told_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "simulated_refunds_payment",
        "simulated_refunds",
        ["store_id", "payment_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "simulated_refunds_refund",
        "simulated_refunds",
        ["store_id", "refund_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "stripe_attempts",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("payment_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("customer", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("method", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("intent", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "stripe_attempts_payment",
        "stripe_attempts",
        ["store_id", "payment_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "subscription_change_lines",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("change_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("subscription_line_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("is_deleted", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("price", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wanted", records.Json(), autoincrement=False, nullable=False),
        sa.Column("prorated_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("remaining_minutes", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_minutes", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("selected_gameserver_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("custom_variables", records.Json(), autoincrement=False, nullable=False),
        sa.Column("charged_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("presentment_total_amount", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "subscription_change_lines_change",
        "subscription_change_lines",
        ["store_id", "change_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "subscription_changes",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("subscription_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("proration_behavior", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("off_session", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("prorated_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("billing_cycle_sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("prorated_order_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("applied_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("presentment_total_amount", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "subscription_changes_one_pending",
        "subscription_changes",
        ["store_id", "subscription_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('pending_payment', 'pending_renewal')"),
        postgresql_where=sa.text("status IN ('pending_payment', 'pending_renewal')"),
    )
    op.create_index(
        "subscription_changes_subscription",
        "subscription_changes",
        ["store_id", "subscription_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "subscription_lines",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("subscription_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("price", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wanted", records.Json(), autoincrement=False, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subtotal_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_subtotal_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_giftcard_usage_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("gift_to_customer_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("selected_gameserver_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("sale_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("sale_version_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("trial_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("custom_variables", records.Json(), autoincrement=False, nullable=False),
        sa.Column("presentment", records.Json(), autoincrement=False, nullable=True),
        sa.Column("initial_presentment", records.Json(), autoincrement=False, nullable=True),
        sa.Column("removed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "subscription_lines_product",
        "subscription_lines",
        ["store_id", "product_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "subscription_lines_subscription",
        "subscription_lines",
        ["store_id", "subscription_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("interval_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("interval_scale", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("tax_inclusive", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subtotal_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_subtotal_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_giftcard_usage_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_tax_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("initial_total_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("billing_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("billing_email", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("billing_country", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("billing_tax_id", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("customer_ip", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("month_length", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("payment_method_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("billing_address", records.Json(), autoincrement=False, nullable=True),
        sa.Column("tax_id_check", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("affiliate_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("offers", records.Json(), autoincrement=False, nullable=False),
        sa.Column("coupon_ids", records.Json(), autoincrement=False, nullable=False),
        sa.Column("taxes", records.Json(), autoincrement=False, nullable=False),
        sa.Column("billing_cycle_sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("anchor_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("anchor_sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("current_period_start", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("current_period_end", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("active_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("past_due", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("attempt_count", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("next_attempt_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("renewal_order_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("canceled_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("cancel_reason", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("cancellation_requested_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("cancel_at_period_end", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("conversion", records.Json(), autoincrement=False, nullable=True),
        sa.Column("presentment", records.Json(), autoincrement=False, nullable=True),
        sa.Column("initial_presentment", records.Json(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "subscriptions_checkout",
        "subscriptions",
        ["store_id", "checkout_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "subscriptions_customer",
        "subscriptions",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "subscriptions_newest", "subscriptions", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "subscriptions_order",
        "subscriptions",
        ["store_id", "order_id"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "tax_rates",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("country", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("tax_code", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("basis_points", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("valid_from", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "tax_rates_once",
        "tax_rates",
        ["store_id", "country", "state", "name", "tax_code", "valid_from"],
        unique=True,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "tier_groups",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("name", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "tier_groups_newest", "tier_groups", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "trial_claims",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("override_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("released_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "trial_claims_checkout",
        "trial_claims",
        ["store_id", "checkout_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "trial_claims_open",
        "trial_claims",
        ["store_id", "customer_id", "product_id"],
        unique=True,
        sqlite_where=sa.text("released_at IS NULL"),
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "trial_overrides",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("expires_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("used_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("used_on_trial_id", records.Flake(), autoincrement=False, nullable=True),
        sa.Column("deleted_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("deleted_by", records.Json(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "trial_overrides_customer",
        "trial_overrides",
        ["store_id", "customer_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index(
        "trial_overrides_unused",
        "trial_overrides",
        ["store_id", "customer_id", "product_id"],
        unique=True,
        sqlite_where=sa.text("used_at IS NULL AND deleted_at IS NULL"),
        postgresql_where=sa.text("used_at IS NULL AND deleted_at IS NULL"),
    )
    op.create_table(
        "trials",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("customer_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("checkout_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("order_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("subscription_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("subscription_line_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_version_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("product_name", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("product_image_url", sa.Text(), autoincrement=False, nullable=True),
        sa.Column("period_value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period_scale", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("revoke_immediately_when_canceled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("starts_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("ends_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("canceled_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("canceled_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("completed_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("reminded_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "trials_customer",
        "trials",
        ["store_id", "customer_id", "product_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_index("trials_newest", "trials", ["store_id", "id"], unique=False, sqlite_where=None, postgresql_where=None)
    op.create_index(
        "trials_order_line", "trials", ["store_id", "order_line_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_index(
        "trials_subscription",
        "trials",
        ["store_id", "subscription_id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.create_table(
        "upsell_settings",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("automatic_recommendations_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("automatic_recommendations_discount_type", sa.Text(), autoincrement=False, nullable=False),
        sa.Column("automatic_recommendations_discount_amount", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("recommendation_overrides_enabled", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("recommendation_overrides", records.Json(), autoincrement=False, nullable=False),
        sa.Column("checkout_style", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "upsell_settings_store", "upsell_settings", ["store_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.create_table(
        "wallets",
        sa.Column("id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("store_id", records.Flake(), autoincrement=False, nullable=False),
        sa.Column("created_at", records.Timestamp(timezone=True), autoincrement=False, nullable=False),
        sa.Column("created_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
        sa.Column("updated_by", records.Json(), autoincrement=False, nullable=True),
        sa.Column("wallet_id", sa.Text(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "wallets_wallet", "wallets", ["store_id", "wallet_id"], unique=True, sqlite_where=None, postgresql_where=None
    )
    op.add_column(
        "cart_lines",
        sa.Column("subscription", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False),
    )
    op.add_column(
        "cart_lines",
        sa.Column("trial", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False),
    )
    op.add_column("checkout_lines", sa.Column("wanted", records.Json(), autoincrement=False, nullable=True))
    op.add_column(
        "checkout_lines", sa.Column("subscription_interval_value", sa.BigInteger(), autoincrement=False, nullable=True)
    )
    op.add_column("checkout_lines", sa.Column("subscription_interval_scale", sa.Text(), autoincrement=False, nullable=True))
    op.add_column(
        "checkout_lines",
        sa.Column("trial", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False),
    )
    op.add_column("checkout_lines", sa.Column("subscription_line_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("checkout_lines", sa.Column("upsell_of", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("checkout_lines", sa.Column("upsell_type", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("checkout_lines", sa.Column("replaced_by_line_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column(
        "checkouts",
        sa.Column(
            "offers",
            records.Json(),
            server_default='{"sales":[],"coupons":[],"affiliate":null,"gift_cards":[],"tax_gift_cards":false,"smallest_payment":50}',
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column("checkouts", sa.Column("tax_id_check", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("checkouts", sa.Column("visitor_country", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("checkouts", sa.Column("conversion", records.Json(), autoincrement=False, nullable=True))
    op.add_column("checkouts", sa.Column("subscription_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("checkouts", sa.Column("billing_cycle_sequence", sa.BigInteger(), autoincrement=False, nullable=True))
    op.add_column("checkouts", sa.Column("subscription_change_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("checkouts", sa.Column("step", sa.Text(), autoincrement=False, nullable=True))
    op.create_index(
        "checkouts_cycle",
        "checkouts",
        ["store_id", "subscription_id", "billing_cycle_sequence"],
        unique=True,
        sqlite_where=sa.text("billing_cycle_sequence IS NOT NULL"),
        postgresql_where=sa.text("billing_cycle_sequence IS NOT NULL"),
    )
    op.add_column("delivery_items", sa.Column("subscription_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("delivery_items", sa.Column("subscription_line_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("delivery_items", sa.Column("trial_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column(
        "delivery_items", sa.Column("stage", sa.Text(), server_default="on_purchase", autoincrement=False, nullable=False)
    )
    op.create_index(
        "delivery_items_subscription",
        "delivery_items",
        ["store_id", "subscription_id"],
        unique=False,
        sqlite_where=sa.text("subscription_id IS NOT NULL"),
        postgresql_where=sa.text("subscription_id IS NOT NULL"),
    )
    op.create_index(
        "delivery_items_version",
        "delivery_items",
        ["store_id", "product_version_id", "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
    op.add_column(
        "order_lines",
        sa.Column(
            "details",
            records.Json(),
            server_default='{"sale":null,"coupons":[],"affiliate":null,"gift_cards":[],"taxes":[],"not_taxed_reason":null,"region_id":null,"explained":[],"upsell":null}',
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column("order_lines", sa.Column("created_giftcard_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("order_lines", sa.Column("presentment", records.Json(), autoincrement=False, nullable=True))
    op.add_column("order_lines", sa.Column("subscription_line_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column(
        "order_lines", sa.Column("subscription_interval_value", sa.BigInteger(), autoincrement=False, nullable=True)
    )
    op.add_column("order_lines", sa.Column("subscription_interval_scale", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("order_lines", sa.Column("trial_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("order_lines", sa.Column("upsell_of", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("order_lines", sa.Column("upsell_type", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("orders", sa.Column("affiliate_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("orders", sa.Column("coupons", records.Json(), server_default="[]", autoincrement=False, nullable=False))
    op.add_column(
        "orders", sa.Column("gift_cards", records.Json(), server_default="[]", autoincrement=False, nullable=False)
    )
    op.add_column("orders", sa.Column("taxes", records.Json(), server_default="[]", autoincrement=False, nullable=False))
    op.add_column("orders", sa.Column("presentment", records.Json(), autoincrement=False, nullable=True))
    op.add_column("orders", sa.Column("visitor_country", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("orders", sa.Column("subscription_id", records.Flake(), autoincrement=False, nullable=True))
    op.add_column("orders", sa.Column("billing_cycle_sequence", sa.BigInteger(), autoincrement=False, nullable=True))
    op.add_column("orders", sa.Column("subscription_change_id", records.Flake(), autoincrement=False, nullable=True))
    op.create_index(
        "orders_completed",
        "orders",
        ["store_id", "completed_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'completed'"),
        postgresql_where=sa.text("status = 'completed'"),
    )
    op.create_index(
        "orders_paid",
        "orders",
        ["store_id", "completed_at", "id", "customer_id", "total_amount", "tax_amount"],
        unique=False,
        sqlite_where=sa.text("status = 'completed' AND total_amount > 0"),
        postgresql_where=sa.text("status = 'completed' AND total_amount > 0"),
    )
    op.create_index(
        "orders_subscription",
        "orders",
        ["store_id", "subscription_id", "id"],
        unique=False,
        sqlite_where=sa.text("subscription_id IS NOT NULL"),
        postgresql_where=sa.text("subscription_id IS NOT NULL"),
    )
    op.add_column(
        "payments",
        sa.Column("chargeback_status_updated_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True),
    )
    op.add_column(
        "payments", sa.Column("chargeback_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True)
    )
    op.add_column(
        "payments",
        sa.Column("off_session", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False),
    )
    op.add_column(
        "payments",
        sa.Column("refunded_amount", sa.BigInteger(), server_default=sa.text("0"), autoincrement=False, nullable=False),
    )
    op.add_column(
        "payments",
        sa.Column("refunded_tax_amount", sa.BigInteger(), server_default=sa.text("0"), autoincrement=False, nullable=False),
    )
    op.add_column("payments", sa.Column("refunded_at", records.Timestamp(timezone=True), autoincrement=False, nullable=True))
    op.add_column("payments", sa.Column("presentment_currency", sa.Text(), autoincrement=False, nullable=True))
    op.add_column("payments", sa.Column("presentment_amount", sa.BigInteger(), autoincrement=False, nullable=True))
    op.add_column("payments", sa.Column("fx_rate", sa.Text(), autoincrement=False, nullable=True))
    op.add_column(
        "payments",
        sa.Column(
            "presentment_refunded_amount", sa.BigInteger(), server_default=sa.text("0"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "product_versions",
        sa.Column("grant_giftcard", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False),
    )
    op.add_column(
        "product_versions",
        sa.Column(
            "allow_one_time_purchase", sa.Boolean(), server_default=sa.text("(true)"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "product_versions",
        sa.Column(
            "allow_subscription", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "product_versions",
        sa.Column(
            "subscription_interval_value", sa.BigInteger(), server_default=sa.text("1"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "product_versions",
        sa.Column("subscription_interval_scale", sa.Text(), server_default="month", autoincrement=False, nullable=False),
    )
    op.add_column(
        "product_versions",
        sa.Column(
            "trial",
            records.Json(),
            server_default='{"enabled":false,"period_value":7,"period_scale":"day","revoke_immediately_when_canceled":false,"new_customers_only":false,"new_customer_order_lookback_value":1,"new_customer_order_lookback_scale":"month","allow_repeat_trials":false,"repeat_trial_cooldown_value":1,"repeat_trial_cooldown_scale":"month"}',
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column(
        "products",
        sa.Column("grant_giftcard", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False),
    )
    op.add_column(
        "products",
        sa.Column(
            "upselling",
            records.Json(),
            server_default='{"enabled":false,"recommendations":[]}',
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column(
        "products",
        sa.Column(
            "allow_one_time_purchase", sa.Boolean(), server_default=sa.text("(true)"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "products",
        sa.Column(
            "allow_subscription", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "products",
        sa.Column(
            "subscription_interval_value", sa.BigInteger(), server_default=sa.text("1"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "products",
        sa.Column("subscription_interval_scale", sa.Text(), server_default="month", autoincrement=False, nullable=False),
    )
    op.add_column(
        "products",
        sa.Column(
            "trial",
            records.Json(),
            server_default='{"enabled":false,"period_value":7,"period_scale":"day","revoke_immediately_when_canceled":false,"new_customers_only":false,"new_customer_order_lookback_value":1,"new_customer_order_lookback_scale":"month","allow_repeat_trials":false,"repeat_trial_cooldown_value":1,"repeat_trial_cooldown_scale":"month"}',
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column("products", sa.Column("tier_group_id", records.Flake(), autoincrement=False, nullable=True))
    op.create_index(
        "products_tier_group",
        "products",
        ["store_id", "tier_group_id"],
        unique=False,
        sqlite_where=sa.text("tier_group_id IS NOT NULL"),
        postgresql_where=sa.text("tier_group_id IS NOT NULL"),
    )
    op.add_column(
        "simulated_charges", sa.Column("refund", sa.Text(), server_default="succeeds", autoincrement=False, nullable=False)
    )
    op.add_column(
        "simulated_charges",
        sa.Column("refund_after_seconds", sa.BigInteger(), server_default=sa.text("0"), autoincrement=False, nullable=False),
    )
    op.add_column(
        "simulated_charges", sa.Column("funding", sa.Text(), server_default="credit", autoincrement=False, nullable=False)
    )
    op.add_column("simulated_charges", sa.Column("card", sa.Text(), server_default="", autoincrement=False, nullable=False))
    op.add_column(
        "store_clocks", sa.Column("advancing_to", records.Timestamp(timezone=True), autoincrement=False, nullable=True)
    )
    op.add_column(
        "store_clocks", sa.Column("leased_until", records.Timestamp(timezone=True), autoincrement=False, nullable=True)
    )
    op.add_column(
        "store_clocks", sa.Column("turn", sa.BigInteger(), server_default=sa.text("0"), autoincrement=False, nullable=False)
    )
    op.add_column(
        "stores", sa.Column("ban_on_chargeback", records.Json(), server_default="[]", autoincrement=False, nullable=False)
    )
    op.add_column(
        "stores",
        sa.Column("promo_code_stacking_behavior", sa.Text(), server_default="disabled", autoincrement=False, nullable=False),
    )
    op.add_column("stores", sa.Column("tax", records.Json(), autoincrement=False, nullable=True))
    op.add_column(
        "stores",
        sa.Column(
            "store_tax_inclusive_pricing",
            sa.Boolean(),
            server_default=sa.text("(false)"),
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column(
        "stores",
        sa.Column(
            "show_all_payment_methods_for_subscriptions",
            sa.Boolean(),
            server_default=sa.text("(false)"),
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column(
        "stores",
        sa.Column(
            "adaptive_currency_enabled", sa.Boolean(), server_default=sa.text("(false)"), autoincrement=False, nullable=False
        ),
    )
    op.add_column(
        "stores",
        sa.Column(
            "show_adaptive_currency_on_storefront",
            sa.Boolean(),
            server_default=sa.text("(false)"),
            autoincrement=False,
            nullable=False,
        ),
    )
    op.add_column(
        "stores", sa.Column("pricing_regions", records.Json(), server_default="{}", autoincrement=False, nullable=False)
    )
    op.add_column(
        "stores",
        sa.Column("subscription_month_length", sa.Text(), server_default="thirty_days", autoincrement=False, nullable=False),
    )
    op.add_column("stores", sa.Column("dunning_days", records.Json(), autoincrement=False, nullable=True))
    op.add_column(
        "stores",
        sa.Column("trial_reminder_days", sa.BigInteger(), server_default=sa.text("3"), autoincrement=False, nullable=False),
    )
    op.add_column(
        "stores", sa.Column("block_prepaid_cards", sa.Text(), server_default="none", autoincrement=False, nullable=False)
    )
    op.create_index(
        "affiliate_links_code",
        "affiliate_links",
        ["store_id", sa.literal_column("lower(code)")],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "coupons_code",
        "coupons",
        ["store_id", sa.literal_column("lower(code)")],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        "invoices_billing_email",
        "invoices",
        ["store_id", sa.literal_column("lower(billing_email)"), "id"],
        unique=False,
        sqlite_where=None,
        postgresql_where=None,
    )
