"""The management API for many customers at once."""

from typing import Annotated

from sutler.customers.bulk import service
from sutler.customers.bulk.schemas import BulkCustomersDto, New
from sutler.customers.customers.schemas import CustomerDto, shown
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import writes
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/customers", tag="customers")
Creator = Annotated[StoreContext, writes("customer_create")]


@routes.post("/bulk", "Customers_BulkCreateCustomers")
async def create_customers(store: Creator, new: New | BulkCustomersDto) -> list[CustomerDto]:
    """Add up to 200 customers, all or none.

    Send a list, or an object with the list as `customers`. When somebody cannot be added, `errors` has one entry for each
    of them, whose path begins with their place in the list.
    """
    if isinstance(new, BulkCustomersDto):
        made = await service.create_all(store, new.customers, "customers")
    else:
        made = await service.create_all(store, new)
    return [shown(customer) for customer in made]
