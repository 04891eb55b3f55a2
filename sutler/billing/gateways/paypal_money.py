"""Giving PayPal's money back, and what its payers dispute."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from msgspec import Struct

from sutler.billing.gateways.interface import (
    Charge,
    Dispute,
    DisputeState,
    RefundAnswer,
    Refunded,
    RefundFailed,
    RefundPending,
    Repaid,
    Repayment,
    Unanswered,
)  # fmt: skip
from sutler.billing.gateways.paypal_amounts import Money, minor_units, written
from sutler.billing.gateways.paypal_api import Account, Rejected
from sutler.billing.gateways.paypal_orders import Order, Refund
from sutler.kernel import clock
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.ids import FlakeId

LOOK_AGAIN: Final = timedelta(hours=1)
OUTCOMES: Final[dict[str, DisputeState]] = {
    "RESOLVED_BUYER_FAVOUR": "lost",
    "ACCEPTED": "lost",
    "RESOLVED_SELLER_FAVOUR": "won",
    "RESOLVED_WITH_PAYOUT": "won",  # PayPal pays out of its own pocket
    "CANCELED_BY_BUYER": "won",
    "DENIED": "won",
    "NONE": "won",
}
FEES: Final = ("DISPUTE_FEE", "DISPUTE_SETTLEMENT_FEE", "CHARGEBACK_FEE")


class Movement(Struct):
    """Money that moved because of a dispute."""

    amount: Money | None = None
    affected_party: str = ""
    type: str = ""
    reason: str = ""


class Ending(Struct):
    """How a dispute ended."""

    outcome_code: str = ""


class Case(Struct):
    """A dispute."""

    dispute_id: str
    status: str
    reason: str = ""
    dispute_life_cycle_stage: str = ""
    dispute_amount: Money | None = None
    dispute_outcome: Ending | None = None
    money_movements: list[Movement] = []


class Taken(Struct):
    """Money that was taken, with our word."""

    custom_id: str = ""


class Cases(Struct):
    """The disputes over a capture."""

    items: list[Case] = []


async def give_back(account: Account, capture: str, repayment: Repayment) -> RefundAnswer:
    """Pay back part of a capture; `Rejected` when PayPal does not. The refund's id makes sure that it happens once."""
    body = {
        "amount": written(repayment.amount, repayment.charge.currency),
        "custom_id": repayment.charge.payment_id,  # which notifications name
        "invoice_id": repayment.refund_id,
    }
    path = f"/v2/payments/captures/{capture}/refund"
    return said(await account.call("POST", path, Refund, body=body, key=repayment.refund_id), repayment.charge)


def found(order: Order, repayment: Repayment) -> RefundAnswer | None:
    """What an order says about a refund; None when it knows of none."""
    for refund in order.money.refunds:
        if refund.invoice_id == repayment.refund_id:
            return said(refund, repayment.charge)
    return None


def every(order: Order, charge: Charge) -> list[Repaid]:
    """Every refund that an order lists; of those that were made on PayPal's page, `refund_id` is no id of a refund."""
    return [
        Repaid(
            reference=refund.id,
            refund_id=refund.invoice_id,
            amount=minor_units(refund.amount, charge.currency),
            answer=said(refund, charge),
        )
        for refund in order.money.refunds
    ]


def said(refund: Refund, charge: Charge) -> RefundAnswer:
    """What PayPal says about a refund."""
    match refund.status:
        case "COMPLETED":
            given = refund.seller_payable_breakdown
            return Refunded(fee_amount=minor_units(given.paypal_fee, charge.currency) if given else 0)
        case "FAILED" | "CANCELLED":
            why = refund.status_details.reason if refund.status_details else ""
            return RefundFailed(reason=f"PayPal could not pay the money back: {why or refund.status.lower()}.")
        case _:
            return RefundPending(look_again=clock.now() + LOOK_AGAIN)


def refused(refusal: Rejected) -> RefundFailed:
    """PayPal pays nothing back."""
    if refusal.is_ours:  # nothing was done, but it can be once the credentials are right again
        raise Unanswered(str(refusal)) from refusal
    return RefundFailed(reason=f"PayPal refuses to pay the money back. {refusal}")


async def payment_of(account: Account, capture: str) -> FlakeId | None:
    """Our word that goes with a capture; None when there is none, or PayPal has no such capture."""
    try:
        found = await account.call("GET", f"/v2/payments/captures/{capture}", Taken)
    except Rejected as refused:
        if refused.is_ours:
            raise Unanswered(str(refused)) from refused
        return None
    return found.custom_id if looks_like_id(found.custom_id) else None


async def disputes(account: Account, capture: str, currency: str) -> Sequence[Dispute]:
    """Every dispute over a capture that costs money, or may.

    While payer and store only talk with each other (PayPal's inquiry), it is none yet; one that ends against the store
    is. One that has ended is looked at once more, because only then it says how.
    """
    query = urlencode({"disputed_transaction_id": capture})
    cases = await account.call("GET", f"/v1/customer/disputes?{query}", Cases)
    found = [await _dispute(account, case, currency) for case in cases.items]
    return [dispute for dispute in found if dispute]


async def _dispute(account: Account, case: Case, currency: str) -> Dispute | None:
    if case.status == "RESOLVED":
        case = await account.call("GET", f"/v1/customer/disputes/{case.dispute_id}", Case)
    state = OUTCOMES.get(case.dispute_outcome.outcome_code if case.dispute_outcome else "", "pending")
    if case.dispute_life_cycle_stage == "INQUIRY" and state != "lost":
        return None
    return Dispute(
        reference=case.dispute_id,
        state=state,
        amount=minor_units(case.dispute_amount, currency),
        fee_amount=max(sum(_fee(one, currency) for one in case.money_movements), 0),
        reason=case.reason,
    )


def _fee(moved: Movement, currency: str) -> int:
    """What PayPal took for a dispute, or less than nothing if it gave it back."""
    if moved.affected_party != "SELLER" or moved.reason not in FEES:
        return 0
    amount = minor_units(moved.amount, currency)
    return -amount if moved.type == "CREDIT" else amount
