"""The management API of gift cards."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId
from sutler.promotions.gift_cards import queries, service
from sutler.promotions.gift_cards.models import GiftCard
from sutler.promotions.gift_cards.schemas import CreateGiftCardDto, GiftCardDto, GiftCardFilter, UpdateGiftCardDto, shown

routes = Routes("/v1/stores/{storeId}/giftcards", tag="giftcards")
Reader = Annotated[StoreContext, reads("giftcard_read")]
Creator = Annotated[StoreContext, writes("giftcard_create")]
Updater = Annotated[StoreContext, writes("giftcard_update")]
Deleter = Annotated[StoreContext, writes("giftcard_delete")]


@routes.get("", "GiftCards_GetGiftCards")
async def list_gift_cards(store: Reader, page: Page, wanted: GiftCardFilter) -> list[GiftCardDto]:
    """List gift cards with their codes, newest first; canceled ones only with `include_canceled`."""
    return await queries.page(store, page, wanted)


@routes.post("", "GiftCards_CreateGiftCard")
async def create_gift_card(store: Creator, new: CreateGiftCardDto) -> GiftCardDto:
    """Issue a gift card under a code of your own, or under one that is made up."""
    return shown(await service.create(store, new))


@routes.get("/{giftCardId}", "GiftCards_GetGiftCard")
async def get_gift_card(store: Reader, gift_card_id: FlakeId) -> GiftCardDto:
    """Show one gift card, also a canceled one."""
    return shown(await store.get(GiftCard, gift_card_id))


@routes.patch("/{giftCardId}", "GiftCards_UpdateGiftCard")
async def update_gift_card(store: Updater, gift_card_id: FlakeId, changes: UpdateGiftCardDto) -> GiftCardDto:
    """Change a gift card, its code and what is left of it included; the books tell of every change of the balance."""
    return shown(await service.update(store, gift_card_id, changes))


@routes.delete("/{giftCardId}", "GiftCards_DeleteGiftCard")
async def cancel_gift_card(store: Deleter, gift_card_id: FlakeId) -> GiftCardDto:
    """Cancel a gift card for good: what is left of it is forfeited, and it is listed only with `include_canceled`."""
    return shown(await service.cancel(store, gift_card_id))
