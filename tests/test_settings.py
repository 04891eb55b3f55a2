"""Settings from the environment."""

import pytest

from sutler.settings import SETTINGS, BadSetting, read


class TestRead:
    def test_needs_nothing(self) -> None:
        found = read({})

        assert (found.database_url, found.base_url) == ("sqlite:var/sutler.db", "http://127.0.0.1:8000")
        assert found.checkout_url == "http://127.0.0.1:8000/checkout"
        assert not found.webhooks_allow_private

    def test_derives_addresses_from_host_and_port(self) -> None:
        found = read({"SUTLER_HOST": "192.0.2.1", "SUTLER_PORT": "9000", "SUTLER_DATA": "/srv/shop"})

        assert (found.base_url, found.database_url) == ("http://192.0.2.1:9000", "sqlite:/srv/shop/sutler.db")

    def test_takes_slashes_off_the_end(self) -> None:
        assert read({"SUTLER_BASE_URL": "https://shop.example/"}).checkout_url == "https://shop.example/checkout"

    def test_prefers_the_command_line(self) -> None:
        assert read({"SUTLER_PORT": "9000"}, port="9001").port == 9001

    def test_takes_an_empty_value_for_none(self) -> None:
        assert read({"SUTLER_SECRET_KEY": ""}).secret_key is None

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("SUTLER_PORT", "0"), ("SUTLER_PORT", "http"), ("SUTLER_PORT", "65536"), ("SUTLER_LOG_LEVEL", "loud"),
            ("SUTLER_WORKER", "maybe"), ("SUTLER_LOG_FORMAT", "xml"),
        ],
    )  # fmt: skip
    def test_refuses_a_bad_value_by_name(self, name: str, value: str) -> None:
        with pytest.raises(BadSetting, match=name):
            read({name: value})

    def test_knows_each_setting_once(self) -> None:
        assert len({setting.name for setting in SETTINGS}) == len(SETTINGS)
