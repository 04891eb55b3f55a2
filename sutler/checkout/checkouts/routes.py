"""The management API of checkouts."""

from typing import Annotated

from sutler.checkout.checkouts import service
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionManagementDto, CreateCheckoutSessionResponseDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import writes
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/checkouts", tag="checkout")
Creator = Annotated[StoreContext, writes("checkout_create")]


@routes.post("", "StoreCheckouts_CreateCheckoutSession")
async def create_checkout(store: Creator, new: CreateCheckoutSessionManagementDto) -> CreateCheckoutSessionResponseDto:
    """Open a checkout for a customer; send them to its `url` to pay.

    It stays open for 24 hours. Prices are those of this moment.
    """
    return await service.create(store, new)
