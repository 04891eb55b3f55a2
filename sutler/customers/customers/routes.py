"""The management API of customers."""

from typing import Annotated

from sutler.customers.customers import queries, service
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import (
    CustomerDto,
    CustomerTokenResponseDto,
    Identity,
    Search,
    UpsertCustomerRequestDto,
    shown,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/customers", tag="customers")
Reader = Annotated[StoreContext, reads("customer_read")]
Creator = Annotated[StoreContext, writes("customer_create")]
Updater = Annotated[StoreContext, writes("customer_update")]


@routes.get("", "Customers_GetCustomers")
async def list_customers(
    store: Reader, page: Page, search: Search | None = None, customer_id: list[FlakeId] | None = None
) -> list[CustomerDto]:
    """List customers, newest first, a hundred at a time unless asked otherwise.

    `search` finds those whose e-mail address, name, Steam name or Minecraft name begins with the text, in upper or lower
    case, and whoever has it as id, Steam id, Xbox user id or Minecraft UUID.
    """
    return [shown(customer) for customer in await queries.find(store, page, search, customer_id)]


@routes.post("", "Customers_CreateCustomer")
async def create_customer(store: Creator, new: UpsertCustomerRequestDto) -> CustomerDto:
    """Add a customer; every field is optional, and each identity belongs to one customer of the store."""
    return shown(await service.create(store, new))


@routes.get("/lookup", "Customers_LookupCustomer")
async def look_up_customer(store: Reader, identity: Identity) -> CustomerDto:
    """Find one customer by an identity, or by several that must all be theirs.

    `name` is the customer's own name, exactly as written; names of players are found in upper or lower case. The oldest of
    several customers with one name is shown.
    """
    return shown(await queries.look_up(store, identity))


@routes.get("/{customerId}", "Customers_GetCustomerById")
async def get_customer(store: Reader, customer_id: FlakeId) -> CustomerDto:
    """Show one customer."""
    return shown(await store.get(Customer, customer_id))


@routes.post("/{customerId}/tokens", "Customers_CreateCustomerToken")
async def create_token(store: Updater, customer_id: FlakeId) -> CustomerTokenResponseDto:
    """Make a token with which a customer, or your site on their behalf, uses the storefront.

    It works until it is revoked, beside the others that the customer has, and is shown only here.
    """
    return CustomerTokenResponseDto(await service.create_token(store, customer_id))
