"""A store in which there is one of everything, with the credentials of everyone who may look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.runner import Worker
from sutler.stores.api_keys.service import create_key, revoke_key
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.make.customers import signed_in, steam_id
from tests.make.delivery import Shop, poll
from tests.make.webhooks import new_webhook

RECEIVER = "https://receiver.example/hooks"


@dataclass
class World:
    """What was made: ids by the name of the path parameter that they fill, credentials by the kind of caller."""

    store: SeededStore
    ids: dict[str, str]
    credentials: dict[str, str]
    marks: tuple[str, ...]  # texts that nobody but this store may ever be shown

    def path(self, template: str) -> str:
        """The path of an operation with this store's ids in it."""
        for name, value in self.ids.items():
            template = template.replace(f"{{{name}}}", value)
        return template

    def body(self, operation: str) -> Any:
        """A body that the operation accepts; None where it takes none."""
        return bodies(self.ids).get(operation)

    def query(self, operation: str) -> dict[str, str]:
        """The query parameters without which the operation finds nothing, or that narrow its list to what is here."""
        customer = {"customer_id": self.ids["customerId"]}
        narrowed = {"Customers_GetCustomers": customer, "Orders_GetOrders": customer, "Payments_GetPayments": customer}
        return (narrowed | {"Customers_LookupCustomer": {"id": self.ids["customerId"]}}).get(operation, {})


async def world(client: ClientFactory, inside: Inside, worker: Worker, store: SeededStore, mark: str) -> World:
    """Fill a store; `mark` is in every name."""
    api = client(f"APIKey {store.api_key}")
    shop = Shop(api, store.id, worker, inside)
    server = await shop.server(f"{mark} server")
    hook = await shop.post("webhooks", new_webhook(RECEIVER))
    customer = await shop.customer(steam_id=steam_id(), name=f"{mark} customer")
    product = await shop.product(f"give {mark}", "say thanks", servers=[server["id"]], name=f"{mark} product")
    order = await shop.buy(customer["id"], product["id"])
    waiting = await shop.post("checkouts", checkout(customer["id"], product["id"]))
    (payment,) = (await api.get(f"/v1/stores/{store.id}/payments", params={"order_id": order["id"]})).json()
    offered = await poll(client(f"Gameserver {server['token']}"))
    ids = {
        "storeId": store.id, "gameServerId": server["id"], "webhookId": hook["id"], "customerId": customer["id"],
        "productId": product["id"], "idOrSlug": product["slug"], "orderId": order["id"], "paymentId": payment["id"],
        "token": waiting["token"], "attemptId": offered[0]["attempt_id"],
    }  # fmt: skip
    credentials = {
        "management": f"APIKey {store.api_key}",
        "customer": await signed_in(api, store.id, customer["id"]),
        "gameserver": f"Gameserver {server['token']}",
        **await _lesser_keys(inside, store),
    }
    secrets = (*credentials.values(), hook["secret"], waiting["token"])
    return World(store, ids, credentials, (mark, *(text.rpartition(" ")[2] for text in secrets)))


async def _lesser_keys(inside: Inside, store: SeededStore) -> dict[str, str]:
    """API keys that are good for nothing here: one without any permission that matters, one that was revoked."""
    async with inside(store.id) as context:
        _, powerless = await create_key(context, "powerless", ["nothing_read"])
        key, revoked = await create_key(context, "revoked", ["*"])
        await revoke_key(context, key.id)
    return {"powerless": f"APIKey {powerless}", "revoked": f"APIKey {revoked}"}


def checkout(customer_id: FlakeId, product_id: FlakeId) -> dict[str, Any]:
    """One unit of a product."""
    return {"customer_id": customer_id, "lines": [{"product_id": product_id, "quantity": 1}]}


def bodies(ids: Mapping[str, str]) -> dict[str, Any]:
    """A body for each operation that takes one, by the name of the operation."""
    acknowledged = [{"attempt_id": ids["attemptId"]}]
    bought = checkout(ids["customerId"], ids["productId"])
    product = {"name": "New", "description": "New.", "price": 100, "commands": []}
    place = {"ip": "192.0.2.1", "hostname": "host", "platform": "rust", "version": "1"}
    return {
        "GameServers_CreateGameServer": {"name": "New", "enabled": True},
        "Products_CreateProduct": product,
        "Customers_CreateCustomer": {"name": "New"},
        "StoreCheckouts_CreateCheckoutSession": bought,
        "Simulator_PayCheckout": {"outcome": "succeed"},
        "Webhooks_CreateSubscription": new_webhook(RECEIVER, "OnRefund"),
        "StorefrontCheckout_CreateCheckoutSession": {"lines": bought["lines"]},
        "DeliveryGameServer_LinkGameServer": place,
        "DeliveryCommandQueue_GetQueuedCommandsWithOnlinePlayers": {"customer_names": [], "minecraft_uuids": []},
        "DeliveryCommandQueue_MarkQueuedCommandExecutedBulk": acknowledged,
        "DeliveryCommandQueue_MarkQueuedCommandExecutedBulkViaPost": acknowledged,
    }
