"""A project that uses the SDK as its users do, for the type checkers: whatever they say about it, they say to them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sutler_sdk import (
    ApiError,
    AsyncGameServerClient,
    AsyncManagementClient,
    GameServerClient,
    ManagementClient,
    Players,
    QueuedCommandDto,
    Retries,
    StorefrontClient,
    is_api_error,
    webhooks,
)
from sutler_sdk.types.management import CustomerDto, OrderDto
from sutler_sdk.types.webhooks import OrderCompletedEvent, RefundEvent


def find_or_create(client: ManagementClient, steam_id: str) -> CustomerDto:
    """Errors are narrowed, and answers are typed."""
    try:
        return client.customers.lookup_customer(steam_id=steam_id)
    except ApiError as error:
        if is_api_error(error, status=404):
            return client.customers.create_customer(steam_id=steam_id, metadata={"from": "game"})
        raise


def sell(client: ManagementClient, customer: CustomerDto, product_id: str) -> str:
    """Arguments are typed, down to the members of dictionaries inside of them."""
    client.products.update_product(product_id, price=500, label=None, enabled_until=datetime(2030, 1, 1, tzinfo=UTC))
    client.delivery.assign_delivery_item(customer.id, product_id=product_id, quantity=1)
    session = client.checkout.create_checkout_session(
        customer_id=customer.id, lines=[{"product_id": product_id, "quantity": 2}]
    )
    return session.token


def names(client: ManagementClient) -> list[str]:
    """Lists and iterators are typed."""
    first: list[CustomerDto] = client.with_options(timeout=5).customers.get_customers(limit=50, search="ann")
    return [one.name or one.id for one in first] + [one.id for one in client.customers.iterate(search="ann")]


async def orders(store_id: str, key: str) -> list[OrderDto]:
    """The same, awaited."""
    options = Retries(attempts=2)
    async with AsyncManagementClient(store_id, key, base_url="https://store.example.com", retries=options) as client:
        return [order async for order in client.orders.iterate(status=["completed"])]


def cart(store_id: str, token: str) -> list[str]:
    """The storefront, for a visitor of a web server."""
    with StorefrontClient(store_id) as shop:
        return [line.product_id for line in shop.for_visitor(token, ip="192.0.2.1").cart.get_cart().lines]


def hook(body: bytes, headers: Mapping[str, str]) -> str:
    """Events are told apart by their class or by their type."""
    event = webhooks.verify(body, headers, "secret")
    if isinstance(event, OrderCompletedEvent):
        return event.body.checkout_id
    if isinstance(event, RefundEvent):
        return event.body.order_id
    return event.event_type


def on_command(command: QueuedCommandDto) -> bool | None:
    """Handlers are typed."""
    return None if command.command else False


def play(token: str, journal: Path) -> None:
    """A plugin."""
    with GameServerClient(token) as server:
        server.run(on_command, journal=journal, players=lambda: Players(steam_ids=["76561198000000000"]), hostname="Lobby")


async def play_along(token: str, journal: Path) -> None:
    """The same, awaited."""
    async with AsyncGameServerClient(token) as server:
        await server.run(on_command, journal=journal, did_it_run=lambda _: None)
