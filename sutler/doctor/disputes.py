"""Checks of disputes: money that is set aside is, money that was decided about is not, and payments know how they stand."""

from typing import Final

from sqlalchemy import and_, case, func, or_, select

from sutler.billing.disputes.models import PaymentDispute
from sutler.billing.disputes.service import DISPUTED
from sutler.billing.payments.models import Payment
from sutler.doctor.books import ENTRIES
from sutler.doctor.examination import Check, Rule

DISPUTE, PAYMENT, ENTRY = PaymentDispute.c, Payment.c, ENTRIES.c
ITS_ENTRIES = and_(
    ENTRY.store_id == DISPUTE.store_id,
    or_(ENTRY.transaction_id == DISPUTE.id, ENTRY.transaction_id == DISPUTE.decision_id),
    ENTRY.account == DISPUTED,
)
HELD = func.coalesce(func.sum(ENTRY.amount), 0)
WAITS = func.sum(case((DISPUTE.state == "pending", 1), else_=0))
STATES = (
    select(DISPUTE.store_id, DISPUTE.payment_id, WAITS.label("waits"), func.count().label("all"))
    .group_by(DISPUTE.store_id, DISPUTE.payment_id)
    .subquery()
)
ITS_STATES = and_(STATES.c.store_id == PAYMENT.store_id, STATES.c.payment_id == PAYMENT.id)

CHECKS: Final[dict[str, Check]] = {
    "disputes_in_books": Rule(
        "The money of every dispute is set aside until it is decided, and not longer.",
        select(DISPUTE.id, DISPUTE.store_id, DISPUTE.state, DISPUTE.amount, HELD.label("held"))
        .outerjoin_from(PaymentDispute.table, ENTRIES, ITS_ENTRIES)
        .group_by(DISPUTE.id, DISPUTE.store_id, DISPUTE.state, DISPUTE.amount)
        .having(case((DISPUTE.state == "pending", DISPUTE.amount), else_=0) != HELD),
        "Dispute {id} of store {store_id} over {amount} is {state}; the books have {held} set aside for it.",
    ),
    "payments_know_disputes": Rule(
        "Every payment knows whether it is disputed.",
        select(PAYMENT.id, PAYMENT.store_id, PAYMENT.chargeback_status)
        .outerjoin_from(Payment.table, STATES, ITS_STATES)
        .where(
            or_(
                and_(PAYMENT.chargeback_status == "none", STATES.c["all"] > 0),
                and_(PAYMENT.chargeback_status != "none", STATES.c["all"].is_(None)),
                and_(PAYMENT.chargeback_status == "pending", STATES.c.waits == 0),
                and_(PAYMENT.chargeback_status != "pending", STATES.c.waits > 0),
            )
        ),
        "The chargeback of payment {id} of store {store_id} is {chargeback_status}, which is not how its disputes stand.",
    ),
}
