"""The management API of customers."""

from typing import Annotated

from sutler.customers.authors.schemas import Expand
from sutler.customers.authors.service import all_shown, one_shown, wanted
from sutler.customers.changes.service import update
from sutler.customers.customers import queries, service
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import (
    CreateCustomerTokenRequestDto,
    CustomerDto,
    CustomerTokenResponseDto,
    Identity,
    Search,
    UpsertCustomerRequestDto,
)
from sutler.customers.resolution.service import resolve
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/customers", tag="customers")
Reader = Annotated[StoreContext, reads("customer_read")]
Creator = Annotated[StoreContext, writes("customer_create", before=resolve)]
Updater = Annotated[StoreContext, writes("customer_update")]
Caretaker = Annotated[StoreContext, writes("customer_update", "store_update")]


@routes.get("", "Customers_GetCustomers")
async def list_customers(
    store: Reader, page: Page, expand: Expand, search: Search | None = None, customer_id: list[FlakeId] | None = None
) -> list[CustomerDto]:
    """List customers, newest first, a hundred at a time unless asked otherwise.

    `search` finds those whose e-mail address, name, Steam name or Minecraft name begins with the text, in upper or lower
    case, and whoever has it as id, Steam id, Xbox user id or Minecraft UUID.
    """
    return await all_shown(store, await queries.find(store, page, search, customer_id), wanted(expand))


@routes.post("", "Customers_CreateCustomer")
async def create_customer(store: Creator, new: UpsertCustomerRequestDto, expand: Expand) -> CustomerDto:
    """Add a customer; every field is optional, and each identity belongs to one customer of the store."""
    names = wanted(expand)
    return await one_shown(store, await service.create(store, new), names)


@routes.get("/lookup", "Customers_LookupCustomer")
async def look_up_customer(store: Reader, identity: Identity, expand: Expand) -> CustomerDto:
    """Find one customer by an identity, or by several that must all be theirs.

    `name` is the customer's own name, exactly as written; names of players are found in upper or lower case. The oldest of
    several customers with one name is shown.
    """
    return await one_shown(store, await queries.look_up(store, identity), wanted(expand))


@routes.get("/{customerId}", "Customers_GetCustomerById")
async def get_customer(store: Reader, customer_id: FlakeId, expand: Expand) -> CustomerDto:
    """Show one customer.

    With `expand=created_by,updated_by`, here as elsewhere, also who made them and who changed them last.
    """
    return await one_shown(store, await store.get(Customer, customer_id), wanted(expand))


@routes.patch("/{customerId}", "Customers_UpdateCustomer")
async def update_customer(
    store: Updater, customer_id: FlakeId, said: UpsertCustomerRequestDto, expand: Expand
) -> CustomerDto:
    """Change what is known of a customer: what is left out stays, null takes away, metadata replaces all there was."""
    names = wanted(expand)
    return await one_shown(store, await update(store, customer_id, said), names)


@routes.post("/{customerId}/tokens", "Customers_CreateCustomerToken")
async def create_token(
    store: Updater, customer_id: FlakeId, options: CreateCustomerTokenRequestDto | None
) -> CustomerTokenResponseDto:
    """Make a token with which a customer, or your site on their behalf, uses the storefront.

    It works until it is revoked, or until `expires_at` if that is given, beside the others that the customer has, and is
    shown only here.
    """
    expires_at = options.expires_at if options else None
    return CustomerTokenResponseDto(await service.create_token(store, customer_id, expires_at))


@routes.delete("/{customerId}/tokens", "Customers_InvalidateCustomerTokens")
async def invalidate_tokens(store: Updater, customer_id: FlakeId) -> None:
    """Revoke every token of a customer, which signs them out everywhere at once."""
    await service.revoke_tokens(store, customer_id)


@routes.delete("/tokens", "Customers_InvalidateStoreCustomerTokens")
async def invalidate_all_tokens(store: Caretaker) -> None:
    """Revoke every token of every customer of the store."""
    await service.revoke_all_tokens(store)
