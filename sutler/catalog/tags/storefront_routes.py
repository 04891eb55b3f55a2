"""The storefront API of tags."""

from typing import Annotated

from sutler.catalog.tags.models import Tag
from sutler.catalog.tags.schemas import StorefrontTagDto, displayed
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import visitor_reads
from sutler.kernel.edge.http import Routes
from sutler.stores.stores.service import current

routes = Routes("/v1/store/tags", tag="tags", api="storefront-api")
Visitor = Annotated[StoreContext, visitor_reads()]


@routes.get("", "StorefrontTags_GetStorefrontTags")
async def list_tags(store: Visitor) -> list[StorefrontTagDto]:
    """List the tags that are enabled, oldest first."""
    await current(store)
    return [displayed(tag) for tag in await store.all(store.rows(Tag).where(Tag.c.enabled.is_(True)))]
