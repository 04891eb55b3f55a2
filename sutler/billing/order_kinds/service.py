"""What a new order is for, as its checkout has it. A subscription and its lines have their ids before they are there."""

from collections.abc import Sequence
from typing import Any, Final

from sutler.billing.orders.models import Order, OrderType
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.kernel.ids import new_id

BEGINNINGS: Final[tuple[OrderType, ...]] = ("subscription_initial", "mixed")
FOLLOWING: Final[tuple[OrderType, ...]] = ("subscription_renewal", "subscription_proration")
"""Orders of a subscription that is there already."""


def columns_of_order(checkout: Checkout, lines: Sequence[CheckoutLine]) -> dict[str, Any]:
    """The type of an order, and what it has to do with a subscription."""
    if checkout.subscription_id is not None:
        renewal = checkout.billing_cycle_sequence is not None  # which may be what a change waits for
        return {
            "type": "subscription_renewal" if renewal else "subscription_proration",
            "subscription_id": checkout.subscription_id,
            "billing_cycle_sequence": checkout.billing_cycle_sequence,
            "subscription_change_id": checkout.subscription_change_id,
        }
    renewing = [line for line in lines if renews(line)]
    if not renewing:
        return {"type": "one_time"}
    return {
        "type": "subscription_initial" if len(renewing) == len(lines) else "mixed",
        "subscription_id": new_id(),
        "billing_cycle_sequence": 0 if renewing[0].trial else 1,
    }


def columns_of_line(line: CheckoutLine) -> dict[str, Any]:
    """What a line of an order has to do with a subscription and a trial."""
    if not renews(line):
        return {}
    return {
        "subscription_line_id": line.subscription_line_id or new_id(),
        "subscription_interval_value": line.subscription_interval_value,
        "subscription_interval_scale": line.subscription_interval_scale,
        "trial_id": new_id() if line.trial else None,
    }


def renews(line: CheckoutLine) -> bool:
    """Whether a line is of a subscription."""
    return line.subscription_interval_value is not None


def begins(order: Order) -> bool:
    """Whether a subscription begins with an order."""
    return order.type in BEGINNINGS


def follows(order: Order) -> bool:
    """Whether an order is one more of a subscription that is there already."""
    return order.type in FOLLOWING
