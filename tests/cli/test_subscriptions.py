"""`sutler subscriptions`: what they come to."""

from tests.cli.conftest import Installation


class TestRevenue:
    def test_is_said_part_by_part(self, sqlite_place: Installation) -> None:
        sqlite_place.says("store", "create", "Shop")

        said = sqlite_place.says("subscriptions", "mrr").splitlines()

        assert [line.split()[:2] for line in said] == [["$0.00", "0"]] * 4
