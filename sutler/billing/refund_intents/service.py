"""The row of a refund, and the money that it takes from what is left of its payment."""

from sqlalchemy import and_, or_

from sutler.billing.payments.models import Payment
from sutler.billing.refund_parts.service import Part
from sutler.billing.refunds.models import AlreadyRefunded, Refund
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, param, rows

REFUNDABLE = rows(Payment).where(
    Payment.c.id == param("payment_id"),
    or_(
        one_of(Payment.c.status, ("completed", "refund_processing", "refund_failed")),
        and_(Payment.c.status == "chargeback", Payment.c.chargeback_status == "won"),  # the bank has given the money back
    ),
    Payment.c.refunded_amount == param("before", type_=Payment.c.amount.type),
    Payment.c.refunded_amount + param("more", type_=Payment.c.amount.type) <= Payment.c.amount,
)  # fmt: skip


def intent(payment: Payment, part: Part, seen: int | None, note: str | None, *, reference: str | None = None) -> Refund:
    """A refund that is on its way, approved by whoever asks for it; `seen` is what the payer gets in their currency.

    `reference` is the gateway's name for one that was made on its own page.
    """
    now = clock.now()
    return Refund(
        payment_id=payment.id,
        order_id=payment.order_id,
        order_line_id=part.line.id if part.line else None,
        customer_id=payment.customer_id,
        takes_back=[line.id for line in part.lines],
        status="processing",
        currency=payment.currency,
        amount=part.money.amount,
        tax_amount=part.money.tax_amount,
        giftcard_amount=part.cards.amount,
        giftcard_tax_amount=part.cards.tax_amount,
        note=note or None,
        presentment_currency=None if seen is None else payment.presentment_currency,
        presentment_amount=seen,
        fx_rate=None if seen is None else payment.fx_rate,
        approved_at=now,
        pending_at=now,
        gateway_reference=reference,
    )


async def reserve(store: StoreContext, payment: Payment, refund: Refund) -> None:
    """Take it from what is left of the payment, if so much is left at this moment; AlreadyRefunded if not."""
    values = {"payment_id": payment.id, "before": payment.refunded_amount, "more": refund.amount}
    changes = {"status": "refund_processing"} | taken(payment, refund)
    if not await store.change_all(REFUNDABLE, changes, **values):
        raise AlreadyRefunded(f"Payment {payment.id} has changed at this moment; look at it again.")


def taken(payment: Payment, refund: Refund) -> dict[str, int]:
    """What a payment says is given back, with this refund."""
    return {
        "refunded_amount": payment.refunded_amount + refund.amount,
        "refunded_tax_amount": payment.refunded_tax_amount + refund.tax_amount,
        "presentment_refunded_amount": payment.presentment_refunded_amount + (refund.presentment_amount or 0),
    }


def without(payment: Payment, refund: Refund) -> dict[str, int]:
    """The same without it, because it came to nothing: so much can be given back again."""
    return {
        "refunded_amount": payment.refunded_amount - refund.amount,
        "refunded_tax_amount": payment.refunded_tax_amount - refund.tax_amount,
        "presentment_refunded_amount": payment.presentment_refunded_amount - (refund.presentment_amount or 0),
    }
