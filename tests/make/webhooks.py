"""Webhook subscriptions, a receiver that misbehaves on request, and the rows of a purchase to tell of."""

import asyncio
import base64
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sutler.billing.orders.models import Order, OrderLine, PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product, ProductCommand, ProductVersion
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.customers.customers.models import Customer
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.tokens import checkout_token, digest
from sutler.servers.game_servers.models import GameServer
from tests.contract.client import ContractClient

URL = "https://example.com/hook"
DISCORD = "https://discord.com/api/v10/webhooks/1234/abc_D-e?thread_id=5"
Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


def new_webhook(url: str, event: str = "OnOrderCompleted", **changes: Any) -> dict[str, Any]:
    """The body that subscribes an address to an event."""
    return {"url": url, "subscribed_to": event, "type": "json_v1"} | changes


async def subscribed(api: ContractClient, path: str, **changes: Any) -> Any:
    """A new subscription."""
    answer = await api.post(path, json=new_webhook(URL) | changes)
    assert answer.status_code == 200, answer.text
    return answer.json()


@dataclass(frozen=True)
class Received:
    """One request as it arrived; names of headers in lower case."""

    method: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The decoded body."""
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """Whether this secret made the signature."""
        expected = hmac.digest(secret.encode(), self.headers["paynow-timestamp"].encode() + b"." + self.body, "sha256")
        return self.headers["paynow-signature"] == base64.b64encode(expected).decode()


@dataclass
class Receiver:
    """An HTTP server on this machine. It answers with `replies` in turn, the last one for ever."""

    url: str = ""
    replies: list[Reply] = field(default_factory=list)
    received: list[Received] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    first: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Write the request down and answer as planned."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append(Received(request.method, headers, await request.read()))
        self.first.set()
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            return await reply(request)
        finally:
            self.at_once -= 1


def status(code: int, body: str | bytes = "", **headers: str) -> Reply:
    """Answer with this status; names of headers are written with underscores."""

    async def reply(request: web.Request) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body if isinstance(body, bytes) else body.encode()
        return web.Response(status=code, body=content, headers=named)

    return reply


def late(seconds: float, then: Reply) -> Reply:
    """Answer after a while."""

    async def reply(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await then(request)

    return reply


async def dropped(request: web.Request) -> web.StreamResponse:
    """Close the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def receiving(*replies: Reply) -> AsyncIterator[Receiver]:
    """A receiver that answers with these in turn, the last one for ever; without any, always 200."""
    receiver = Receiver(replies=list(replies) or [status(200, "thanks")])
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", receiver.serve)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    receiver.url = f"http://{host}:{port}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()


@dataclass(frozen=True)
class Sale:
    """The ids of a purchase."""

    customer_id: FlakeId
    order_id: FlakeId
    payment_id: FlakeId
    item_id: FlakeId
    server_id: FlakeId
    product_id: FlakeId


STEAM: dict[str, Any] = {
    "steam_id": "76561198152492642",
    "steam_name": "Gaben",
    "minecraft_uuid": None,
    "minecraft_platform": None,
}
MINECRAFT: dict[str, Any] = {
    "steam_id": None, "minecraft_uuid": "069a79f4-44e9-4726-a5be-fca90e38aaf5", "minecraft_name": "Notch",
    "minecraft_platform": "java",
}  # fmt: skip


async def sale(store: StoreContext, *, customer: Any = None, gift: bool = False, **item: Any) -> Sale:
    """The rows of a completed purchase of one VIP rank on one game server; `item` changes the delivery item."""
    buyer = await store.add(Customer(**({"xbox_xuid": None, "name": None, "metadata": {}} | (customer or STEAM))))
    friend = await store.add(Customer(xbox_xuid=None, name="Friend", metadata={}, **MINECRAFT)) if gift else None
    server = await store.add(GameServer(name="Survival", enabled=True, token_digest=digest(str(new_id())), token_sealed=b""))
    version = await _product(store, server.id)
    checkout, checkout_line = await _checkout(store, buyer.id, version)
    order, line = await _order(store, checkout, checkout_line, friend.id if friend else None)
    payment = await store.add(_payment(order))
    unit = await store.add(_item(order, line, version, server.id, friend.id if friend else buyer.id, item))
    return Sale(buyer.id, order.id, payment.id, unit.id, server.id, version.product_id)


