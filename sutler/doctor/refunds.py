"""Checks of money given back: it is in the books, it was paid before, and payments know of it."""

from typing import Final

from sqlalchemy import and_, case, func, or_, select

from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import LIVE, Refund
from sutler.doctor.books import BOOKED, MOVEMENTS
from sutler.doctor.examination import Check, Rule
from sutler.kernel.data.queries import one_of
from sutler.promotions.gift_card_books.models import GiftCardMovement

REFUND, PAYMENT, MOVED = Refund.c, Payment.c, GiftCardMovement.c
ITS_ENTRIES = and_(MOVEMENTS.c.store_id == REFUND.store_id, MOVEMENTS.c.transaction_id == REFUND.id)
ITS_REVERSAL = and_(MOVEMENTS.c.store_id == REFUND.store_id, MOVEMENTS.c.transaction_id == REFUND.reversal_id)
GAVE = or_(REFUND.status == "completed", REFUND.reversal_id.is_not(None))
DONE = func.sum(case((REFUND.status == "completed", REFUND.amount), else_=0))
SUMS = (
    select(
        REFUND.store_id, REFUND.payment_id, func.sum(REFUND.amount).label("live"),
        func.sum(REFUND.tax_amount).label("tax"), DONE.label("done"),
    )
    .where(one_of(REFUND.status, LIVE))
    .group_by(REFUND.store_id, REFUND.payment_id)
    .subquery()
)  # fmt: skip
ITS_REFUNDS = and_(SUMS.c.store_id == PAYMENT.store_id, SUMS.c.payment_id == PAYMENT.id)
TO_CARDS = (
    select(MOVED.store_id, MOVED.refund_id, func.sum(MOVED.amount).label("amount"))
    .where(MOVED.kind == "given_back")
    .group_by(MOVED.store_id, MOVED.refund_id)
    .subquery()
)
ITS_CARDS = and_(TO_CARDS.c.store_id == REFUND.store_id, TO_CARDS.c.refund_id == REFUND.id)
ON_CARDS = func.coalesce(TO_CARDS.c.amount, 0)
GIVEN_BACK, TAX, FINISHED = (func.coalesce(SUMS.c[name], 0) for name in ("live", "tax", "done"))

CHECKS: Final[dict[str, Check]] = {
    "refunds_in_books": Rule(
        "Every refund that was completed is in the books, with its amount.",
        select(REFUND.id, REFUND.store_id, REFUND.amount, REFUND.currency, BOOKED.label("booked"))
        .outerjoin_from(Refund.table, MOVEMENTS, ITS_ENTRIES)
        .where(GAVE, or_(REFUND.amount != BOOKED, REFUND.currency != MOVEMENTS.c.currency)),
        "Refund {id} of store {store_id} is {amount} {currency}; the books say {booked}.",
    ),
    "books_have_refunds": Rule(
        "No refund is in the books that was never completed.",
        select(REFUND.id, REFUND.store_id, REFUND.status)
        .join_from(Refund.table, MOVEMENTS, ITS_ENTRIES)
        .where(~GAVE),
        "Refund {id} of store {store_id} is {status}, and yet it is in the books.",
    ),
    "refunds_came_back": Rule(
        "Every refund that came back to the store has failed, and the books take it back with its amount.",
        select(REFUND.id, REFUND.store_id, REFUND.status, REFUND.amount, REFUND.currency, BOOKED.label("booked"))
        .outerjoin_from(Refund.table, MOVEMENTS, ITS_REVERSAL)
        .where(
            REFUND.reversal_id.is_not(None),
            or_(REFUND.status != "failed", REFUND.amount != BOOKED, REFUND.currency != MOVEMENTS.c.currency),
        ),
        "Refund {id} of store {store_id} is {status} and {amount} {currency} came back; the books say {booked}.",
    ),
    "refunds_on_gift_cards": Rule(
        "Every refund that was completed has put on gift cards what it says, and no other any.",
        select(REFUND.id, REFUND.store_id, REFUND.status, REFUND.giftcard_amount, ON_CARDS.label("found"))
        .outerjoin_from(Refund.table, TO_CARDS, ITS_CARDS)
        .where(case((GAVE, REFUND.giftcard_amount), else_=0) != ON_CARDS),
        "Refund {id} of store {store_id} is {status} and gives {giftcard_amount} to gift cards; they got {found}.",
    ),
    "payments_know_refunds": Rule(
        "Every payment knows what is given back of it, and it is never more than was paid.",
        select(PAYMENT.id, PAYMENT.store_id, PAYMENT.amount, PAYMENT.refunded_amount, GIVEN_BACK.label("live"))
        .outerjoin_from(Payment.table, SUMS, ITS_REFUNDS)
        .where(
            or_(
                PAYMENT.refunded_amount != GIVEN_BACK, PAYMENT.refunded_tax_amount != TAX,
                PAYMENT.refunded_amount > PAYMENT.amount, PAYMENT.refunded_tax_amount > PAYMENT.tax_amount,
            )
        ),
        "Payment {id} of store {store_id} took {amount} and says that {refunded_amount} is given back; its refunds come to "
        "{live}.",
    ),
    "payments_refunded": Rule(
        "A payment is refunded when all of it is given back, and not before.",
        select(PAYMENT.id, PAYMENT.store_id, PAYMENT.status, PAYMENT.amount, FINISHED.label("done"))
        .outerjoin_from(Payment.table, SUMS, ITS_REFUNDS)
        .where(
            or_(
                and_(PAYMENT.status == "refunded", PAYMENT.amount != FINISHED),
                and_(
                    one_of(PAYMENT.status, ("completed", "refund_failed")), PAYMENT.amount == FINISHED, PAYMENT.amount > 0
                ),
            )
        ),
        "Payment {id} of store {store_id} is {status}, and {done} of {amount} is given back.",
    ),
}  # fmt: skip
