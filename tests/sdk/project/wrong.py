"""Mistakes that a type checker has to find: each line with one names what mypy calls it, and then what pyright calls it.

That mypy finds them is checked where it checks everything: it lets no `ignore` stand that it does not need.
"""

import httpx2

from sutler_sdk import (
    ApiError,
    AsyncGameServerClient,
    AsyncManagementClient,
    GameServerClient,
    ManagementClient,
    Players,
    QueuedCommandDto,
    StorefrontClient,
    webhooks,
)
from sutler_sdk.types.management import CustomerDto, OrderDto


def make_clients(http: httpx2.Client) -> None:
    """Options are known by their names and types, and by the kind of client."""
    ManagementClient("1")  # type: ignore[call-arg]  # on purpose: reportCallIssue
    ManagementClient(1, "key")  # type: ignore[arg-type]  # on purpose: reportArgumentType
    StorefrontClient("1", base_ulr="https://store.example.com")  # type: ignore[call-arg]  # on purpose: reportCallIssue
    GameServerClient("token", timeout="5")  # type: ignore[arg-type]  # on purpose: reportArgumentType
    AsyncManagementClient("1", "key", http_client=http)  # type: ignore[arg-type]  # on purpose: reportArgumentType


def call(client: ManagementClient, shop: StorefrontClient) -> None:
    """Operations are known, and so is all that they take."""
    client.customers.get_customer_by_nam("ann")  # type: ignore[attr-defined]  # on purpose: reportAttributeAccessIssue
    shop.customers.iterate()  # type: ignore[attr-defined]  # on purpose: reportAttributeAccessIssue
    client.products.get_products("vip")  # type: ignore[call-arg]  # on purpose: reportCallIssue
    client.customers.create_customer(steam_id=76561198000000000)  # type: ignore[arg-type]  # on purpose: reportArgumentType
    client.orders.get_orders(status=["complete"])  # type: ignore[list-item]  # on purpose: reportArgumentType
    client.products.update_product("1", price="500")  # type: ignore[arg-type]  # on purpose: reportArgumentType
    client.checkout.create_checkout_session(
        customer_id="1",
        lines=[{"product_id": "1", "quantity": "2"}],  # type: ignore[typeddict-item]  # on purpose: reportArgumentType
    )


def read(customer: CustomerDto, order: OrderDto, error: ApiError) -> None:
    """So are answers, what may be missing from them, and errors."""
    customer.name = "ann"  # type: ignore[misc]  # on purpose: reportAttributeAccessIssue
    repr(customer.steamid)  # type: ignore[attr-defined]  # on purpose: reportAttributeAccessIssue
    repr(customer.steam_id.upper())  # type: ignore[union-attr]  # on purpose: reportOptionalMemberAccess
    repr(order.total_amount.upper())  # type: ignore[attr-defined]  # on purpose: reportAttributeAccessIssue
    repr(error.retry_after + 1)  # type: ignore[operator]  # on purpose: reportOptionalOperand


async def wait(client: AsyncManagementClient) -> None:
    """What is awaited is told from what is not."""
    found: list[OrderDto] = client.orders.get_orders()  # type: ignore[assignment]  # on purpose: reportAssignmentType
    found.extend(client.orders.iterate())  # type: ignore[arg-type]  # on purpose: reportArgumentType
    with client:  # type: ignore[attr-defined]  # on purpose: reportGeneralTypeIssues
        client.orders.get_orders()  # type: ignore[unused-coroutine]  # on purpose: reportUnusedCoroutine


def hear(event: webhooks.Event) -> None:
    """An event has only what its class has."""
    webhooks.verify("{}", {}, "secret")  # type: ignore[arg-type]  # on purpose: reportArgumentType
    repr(event.body.order_id)  # type: ignore[union-attr]  # on purpose: reportAttributeAccessIssue


def on_command(command: QueuedCommandDto) -> None:
    """This one fits."""
    repr(command.comand)  # type: ignore[attr-defined]  # on purpose: reportAttributeAccessIssue


def on_text(command: str) -> None:
    """This one does not."""
    repr(command)


async def play(server: GameServerClient, awaited: AsyncGameServerClient) -> None:
    """The parts of a plugin have to fit."""
    server.run(on_command)  # type: ignore[call-arg]  # on purpose: reportCallIssue
    server.run(on_text, journal="journal")  # type: ignore[arg-type]  # on purpose: reportArgumentType
    server.run(on_command, journal="journal", players=Players())  # type: ignore[arg-type]  # on purpose: reportArgumentType
    server.run(on_command, journal="journal", host="Lobby")  # type: ignore[call-arg]  # on purpose: reportCallIssue
    await awaited.run(on_text, journal="journal")  # type: ignore[arg-type]  # on purpose: reportArgumentType
