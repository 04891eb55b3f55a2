"""The management API of bans."""

from typing import Annotated

from sutler.customers.bans import queries, service
from sutler.customers.bans.schemas import (
    BanDto,
    BanFilter,
    CheckForBanIDByIdentitiesRequestDto,
    CheckForBanIDByIdentitiesResponseDto,
    CreateBanRequestDto,
    UpsertBanRequestDto,
)
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/bans", tag="bans")
Reader = Annotated[StoreContext, reads("ban_read")]
Creator = Annotated[StoreContext, writes("ban_create")]
Updater = Annotated[StoreContext, writes("ban_update")]
Deleter = Annotated[StoreContext, writes("ban_delete")]


@routes.get("", "Bans_GetBans")
async def list_bans(store: Reader, page: Page, wanted: BanFilter) -> list[BanDto]:
    """List bans, newest first, a hundred at a time unless asked otherwise, with those that are over or disabled."""
    return await queries.page(store, page, wanted)


@routes.post("", "Bans_CreateBan", status=201)
async def create_ban(store: Creator, new: CreateBanRequestDto) -> BanDto:
    """Ban somebody by one or several identities: their checkouts are refused.

    Names and e-mail addresses match in any case; an address or network in IPv4 or IPv6 matches every address in it.
    """
    return await service.create(store, new)


@routes.post("/check", "Bans_CheckForBanByIdentities")
async def check_for_ban(store: Reader, known: CheckForBanIDByIdentitiesRequestDto) -> CheckForBanIDByIdentitiesResponseDto:
    """Tell whether a ban in force is for any of these identities, and which."""
    ban = await service.check(store, known.identities)
    if ban is None:
        return CheckForBanIDByIdentitiesResponseDto(is_banned=False)
    return CheckForBanIDByIdentitiesResponseDto(is_banned=True, ban_id=ban.id)


@routes.get("/{banId}", "Bans_GetBan")
async def get_ban(store: Reader, ban_id: FlakeId) -> BanDto:
    """Show one ban."""
    return await service.show(store, ban_id)


@routes.patch("/{banId}", "Bans_UpdateBan")
async def update_ban(store: Updater, ban_id: FlakeId, changes: UpsertBanRequestDto) -> BanDto:
    """Change a ban: what is left out stays, identities that are given replace those there were."""
    return await service.update(store, ban_id, changes)


@routes.delete("/{banId}", "Bans_DeleteBan")
async def delete_ban(store: Deleter, ban_id: FlakeId) -> None:
    """Lift a ban for good; to suspend it, disable it."""
    await service.delete(store, ban_id)
