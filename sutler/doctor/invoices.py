"""The check that invoices of each store are numbered without gaps."""

from typing import Final

from sqlalchemy import and_, func, or_, select

from sutler.billing.invoices.models import Invoice, InvoiceCounter
from sutler.doctor.examination import Check, Rule

COUNTER: Final = InvoiceCounter.c
ISSUED: Final = (
    select(Invoice.c.store_id, func.count().label("issued"), func.max(Invoice.c.number).label("last"))
    .group_by(Invoice.c.store_id)
    .subquery()
)
COUNT, LAST = func.coalesce(ISSUED.c.issued, 0), func.coalesce(ISSUED.c.last, 0)

CHECKS: Final[dict[str, Check]] = {
    "invoice_numbers": Rule(
        "Invoices and credit notes of each store are numbered without gaps.",
        select(COUNTER.id, COUNTER.store_id, COUNTER.last_number, COUNT.label("issued"), LAST.label("last"))
        .outerjoin_from(InvoiceCounter.table, ISSUED, and_(ISSUED.c.store_id == COUNTER.store_id))
        .where(or_(COUNTER.last_number != COUNT, COUNTER.last_number != LAST)),
        "Store {store_id} has given away {last_number} numbers, but has {issued} documents, the last with number {last}.",
    ),
}
