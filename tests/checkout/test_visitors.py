"""Where visitors are: what a server says, then the network in front, then their address."""

from dataclasses import replace
from pathlib import Path

import pytest

from sutler import settings
from sutler.catalog.products.models import Product
from tests.conftest import ClientFactory, SeededStore
from tests.contract.client import ContractClient
from tests.make.addresses import address_file

SERVER, NETWORK, ADDRESS = "x-paynow-customer-countrycode", "CF-IPCountry", "x-paynow-customer-ip"


@pytest.fixture
async def shop(api: ContractClient, store: SeededStore, product: Product, tmp_path: Path) -> str:
    """The address of a product in a store that shows prices with the tax of Germany, the Netherlands and Hungary."""
    file = address_file(tmp_path / "some.mmdb", {"192.0.2.0/24": "HU"})
    settings.install(replace(settings.settings(), country_header=NETWORK, country_file=str(file)))
    body = {"enabled": True, "countries": ["NL", "DE", "HU"], "prices_shown": "with_tax"}
    assert (await api.patch(f"/v1/stores/{store.id}/tax-settings", json=body)).status_code == 200
    return f"/v1/store/products/{product.slug}"


class TestVisitors:
    @pytest.mark.parametrize(
        ("headers", "country"),
        [
            ({SERVER: "DE", NETWORK: "NL", ADDRESS: "192.0.2.1"}, "DE"),
            ({NETWORK: "nl"}, "NL"),
            ({NETWORK: "NL", ADDRESS: "192.0.2.1"}, "HU"),
            ({ADDRESS: "192.0.2.1"}, "HU"),
            ({SERVER: "XX", NETWORK: "NL", ADDRESS: "192.0.2.1"}, None),
            ({NETWORK: "T1"}, None),
            ({NETWORK: "<script>"}, None),
            ({ADDRESS: "203.0.113.1"}, None),
        ],
    )
    async def test_are_where_the_best_informed_says(
        self, client: ClientFactory, store: SeededStore, shop: str, headers: dict[str, str], country: str | None
    ) -> None:
        answer = await client("").get(shop, headers={"x-paynow-store-id": store.id} | headers)

        rate = answer.json()["pricing"].get("vat_rate")
        assert (rate and rate["country_code"]) == country
