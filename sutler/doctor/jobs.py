"""Checks of jobs: that none was given up, and that whatever waits has the job that it waits for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, Select, Subquery, and_, cast, func, literal_column, or_, select

from sutler.billing.payments.models import Payment
from sutler.billing.refund_settlements.jobs import settle_refund_in_doubt
from sutler.billing.refunds.models import Refund
from sutler.billing.settlements.jobs import settle_in_doubt
from sutler.checkout.checkouts.jobs import expire_checkout
from sutler.checkout.checkouts.models import Checkout
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import expire_item
from sutler.doctor.examination import EXAMPLES, Check, Function, Outcome, Rule
from sutler.kernel import clock
from sutler.kernel.data.queries import Connection, Statement, one_of, param
from sutler.kernel.data.records import StoreRecord, Timestamp
from sutler.kernel.work.jobs import Job, JobName
from sutler.stores.mails.jobs import send_mail
from sutler.stores.mails.models import Mail
from sutler.webhooks.deliveries.jobs import send_webhook
from sutler.webhooks.deliveries.models import WebhookDelivery

LATE: Final = timedelta(minutes=10)
JOB, ITEM = Job.c, DeliveryItem.c
NOW, THEN = param("now", type_=Timestamp()), param("then", type_=Timestamp())

GIVEN_UP = Statement(select(JOB.kind, func.count(), func.max(JOB.last_error)).where(JOB.run_at.is_(None)).group_by(JOB.kind))
OVERDUE = Statement(
    select(func.count()).where(JOB.run_at < THEN, ~JOB.in_test_time, or_(JOB.leased_until.is_(None), JOB.leased_until < NOW))
)
UNSENT = Statement(select(func.count()).where(WebhookDelivery.c.state == "failed"))
UNDELIVERED = Statement(select(func.count()).where(Mail.c.state == "failed"))


def waiting_for(kind: str, *path: str) -> Subquery:
    """The ids of what jobs of a kind are about; both engines spell the way into JSON alike."""
    place: Any = JOB.arguments
    for step in path[:-1]:
        place = place.op("->")(literal_column(f"'{step}'"))
    found = cast(place.op("->>")(literal_column(f"'{path[-1]}'")), BigInteger)
    return select(found.label("id")).where(JOB.kind == kind, JOB.run_at.is_not(None)).distinct().subquery()


def has_job(title: str, record: type[StoreRecord], condition: Any, kind: JobName[Any], argument: str) -> Rule:
    """What waits for a job has one."""
    jobs, c = waiting_for(kind.name, argument), record.c
    query: Select[Any] = select(c.id, c.store_id).outerjoin_from(record.table, jobs, jobs.c.id == c.id)
    return Rule(
        title,
        query.where(condition, jobs.c.id.is_(None)),
        f"Nothing will happen to {record.table.name} {{id}} of store {{store_id}}: there is no job {kind.name} for it.",
    )


async def given_up(connection: Connection) -> Outcome:
    """Jobs that will not be tried again, with what went wrong."""
    now = clock.real_now()
    rows = await GIVEN_UP.run(connection)
    told = [f"{count} × {kind}, for example: {error}" for kind, count, error in sorted(rows, key=lambda row: str(row[0]))]
    ((overdue,),) = await OVERDUE.run(connection, now=now, then=now - LATE)
    notes = (f"{overdue} jobs are due for more than ten minutes: does a worker run?",) if overdue else ()
    return Outcome(sum(row[1] for row in rows), tuple(told[:EXAMPLES]), notes)


async def unsent(connection: Connection) -> Outcome:
    """Receivers that stay away are their owners' business, so this is worth a note only."""
    ((failed,),) = await UNSENT.run(connection)
    return Outcome(notes=(f"{failed} webhook deliveries were given up.",) if failed else ())


async def undelivered(connection: Connection) -> Outcome:
    """Recipients that do not exist are nobody's fault here, so this is worth a note only."""
    ((failed,),) = await UNDELIVERED.run(connection)
    return Outcome(notes=(f"{failed} mails were given up: `GET …/mails?state=failed` says why.",) if failed else ())


CHECKS: Final[Mapping[str, Check]] = {
    "jobs": Function("No job was given up.", given_up),
    "payments_asked_for": has_job(
        "Every payment in doubt will be asked about.", Payment, Payment.c.status == "pending", settle_in_doubt, "payment_id"
    ),
    "refunds_asked_for": has_job(
        "Every refund in doubt will be asked about.", Refund, Refund.c.status == "processing", settle_refund_in_doubt,
        "refund_id",
    ),
    "checkouts_end": has_job(
        "Every open checkout ends some day, by itself or with its subscription.", Checkout,
        and_(Checkout.c.state == "open", Checkout.c.subscription_id.is_(None)), expire_checkout, "checkout_id",
    ),
    "items_end": has_job(
        "Every active item with an end of its own has that in the calendar.", DeliveryItem,
        and_(ITEM.state == "active", ITEM.expires_at.is_not(None), ITEM.subscription_id.is_(None)),
        expire_item, "item_id",
    ),
    "checkouts_held": Rule(
        "No checkout is held by a payment that is over.",
        select(Checkout.c.id, Checkout.c.store_id, Checkout.c.held_by)
        .outerjoin_from(Checkout.table, Payment.table, Payment.c.id == Checkout.c.held_by)
        .where(
            Checkout.c.state == "open", Checkout.c.held_by.is_not(None),
            or_(Payment.c.id.is_(None), ~one_of(Payment.c.status, ("created", "pending"))),
        ),
        "Checkout {id} of store {store_id} is held by payment {held_by}, so nobody can pay it.",
    ),
    "webhooks": Function("Webhook deliveries come to an end: they arrive, or are given up after days of trying.", unsent),
    "webhooks_sent": has_job(
        "Every webhook delivery that is not settled will be tried.", WebhookDelivery,
        WebhookDelivery.c.state == "pending", send_webhook, "delivery_id",
    ),
    "mails": Function("Mails come to an end: they are taken, or are given up after days of trying.", undelivered),
    "mails_sent": has_job("Every mail that waits will be tried.", Mail, Mail.c.state == "waiting", send_mail, "mail_id"),
}  # fmt: skip
