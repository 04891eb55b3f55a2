"""Guessing codes with many at once."""

from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from tests.conftest import SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line


class TestCodes:
    async def test_are_guessed_no_more_often_with_many_in_one_request(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        few, many = ([f"GUESS-{number}" for number in range(count)] for count in (10, 11))
        path = f"/v1/stores/{store.id}/checkouts"

        statuses = [
            (await api.post(path, json=checkout(customer.id, line(product.id), promo_codes=codes))).status_code
            for codes in (many, few)
        ]

        assert statuses == [429, 429]  # those of the first request count as well
