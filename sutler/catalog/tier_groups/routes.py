"""The management API of tier groups."""

from typing import Annotated

from sutler.catalog.tier_groups import service
from sutler.catalog.tier_groups.models import TierGroup
from sutler.catalog.tier_groups.schemas import (
    CreateTierGroupRequestDto,
    TierGroupDto,
    UpdateTierGroupRequestDto,
    shown,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/tier-groups", tag="tier-groups")
Reader = Annotated[StoreContext, reads("tier_group_read")]
Creator = Annotated[StoreContext, writes("tier_group_create")]
Updater = Annotated[StoreContext, writes("tier_group_update")]
Deleter = Annotated[StoreContext, writes("tier_group_delete")]


@routes.get("", "TierGroups_ListTierGroups")
async def list_tier_groups(store: Reader) -> list[TierGroupDto]:
    """List all tier groups, oldest first."""
    return [shown(group) for group in await store.all(store.rows(TierGroup))]


@routes.post("", "TierGroups_CreateTierGroup")
async def create_tier_group(store: Creator, new: CreateTierGroupRequestDto) -> TierGroupDto:
    """Make a tier group. Products become its steps with their `tier_group_id`, in the order of the shop."""
    return shown(await service.create(store, new.name))


@routes.get("/{tierGroupId}", "TierGroups_GetTierGroup")
async def get_tier_group(store: Reader, tier_group_id: FlakeId) -> TierGroupDto:
    """Show one tier group."""
    return shown(await store.get(TierGroup, tier_group_id))


@routes.patch("/{tierGroupId}", "TierGroups_UpdateTierGroup")
async def update_tier_group(store: Updater, tier_group_id: FlakeId, changes: UpdateTierGroupRequestDto) -> TierGroupDto:
    """Rename a tier group."""
    return shown(await service.rename(store, tier_group_id, changes.name))


@routes.delete("/{tierGroupId}", "TierGroups_DeleteTierGroup")
async def delete_tier_group(store: Deleter, tier_group_id: FlakeId) -> None:
    """Delete a tier group. Its products stay for sale, each at its full price."""
    await service.remove(store, tier_group_id)
