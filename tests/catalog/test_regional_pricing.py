"""How a store and its products are priced in the regions of the world, over the management API."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.catalog.pricing_regions.models import GROUPS, REGIONS, UNCHANGED
from sutler.catalog.pricing_regions.service import region_of
from sutler.catalog.product_rules.service import HIGHEST_PRICE, LOWEST_PRICE
from sutler.catalog.regional_pricing.schemas import HIGHEST_MULTIPLIER
from sutler.catalog.regional_pricing.service import multiplied
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.make.catalog import made_product
from tests.make.exchange import pinned
from tests.make.regional import priced, regions

SAID = ("enabled", "price", "default_price_multiplier", "currency", "tax_inclusive")
NOTHING_SAID = (False, None, None, None, None)


def said(region: dict[str, Any]) -> tuple[Any, ...]:
    """What is said of a region."""
    return tuple(region[name] for name in SAID)


class TestGetStorePricingRegions:
    async def test_covers_the_world_and_has_no_effect_at_first(self, api: ContractClient, store: SeededStore) -> None:
        found = await regions(api, store.id)

        countries = [country for one in found.values() for country in one["country_codes"]]
        assert len(countries) == len(set(countries)) == 250  # all of ISO 3166-1, and Kosovo
        assert {said(one) for one in found.values()} == {NOTHING_SAID}
        assert {one["updated_at"] for one in found.values()} == {None}
        assert {one["group_id"] for one in found.values()} == {one.id for one in GROUPS}

    async def test_shows_what_is_usual_there(self, api: ContractClient, store: SeededStore) -> None:
        found = await regions(api, store.id)

        usual = [
            (one["local_currency"], one["local_currency_fx_rate"]) for one in map(found.get, ("turkey", "oceania")) if one
        ]
        assert usual == [("try", 32.8695), ("aud", 1.502008)]
        assert (found["turkey"]["blended_vat_rate"], found["brazil"]["blended_vat_rate"]) == (20.0, 0.0)
        assert 15 < found["western_europe"]["blended_vat_rate"] < 25
        await pinned(api, store.id, "usd", "try", "40.5")
        assert (await regions(api, store.id))["turkey"]["local_currency_fx_rate"] == 40.5

    async def test_shows_a_currency_without_public_rates_as_it_is(self, client: ClientFactory, inside: Inside) -> None:
        store = await make_store(inside, "tbilisi", currency="gel")

        found = await regions(client(f"APIKey {store.api_key}"), store.id)

        assert {(one["local_currency"], one["local_currency_fx_rate"]) for one in found.values()} == {("gel", 1.0)}

    def test_finds_the_region_of_a_country_in_any_case_and_none_of_nowhere(self) -> None:
        assert [region.id for country in ("tr", "BR") if (region := region_of(country))] == ["turkey", "brazil"]
        assert [region_of(country) for country in (None, "", "XX", "T1")] == [None] * 4


class TestGetStorePricingRegionGroups:
    async def test_recommends_a_multiplier_for_each(self, api: ContractClient, store: SeededStore) -> None:
        found = (await api.get(f"/v1/stores/{store.id}/products/pricing/region-groups")).json()

        multipliers = [one["recommended_base_price_multiplier"] for one in found]
        assert multipliers == sorted(multipliers, reverse=True)
        assert multipliers[0] == UNCHANGED
        assert {one.group_id for one in REGIONS} == {one["id"] for one in found}


class TestSetStorePricingRegionOverride:
    async def test_keeps_what_is_left_out_and_clears_what_is_null(self, api: ContractClient, store: SeededStore) -> None:
        await priced(api, store.id, "turkey", default_price_multiplier=450, enabled=True, tax_inclusive=True, currency="USD")
        await priced(api, store.id, "turkey", tax_inclusive=None)
        await priced(api, store.id, "turkey")
        await priced(api, store.id, "brazil", enabled=True)

        found = await regions(api, store.id)
        assert said(found["turkey"]) == (True, None, 450, "usd", None)
        assert said(found["brazil"]) == (True, None, None, None, None)
        assert found["turkey"]["updated_at"] is not None
        assert {said(one) for id, one in found.items() if id not in ("turkey", "brazil")} == {NOTHING_SAID}

    @pytest.mark.parametrize(
        ("changes", "path", "message"),
        [
            ({"currency": "eur"}, "currency", "not supported yet"),
            ({"default_price_multiplier": 0}, "default_price_multiplier", ">= 1"),
            ({"default_price_multiplier": HIGHEST_MULTIPLIER + 1}, "default_price_multiplier", "<= 10000"),
        ],
    )
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str, message: str
    ) -> None:
        answer = await api.patch(f"/v1/stores/{store.id}/products/pricing/regions/turkey", json={"enabled": True} | changes)

        (error,) = answer.json()["errors"]
        assert (answer.status_code, error["path"]) == (400, path)
        assert message in error["message"]
        assert said((await regions(api, store.id))["turkey"]) == NOTHING_SAID

    async def test_names_the_regions_where_there_is_none(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.patch(f"/v1/stores/{store.id}/products/pricing/regions/atlantis", json={"enabled": True})

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
        assert "turkey" in answer.json()["message"]

    async def test_loses_none_of_two_changes_at_once(self, api: ContractClient, store: SeededStore) -> None:
        await asyncio.gather(*(priced(api, store.id, region, enabled=True) for region in ("turkey", "brazil", "china")))

        found = await regions(api, store.id)
        assert {id for id, one in found.items() if one["enabled"]} == {"turkey", "brazil", "china"}


class TestGetProductPricingRegions:
    async def test_shows_what_the_store_says_unless_the_product_does(self, api: ContractClient, store: SeededStore) -> None:
        product, another = [(await made_product(api, store.id))["id"] for _ in range(2)]
        await priced(api, store.id, "turkey", default_price_multiplier=450, enabled=True, tax_inclusive=True)
        await priced(api, store.id, "turkey", product, price=500)
        await priced(api, store.id, "brazil", product, enabled=False)

        found = await regions(api, store.id, product)
        assert said(found["turkey"]) == (True, 500, 450, None, True)
        assert said(found["brazil"]) == NOTHING_SAID
        assert said((await regions(api, store.id, another))["turkey"]) == (True, None, 450, None, True)
        assert said((await regions(api, store.id))["turkey"]) == (True, None, 450, None, True)

    async def test_is_for_products_that_are_there(self, api: ContractClient, store: SeededStore) -> None:
        product = await made_product(api, store.id)
        path = f"/v1/stores/{store.id}/products/{product['id']}"

        assert (await api.delete(path)).status_code == 204
        assert (await api.get(f"{path}/pricing/regions")).status_code == 404


class TestSetProductPricingRegionOverride:
    async def test_keeps_what_is_left_out_and_clears_what_is_null(self, api: ContractClient, store: SeededStore) -> None:
        product = (await made_product(api, store.id))["id"]
        await priced(api, store.id, "turkey", product, price=500, enabled=True, currency="usd")
        await priced(api, store.id, "turkey", product, price=None)
        await priced(api, store.id, "turkey", product, tax_inclusive=False)

        assert said((await regions(api, store.id, product))["turkey"]) == (True, None, None, "usd", False)

    @pytest.mark.parametrize("price", [-1, 1, LOWEST_PRICE - 1, HIGHEST_PRICE + 1, "500"])
    async def test_refuses_prices_that_products_cannot_have(
        self, api: ContractClient, store: SeededStore, price: Any
    ) -> None:
        product = (await made_product(api, store.id))["id"]

        answer = await api.patch(f"/v1/stores/{store.id}/products/{product}/pricing/regions/turkey", json={"price": price})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "price")
        assert said((await regions(api, store.id, product))["turkey"]) == NOTHING_SAID

    @pytest.mark.parametrize("price", [0, LOWEST_PRICE, HIGHEST_PRICE])
    async def test_takes_prices_that_products_can_have(self, api: ContractClient, store: SeededStore, price: int) -> None:
        product = (await made_product(api, store.id))["id"]

        await priced(api, store.id, "turkey", product, price=price)

        assert (await regions(api, store.id, product))["turkey"]["price"] == price

    async def test_refuses_other_currencies_unknown_regions_and_other_stores_products(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        product = (await made_product(api, store.id))["id"]
        theirs = (await made_product(client(f"APIKey {other.api_key}"), other.id))["id"]
        of_store = f"/v1/stores/{store.id}/products"

        answers = [
            await api.patch(f"{of_store}/{product}/pricing/regions/turkey", json={"currency": "try"}),
            await api.patch(f"{of_store}/{product}/pricing/regions/atlantis", json={"price": 500}),
            await api.patch(f"{of_store}/{theirs}/pricing/regions/turkey", json={"price": 500}),
        ]

        assert [answer.status_code for answer in answers] == [400, 404, 404]
        assert said((await regions(api, store.id, product))["turkey"]) == NOTHING_SAID


class TestMultiplied:
    @given(st.just(0) | st.integers(LOWEST_PRICE, HIGHEST_PRICE), st.integers(1, HIGHEST_MULTIPLIER))
    def test_is_a_price_that_products_can_have(self, price: int, multiplier: int) -> None:
        found = multiplied(price, multiplier)

        assert found == 0 if price == 0 else LOWEST_PRICE <= found <= HIGHEST_PRICE
        assert (found <= price) if multiplier <= UNCHANGED else (found >= price)
        assert multiplied(price, UNCHANGED) == multiplied(price, None) == price

    @pytest.mark.parametrize(("multiplier", "found"), [(450, 675), (500, 750), (333, 499), (1, 50)])
    def test_is_rounded_to_the_nearest_minor_unit(self, multiplier: int, found: int) -> None:
        assert multiplied(1499, multiplier) == found
