"""The page about permissions says what the operations need."""

from sutler.app import routes
from tools.permissions import PAGE, page


class TestPermissionsPage:
    def test_is_up_to_date(self) -> None:
        text = PAGE.read_text(encoding="utf-8")

        assert text == page(routes()), "docs/discussions/permissions.md is out of date; run python -m tools.permissions"
