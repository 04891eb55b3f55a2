"""What completing a checkout costs, jobs and events included."""

import pytest

from sutler.kernel.data.database import Database
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import add_customer, add_product, checkout, line, open_checkout
from tests.make.stores import counted

MOST = 15


class TestCompleting:
    @pytest.mark.parametrize("lines", [1, 30])
    async def test_takes_few_statements_however_many_lines_there_are(
        self, api: ContractClient, store: SeededStore, inside: Inside, database: Database, lines: int
    ) -> None:
        async with inside(store.id) as context:
            buyer = await add_customer(context)
            products = [await add_product(context) for _ in range(lines)]
        body = checkout(buyer.id, *(line(product.id) for product in products))
        opened = await open_checkout(api, store.id, body)
        await api.get(f"/v1/stores/{store.id}")  # so that the key is known

        with counted(database) as statements:
            order = await paid(api, store.id, opened["token"])

        assert order["status"] == "completed"
        assert len(order["lines"]) == lines
        assert len([sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))]) <= MOST, statements
