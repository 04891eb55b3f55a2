"""The management API of affiliate links."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.promotions.affiliate_links import queries, service
from sutler.promotions.affiliate_links.schemas import (
    AffiliateLinkDto,
    CreateAffiliateLinkDto,
    UpdateAffiliateLinkDto,
    shown,
)

routes = Routes("/v1/stores/{storeId}/affiliate-links", tag="affiliate-links")
Reader = Annotated[StoreContext, reads("affiliate_link_read")]
Creator = Annotated[StoreContext, writes("affiliate_link_create")]
Updater = Annotated[StoreContext, writes("affiliate_link_update")]
Deleter = Annotated[StoreContext, writes("affiliate_link_delete")]


@routes.get("", "AffiliateLinks_GetAffiliateLinks")
async def list_affiliate_links(store: Reader) -> list[AffiliateLinkDto]:
    """List all affiliate links, newest first."""
    return [shown(link) for link in await queries.list_all(store)]


@routes.post("", "AffiliateLinks_CreateAffiliateLink")
async def create_affiliate_link(store: Creator, new: CreateAffiliateLinkDto) -> AffiliateLinkDto:
    """Make an affiliate link: a code that may make a purchase cheaper and may earn a commission.

    Percentages are in tenths of a percent, 125 is 12.5 %. What it earns is collected in the wallet that it names.
    """
    return shown(await service.create(store, new))


@routes.get("/{affiliateLinkId}", "AffiliateLinks_GetAffiliateLink")
async def get_affiliate_link(store: Reader, affiliate_link_id: FlakeId) -> AffiliateLinkDto:
    """Show one affiliate link."""
    return shown(await queries.one(store, affiliate_link_id))


@routes.patch("/{affiliateLinkId}", "AffiliateLinks_UpdateAffiliateLink")
async def update_affiliate_link(
    store: Updater, affiliate_link_id: FlakeId, changes: UpdateAffiliateLinkDto
) -> AffiliateLinkDto:
    """Change an affiliate link for purchases from now on: what is left out stays."""
    return shown(await service.update(store, affiliate_link_id, changes))


@routes.delete("/{affiliateLinkId}", "AffiliateLinks_DeleteAffiliateLink")
async def delete_affiliate_link(store: Deleter, affiliate_link_id: FlakeId) -> None:
    """Delete an affiliate link for good. What it earned stays in its wallet, and its code is free again."""
    await service.delete(store, affiliate_link_id)
