"""The formats of the contract."""

import pytest

from tests.contract.formats import FORMATS


class TestFormats:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("flake-id", "1"),
            ("flake-id", "9223372036854775807"),
            ("steam-id", "76561197960287930"),
            ("steam-id", "18446744073709551615"),
            ("date-time", "2026-02-03T04:05:06Z"),
            ("date-time", "2026-02-03T04:05:06.5Z"),
            ("date-time", "2026-02-03T04:05:06.000001Z"),
            ("date-time", "2024-02-29T23:59:59.123456Z"),
            ("int32", 2**31 - 1),
            ("int64", -(2**63)),
            ("period", "P1Y2M3DT4H5M6S"),
            ("period", "PT36H"),
            ("ip-address", "2001:db8::1"),
        ],
    )
    def test_take_what_clients_can_read(self, name: str, value: object) -> None:
        assert FORMATS.conforms(value, name)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("flake-id", ""),
            ("flake-id", "abc"),
            ("flake-id", "-1"),
            ("flake-id", "01"),
            ("flake-id", "١٢"),
            ("flake-id", "1\n"),
            ("flake-id", "9223372036854775808"),
            ("flake-id", "12345678901234567890"),
            ("steam-id", "STEAM_0:1:2"),
            ("steam-id", "18446744073709551616"),
            ("date-time", "2026-02-03"),
            ("date-time", "2026-02-03T04:05:06"),
            ("date-time", "2026-02-03T04:05:06+00:00"),
            ("date-time", "2026-02-03T04:05:06z"),
            ("date-time", "2026-02-03 04:05:06Z"),
            ("date-time", "2026-02-03T04:05:06.0Z"),
            ("date-time", "2026-02-03T04:05:06.120Z"),
            ("date-time", "2026-02-03T04:05:06.1234567Z"),
            ("date-time", "2026-02-30T04:05:06Z"),
            ("int32", 2**31),
            ("int64", 2**63),
            ("period", "P"),
            ("period", "1M"),
            ("period", "P1DT"),
            ("ip-address", "203.0.113.9:4711"),
        ],
    )
    def test_refuse_what_they_cannot(self, name: str, value: object) -> None:
        assert not FORMATS.conforms(value, name)
