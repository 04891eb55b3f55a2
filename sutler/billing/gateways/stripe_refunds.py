"""Stripe's refunds: how one is asked for, the parts of it that we read, and what they mean."""

from datetime import timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sutler.billing.gateways.interface import (
    Charge,
    RefundAnswer,
    Refunded,
    RefundFailed,
    RefundPending,
    Repaid,
    Repayment,
)
from sutler.billing.gateways.stripe_sessions import minor_units, our_units
from sutler.kernel import clock
from sutler.kernel.ids import FlakeId

LOOK_AGAIN: Final = timedelta(hours=1)  # some banks take days
GIVEN_BACK: Final = "succeeded"
ON_ITS_WAY: Final = ("pending", "requires_action")


class Given(Struct):
    """Money that Stripe gives back, or tried to."""

    id: str
    status: str | None
    amount: int = 0
    failure_reason: str | None = None
    metadata: dict[str, str] | None = None


class Page(Struct):
    """Some of the refunds of a payment, newest first."""

    data: list[Given]
    has_more: bool = False


def asked(repayment: Repayment, intent_id: str, store_id: FlakeId) -> dict[str, Any]:
    """The refund that is asked for: always the same for the same one, as its idempotency key wants it.

    `Rejected` for an amount that Stripe cannot give back.
    """
    charge = repayment.charge
    ours = {
        "refund_id": repayment.refund_id, "payment_id": charge.payment_id, "order_id": charge.order_id, "store_id": store_id,
    }  # fmt: skip
    amount = minor_units(replace(charge, amount=repayment.amount))
    return {"payment_intent": intent_id, "amount": amount, "metadata": ours}


def meaning(given: Given) -> RefundAnswer:
    """What Stripe says about a refund. It gives nothing back of its fee."""
    if given.status == GIVEN_BACK:
        return Refunded()
    if given.status in ON_ITS_WAY:
        return RefundPending(look_again=clock.now() + LOOK_AGAIN)
    return RefundFailed(f"Stripe could not give the money back: {given.failure_reason or given.status}.")


def repaid(given: Given, charge: Charge, store_id: FlakeId) -> Repaid:
    """A refund that Stripe knows of; without our words, or with those of another store, it is none of ours."""
    ours = given.metadata or {}
    refund_id = ours.get("refund_id", "") if ours.get("store_id") == store_id else ""
    amount = our_units(given.amount, charge.currency)
    return Repaid(reference=given.id, refund_id=refund_id, amount=amount, answer=meaning(given))
