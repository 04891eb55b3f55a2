"""The storefront API of ladders that customers subscribe to."""

from typing import Annotated

from sutler.billing.tier_changes import queries, service
from sutler.billing.tier_changes.schemas import UpdateSubscriptionTierRequestDto, UpdateSubscriptionTierResponseDto
from sutler.catalog.storefront.schemas import CustomerTierGroupDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import NO_STORE, customer_reads, customer_steps, visitor_reads_anywhere
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

routes = Routes("/v1/store/tier-groups", tag="tier-groups", api="storefront-api")
Visitor = Annotated[StoreContext, visitor_reads_anywhere()]
SignedIn = Annotated[StoreContext, customer_reads()]
Changer = Annotated[Shop, customer_steps()]


@routes.get("", "StorefrontTierGroups_GetCustomerTierGroups")
async def list_own_tier_groups(store: Visitor) -> list[CustomerTierGroupDto]:
    """List where the signed-in customer stands on the ladders that they subscribe to; nothing for other visitors."""
    if store.store_id != NO_STORE:
        await current(store)
    if store.actor.type != "customer" or store.actor.id is None:
        return []
    return await queries.shown(store, store.actor.id)


@routes.post("/{id}/change", "StorefrontTierGroups_UpdateSubscriptionTierGroup", status=200)
async def change_tier(
    shop: Changer, id: FlakeId, asked: UpdateSubscriptionTierRequestDto
) -> UpdateSubscriptionTierResponseDto:
    """Go up a ladder at once or down with the next renewal, once a code from a mail confirms it.

    The first call answers `pending_verification` and mails the code; the second, with that code, makes the change. The step
    where the customer stands takes back what waits for the renewal.
    """
    return await service.change(shop, id, asked)


@routes.post("/{id}/change/preview", "StorefrontTierGroups_UpdateSubscriptionTierGroupPreview", status=200)
async def preview_tier(
    store: SignedIn, id: FlakeId, asked: UpdateSubscriptionTierRequestDto
) -> UpdateSubscriptionTierResponseDto:
    """Show what going to a step would cost and do at this moment; nothing is written."""
    return await service.preview(store, id, asked)
