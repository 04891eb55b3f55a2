"""What Sutler has of the contract is exact, and docs/parity.md says what that is."""

import pytest

from sutler.app import documents
from tests.contract.compare import Verdict, compare
from tests.contract.reference import APIS
from tools.parity import PAGE, page

VERDICTS = [verdict for api in APIS for verdict in compare(api, documents()[api])]
PRESENT = [verdict for verdict in VERDICTS if verdict.state != "missing"]


class TestOperations:
    @pytest.mark.parametrize("verdict", PRESENT, ids=lambda verdict: verdict.operation_id)
    def test_conform_to_the_contract(self, verdict: Verdict) -> None:
        assert verdict.state == "conforms", "\n".join(verdict.differences)

    def test_and_webhooks_are_all_judged(self) -> None:
        assert len(VERDICTS) == 261 + 19
        assert PRESENT


class TestParityPage:
    def test_is_up_to_date(self) -> None:
        assert PAGE.read_text(encoding="utf-8") == page(documents()), "docs/parity.md is out of date; run make docs"
