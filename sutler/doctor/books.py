"""Checks of money: the books, payments and orders."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from sutler.billing.ledger.models import LedgerEntry
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.doctor.examination import Check, Rule

PAID: Final = ("completed", "refunded", "chargeback")
"""States of an order that was completed once."""
SETTLED: Final = ("completed", "refund_processing", "refund_failed", "refunded", "chargeback")
"""States of a payment that was completed once."""
AMOUNTS: Final = ("subtotal_amount", "discount_amount", "tax_amount", "total_amount", "giftcard_usage_amount")

E, P, O, L = LedgerEntry.c, Payment.c, Order.c, OrderLine.c
DEBITS = func.sum(case((E.amount > 0, E.amount), else_=0))
MOVEMENTS = (
    select(E.store_id, E.transaction_id, E.currency, func.sum(E.amount).label("rest"), DEBITS.label("debits"))
    .group_by(E.store_id, E.transaction_id, E.currency)
    .subquery()
)
BOOKED = and_(MOVEMENTS.c.store_id == P.store_id, MOVEMENTS.c.transaction_id == P.id)
SUMS = (
    select(L.store_id, L.order_id, *(func.sum(L[name]).label(name) for name in AMOUNTS))
    .group_by(L.store_id, L.order_id)
    .subquery()
)
ITS_LINES = and_(SUMS.c.store_id == O.store_id, SUMS.c.order_id == O.id)
ITS_PAYMENT = and_(P.store_id == O.store_id, P.order_id == O.id, P.status.in_(SETTLED))


def differs(name: str) -> ColumnElement[bool]:
    """Whether an amount of an order is not that of its lines."""
    return or_(SUMS.c.order_id.is_(None), SUMS.c[name] != O[name])


def with_lines() -> list[Any]:
    """Each amount of an order beside the sum of its lines."""
    pairs = [(O[name], func.coalesce(SUMS.c[name], 0).label(f"lines_{name}")) for name in AMOUNTS]
    return [column for pair in pairs for column in pair]


CHECKS: Final[dict[str, Check]] = {
    "ledger_balances": Rule(
        "Every movement in the books sums to zero.",
        select(MOVEMENTS).where(MOVEMENTS.c.rest != 0),
        "Movement {transaction_id} of store {store_id} is off by {rest} {currency}.",
    ),
    "payments_in_books": Rule(
        "Every completed payment is in the books, with its amount.",
        select(P.id, P.store_id, P.amount, P.currency, func.coalesce(MOVEMENTS.c.debits, 0).label("booked"))
        .outerjoin_from(Payment.table, MOVEMENTS, BOOKED)
        .where(
            P.status.in_(SETTLED),
            or_(MOVEMENTS.c.debits.is_(None), MOVEMENTS.c.debits != P.amount, MOVEMENTS.c.currency != P.currency),
        ),
        "Payment {id} of store {store_id} is {amount} {currency}; the books say {booked}.",
    ),
    "books_have_payments": Rule(
        "No payment is in the books that was never completed.",
        select(P.id, P.store_id, P.status).join_from(Payment.table, MOVEMENTS, BOOKED).where(P.status.not_in(SETTLED)),
        "Payment {id} of store {store_id} is {status}, and yet it is in the books.",
    ),
    "order_totals": Rule(
        "The amounts of every order are the sums of its lines.",
        select(O.id, O.store_id, O.currency, *with_lines())
        .outerjoin_from(Order.table, SUMS, ITS_LINES)
        .where(or_(*(differs(name) for name in AMOUNTS))),
        "Order {id} of store {store_id} comes to {total_amount} {currency} (subtotal {subtotal_amount}, discount "
        "{discount_amount}, tax {tax_amount}, gift cards {giftcard_usage_amount}); its lines to {lines_total_amount} "
        "({lines_subtotal_amount}, {lines_discount_amount}, {lines_tax_amount}, {lines_giftcard_usage_amount}).",
    ),
    "orders_paid": Rule(
        "Every completed order was paid in full, unless it cost nothing.",
        select(O.id, O.store_id, O.total_amount, O.currency)
        .outerjoin_from(Order.table, Payment.table, ITS_PAYMENT)
        .where(
            O.status.in_(PAID), O.total_amount != 0,
            or_(P.id.is_(None), P.amount != O.total_amount, P.currency != O.currency),
        ),
        "Order {id} of store {store_id} is completed, but there is no payment of {total_amount} {currency} for it.",
    ),
    "payments_have_orders": Rule(
        "Every order that was paid is completed.",
        select(P.id, P.store_id, P.amount, P.currency, O.id.label("order_id"), O.status)
        .join_from(Payment.table, Order.table, ITS_PAYMENT)
        .where(O.status.not_in(PAID)),
        "Payment {id} of store {store_id} took {amount} {currency} for order {order_id}, which is {status}.",
    ),
}  # fmt: skip
