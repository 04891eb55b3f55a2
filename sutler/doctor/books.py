"""Checks of money: the books, payments and orders."""

from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.doctor.examination import Check, Rule
from sutler.kernel.data.queries import one_of
from sutler.kernel.data.records import metadata
from sutler.stores.ledger.service import TOTAL

PAID: Final = ("completed", "refunded", "chargeback")
"""States of an order that was completed once."""
SETTLED: Final = ("completed", "refund_processing", "refund_failed", "refunded", "chargeback")
"""States of a payment that was completed once."""
AMOUNTS: Final = ("subtotal_amount", "discount_amount", "tax_amount", "total_amount", "giftcard_usage_amount")

ENTRIES = metadata.tables["ledger_entries"]  # the record is the ledger's own
ENTRY, PAYMENT, ORDER, LINE = ENTRIES.c, Payment.c, Order.c, OrderLine.c
EARNED = func.abs(func.sum(case((one_of(ENTRY.account, ("sales", "tax")), ENTRY.amount), else_=0)))
MOVEMENTS = (
    select(ENTRY.store_id, ENTRY.transaction_id, ENTRY.currency, TOTAL.label("rest"), EARNED.label("earned"))
    .group_by(ENTRY.store_id, ENTRY.transaction_id, ENTRY.currency)
    .subquery()
)
BOOKED = func.coalesce(MOVEMENTS.c.earned, 0)
ITS_ENTRIES = and_(MOVEMENTS.c.store_id == PAYMENT.store_id, MOVEMENTS.c.transaction_id == PAYMENT.id)
SUMS = (
    select(LINE.store_id, LINE.order_id, *(func.sum(LINE[name]).label(name) for name in AMOUNTS))
    .group_by(LINE.store_id, LINE.order_id)
    .subquery()
)
ITS_LINES = and_(SUMS.c.store_id == ORDER.store_id, SUMS.c.order_id == ORDER.id)
ITS_PAYMENT = and_(PAYMENT.store_id == ORDER.store_id, PAYMENT.order_id == ORDER.id, one_of(PAYMENT.status, SETTLED))


def differs(name: str) -> ColumnElement[bool]:
    """Whether an amount of an order is not that of its lines."""
    return or_(SUMS.c.order_id.is_(None), SUMS.c[name] != ORDER[name])


def with_lines() -> list[Any]:
    """Each amount of an order beside the sum of its lines."""
    pairs = [(ORDER[name], func.coalesce(SUMS.c[name], 0).label(f"lines_{name}")) for name in AMOUNTS]
    return [column for pair in pairs for column in pair]


CHECKS: Final[dict[str, Check]] = {
    "ledger_balances": Rule(
        "Every movement in the books sums to zero.",
        select(MOVEMENTS).where(MOVEMENTS.c.rest != 0),
        "Movement {transaction_id} of store {store_id} is off by {rest} {currency}.",
    ),
    "payments_in_books": Rule(
        "Every completed payment is in the books, with its amount.",
        select(PAYMENT.id, PAYMENT.store_id, PAYMENT.amount, PAYMENT.currency, BOOKED.label("booked"))
        .outerjoin_from(Payment.table, MOVEMENTS, ITS_ENTRIES)
        .where(
            one_of(PAYMENT.status, SETTLED),
            or_(PAYMENT.amount != BOOKED, PAYMENT.currency != MOVEMENTS.c.currency),
        ),
        "Payment {id} of store {store_id} is {amount} {currency}; the books say {booked}.",
    ),
    "books_have_payments": Rule(
        "No payment is in the books that was never completed.",
        select(PAYMENT.id, PAYMENT.store_id, PAYMENT.status)
        .join_from(Payment.table, MOVEMENTS, ITS_ENTRIES)
        .where(~one_of(PAYMENT.status, SETTLED)),
        "Payment {id} of store {store_id} is {status}, and yet it is in the books.",
    ),
    "order_totals": Rule(
        "The amounts of every order are the sums of its lines.",
        select(ORDER.id, ORDER.store_id, ORDER.currency, *with_lines())
        .outerjoin_from(Order.table, SUMS, ITS_LINES)
        .where(or_(*(differs(name) for name in AMOUNTS))),
        "Order {id} of store {store_id} comes to {total_amount} {currency} (subtotal {subtotal_amount}, discount "
        "{discount_amount}, tax {tax_amount}, gift cards {giftcard_usage_amount}); its lines to {lines_total_amount} "
        "({lines_subtotal_amount}, {lines_discount_amount}, {lines_tax_amount}, {lines_giftcard_usage_amount}).",
    ),
    "orders_paid": Rule(
        "Every completed order was paid in full, unless it cost nothing.",
        select(ORDER.id, ORDER.store_id, ORDER.total_amount, ORDER.currency)
        .outerjoin_from(Order.table, Payment.table, ITS_PAYMENT)
        .where(
            one_of(ORDER.status, PAID), ORDER.total_amount != 0,
            or_(PAYMENT.id.is_(None), PAYMENT.amount != ORDER.total_amount, PAYMENT.currency != ORDER.currency),
        ),
        "Order {id} of store {store_id} is completed, but there is no payment of {total_amount} {currency} for it.",
    ),
    "payments_have_orders": Rule(
        "Every order that was paid is completed.",
        select(PAYMENT.id, PAYMENT.store_id, PAYMENT.amount, PAYMENT.currency, ORDER.id.label("order_id"), ORDER.status)
        .join_from(Payment.table, Order.table, ITS_PAYMENT)
        .where(~one_of(ORDER.status, PAID)),
        "Payment {id} of store {store_id} took {amount} {currency} for order {order_id}, which is {status}.",
    ),
}  # fmt: skip
