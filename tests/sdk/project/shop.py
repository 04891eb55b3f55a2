"""What a shop's programs do: manage the store, show it to visitors, and tell what goes wrong."""

import logging
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import httpx2

from sutler_sdk import (
    UNSET,
    ApiError,
    AsyncManagementClient,
    AsyncStorefrontClient,
    ConnectionFailed,
    FieldError,
    ManagementClient,
    Retries,
    StorefrontClient,
    SutlerError,
    TimedOut,
    UnsetType,
    is_api_error,
)
from sutler_sdk.types.management import CustomerDto, OrderDto, ProductDto
from sutler_sdk.types.storefront import StorefrontProductDto

log = logging.getLogger("shop")


def find_or_create(client: ManagementClient, steam_id: str) -> CustomerDto:
    """Errors are narrowed, and answers are typed."""
    try:
        return client.customers.lookup_customer(steam_id=steam_id)
    except ApiError as error:
        if is_api_error(error, status=404):
            return client.customers.create_customer(steam_id=steam_id, metadata={"from": "game"}, idempotency_key=steam_id)
        raise


def patiently(client: ManagementClient) -> list[ProductDto] | None:
    """Every kind of failure has its members."""
    try:
        return client.products.get_products()
    except ApiError as error:
        fields: tuple[FieldError, ...] = error.errors
        log.warning("%s %s (%s)", error.status, error.message, error.trace_id)
        log.warning("again in %.0f seconds; %s", error.retry_after or 0.0, [field.path for field in fields])
    except (TimedOut, ConnectionFailed):
        log.warning("nobody answers")
    except SutlerError as error:
        log.warning("%s", error)
    return None


def sell(client: ManagementClient, customer: CustomerDto, product_id: str, until: datetime, label: str | None) -> str:
    """Arguments are typed, down to the members of dictionaries inside of them; what is not given is left as it is."""
    changed: str | UnsetType | None = UNSET if label == "" else label
    client.products.update_product(product_id, price=500, label=changed, enabled_until=until)
    client.delivery.assign_delivery_item(customer.id, product_id=product_id, quantity=1)
    session = client.checkout.create_checkout_session(
        customer_id=customer.id, lines=[{"product_id": product_id, "quantity": 2}]
    )
    return session.token


def names(client: ManagementClient) -> list[str]:
    """Lists and iterators are typed."""
    first: list[CustomerDto] = client.with_options(timeout=5).customers.get_customers(limit=50, search="ann")
    every: Iterator[CustomerDto] = client.customers.iterate(search="ann", asc=False)
    return [one.name or one.id for one in first] + [one.id for one in every]


def newer(client: ManagementClient, http: httpx2.Client) -> dict[str, int]:
    """What has no method is asked for with the type of its answer."""
    with ManagementClient("1", "key", http_client=http, proxy=None) as another:
        another.request("DELETE", "/v1/stores/{store_id}/newer", type(None))
    return client.request("GET", "/v1/stores/{store_id}/newer", dict[str, int], query={"limit": 1})


async def orders(store_id: str, key: str) -> list[OrderDto]:
    """The same, awaited."""
    options = Retries(attempts=2, repeat_writes=True)
    async with AsyncManagementClient(store_id, key, base_url="https://store.example.com", retries=options) as client:
        walked: AsyncIterator[OrderDto] = client.orders.iterate(status=["completed"])
        found = [order async for order in walked]
        return found or await client.orders.get_orders(limit=1)


def cart(store_id: str, token: str) -> list[str]:
    """The storefront, for a visitor of a web server."""
    with StorefrontClient(store_id) as shop:
        visitor: StorefrontClient = shop.for_visitor(token, ip="192.0.2.1", country="DE")
        visitor.cart.add_line(product_id="1", quantity=2)
        return [line.product_id for line in visitor.cart.get_cart().lines]


async def window(store_id: str) -> list[StorefrontProductDto]:
    """The same, awaited."""
    async with AsyncStorefrontClient(store_id, headers={"accept-language": "de"}) as shop:
        return await shop.for_visitor(ip="192.0.2.1").products.get_storefront_products()
