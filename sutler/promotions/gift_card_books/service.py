"""Moving value on and off gift cards: the balance, the history and the books change together or not at all.

Accounts: each card has its own, a liability. What is against it says why the value moved: `giftcards_issued` (given away by
hand), `giftcards_granted` (bought as a product), `giftcards_adjusted` (edited by staff), `giftcards_reserved` (on its way
into an order), `giftcards_forfeited` (canceled with something left).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct
from sqlalchemy import BigInteger, or_, update

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, param
from sutler.kernel.data.records import Flake, Timestamp
from sutler.kernel.ids import FlakeId
from sutler.promotions.gift_card_books.models import GiftCardMovement, MovementKind
from sutler.promotions.gift_cards.models import KEPT, GiftCard
from sutler.stores.ledger.service import Entry, post

RESERVED: Final = "giftcards_reserved"
AGAINST: Final[Mapping[MovementKind, str]] = {
    "issued": "giftcards_issued",
    "granted": "giftcards_granted",
    "edited": "giftcards_adjusted",
    "reserved": RESERVED,
    "released": RESERVED,
    "given_back": "sales",
    "forfeited": "giftcards_forfeited",
    "taken_back": "giftcards_granted",
}
"""The other side of each kind of movement."""

AMOUNT = param("amount", type_=BigInteger())
NOW = param("now", type_=Timestamp())
THIS = GiftCard.c.store_id == param("store_id", type_=Flake()), GiftCard.c.id == param("card_id", type_=Flake())
TAKE: Final = StoreStatement(
    update(GiftCard.table)
    .where(
        *THIS, KEPT, GiftCard.c.enabled.is_(True), GiftCard.c.usable_at <= NOW,
        or_(GiftCard.c.expires_at.is_(None), GiftCard.c.expires_at > NOW), GiftCard.c.balance >= AMOUNT,
    )
    .values(balance=GiftCard.c.balance - AMOUNT)
    .returning(GiftCard.c.id)
)  # fmt: skip
"""A limit is taken by the write that uses it: of many who want the last of a card, one gets it."""

PUT = StoreStatement(
    update(GiftCard.table).where(*THIS).values(balance=GiftCard.c.balance + AMOUNT).returning(GiftCard.c.id)
)


class Move(Struct, frozen=True):
    """One change of a balance, and what it was for. `tax_amount` of what is given back was tax."""

    kind: MovementKind
    amount: int
    use_id: FlakeId | None = None
    refund_id: FlakeId | None = None
    tax_amount: int = 0


def account(card_id: FlakeId) -> str:
    """The liability account of a card: what is on it, as a credit."""
    return f"giftcard:{card_id}"


async def take(store: StoreContext, card_id: FlakeId, amount: int, at: datetime | None = None) -> bool:
    """Take this much off a card that can pay now and has it; says whether that was so. `record` it."""
    return bool(await store.run(TAKE, card_id=card_id, amount=amount, now=at or clock.now()))


async def put(store: StoreContext, card_id: FlakeId, amount: int) -> None:
    """Put this much on a card, in whatever state it is. `record` it."""
    await store.run(PUT, card_id=card_id, amount=amount)


async def record(store: StoreContext, card: GiftCard, move: Move) -> None:
    """Write down how a card's balance has just changed."""
    if not move.amount:
        return
    moved = GiftCardMovement(
        card_id=card.id, kind=move.kind, amount=move.amount, use_id=move.use_id, refund_id=move.refund_id
    )
    await store.add(moved)
    other = Entry(AGAINST[move.kind], move.amount - move.tax_amount)
    sides = [Entry(account(card.id), -move.amount), other, Entry("tax", move.tax_amount)]
    await post(store, moved.id, card.currency, sides)


async def empty(store: StoreContext, card_id: FlakeId, kind: MovementKind = "forfeited") -> None:
    """Take the rest off a card that can never pay again."""
    card = await store.get(GiftCard, card_id)
    if card.balance:
        await store.change(card, {"balance": 0})
        await record(store, card, Move(kind, -card.balance))
