"""From what happened to a subscription or a trial to what a webhook says about it.

A payload says what was true at its event, as far as that can be told: a subscription that has ended since was still active
when it was renewed. Cycle, period and amounts are those of the newest cycle.
"""

from collections.abc import Sequence
from typing import Any, Final

from sutler.billing.subscriptions.models import SubscriptionLine, SubscriptionStatus
from sutler.billing.trials.models import TrialStatus
from sutler.checkout.pricing.presentment import PresentedAmounts
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.webhooks.payload_parts import service as parts
from sutler.webhooks.recurring_payloads import schemas
from sutler.webhooks.recurring_payloads.queries import WholeSubscription, WholeTrial, whole_subscription, whole_trial

PARTS: Final = ("subtotal", "discount", "tax", "total")
SAME: Final = (
    "id", "store_id", "customer_id", "billing_cycle_sequence", "billing_email", "subtotal_amount", "tax_amount",
    "discount_amount", "total_amount", "currency", "interval_value", "interval_scale", "billing_country",
    "initial_subtotal_amount", "initial_tax_amount", "initial_discount_amount", "initial_giftcard_usage_amount",
    "initial_total_amount", "customer_ip", "current_period_start", "current_period_end", "created_at", "active_at",
    "checkout_id",
)  # fmt: skip
SAME_OF_LINES: Final = (
    "id", "subscription_id", "checkout_line_id", "gift_to_customer_id", "selected_gameserver_id", "sale_id", "trial_id",
    "product_id", "product_version_id", "product_name", "product_image_url", "tax_inclusive", "price", "discount_amount",
    "subtotal_amount", "tax_amount", "total_amount", "initial_discount_amount", "initial_subtotal_amount",
    "initial_giftcard_usage_amount", "initial_tax_amount", "initial_total_amount",
)  # fmt: skip
SAME_OF_TRIALS: Final = (
    "id", "store_id", "customer_id", "checkout_id", "checkout_line_id", "product_id", "product_version_id", "product_name",
    "product_image_url", "period_value", "period_scale", "starts_at", "ends_at", "created_at", "canceled_at",
)  # fmt: skip


async def subscription_activated(
    store: StoreContext, subscription_id: FlakeId, event_id: FlakeId
) -> schemas.SubscriptionActivatedWebhook:
    """What ON_SUBSCRIPTION_ACTIVATED says."""
    told = _subscription(await whole_subscription(store, subscription_id), "active")
    return schemas.SubscriptionActivatedWebhook(event_id=event_id, body=schemas.RunningSubscription(**told))


async def subscription_renewed(
    store: StoreContext, subscription_id: FlakeId, event_id: FlakeId
) -> schemas.SubscriptionRenewedWebhook:
    """What ON_SUBSCRIPTION_RENEWED says."""
    told = _subscription(await whole_subscription(store, subscription_id), "active")
    return schemas.SubscriptionRenewedWebhook(event_id=event_id, body=schemas.RunningSubscription(**told))


async def subscription_canceled(
    store: StoreContext, subscription_id: FlakeId, event_id: FlakeId
) -> schemas.SubscriptionCanceledWebhook:
    """What ON_SUBSCRIPTION_CANCELED says."""
    whole = await whole_subscription(store, subscription_id)
    told, ended = _subscription(whole, "canceled"), whole.subscription
    body = schemas.EndedSubscription(**told, canceled_at=ended.canceled_at, cancel_reason=ended.cancel_reason)
    return schemas.SubscriptionCanceledWebhook(event_id=event_id, body=body)


async def trial_activated(store: StoreContext, trial_id: FlakeId, event_id: FlakeId) -> schemas.TrialActivatedWebhook:
    """What ON_TRIAL_ACTIVATED says."""
    body = _trial(await whole_trial(store, trial_id), "active", canceled_at=None)
    return schemas.TrialActivatedWebhook(event_id=event_id, body=body)


async def trial_completed(store: StoreContext, trial_id: FlakeId, event_id: FlakeId) -> schemas.TrialCompletedWebhook:
    """What ON_TRIAL_COMPLETED says."""
    body = _trial(await whole_trial(store, trial_id), "completed")
    return schemas.TrialCompletedWebhook(event_id=event_id, body=body)


async def trial_canceled(store: StoreContext, trial_id: FlakeId, event_id: FlakeId) -> schemas.TrialCanceledWebhook:
    """What ON_TRIAL_CANCELED says."""
    body = _trial(await whole_trial(store, trial_id), "canceled")
    return schemas.TrialCanceledWebhook(event_id=event_id, body=body)


def _subscription(whole: WholeSubscription, status: SubscriptionStatus) -> dict[str, Any]:
    """What all events of subscriptions tell."""
    known, first = whole.subscription, whole.lines[0]
    return {name: getattr(known, name) for name in SAME} | {
        "customer": parts.customer(whole.customers[known.customer_id]),
        "checkout": parts.checkout(whole.checkout, whole.checkout_lines),
        "checkout_line_id": first.checkout_line_id,
        "product_id": first.product_id,
        "product_version_id": first.product_version_id,
        "product_name": first.product_name,
        "product_image_url": first.product_image_url,
        "product": parts.product(whole.catalogue, first.product_version_id),
        "status": status,
        "lines": [_line(whole, line) for line in whole.lines],
    }


def _line(whole: WholeSubscription, line: SubscriptionLine) -> schemas.SubscriptionLineDTO:
    recipient = whole.customers.get(line.gift_to_customer_id or "")
    same: dict[str, Any] = {name: getattr(line, name) for name in SAME_OF_LINES}
    seen_in = whole.subscription.conversion.currency if whole.subscription.conversion else None
    return schemas.SubscriptionLineDTO(
        **same,
        initial_order_line_id=line.order_line_id,
        gift_to_customer=parts.customer(recipient) if recipient else None,
        product=parts.product(whole.catalogue, line.product_version_id),
        currency=whole.subscription.currency,
        presentment_currency=seen_in,
        **_seen("presentment", line.presentment, PARTS),
        **_seen("initial_presentment", line.initial_presentment, (*PARTS, "giftcard_usage")),
    )


def _seen(prefix: str, amounts: PresentedAmounts | None, parts_of_it: Sequence[str]) -> dict[str, Any]:
    """Amounts in the currency that the payer sees; without one there is nothing to say."""
    return {f"{prefix}_{name}_amount": getattr(amounts, f"{name}_amount") for name in parts_of_it} if amounts else {}


def _trial(whole: WholeTrial, status: TrialStatus, **then: Any) -> schemas.TriedProduct:
    same: dict[str, Any] = {name: getattr(whole.trial, name) for name in SAME_OF_TRIALS} | then
    return schemas.TriedProduct(**same, customer=parts.customer(whole.customer), status=status)
