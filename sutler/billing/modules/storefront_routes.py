"""What visitors are shown of a store's modules."""

from typing import Annotated

from sutler.billing.modules import service
from sutler.billing.modules.schemas import PreparedModuleDto
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import visitor_steps
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/webstores/{storeId}/modules", tag="modules", api="storefront-api")
Visitor = Annotated[Shop, visitor_steps()]


@routes.get("/prepared", "StorefrontModules_GetPreparedModules")
async def get_prepared_modules(shop: Visitor) -> list[PreparedModuleDto]:
    """Show the modules of the shop that the path names, each with its settings and what it shows.

    No credentials are needed. Sums over a period can be some seconds old.
    """
    return await service.prepared(shop)
