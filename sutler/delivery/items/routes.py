"""The management API of delivery items: what there is, for whom, and the commands of each item."""

from typing import Annotated

from msgspec import field

from sutler.delivery.items import queries
from sutler.delivery.items.schemas import CommandAttemptDto, DeliveryItemDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Query

routes = Routes("/v1/stores/{storeId}", tag="delivery")
Reader = Annotated[StoreContext, reads("customer_read")]
OrderReader = Annotated[StoreContext, reads("order_read")]
DASHED = "LegacyCustomersDeliveryControllerWithDash"
OF_CUSTOMER, OF_ORDER = "/customers/{customerId}", "/orders/{orderId}"


class ItemsPage(Page):
    """A page of an inventory."""

    active_only: bool = field(name="activeOnly", default=False)


class ActiveOnly(Query):
    """Which items of an order to show."""

    active_only: bool = field(name="activeOnly", default=False)


@routes.get("/delivery/items", "Delivery_GetStoreDeliveryItems")
async def list_all_items(store: Reader, page: ItemsPage) -> list[DeliveryItemDto]:
    """List what all customers own, newest first, with the commands of each item.

    With `activeOnly` those that are usable or active and for which a command was queued.
    """
    return await queries.items_of_store(store, page, active_only=page.active_only)


@routes.get(f"{OF_CUSTOMER}/delivery/items", "CustomersDelivery_GetCustomerDeliveryItems")
async def list_items(store: Reader, customer_id: FlakeId, page: ItemsPage) -> list[DeliveryItemDto]:
    """List what a customer owns, with the commands of each item.

    With `activeOnly` those that are usable or active and for which a command was queued.
    """
    return await queries.items_of(store, customer_id, page, active_only=page.active_only)


@routes.get(f"{OF_CUSTOMER}/command-delivery", f"{DASHED}_GetDeliveryItems", deprecated=True)
@routes.get(f"{OF_CUSTOMER}/command_delivery", "LegacyCustomersDelivery_GetDeliveryItems", deprecated=True)
async def list_items_as_before(store: Reader, customer_id: FlakeId, page: Page) -> list[DeliveryItemDto]:
    """List what a customer owns, at the addresses that this had before."""
    return await queries.items_of(store, customer_id, page, active_only=False)


@routes.get(f"{OF_CUSTOMER}/delivery/commands", "CustomersDelivery_GetCommandAttemptsForCustomer")
async def list_commands(store: Reader, customer_id: FlakeId, page: Page) -> list[CommandAttemptDto]:
    """List the commands that were queued for a customer, newest first, and what became of them."""
    return await queries.commands_of(store, customer_id, page)


@routes.get(f"{OF_ORDER}/delivery/items", "OrdersDelivery_GetOrderDeliveryItems")
async def list_items_of_order(store: OrderReader, order_id: FlakeId, wanted: ActiveOnly) -> list[DeliveryItemDto]:
    """List what an order brought, whoever it was for, oldest first.

    With `activeOnly` those that are usable or active and for which a command was queued.
    """
    return await queries.items_of_order(store, order_id, active_only=wanted.active_only)


@routes.get(
    f"{OF_ORDER}/command-delivery", "LegacyOrdersCommandDeliveryControllerWithDash_GetOrderDeliveryItems", deprecated=True
)
@routes.get(f"{OF_ORDER}/command_delivery", "LegacyOrdersCommandDelivery_GetOrderDeliveryItems", deprecated=True)
async def list_items_of_order_as_before(store: OrderReader, order_id: FlakeId, wanted: ActiveOnly) -> list[DeliveryItemDto]:
    """List what an order brought, at the addresses that this had before."""
    return await queries.items_of_order(store, order_id, active_only=wanted.active_only)


@routes.get("/gameservers/{gameServerId}/delivery/items", "GameServersDelivery_GetGameServerDeliveryItems")
async def list_items_of_server(store: Reader, game_server_id: FlakeId, page: ItemsPage) -> list[DeliveryItemDto]:
    """List the items for which a command went to a game server, newest first.

    With `activeOnly` those that are usable or active.
    """
    return await queries.items_of_server(store, game_server_id, page, active_only=page.active_only)
