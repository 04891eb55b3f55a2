"""A customer who is signed in."""

import pytest

from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import add_customer, signed_in


@pytest.fixture
async def buyer(client: ClientFactory, inside: Inside, store: SeededStore) -> ContractClient:
    """A client of the storefront with a customer's token."""
    async with inside(store.id) as context:
        customer = await add_customer(context)
    return await signed_in(client, inside, store.id, customer.id)
