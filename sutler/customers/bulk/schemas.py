"""Many new customers, as clients send them."""

from typing import Annotated

from msgspec import Meta

from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.kernel.wire import Wire

MOST_AT_ONCE = 200
New = Annotated[list[UpsertCustomerRequestDto], Meta(max_length=MOST_AT_ONCE)]


class BulkCustomersDto(Wire):
    """The guides' way to send a list: as a member of an object."""

    customers: New
