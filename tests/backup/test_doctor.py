"""The doctor finds what does not add up, and nothing else."""

from pathlib import Path

import pytest
from sqlalchemy import LargeBinary

from sutler.doctor.checks import CHECKS, doctor
from sutler.doctor.installation import SEALED, file
from sutler.doctor.references import LOOSE, PARENTS
from sutler.doctor.totals import BOOKS, LASTING
from sutler.kernel import secrets
from sutler.kernel.backup.schema import Schema
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Flake, metadata
from sutler.kernel.data.snapshot import snapshot
from sutler.kernel.work.runner import Worker
from tests.backup.conftest import Trade
from tests.make.backup import complaints

ONE = "(SELECT min(id) FROM payments WHERE status = 'completed')"
REFUND = (
    """
    INSERT INTO refunds
        (id, store_id, created_at, payment_id, order_id, customer_id, takes_back, status, currency, amount, tax_amount,
        gateway_fee_amount, giftcard_amount, giftcard_tax_amount)
    SELECT id, store_id, created_at, id, order_id, customer_id, '[]', '{}', currency, 1, 0, 0, 0 /* to cards */, 0
    FROM payments WHERE id = """
    + ONE
)
DAMAGE = {
    "secrets": "UPDATE game_servers SET token_sealed = token_digest",
    "audit": "UPDATE audit_entries SET address = 'elsewhere' WHERE id = (SELECT min(id) FROM audit_entries)",
    "references": "DELETE FROM customers WHERE id = (SELECT min(id) FROM customers)",
    "ledger_balances": "UPDATE ledger_entries SET amount = amount + 1 WHERE id = (SELECT min(id) FROM ledger_entries)",
    "payments_in_books": f"DELETE FROM ledger_entries WHERE transaction_id = {ONE}",
    "books_have_payments": f"UPDATE payments SET status = 'failed' WHERE id = {ONE}",
    "order_totals": "UPDATE order_lines SET tax_amount = 1 WHERE id = (SELECT min(id) FROM order_lines)",
    "orders_paid": f"DELETE FROM payments WHERE id = {ONE}",
    "payments_have_orders": "UPDATE orders SET status = 'canceled' WHERE total_amount > 0",
    "refunds_in_books": REFUND.format("completed").replace("SELECT id,", "SELECT id + 1,"),
    "books_have_refunds": REFUND.format("failed"),
    "refunds_came_back": REFUND.format("failed")
    .replace("giftcard_tax_amount)", "giftcard_tax_amount, reversal_id)")
    .replace("*/, 0", "*/, 0, id + 1"),
    "refunds_on_gift_cards": REFUND.format("completed").replace("0 /* to cards */", "5"),
    "refunds_asked_for": REFUND.format("processing"),
    "payments_know_refunds": f"UPDATE payments SET refunded_amount = 1 WHERE id = {ONE}",
    "payments_refunded": f"UPDATE payments SET status = 'refunded' WHERE id = {ONE}",
    "orders_presented": f"UPDATE payments SET presentment_amount = 1 WHERE id = {ONE}",
    "payments_presented": f"UPDATE payments SET presentment_amount = 1, presentment_refunded_amount = 1 WHERE id = {ONE}",
    "disputes_in_books": f"""
        INSERT INTO payment_disputes
            (id, store_id, created_at, created_by, payment_id, reference, state, amount, fee_amount, reason)
        SELECT id, store_id, created_at, created_by, id, 'd', 'pending', 5, 0, '' FROM payments WHERE id = {ONE}
    """,
    "payments_know_disputes": f"UPDATE payments SET chargeback_status = 'lost' WHERE id = {ONE}",
    "gift_card_balances": f"""
        INSERT INTO gift_cards
            (id, store_id, created_at, code_sealed, code_digest, enabled, currency, starting_balance, balance, usable_at)
        SELECT p.id, p.store_id, p.created_at, s.token_sealed, s.token_digest, TRUE, p.currency, 5, 5, p.created_at
        FROM payments p, game_servers s WHERE p.id = {ONE}
    """,
    "gift_cards_reserved": f"""
        INSERT INTO ledger_entries (id, store_id, created_at, transaction_id, account, currency, amount)
        SELECT id, store_id, created_at, id, 'giftcards_reserved', currency, -5 FROM payments WHERE id = {ONE}
    """,
    "invoice_numbers": "DELETE FROM invoices WHERE id = (SELECT max(id) FROM invoices)",
    "orders_delivered": "DELETE FROM delivery_items WHERE id = (SELECT min(id) FROM delivery_items)",
    "commands_queued": "DELETE FROM command_attempts WHERE id = (SELECT max(id) FROM command_attempts)",
    "items_subscribed": f"UPDATE delivery_items SET subscription_id = {ONE} WHERE id = (SELECT min(id) FROM delivery_items)",
    "items_begun": "UPDATE delivery_items SET state = 'usable' WHERE state = 'active'",
    "jobs": "UPDATE jobs SET run_at = NULL, last_error = 'it rained' WHERE kind = 'expire_item'",
    "payments_asked_for": f"UPDATE payments SET status = 'pending' WHERE id = {ONE}; DELETE FROM jobs",
    "subscriptions_go_on": "DELETE FROM jobs WHERE kind = 'renew'",
    "subscriptions_begun": "DELETE FROM subscriptions",
    "subscriptions_hold_something": "DELETE FROM subscription_lines",
    "cycles_paid_once": """
        UPDATE orders SET subscription_id = (SELECT min(id) FROM subscriptions), billing_cycle_sequence = 1
        WHERE status = 'completed'
    """,
    "trials_release": """
        INSERT INTO trial_claims (id, store_id, created_at, customer_id, product_id, checkout_id, checkout_line_id)
        SELECT line.id, line.store_id, line.created_at, one.customer_id, line.product_id, one.id, line.id
        FROM checkout_lines line JOIN checkouts one ON one.id = line.checkout_id
        WHERE line.id = (SELECT min(id) FROM checkout_lines)
    """,
    "checkouts_end": "DELETE FROM jobs WHERE kind = 'expire_checkout'",
    "items_end": "DELETE FROM jobs WHERE kind = 'expire_item'",
    "checkouts_held": f"UPDATE checkouts SET held_by = {ONE} WHERE state = 'open'",
    "webhooks_sent": "DELETE FROM jobs WHERE kind = 'send_webhook'",
    "mails_sent": f"""
        INSERT INTO mails
            (id, store_id, created_at, kind, cause, recipient, subject, text_sealed, state, attempts, resends)
        SELECT p.id, p.store_id, p.created_at, 'order_receipt', '1', 'a@b.de', '', s.token_sealed, 'waiting', 0, 0
        FROM payments p, game_servers s WHERE p.id = {ONE}
    """,
}
SHOWN_ELSEWHERE = {"schema", "file", "webhooks", "mails"}


