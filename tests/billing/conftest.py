"""Somebody who pays, and something to pay for."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.edge.asgi import Application
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import add_customer, add_product
from tests.make.paypal import FakePayPal, paypal_at_home
from tests.make.stripe import FakeStripe, stripe_at_home
from tests.make.subscriptions import Club


@pytest.fixture
async def customer(inside: Inside, store: SeededStore) -> Customer:
    """A customer of the store."""
    async with inside(store.id) as context:
        return await add_customer(context, name="Alex", steam_id="76561198152492642")


@pytest.fixture
async def product(inside: Inside, store: SeededStore) -> Product:
    """A product for 14.99 that is on sale and goes to all servers."""
    async with inside(store.id) as context:
        return await add_product(context)


@pytest.fixture
async def stripe(app: Application) -> AsyncIterator[FakeStripe]:
    """A stand-in for Stripe, to which the settings lead."""
    async with stripe_at_home() as fake:
        yield fake


@pytest.fixture
async def visitor(app: Application) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser that follows nothing; the servers of gateways speak through it, too."""
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as browser:
        yield browser


@pytest.fixture
async def paypal(app: Application) -> AsyncIterator[FakePayPal]:
    """A stand-in for PayPal, to which the settings lead."""
    async with paypal_at_home() as fake:
        yield fake


@pytest.fixture
async def club(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> Club:
    """A store whose clock stands, with a customer in it."""
    return await Club(api, store, inside, worker).open()
