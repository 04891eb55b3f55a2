"""Issuing, changing and canceling gift cards."""

from typing import Any, Final

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.wire import given
from sutler.promotions.gift_card_books.models import MovementKind
from sutler.promotions.gift_card_books.service import Move, empty, record
from sutler.promotions.gift_card_codes.service import digests, generated, problem, sealed
from sutler.promotions.gift_cards.models import BOUGHT, GiftCard, GiftCardCanceled, GiftCardCodeTaken
from sutler.promotions.gift_cards.queries import by_code
from sutler.promotions.gift_cards.schemas import CreateGiftCardDto, UpdateGiftCardDto
from sutler.stores.stores.service import current

PERIOD: Final = ("usable_at", "expires_at")


async def create(store: StoreContext, new: CreateGiftCardDto) -> GiftCard:
    """Issue a card. InvalidInput names everything that does not pass, GiftCardCodeTaken a code in use.

    One that is over already is issued like any other, as coupons are: it cannot pay until its end is moved.
    """
    usable_at, value = new.usable_at or clock.now(), new.starting_balance if new.balance is None else new.balance
    problems = _problems({"code": new.code, "usable_at": new.usable_at, "expires_at": new.expires_at})
    if value is None:
        text = "Give the card a `balance` in minor units of the store's currency."
        problems.append(FieldError("Required", text, "balance", "required"))
    elif new.starting_balance not in (None, value):
        text = "A new card has spent nothing: `balance` and `starting_balance` must be the same. Leave one of them out."
        problems.append(FieldError("Invalid", text, "starting_balance", "value"))
    if problems:
        raise InvalidInput(problems[0].message, problems)
    currency = (await current(store)).currency
    card = _card(new_id(), new.code or generated(), value or 0, currency)
    card.note, card.enabled = new.note or None, new.enabled is not False
    card.usable_at, card.expires_at = usable_at, new.expires_at
    await _refuse_taken(store, new.code)
    await store.add(card)
    await record(store, card, Move("issued", card.balance))
    return card


async def update(store: StoreContext, id: FlakeId, changes: UpdateGiftCardDto) -> GiftCard:
    """Change what is given; null clears the note and the end, and leaves the rest as it is.

    A new balance is what is left from now on: what payments in progress have reserved is not in it. InvalidInput,
    GiftCardCodeTaken, GiftCardCanceled for a card that is canceled, NotFound for none.
    """
    card = await store.get(GiftCard, id)
    if card.canceled_at is not None:
        raise GiftCardCanceled
    clearable = ("note", "expires_at")
    values = {name: value for name, value in given(changes).items() if value is not None or name in clearable}
    known = {name: getattr(card, name) for name in PERIOD} if values.keys() & set(PERIOD) else {}
    problems = _problems({**known, **values})
    if problems:
        raise InvalidInput(problems[0].message, problems)
    if "note" in values:
        values["note"] = values["note"] or None
    code = values.pop("code", None)
    if code is not None:
        await _refuse_taken(store, code, but=id)
        values |= {"code_sealed": sealed(id, code), "code_digest": digests(code)[0]}
    changed = await store.change(card, values)
    await record(store, card, Move("edited", changed.balance - card.balance))
    return changed


async def cancel(store: StoreContext, id: FlakeId, kind: MovementKind = "forfeited") -> GiftCard:
    """Cancel a card for good: it pays no more, what is left of it is forfeited, and its code is free again.

    NotFound when there is no such card, or it is canceled already.
    """
    card = await store.get(GiftCard, id)
    if card.canceled_at is not None:
        raise NotFound(f"There is no gift card {id} in this store.")
    await empty(store, id, kind)
    return await store.change(card, {"balance": 0, "canceled_at": clock.now(), "canceled_by": store.actor})


async def grant(store: StoreContext, item_id: FlakeId, customer_id: FlakeId, value: int) -> GiftCard | None:
    """The card that somebody bought with a delivery item, worth this much; None when that item has its card already."""
    currency = (await current(store)).currency
    card = _card(new_id(), generated(), value, currency)
    card.item_id, card.customer_id = item_id, customer_id
    if not await store.add_new(card, GiftCard.c.item_id, where=BOUGHT):
        return None
    await record(store, card, Move("granted", value))
    return card


async def take_back(store: StoreContext, item_id: FlakeId) -> None:
    """Cancel the card that came with a delivery item, if there is one: what was paid for it is gone, or the item is."""
    card = await store.peek(store.rows(GiftCard).where(GiftCard.c.item_id == item_id))
    if card is not None and card.canceled_at is None:
        await cancel(store, card.id, "taken_back")


def _card(id: FlakeId, code: str, value: int, currency: str) -> GiftCard:
    """A card that can pay at once and for ever."""
    return GiftCard(
        id=id,
        code_sealed=sealed(id, code),
        code_digest=digests(code)[0],
        note=None,
        enabled=True,
        currency=currency,
        starting_balance=value,
        balance=value,
        usable_at=clock.now(),
        expires_at=None,
    )


async def _refuse_taken(store: StoreContext, code: str | None, but: FlakeId | None = None) -> None:
    """The database refuses the same code under the same key; here also those under the keys before it are looked for."""
    other = None if code is None else await by_code(store, code)
    if other is not None and other.id != but:
        raise GiftCardCodeTaken


def _problems(values: dict[str, Any]) -> list[FieldError]:
    """What is wrong with a card of these values."""
    found = []
    if values.get("code") is not None and (why := problem(values["code"])):
        found.append(FieldError("Invalid", why, "code", "code"))
    begins, ends = (values.get(name) for name in PERIOD)
    if begins is not None and ends is not None and ends <= begins:
        text = "`expires_at` must be later than `usable_at`."
        found.append(FieldError("Invalid", text, "expires_at", "order"))
    return found
