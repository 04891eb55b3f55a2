"""The storefront API of checkouts."""

from typing import Annotated

import msgspec

from sutler.checkout.checkouts import service
from sutler.checkout.checkouts.schemas import (
    CreateCheckoutSessionManagementDto,
    CreateCheckoutSessionRequestDto,
    CreateCheckoutSessionResponseDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import customer_writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request
from sutler.stores.stores.schemas import VisitorLocation
from sutler.stores.visitors.service import visitor_at

routes = Routes("/v1/checkouts", tag="checkout", api="storefront-api")
Customer = Annotated[StoreContext, customer_writes()]


@routes.post("", "StorefrontCheckout_CreateCheckoutSession")
async def create_checkout(
    store: Customer, new: CreateCheckoutSessionRequestDto, location: VisitorLocation, request: Request
) -> CreateCheckoutSessionResponseDto:
    """Open a checkout for the signed-in customer; send them to its `url` to pay.

    It stays open for 24 hours. Prices are those of this moment.
    """
    asked = msgspec.to_builtins(new) | {"customer_id": store.actor.id}
    wanted = msgspec.convert(asked, CreateCheckoutSessionManagementDto)
    return await service.create(store, wanted, visitor_at(location, request))
