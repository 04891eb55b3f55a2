"""What follows from events: deliveries to every subscriber, and the job that makes one of them."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from sutler.billing.disputes.events import ChargebackClosed, ChargebackOpened
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.payments.events import PaymentCompleted, PaymentFailed
from sutler.billing.refunds.events import RefundCompleted
from sutler.billing.subscriptions.events import SubscriptionActivated, SubscriptionCanceled, SubscriptionRenewed
from sutler.billing.trials.events import TrialActivated, TrialCanceled, TrialCompleted
from sutler.delivery.items.events import (
    DeliveryItemActivated,
    DeliveryItemAdded,
    DeliveryItemExpired,
    DeliveryItemRenewed,
    DeliveryItemRevoked,
    DeliveryItemUsed,
)
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.requests import encode
from sutler.kernel.edge.timestamps import exact
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, enqueue, outside_job
from sutler.webhooks.deliveries import service
from sutler.webhooks.endpoints.models import WebhookEventType
from sutler.webhooks.payloads import service as payloads
from sutler.webhooks.recurring_payloads import service as recurring

Render = Callable[[StoreContext, FlakeId, FlakeId], Awaitable[Struct]]


@outside_job
async def send_webhook(shop: Shop, *, delivery_id: FlakeId, resend: int = 0) -> Again | None:
    """Make an attempt at a delivery; this job's own row is the schedule of the next."""
    retry = await service.deliver(shop, delivery_id, resend)
    return Again(retry) if retry else None


async def resend(store: StoreContext, id: FlakeId) -> None:
    """Send a delivery again, or all that failed at a subscription; NotFound when there is nothing to send."""
    now, found = clock.now(), await service.again(store, id)
    jobs = [send_webhook.row(store.store_id, {"delivery_id": one.id, "resend": one.resends}, now) for one in found]
    await enqueue(store, jobs)


async def tell_order_completed(store: StoreContext, event: OrderCompleted, event_id: FlakeId) -> None:
    """ON_ORDER_COMPLETED to its subscribers."""
    await _tell(store, "OnOrderCompleted", payloads.order_completed, event.order_id, event_id)


async def tell_payment_completed(store: StoreContext, event: PaymentCompleted, event_id: FlakeId) -> None:
    """ON_PAYMENT_COMPLETED to its subscribers."""
    await _tell(store, "OnPaymentCompleted", payloads.payment_completed, event.payment_id, event_id)


async def tell_payment_failed(store: StoreContext, event: PaymentFailed, event_id: FlakeId) -> None:
    """ON_PAYMENT_FAILED to its subscribers."""
    await _tell(store, "OnPaymentFailed", payloads.payment_failed, event.payment_id, event_id)


async def tell_refund(store: StoreContext, event: RefundCompleted, event_id: FlakeId) -> None:
    """ON_REFUND to its subscribers."""
    await _tell(store, "OnRefund", payloads.refund_completed, event.refund_id, event_id)


async def tell_chargeback(store: StoreContext, event: ChargebackOpened, event_id: FlakeId) -> None:
    """ON_CHARGEBACK to its subscribers."""
    await _tell(store, "OnChargeback", payloads.chargeback_opened, event.payment_id, event_id)


async def tell_chargeback_closed(store: StoreContext, event: ChargebackClosed, event_id: FlakeId) -> None:
    """ON_CHARGEBACK_CLOSED to its subscribers."""
    await _tell(store, "OnChargebackClosed", payloads.chargeback_closed, event.payment_id, event_id)


async def tell_item_added(store: StoreContext, event: DeliveryItemAdded, event_id: FlakeId) -> None:
    """ON_DELIVERY_ITEM_ADDED to its subscribers."""
    await _tell(store, "OnDeliveryItemAdded", payloads.item_added, event.item_id, event_id)


async def tell_item_activated(store: StoreContext, event: DeliveryItemActivated, event_id: FlakeId) -> None:
    """ON_DELIVERY_ITEM_ACTIVATED to its subscribers."""
    await _tell(store, "OnDeliveryItemActivated", payloads.item_activated, event.item_id, event_id)


async def tell_item_used(store: StoreContext, event: DeliveryItemUsed, event_id: FlakeId) -> None:
    """ON_DELIVERY_ITEM_USED to its subscribers."""
    await _tell(store, "OnDeliveryItemUsed", payloads.item_used, event.item_id, event_id)


async def tell_item_expired(store: StoreContext, event: DeliveryItemExpired, event_id: FlakeId) -> None:
    """ON_DELIVERY_ITEM_EXPIRED to its subscribers."""
    await _tell(store, "OnDeliveryItemExpired", payloads.item_expired, event.item_id, event_id)


async def tell_item_renewed(store: StoreContext, event: DeliveryItemRenewed, event_id: FlakeId) -> None:
    """ON_DELIVERY_ITEM_RENEWED to its subscribers."""
    await _tell(store, "OnDeliveryItemRenewed", payloads.item_renewed, event.item_id, event_id)


async def tell_item_revoked(store: StoreContext, event: DeliveryItemRevoked, event_id: FlakeId) -> None:
    """ON_DELIVERY_ITEM_REVOKED to its subscribers."""
    await _tell(store, "OnDeliveryItemRevoked", payloads.item_revoked, event.item_id, event_id)


async def tell_subscription_activated(store: StoreContext, event: SubscriptionActivated, event_id: FlakeId) -> None:
    """ON_SUBSCRIPTION_ACTIVATED to its subscribers."""
    await _tell(store, "OnSubscriptionActivated", recurring.subscription_activated, event.subscription_id, event_id)


async def tell_subscription_renewed(store: StoreContext, event: SubscriptionRenewed, event_id: FlakeId) -> None:
    """ON_SUBSCRIPTION_RENEWED to its subscribers."""
    await _tell(store, "OnSubscriptionRenewed", recurring.subscription_renewed, event.subscription_id, event_id)


async def tell_subscription_canceled(store: StoreContext, event: SubscriptionCanceled, event_id: FlakeId) -> None:
    """ON_SUBSCRIPTION_CANCELED to its subscribers."""
    await _tell(store, "OnSubscriptionCanceled", recurring.subscription_canceled, event.subscription_id, event_id)


async def tell_trial_activated(store: StoreContext, event: TrialActivated, event_id: FlakeId) -> None:
    """ON_TRIAL_ACTIVATED to its subscribers."""
    await _tell(store, "OnTrialActivated", recurring.trial_activated, event.trial_id, event_id)


async def tell_trial_completed(store: StoreContext, event: TrialCompleted, event_id: FlakeId) -> None:
    """ON_TRIAL_COMPLETED to its subscribers."""
    await _tell(store, "OnTrialCompleted", recurring.trial_completed, event.trial_id, event_id)


async def tell_trial_canceled(store: StoreContext, event: TrialCanceled, event_id: FlakeId) -> None:
    """ON_TRIAL_CANCELED to its subscribers."""
    await _tell(store, "OnTrialCanceled", recurring.trial_canceled, event.trial_id, event_id)


async def _tell(
    store: StoreContext, event: WebhookEventType, render: Render, subject_id: FlakeId, event_id: FlakeId
) -> None:
    """Queue an event for everyone who subscribed to it; without subscribers this is one small read."""
    endpoints = await service.subscribers(store, event)
    if not endpoints:
        return
    said = await render(store, subject_id, event_id)
    kept = await service.keep(store, endpoints, event, event_id, exact(encode(said), said))
    now = clock.now()
    await enqueue(store, [send_webhook.row(store.store_id, {"delivery_id": id}, now) for id in kept])
