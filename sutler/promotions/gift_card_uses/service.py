"""Paying with gift cards: what a checkout reserves becomes spent with its order, or goes back.

Everything here changes balances by conditional writes, in the transaction of whoever calls it.
"""

from collections.abc import Sequence
from typing import Final

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.promotions.gift_card_books.models import GiftCardMovement
from sutler.promotions.gift_card_books.service import RESERVED, Move, empty, put, record, take
from sutler.promotions.gift_card_codes.service import opened
from sutler.promotions.gift_card_uses.models import GiftCardNotUsable, GiftCardTooLow, GiftCardUse
from sutler.promotions.gift_cards.models import GiftCard
from sutler.stores.ledger.service import Entry, post

SHOWN: Final = 4  # characters at the end of a code, by which its owner knows it

Wanted = tuple[FlakeId, int]


async def reserve(store: StoreContext, checkout_id: FlakeId, wanted: Sequence[Wanted]) -> list[GiftCardUse]:
    """Take these amounts off these cards for a checkout whose payment begins: all of them or none.

    They are spent in this order and given back in the reverse. GiftCardTooLow or GiftCardNotUsable name the first card
    that does not do; GiftCardUsedTwice when one is reserved for this checkout already. `ValueError` for less than 1.
    """
    if any(amount < 1 for _, amount in wanted) or len({id for id, _ in wanted}) < len(wanted):
        message = "Each card is named once, with what it is to pay."
        raise ValueError(message)
    await _take_all(store, wanted)
    uses = [GiftCardUse(card_id=card_id, checkout_id=checkout_id, amount=amount) for card_id, amount in wanted]
    await store.add_all(uses)
    cards = await _cards(store, uses)
    for use in uses:
        await record(store, cards[use.card_id], Move("reserved", -use.amount, use.id))
    return uses


async def release(store: StoreContext, checkout_id: FlakeId) -> int:
    """Give back what a checkout reserved, because its payment came to nothing; returns how much."""
    mine = store.rows(GiftCardUse).where(GiftCardUse.c.checkout_id == checkout_id, GiftCardUse.c.state == "reserved")
    uses = await store.change_all(mine, {"state": "released"})
    cards = await _cards(store, uses)
    for use in sorted(uses, key=lambda use: int(use.card_id)):
        await put(store, use.card_id, use.amount)
        await record(store, cards[use.card_id], Move("released", use.amount, use.id))
        await _forfeited(store, cards[use.card_id])
    return sum(use.amount for use in uses)


async def spend(store: StoreContext, checkout_id: FlakeId, order_id: FlakeId, tax_amount: int = 0) -> int:
    """What a checkout reserved has paid for its order; returns how much. Repeated, it does nothing.

    In the books, under the order's id: what was reserved becomes sales, and tax as far as `tax_amount` of it is tax.
    """
    mine = store.rows(GiftCardUse).where(GiftCardUse.c.checkout_id == checkout_id, GiftCardUse.c.state == "reserved")
    uses = await store.change_all(mine, {"state": "spent", "order_id": order_id})
    if not uses:
        return 0
    cards, total = await _cards(store, uses), sum(use.amount for use in uses)
    sides = [Entry(RESERVED, total), Entry("sales", tax_amount - total), Entry("tax", -tax_amount)]
    await post(store, order_id, cards[uses[0].card_id].currency, sides)
    return total


async def give_back(store: StoreContext, order_id: FlakeId, amount: int, refund_id: FlakeId, tax_amount: int = 0) -> int:
    """Put what a refund gives back onto the cards that paid, the last one first; returns how much found its place.

    That is never more than they paid and have not got back yet. The same refund again changes nothing and returns the
    same. What goes to a card that is canceled by now is forfeited.
    """
    done = store.rows(GiftCardMovement).where(GiftCardMovement.c.refund_id == refund_id)
    before = await store.all(done.where(GiftCardMovement.c.kind == "given_back"))
    if before:
        return sum(moved.amount for moved in before)
    paid = await store.all(store.rows(GiftCardUse).where(GiftCardUse.c.order_id == order_id, GiftCardUse.c.state == "spent"))
    cards, left, tax_left = await _cards(store, paid), amount, tax_amount
    for found in reversed(paid):
        use = await store.get(GiftCardUse, found.id)  # with it, the lock
        part = min(left, use.amount - use.refunded_amount)
        if part > 0:
            tax = min(part, tax_left)
            move = Move("given_back", part, use.id, refund_id, tax)
            await store.change(use, {"refunded_amount": use.refunded_amount + part})
            await put(store, use.card_id, part)
            await record(store, cards[use.card_id], move)
            await _forfeited(store, cards[use.card_id])
            left, tax_left = left - part, tax_left - tax
    return amount - left


async def _take_all(store: StoreContext, wanted: Sequence[Wanted]) -> None:
    """Always in the same order, so that no two checkouts wait for each other. What was taken for nothing is put back."""
    taken: list[Wanted] = []
    for card_id, amount in sorted(wanted, key=lambda one: int(one[0])):
        if not await take(store, card_id, amount):
            for other_id, other in taken:
                await put(store, other_id, other)
            raise await _refusal(store, card_id, [id for id, _ in wanted].index(card_id))
        taken.append((card_id, amount))


async def _refusal(store: StoreContext, card_id: FlakeId, number: int) -> InvalidInput:
    """Why a card does not do, in words for its owner."""
    card: GiftCard | None = await store.peek(by_id(GiftCard), id=card_id)
    if card is None:
        message = f"There is no gift card {card_id} in this store."
        raise NotFound(message)
    name = f"The gift card that ends in {opened(card.id, card.code_sealed)[-SHOWN:]}"
    kind: type[InvalidInput] = GiftCardNotUsable
    text = f"{name} can't pay now: it is not valid yet, has expired, or was switched off."
    if card.usable_from(clock.now()):
        kind, text = GiftCardTooLow, f"{name} has only {formatted(card.balance, card.currency)} left."
    return kind(text, [FieldError(kind.__name__, text, f"giftcards[{number}]", "balance")])


async def _cards(store: StoreContext, uses: Sequence[GiftCardUse]) -> dict[FlakeId, GiftCard]:
    if not uses:
        return {}
    wanted = sorted({use.card_id for use in uses})
    return {card.id: card for card in await store.all(store.rows(GiftCard).where(one_of_ids(GiftCard.c.id, wanted)))}


async def _forfeited(store: StoreContext, card: GiftCard) -> None:
    """A card that was canceled in the meantime keeps nothing. `put` holds its lock, so it is read as it is."""
    now = await store.get(GiftCard, card.id)
    if now.canceled_at is not None:
        await empty(store, card.id)
