"""The management API of the navigation."""

from typing import Annotated

from sutler.catalog.navlinks import queries, service
from sutler.catalog.navlinks.models import NavLink
from sutler.catalog.navlinks.schemas import (
    CreateNavLinkDto,
    NavLinkDto,
    Orders,
    UpdateNavLinkDto,
    UpdateNavLinkOrderChangeDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/navlinks", tag="navlinks")
Reader = Annotated[StoreContext, reads("navlink_read")]
Creator = Annotated[StoreContext, writes("navlink_create")]
Updater = Annotated[StoreContext, writes("navlink_update")]
Deleter = Annotated[StoreContext, writes("navlink_delete")]


@routes.get("", "NavLinks_GetNavLinks")
async def list_navlinks(store: Reader) -> list[NavLinkDto]:
    """List the navigation from the top down: every node stands before those below it, siblings in their order."""
    tree = await queries.Tree.of(store)
    return await queries.shown(store, tree.walk())


@routes.post("", "NavLinks_CreateNavLink")
async def create_navlink(store: Creator, new: CreateNavLinkDto) -> NavLinkDto:
    """Put a tag into the navigation, at the top or below another node. It goes by the tag's name."""
    return await _shown(store, await service.create(store, new))


@routes.patch("/sort-orders", "NavLinks_UpdateNavLinkOrder")
async def arrange_navlinks(store: Updater, changes: Orders | UpdateNavLinkOrderChangeDto) -> None:
    """Say in which order siblings stand, for one node or a list of them, all or none."""
    await service.arrange(store, [changes] if isinstance(changes, UpdateNavLinkOrderChangeDto) else changes)


@routes.get("/{navLinkId}", "NavLinks_GetNavLink")
async def get_navlink(store: Reader, nav_link_id: FlakeId) -> NavLinkDto:
    """Show one node."""
    return await _shown(store, await store.get(NavLink, nav_link_id))


@routes.patch("/{navLinkId}", "NavLinks_UpdateNavLink")
async def update_navlink(store: Updater, nav_link_id: FlakeId, changes: UpdateNavLinkDto) -> NavLinkDto:
    """Give a node another tag, order or parent: what is left out stays, and what is below it comes along."""
    return await _shown(store, await service.update(store, nav_link_id, changes))


@routes.delete("/{navLinkId}", "NavLinks_DeleteNavLink")
async def delete_navlink(store: Deleter, nav_link_id: FlakeId) -> None:
    """Take a node out of the navigation. Those below it move up to its parent; the tag stays."""
    await service.delete(store, nav_link_id)


async def _shown(store: StoreContext, node: NavLink) -> NavLinkDto:
    for shown in await queries.shown(store, [node]):
        return shown
    raise NotFound(f"The node {node.id} has just been deleted.")
