"""`sutler tax`: what is owed, for the tax return."""

from tests.cli.conftest import Installation

HEADS = "country,jurisdiction,tax_name,tax_rate,currency,sales,refunds,taxable_amount,tax_amount\n"


EVIDENCE = (
    "order_id,completed_at,billing_country,billing_state,ip_country,card_country,customer_ip,tax_id,tax_id_check,agreeing,"
    "tax_amount,total_amount,currency\n"
)


class TestEvidence:
    def test_is_a_table_of_every_order(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        place.says("store", "create", "Shop")

        assert place.says("tax", "evidence", "2026-01-01", "2026-04-01") == EVIDENCE
        assert "must end after it begins" in place.refuses("tax", "evidence", "2026-04-01", "2026-01-01")


class TestReport:
    def test_is_a_table_for_a_spreadsheet(self, sqlite_place: Installation) -> None:
        place = sqlite_place
        place.says("store", "create", "Shop")

        assert place.says("tax", "report", "2026-01-01", "2026-04-01") == HEADS
        assert "must end after it begins" in place.refuses("tax", "report", "2026-04-01", "2026-01-01")
