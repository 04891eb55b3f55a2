"""Importing, pinning and showing exchange rates."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.kernel import clock
from sutler.kernel.exchange import Conversion
from sutler.stores.exchange_rates.service import conversion
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.exchange import daily_xml, imported, pinned

HISTORY = "Date,USD,JPY,\n{0:%Y-%m-%d},1.0870,160.27,\n{1:%Y-%m-%d},1.0800,N/A,\n2001-01-02,0.9423,107.70,\n"


async def worth(inside: Inside, store: SeededStore, base: str, currency: str) -> Conversion | None:
    """How the store converts between two currencies now."""
    async with inside(store.id) as context:
        return await conversion(context, base, currency)


async def known(api: ContractClient, store: SeededStore) -> dict[str, Any]:
    """What the store shows of its rates."""
    found: dict[str, Any] = (await api.get(f"/v1/stores/{store.id}/exchange-rates")).json()
    return found


class TestImport:
    async def test_converts_through_the_euro(
        self, api: ContractClient, store: SeededStore, other: SeededStore, inside: Inside
    ) -> None:
        nothing = await known(api, store)

        told = await imported(api, store.id)

        assert (nothing["day"], nothing["current"], nothing["rates"]) == (None, False, {})
        assert (told["base"], told["current"], told["days"], told["rates"]["jpy"]) == ("eur", True, 1, "160.27")
        assert await worth(inside, store, "eur", "usd") == Conversion("usd", "1.087")
        assert await worth(inside, store, "usd", "eur") == Conversion("eur", "0.9199632015")
        assert await worth(inside, store, "usd", "jpy") == Conversion("jpy", "147.4425023")
        assert await worth(inside, store, "usd", "chf") is None
        assert await worth(inside, other, "eur", "usd") is None

    async def test_keeps_no_days_that_are_long_past_and_replaces_those_that_come_again(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        now = clock.real_now()
        content = HISTORY.format(now, now - timedelta(days=1))

        first, again = await imported(api, store.id, content), await imported(api, store.id, content)
        corrected = await imported(api, store.id, daily_xml(USD="1.5"))

        assert (first["days"], first["rates"]) == (2, {"jpy": "160.27", "usd": "1.087"})
        assert again == first
        assert (corrected["days"], corrected["rates"]["usd"]) == (2, "1.5")

    async def test_uses_no_rates_that_are_too_old(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        told = await imported(api, store.id, daily_xml(clock.real_now() - timedelta(days=9)))

        assert told["current"] is False
        assert await worth(inside, store, "eur", "usd") is None

    @pytest.mark.parametrize(
        "content",
        ["nothing", "<Cube/>", daily_xml(clock.real_now() + timedelta(days=3)), daily_xml(USD="-1"), daily_xml(USD="1e3")],
        ids=["text", "empty", "tomorrow", "negative", "exponent"],
    )
    async def test_refuses_what_are_no_rates(self, api: ContractClient, store: SeededStore, content: str) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/exchange-rates/import", json={"content": content})

        assert answer.status_code == 400
        assert (await known(api, store))["day"] is None


class TestPin:
    async def test_beats_what_was_imported_in_both_directions_until_it_is_taken_back(
        self, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        await imported(api, store.id)
        await pinned(api, store.id, "USD", "eur", "0.90")

        both = [await worth(inside, store, "usd", "eur"), await worth(inside, store, "eur", "usd")]
        through = await worth(inside, store, "usd", "jpy")
        await pinned(api, store.id, "eur", "usd", "1.25")
        turned = await worth(inside, store, "usd", "eur")
        shown = (await known(api, store))["pins"]
        gone = [await api.delete(f"/v1/stores/{store.id}/exchange-rates/pins/usd/eur") for _ in range(2)]

        assert both == [Conversion("eur", "0.9"), Conversion("usd", "1.111111111")]
        assert through == Conversion("jpy", "144.243")
        assert turned == Conversion("eur", "0.8")
        assert [(pin["base"], pin["currency"], pin["rate"]) for pin in shown] == [("eur", "usd", "1.25")]
        assert [answer.status_code for answer in gone] == [204, 404]
        assert await worth(inside, store, "eur", "usd") == Conversion("usd", "1.087")

    @pytest.mark.parametrize(
        "wrong", [{"base": "xyz"}, {"currency": "eur"}, {"rate": "0"}, {"rate": "-1"}, {"rate": "1e5"}], ids=str
    )
    async def test_refuses_what_is_no_rate(self, api: ContractClient, store: SeededStore, wrong: dict[str, str]) -> None:
        body = {"base": "eur", "currency": "usd", "rate": "1.1"} | wrong

        answer = await api.put(f"/v1/stores/{store.id}/exchange-rates/pins", json=body)

        assert answer.status_code == 400
        assert (await known(api, store))["pins"] == []


class TestStorefrontStore:
    async def test_shows_the_visitors_currency_beside_the_stores_own(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        visitor = client(**{"x-paynow-store-id": store.id})

        async def seen(country: str) -> tuple[str, str]:
            found = (await visitor.get("/v1/store", headers={"x-paynow-customer-countrycode": country})).json()
            return found["currency"], found["creator_currency"]

        await imported(api, store.id)
        before = await seen("DE")
        await api.patch(f"/v1/stores/{store.id}/payment-settings", json={"adaptive_currency_enabled": True})

        assert before == ("usd", "usd")
        assert [await seen(country) for country in ("DE", "US", "CH", "XX")] == [
            ("eur", "usd"), ("usd", "usd"), ("usd", "usd"), ("usd", "usd"),
        ]  # fmt: skip
