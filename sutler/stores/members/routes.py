"""The management API of members."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.stores.members import queries, service
from sutler.stores.members.schemas import StoreMemberDto, UpdateStoreMemberDto

routes = Routes("/v1/stores/{storeId}/members", tag="store")
Reader = Annotated[StoreContext, reads("member_read")]
Updater = Annotated[StoreContext, writes("member_update")]
Deleter = Annotated[StoreContext, writes("member_delete")]


@routes.get("", "Store_GetStoreMembers")
async def list_members(store: Reader) -> list[StoreMemberDto]:
    """List those who work in the store, its owner included, in the order in which they joined."""
    return await queries.listed(store)


@routes.get("/{memberId}/permissions", "Store_GetStoreMemberPermissions")
async def get_permissions(store: Reader, member_id: FlakeId) -> dict[str, bool]:
    """Show what a member may do: every permission by its name, the owner has all."""
    return await service.permissions(store, member_id)


@routes.patch("/{memberId}", "Store_UpdateStoreMember")
async def update_member(store: Updater, member_id: FlakeId, changes: UpdateStoreMemberDto) -> None:
    """Give a member another role. Callers can give and take only what they may do themselves."""
    await service.give_role(store, member_id, changes.role_id)


@routes.delete("/{memberId}", "Store_KickStoreMember")
async def kick_member(store: Deleter, member_id: FlakeId) -> None:
    """Let a member work in the store no more; their tokens stop working here within moments."""
    await service.kick(store, member_id)
