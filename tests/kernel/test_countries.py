"""Where addresses are."""

from pathlib import Path

import pytest

from sutler.kernel.outside.countries import country_at
from tests.make.addresses import address_file


class TestCountryAt:
    @pytest.mark.parametrize(
        ("address", "country"),
        [("192.0.2.7", "NL"), ("198.51.100.200", "US"), ("203.0.113.1", None), ("", None), ("::1", None), ("nowhere", None)],
    )
    def test_is_what_the_file_says(self, tmp_path: Path, address: str, country: str | None) -> None:
        file = address_file(tmp_path / "some.mmdb", {"192.0.2.0/24": "NL", "198.51.100.128/25": "US"})

        assert country_at(address, str(file)) == country
        assert country_at(address, None) is None

    @pytest.mark.parametrize("content", [None, b"", b"not a database"])
    def test_is_unknown_when_the_file_cannot_be_read(self, tmp_path: Path, content: bytes | None) -> None:
        file = tmp_path / "broken.mmdb"
        if content is not None:
            file.write_bytes(content)

        assert country_at("192.0.2.7", str(file)) is None
