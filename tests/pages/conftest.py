"""A checkout to pay, the pages over HTTP, and a real browser to open them in."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import uvicorn
from playwright.async_api import Browser, async_playwright

from sutler.catalog.products.models import Product, ProductVersion
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.customers.customers.models import Customer
from sutler.kernel import clock, secrets
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.asgi import Application
from sutler.kernel.ids import new_id
from sutler.kernel.tokens import checkout_token, digest
from tests.conftest import Inside, SeededStore
from tests.processes import wait_until

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = "The page tests need Chromium: install it with `apt install chromium` or `brew install --cask chromium`."
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
]  # fmt: skip

ON_ONE_FILE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what is only looked at: a page looks the same whatever database it was made from."""

Sell = Callable[..., Awaitable[str]]


async def open_checkout(
    store: StoreContext, *, price: int = 999, quantity: int = 1, name: str = "VIP", **changes: Any
) -> str:
    """The rows of a checkout with one line, and its token."""
    buyer = await store.add(
        Customer(steam_id=None, minecraft_uuid=None, minecraft_platform=None, xbox_xuid=None, name="Alex", metadata={})
    )
    token, id = checkout_token(), new_id()
    fields: dict[str, Any] = {
        "id": id, "customer_id": buyer.id, "token_digest": digest(token), "state": "open",
        "token_sealed": secrets.sealer().seal(token, f"checkout:{id}"),
        "expires_at": clock.now() + timedelta(hours=24), "currency": "usd", "return_url": None, "cancel_url": None,
        "auto_redirect": False, "metadata": {}, "customer_ip": "", "billing_name": None, "billing_email": None,
        "billing_address": None, "billing_tax_id": None,
    }  # fmt: skip
    checkout = await store.add(Checkout(**(fields | changes)))
    version = await _product(store, name, price)
    line = CheckoutLine(
        checkout_id=checkout.id, product_id=version.product_id, product_version_id=version.id, product_name=name,
        product_image_url=None, price=price, quantity=quantity, gift_to_customer_id=None, selected_gameserver_id=None,
        metadata={},
    )  # fmt: skip
    await store.add(line)
    return token


async def _product(store: StoreContext, name: str, price: int) -> ProductVersion:
    sold: dict[str, Any] = {
        "slug": f"product-{new_id()}", "name": name, "description": "", "image_url": None, "price": price,
        "gameserver_ids": [], "commands": [], "single_game_server_only": False, "remove_after_enabled": False,
        "remove_after_time_value": 0, "remove_after_time_scale": "invalid",
    }  # fmt: skip
    today: dict[str, Any] = {
        "label": None, "sort_order": 0, "metadata": {}, "is_hidden": False, "enabled_at": clock.now(), "enabled_until": None,
    }  # fmt: skip
    product = await store.add(Product(**sold, **today))
    return await store.add(ProductVersion(id=product.version_id, product_id=product.id, **sold))


@pytest.fixture
def sell(inside: Inside, store: SeededStore) -> Sell:
    """Opens checkouts in the store and returns their tokens."""

    async def make(**changes: Any) -> str:
        async with inside(store.id) as context:
            return await open_checkout(context, **changes)

    return make


@pytest.fixture
async def visitor(app: Application) -> AsyncIterator[httpx2.AsyncClient]:
    """Reads pages without a browser."""
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test", headers={"Accept": "text/html"}) as client:
        yield client


@pytest.fixture
async def site(app: Application) -> AsyncIterator[str]:
    """The application behind a real port; its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_level="warning"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One Chromium for all page tests of a process, without any of our own scripts in it; where it can be spoken to."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    folder = tmp_path_factory.mktemp("chromium")
    command = [found, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={folder}", "about:blank"]
    quiet: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    with subprocess.Popen(command, **quiet) as running:
        place = folder / "DevToolsActivePort"
        wait_until(lambda: place.exists() and place.read_text().count("\n") == 1, "Chromium does not start")
        yield f"http://127.0.0.1:{place.read_text().splitlines()[0]}"
        running.terminate()


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A browser that has never been anywhere."""
    async with async_playwright() as playwright:
        connected = await playwright.chromium.connect_over_cdp(chromium)
        yield connected
        for context in connected.contexts:
            await context.close()
        await connected.close()
