"""The management API of checkouts."""

from typing import Annotated

from sutler.checkout.checkouts import service
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionManagementDto, CreateCheckoutSessionResponseDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import also_needs, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.requests import Request

routes = Routes("/v1/stores/{storeId}/checkouts", tag="checkout")
Creator = Annotated[StoreContext, writes("checkout_create")]


@routes.post("", "StoreCheckouts_CreateCheckoutSession")
async def create_checkout(
    store: Creator, new: CreateCheckoutSessionManagementDto, request: Request
) -> CreateCheckoutSessionResponseDto:
    """Open a checkout for a customer; send them to its `url` to pay.

    It stays open for 24 hours. Prices are those of this moment. A line may describe a product that is made for it; that
    needs the permission to create products, too, for products carry commands.
    """
    if any(line.inline_product is not None for line in new.lines):
        also_needs(request, "product_create", "An `inline_product`")
    return await service.create(store, new)
