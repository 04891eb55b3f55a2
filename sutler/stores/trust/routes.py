"""The management API of what a store has to show before it may sell."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes
from sutler.stores.trust.schemas import TrustStoreRequirementDto

routes = Routes("/v1/stores/{storeId}/trust", tag="trust")
Reader = Annotated[StoreContext, reads("store_read")]


@routes.get("/requirements", "TrustStoreRequirement_GetStoreTrustRequirements")
async def list_requirements(_store: Reader, page: Page) -> list[TrustStoreRequirementDto]:
    """List what the store has to show: nothing, for it belongs to whoever runs it.

    What payment services want to know of a merchant, they ask on their own pages.
    """
    return []
