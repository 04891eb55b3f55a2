"""The storefront API of the signed-in customer."""

from typing import Annotated

from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import CustomerDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import customer_reads
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/store/customer", tag="customer", api="storefront-api")
SignedIn = Annotated[StoreContext, customer_reads()]


@routes.get("", "StorefrontCustomer_GetStorefrontCustomer")
async def get_customer(store: SignedIn) -> CustomerDto:
    """Show the signed-in customer to themselves."""
    return shown(await store.get(Customer, store.actor.id or ""))