async def _product(store: StoreContext, server_id: FlakeId) -> ProductVersion:
    sold: dict[str, Any] = {
        "slug": f"vip-{new_id()}", "name": "VIP", "description": "A rank.", "image_url": None, "price": 999,
        "gameserver_ids": [server_id], "single_game_server_only": False, "remove_after_enabled": True,
        "remove_after_time_value": 30, "remove_after_time_scale": "day",
        "commands": [ProductCommand(stage="on_purchase", content="give {customer.name} diamond", online_only=True)],
    }  # fmt: skip
    today: dict[str, Any] = {
        "label": "New", "sort_order": 3, "metadata": {"kind": "rank"}, "is_hidden": False, "enabled_at": clock.now(),
        "enabled_until": None,
    }  # fmt: skip
    product = await store.add(Product(**sold, **today))
    return await store.add(ProductVersion(id=product.version_id, product_id=product.id, **sold))


async def _checkout(store: StoreContext, customer_id: FlakeId, version: ProductVersion) -> tuple[Checkout, CheckoutLine]:
    checkout = await store.add(
        Checkout(
            customer_id=customer_id, token_digest=digest(checkout_token()), token_sealed=b"", state="completed",
            expires_at=clock.now(), currency="usd", return_url=None, cancel_url=None, auto_redirect=False,
            metadata={"campaign": "winter"}, customer_ip="203.0.113.7", billing_name=None, billing_email=None,
            billing_address=None, billing_tax_id=None,
        )
    )  # fmt: skip
    line = await store.add(
        CheckoutLine(
            checkout_id=checkout.id, product_id=version.product_id, product_version_id=version.id, product_name=version.name,
            product_image_url=None, price=999, quantity=1, gift_to_customer_id=None, selected_gameserver_id=None,
            metadata={"seat": "7"},
        )
    )  # fmt: skip
    return checkout, line


async def _order(
    store: StoreContext, checkout: Checkout, of: CheckoutLine, recipient_id: FlakeId | None
) -> tuple[Order, OrderLine]:
    amounts: dict[str, Any] = {
        "subtotal_amount": 999, "discount_amount": 0, "tax_amount": 0, "total_amount": 999, "giftcard_usage_amount": 0,
        "tax_inclusive": False,
    }  # fmt: skip
    order = await store.add(
        Order(
            customer_id=checkout.customer_id, checkout_id=checkout.id, checkout_token_sealed=b"", type="one_time",
            status="completed", currency="usd", billing_name="Alex", billing_email="alex@example.com", billing_country="US",
            billing_tax_id=None, customer_ip="203.0.113.7", completed_at=clock.now(), **amounts,
        )
    )  # fmt: skip
    line = await store.add(
        OrderLine(
            order_id=order.id, checkout_line_id=of.id, product_id=of.product_id, product_version_id=of.product_version_id,
            product_name=of.product_name, product_image_url=None, price=999, quantity=1, gift_to_customer_id=recipient_id,
            selected_gameserver_id=None, metadata={}, **amounts,
        )
    )  # fmt: skip
    return order, line


def _payment(order: Order) -> Payment:
    return Payment(
        order_id=order.id, customer_id=order.customer_id, gateway="simulator", gateway_reference="sim_1", method_type="card",
        method_details=PaymentMethodDetailsDto(), status="completed", currency="usd", amount=999, tax_amount=0,
        gateway_fee_amount=59, pending_at=clock.now(), completed_at=clock.now(),
        last_payment_error=PaymentError(decline_code="generic_decline", message="Declined."),
    )  # fmt: skip


def _item(
    order: Order, line: OrderLine, version: ProductVersion, server_id: FlakeId, owner_id: FlakeId, changes: dict[str, Any]
) -> DeliveryItem:
    fields: dict[str, Any] = {
        "customer_id": owner_id, "order_customer_id": order.customer_id, "checkout_id": order.checkout_id,
        "checkout_line_id": line.checkout_line_id, "order_id": order.id, "order_line_id": line.id, "quantity_index": 1,
        "product_id": version.product_id, "product_version_id": version.id, "product_name": version.name,
        "product_slug": version.slug, "execute_on_gameserver_id": server_id, "state": "usable", "expirable": True,
        "gift": owner_id != order.customer_id,
    }  # fmt: skip
    return DeliveryItem(**(fields | changes))