class TestDoctor:
    @pytest.mark.parametrize("name", DAMAGE)
    async def test_finds(self, name: str, trade: Trade, database: Database) -> None:
        before = await complaints(database)

        await database.script(DAMAGE[name])

        after = await complaints(database)
        assert name not in before
        assert after[name]
        assert not any("could not be looked at" in example for examples in after.values() for example in examples)

    def test_is_put_to_the_test_with_every_check(self) -> None:
        assert set(DAMAGE) | SHOWN_ELSEWHERE == set(CHECKS)

    async def test_looks_at_nothing_else_when_the_tables_are_of_another_time(self, trade: Trade, database: Database) -> None:
        (step,) = Schema().steps()[-1:]
        await database.script("UPDATE alembic_version SET version_num = '9999'")

        (result,) = await doctor(database)

        await database.script(f"UPDATE alembic_version SET version_num = '{step}'")

        assert result.problems == 1
        assert "9999" in result.examples[0]

    async def test_counts_all_and_tells_of_some(self, trade: Trade, database: Database) -> None:
        await database.script("UPDATE ledger_entries SET amount = amount * 2 + 1")

        result = {result.name: result for result in await doctor(database)}["ledger_balances"]

        async with snapshot(database) as connection:
            ((movements,),) = await connection.fetch("SELECT count(DISTINCT transaction_id) FROM ledger_entries", ())
        assert result.problems == movements

    async def test_mentions_orders_that_wait_for_a_worker_without_complaining(
        self, trade: Trade, database: Database
    ) -> None:
        await trade.sell(trade.poster_id)

        result = {result.name: result for result in await doctor(database)}["orders_delivered"]

        assert (result.problems, result.notes) == (0, ("1 completed orders wait for a worker to deliver them.",))

    async def test_mentions_jobs_that_are_late_and_webhooks_that_were_given_up(
        self, trade: Trade, database: Database
    ) -> None:
        await database.script("UPDATE webhook_deliveries SET state = 'failed'")
        late = "'2026-01-01T00:00:00.000001+00:00'"
        await database.script(f"UPDATE jobs SET run_at = {late} WHERE kind = 'expire_item'")

        results = {result.name: result for result in await doctor(database)}

        assert not any(result.problems for result in results.values())
        assert "does a worker run?" in results["jobs"].notes[0]
        assert "given up" in results["webhooks"].notes[0]

    async def test_says_that_the_key_is_another_one(
        self, trade: Trade, worker: Worker, database: Database, tmp_path: Path
    ) -> None:
        secrets.install(secrets.Sealer.from_settings(None, tmp_path / "other"))

        (example, *_) = (await complaints(database))["secrets"]

        assert "sealed with the key" in example


class TestFile:
    async def test_is_found_to_be_damaged(self, trade: Trade, database_url: str, tmp_path: Path) -> None:
        if database_url.startswith("postgresql"):
            async with snapshot(database_at(database_url)) as connection:
                assert not (await file(connection)).problems
            return
        source, damaged = database_at(database_url), tmp_path / "damaged.db"
        async with snapshot(source) as connection:
            await connection.fetch("SELECT 1", ())
        await source.script(f"VACUUM INTO '{damaged}'")
        content = bytearray(damaged.read_bytes())
        content[8192:8200] = bytes(8)
        damaged.write_bytes(content)

        async with snapshot(database_at(f"sqlite:{damaged}")) as connection:
            assert (await file(connection)).problems


class TestTables:
    def test_of_secrets_have_every_sealed_column(self) -> None:
        columns = [column for table in metadata.sorted_tables for column in table.c if isinstance(column.type, LargeBinary)]

        assert {str(column) for column in columns if column.name.endswith("_sealed")} == {str(one.column) for one in SEALED}

    def test_of_references_have_every_column_of_ids(self) -> None:
        ids = [column for table in metadata.sorted_tables for column in table.c if isinstance(column.type, Flake)]

        assert {column.name for column in ids} - {"id"} == set(PARENTS) | set(LOOSE)

    def test_of_what_lasts_are_tables(self) -> None:
        assert LASTING - {BOOKS} <= set(metadata.tables)
