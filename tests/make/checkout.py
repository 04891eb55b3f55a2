"""Products, customers and checkouts, as tests need them."""

from datetime import timedelta
from typing import Any

from sutler.catalog.products.models import Product, ProductVersion
from sutler.customers.customers.models import Customer
from sutler.customers.customers.service import create_token
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.ids import FlakeId, new_id
from sutler.servers.game_servers.models import GameServer
from tests.conftest import ClientFactory, Inside
from tests.contract.client import ContractClient

FIELDS_OF_A_VERSION = tuple(
    name for name in ProductVersion.__struct_fields__
    if name in Product.__struct_fields__ and name not in StoreRecord.__struct_fields__
)  # fmt: skip


async def add_product(store: StoreContext, **changes: Any) -> Product:
    """A product for 14.99 that is on sale and goes to all servers, unless told otherwise; with its version."""
    fields: dict[str, Any] = {
        "slug": f"product-{new_id()}", "name": "Knight", "description": "A rank.", "label": None, "image_url": None,
        "price": 1499, "sort_order": 0, "gameserver_ids": [], "commands": [], "single_game_server_only": False,
        "metadata": {}, "is_hidden": False, "enabled_at": clock.real_now() - timedelta(days=1), "enabled_until": None,
        "remove_after_enabled": False, "remove_after_time_value": 0, "remove_after_time_scale": "day",
    }  # fmt: skip
    product = await store.add(Product(**(fields | changes)))
    frozen = {name: getattr(product, name) for name in FIELDS_OF_A_VERSION}
    await store.add(ProductVersion(id=product.version_id, product_id=product.id, **frozen))
    return product


async def add_customer(store: StoreContext, **changes: Any) -> Customer:
    """A customer without any identity, unless told otherwise."""
    fields: dict[str, Any] = {
        "steam_id": None, "minecraft_uuid": None, "minecraft_platform": None, "xbox_xuid": None, "name": "Alex",
        "metadata": {},
    }  # fmt: skip
    return await store.add(Customer(**(fields | changes)))


async def add_server(store: StoreContext, name: str = "Survival") -> GameServer:
    """A game server that has never linked."""
    token = new_id().encode()
    return await store.add(GameServer(name=name, enabled=True, token_digest=token, token_sealed=token))


def line(product_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """One unit of a product."""
    return {"product_id": product_id, "quantity": 1} | changes


def checkout(customer_id: FlakeId, *lines: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The body of a checkout that a back end creates."""
    return {"customer_id": customer_id, "lines": list(lines)} | changes


async def open_checkout(api: ContractClient, store_id: FlakeId, body: dict[str, Any]) -> dict[str, Any]:
    """The answer to a checkout that must succeed."""
    answer = await api.post(f"/v1/stores/{store_id}/checkouts", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def signed_in(client: ClientFactory, inside: Inside, store_id: FlakeId, customer_id: FlakeId) -> ContractClient:
    """A client with a customer's own token."""
    async with inside(store_id) as context:
        token = await create_token(context, customer_id)
    return client(f"Customer {token}")


def dropdown(identifier: str = "size", **changes: Any) -> dict[str, Any]:
    """The body of a drop-down: small for nothing by default, large for 5.00 more, huge for half as much again."""
    options = [
        {"name": "Small", "value": "s", "price": 0, "price_type": "fixed", "is_default": True},
        {"name": "Large", "value": "l", "price": 500, "price_type": "fixed", "is_default": False},
        {"name": "Huge", "value": "xl", "price": 5000, "price_type": "percentage", "is_default": False},
    ]
    return {"identifier": identifier, "name": identifier.title(), "type": "dropdown", "options": options} | changes


def text(identifier: str = "motto", **changes: Any) -> dict[str, Any]:
    """The body of a variable that buyers write themselves."""
    return {"identifier": identifier, "name": identifier.title(), "type": "text", "options": []} | changes


async def made_variable(api: ContractClient, store_id: FlakeId, body: dict[str, Any]) -> dict[str, Any]:
    """A custom variable as the API answers it."""
    answer = await api.post(f"/v1/stores/{store_id}/custom-variables", json=body)
    assert answer.status_code == 200, answer.text
    variable: dict[str, Any] = answer.json()
    return variable
