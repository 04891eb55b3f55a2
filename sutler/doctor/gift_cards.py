"""Checks of gift cards: what is on them, and what is reserved, is what the books say."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, Text, and_, cast, func, literal, or_, select

from sutler.doctor.books import ENTRY
from sutler.doctor.examination import Check, Rule
from sutler.promotions.gift_card_books.models import GiftCardMovement
from sutler.promotions.gift_card_books.service import RESERVED, account
from sutler.promotions.gift_card_uses.models import GiftCardUse
from sutler.promotions.gift_cards.models import GiftCard

CARD, MOVED, USE = GiftCard.c, GiftCardMovement.c, GiftCardUse.c

BOOKED = (
    select(ENTRY.store_id, ENTRY.account, ENTRY.currency, (-func.sum(ENTRY.amount)).label("amount"))
    .where(ENTRY.account.startswith("giftcard"))
    .group_by(ENTRY.store_id, ENTRY.account, ENTRY.currency)
    .subquery()
)
MOVEMENTS = (
    select(MOVED.store_id, MOVED.card_id, func.sum(MOVED.amount).label("amount"))
    .group_by(MOVED.store_id, MOVED.card_id)
    .subquery()
)
HELD = (
    select(CARD.store_id, CARD.currency, func.sum(USE.amount).label("held"))
    .join_from(GiftCardUse.table, GiftCard.table, and_(CARD.store_id == USE.store_id, CARD.id == USE.card_id))
    .where(USE.state == "reserved")
    .group_by(CARD.store_id, CARD.currency)
    .subquery()
)


def said(table: Subquery) -> ColumnElement[Any]:
    """What a table of sums says, nothing where it says nothing."""
    return func.coalesce(table.c.amount, 0)


ITS_ACCOUNT = and_(
    BOOKED.c.store_id == CARD.store_id, BOOKED.c.currency == CARD.currency,
    BOOKED.c.account == literal(account("")) + cast(CARD.id, Text),
)  # fmt: skip
ITS_MOVEMENTS = and_(MOVEMENTS.c.store_id == CARD.store_id, MOVEMENTS.c.card_id == CARD.id)
ITS_HOLDINGS = and_(HELD.c.store_id == BOOKED.c.store_id, HELD.c.currency == BOOKED.c.currency)

CHECKS: Final[dict[str, Check]] = {
    "gift_card_balances": Rule(
        "The balance of every gift card is what the books and its history say, and never below zero.",
        select(
            CARD.id, CARD.store_id, CARD.balance, CARD.currency,
            said(BOOKED).label("booked"), said(MOVEMENTS).label("moved"),
        )
        .outerjoin_from(GiftCard.table, BOOKED, ITS_ACCOUNT)
        .outerjoin(MOVEMENTS, ITS_MOVEMENTS)
        .where(or_(CARD.balance != said(BOOKED), CARD.balance != said(MOVEMENTS), CARD.balance < 0)),
        "Gift card {id} of store {store_id} has {balance} {currency}; the books say {booked}, its history {moved}.",
    ),
    "gift_cards_reserved": Rule(
        "What gift cards have reserved for payments is what the books say.",
        select(BOOKED.c.store_id, BOOKED.c.amount, BOOKED.c.currency, func.coalesce(HELD.c.held, 0).label("held"))
        .outerjoin_from(BOOKED, HELD, ITS_HOLDINGS)
        .where(BOOKED.c.account == RESERVED, BOOKED.c.amount != func.coalesce(HELD.c.held, 0)),
        "Store {store_id} has reserved {held} {currency} of gift cards; the books say {amount}.",
    ),
}  # fmt: skip
