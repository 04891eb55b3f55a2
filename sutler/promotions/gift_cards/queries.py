"""How gift cards are found: in lists, and by their codes."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, or_

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.promotions.gift_card_codes.service import digests, plain
from sutler.promotions.gift_cards.models import KEPT, GiftCard, UnknownGiftCard
from sutler.promotions.gift_cards.schemas import GiftCardDto, GiftCardFilter, shown
from sutler.promotions.guesses.service import GUESSES, guessers

MOST_CODES: Final = 20


async def page(store: StoreContext, page: Page, wanted: GiftCardFilter) -> list[GiftCardDto]:
    """One page of the cards that pass every filter, newest first unless the page says otherwise."""
    found = store.rows(GiftCard) if wanted.include_canceled else store.rows(GiftCard).where(KEPT)
    if wanted.code is not None:
        found = found.where(_has(wanted.code))
    return [shown(card) for card in await store.page(found, page)]


async def by_code(store: StoreContext, code: str) -> GiftCard | None:
    """The card with this code that is not canceled, whether it can pay now or not; nothing is locked."""
    return await store.peek(store.rows(GiftCard).where(KEPT, _has(code)))


async def by_codes(store: StoreContext, codes: Iterable[str]) -> dict[str, GiftCard]:
    """The cards among some codes that a buyer entered, by the code as it was entered; nothing is locked."""
    found = {code: await by_code(store, code) for code in list(dict.fromkeys(codes))[:MOST_CODES]}
    return {code: card for code, card in found.items() if card is not None}


async def looked_up(store: StoreContext, code: str, address: str) -> GiftCard:
    """The card that a customer asks for. UnknownGiftCard, or TooManyRequests for one who tries code after code.

    Cards that are switched off are as unknown as those that are canceled.
    """
    who = guessers(store.store_id, store.actor.id, address)
    GUESSES.refuse(who)
    card = await by_code(store, code)
    if card is None or not card.enabled:
        GUESSES.count(who)
        raise UnknownGiftCard
    return card


async def of_items(store: StoreContext, item_ids: Sequence[FlakeId]) -> list[GiftCard]:
    """The cards that came with these delivery items and are not canceled, oldest first."""
    return await store.all(store.rows(GiftCard).where(KEPT, one_of_ids(GiftCard.c.item_id, item_ids))) if item_ids else []


def _has(code: str) -> ColumnElement[bool]:
    """The card has this code, kept under whichever key; a text without letters and digits is nobody's."""
    marks = digests(code) if plain(code) else []
    return or_(GiftCard.c.id == "0", *(GiftCard.c.code_digest == mark for mark in marks))
