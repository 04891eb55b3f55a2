"""The storefront API for visitors who sign in."""

from typing import Annotated

from sutler.customers.sign_in import service
from sutler.customers.sign_in.schemas import (
    AuthenticateStorefrontCustomerRequestDto,
    AuthenticateStorefrontCustomerResponseDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import visitor_writes
from sutler.kernel.edge.http import Routes
from sutler.stores.stores.schemas import VisitorLocation

routes = Routes("/v1/store/customer", tag="customer", api="storefront-api")
Visitor = Annotated[StoreContext, visitor_writes()]


@routes.post("/auth", "StorefrontAuth_AuthenticateStorefrontCustomer")
async def sign_in(
    store: Visitor, said: AuthenticateStorefrontCustomerRequestDto, location: VisitorLocation
) -> AuthenticateStorefrontCustomerResponseDto:
    """Sign a visitor in as the player they say they are; only for stores of Minecraft, where a name is all there is.

    Whoever is not known yet becomes a customer. Where identities can be proven, sign in there and make a token with an API
    key instead.
    """
    return AuthenticateStorefrontCustomerResponseDto(await service.sign_in(store, said.platform, said.id))
