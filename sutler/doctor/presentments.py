"""Checks of what buyers saw and paid in their own currency."""

from collections import defaultdict
from typing import Any, Final

import msgspec
from sqlalchemy import and_, func, or_, select

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import LIVE, Refund
from sutler.checkout.pricing.presentment import PresentedAmounts, Presentment
from sutler.doctor.books import SETTLED
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome, Rule
from sutler.kernel.data.queries import Connection, Statement, literal_limit, one_of, param

PAYMENT, ORDER, LINE, REFUND = Payment.c, Order.c, OrderLine.c, Refund.c
AT_ONCE: Final = 1_000
BELOW_ALL: Final = "-1"
AMOUNTS: Final = PresentedAmounts.__struct_fields__
GIVEN = (
    select(REFUND.store_id, REFUND.payment_id, func.sum(REFUND.presentment_amount).label("given"))
    .where(one_of(REFUND.status, LIVE))
    .group_by(REFUND.store_id, REFUND.payment_id)
    .subquery()
)
BACK = func.coalesce(GIVEN.c.given, 0)
IS_PRESENTED = and_(
    PAYMENT.presentment_amount.is_not(None),
    one_of(PAYMENT.status, SETTLED),
    PAYMENT.id > param("after", type_=PAYMENT.id.type),
)
PAGE = Statement(select(PAYMENT.id).where(IS_PRESENTED).order_by(PAYMENT.id).limit(literal_limit(AT_ONCE)))
PARTS = Statement(
    select(PAYMENT.id, PAYMENT.store_id, PAYMENT.presentment_amount, ORDER.presentment, LINE.presentment)
    .join_from(Payment.table, Order.table, and_(ORDER.store_id == PAYMENT.store_id, ORDER.id == PAYMENT.order_id))
    .join(OrderLine.table, and_(LINE.store_id == ORDER.store_id, LINE.order_id == ORDER.id))
    .where(IS_PRESENTED, PAYMENT.id <= param("last", type_=PAYMENT.id.type))
)
whole_of = msgspec.json.Decoder(Presentment | None).decode
line_of = msgspec.json.Decoder(PresentedAmounts | None).decode


async def orders(connection: Connection) -> Outcome:
    """Add up the lines of every order that was paid in another currency."""
    problems: list[str] = []
    after = BELOW_ALL
    while page := await PAGE.run(connection, after=after):
        last = str(page[-1][0])
        found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        for *whole, line in await PARTS.run(connection, after=after, last=last):
            found[tuple(whole)].append(line)
        problems += [
            f"Payment {id} of store {store_id} took {taken} of the buyer's currency, and its order or the lines of it "
            "come to something else."
            for (id, store_id, taken, whole), lines in found.items()
            if not adds_up(taken, whole, lines)
        ]
        after = last
    return Outcome(len(problems), tuple(problems[:EXAMPLES]))


def adds_up(taken: int, whole: str | None, lines: list[str | None]) -> bool:
    """Whether what was taken is the total of the order, and every amount of the order that of its lines."""
    order, parts = whole_of(whole or "null"), [line_of(line or "null") for line in lines]
    if order is None or any(part is None for part in parts) or order.total_amount != taken:
        return False
    return all(getattr(order, name) == sum(getattr(part, name) for part in parts) for name in AMOUNTS)


CHECKS: Final[dict[str, Check]] = {
    "orders_presented": Function("What a buyer paid in their own currency is what their order and its lines say.", orders),
    "payments_presented": Rule(
        "In the buyer's own currency, too, what was paid is given back at most once, and all of it with the last refund.",
        select(
            PAYMENT.id, PAYMENT.store_id, PAYMENT.presentment_amount, PAYMENT.presentment_refunded_amount, BACK.label("back")
        )
        .outerjoin_from(Payment.table, GIVEN, and_(GIVEN.c.store_id == PAYMENT.store_id, GIVEN.c.payment_id == PAYMENT.id))
        .where(
            PAYMENT.presentment_amount.is_not(None),
            or_(
                PAYMENT.presentment_refunded_amount != BACK,
                PAYMENT.presentment_refunded_amount > PAYMENT.presentment_amount,
                (PAYMENT.refunded_amount == PAYMENT.amount)
                != (PAYMENT.presentment_refunded_amount == PAYMENT.presentment_amount),
            ),
        ),
        "Payment {id} of store {store_id} took {presentment_amount} of the buyer's currency and says that "
        "{presentment_refunded_amount} is given back; its refunds come to {back}.",
    ),
}
