"""Everything that is sent, by the name in its payload."""

from typing import Final

from msgspec import Struct

from sutler.webhooks.payloads.schemas import (
    DeliveryItemActivatedWebhook,
    DeliveryItemAddedWebhook,
    DeliveryItemExpiredWebhook,
    DeliveryItemRenewedWebhook,
    DeliveryItemRevokedWebhook,
    DeliveryItemUsedWebhook,
    OrderCompletedWebhook,
)
from sutler.webhooks.payment_payloads.schemas import (
    ChargebackClosedWebhook,
    ChargebackWebhook,
    PaymentCompletedWebhook,
    PaymentFailedWebhook,
    RefundWebhook,
)
from sutler.webhooks.recurring_payloads.schemas import (
    SubscriptionActivatedWebhook,
    SubscriptionCanceledWebhook,
    SubscriptionRenewedWebhook,
    TrialActivatedWebhook,
    TrialCanceledWebhook,
    TrialCompletedWebhook,
)

EVENTS: Final[dict[str, type[Struct]]] = {
    "ON_ORDER_COMPLETED": OrderCompletedWebhook,
    "ON_PAYMENT_COMPLETED": PaymentCompletedWebhook,
    "ON_PAYMENT_FAILED": PaymentFailedWebhook,
    "ON_REFUND": RefundWebhook,
    "ON_CHARGEBACK": ChargebackWebhook,
    "ON_CHARGEBACK_CLOSED": ChargebackClosedWebhook,
    "ON_DELIVERY_ITEM_ADDED": DeliveryItemAddedWebhook,
    "ON_DELIVERY_ITEM_ACTIVATED": DeliveryItemActivatedWebhook,
    "ON_DELIVERY_ITEM_USED": DeliveryItemUsedWebhook,
    "ON_DELIVERY_ITEM_EXPIRED": DeliveryItemExpiredWebhook,
    "ON_DELIVERY_ITEM_RENEWED": DeliveryItemRenewedWebhook,
    "ON_DELIVERY_ITEM_REVOKED": DeliveryItemRevokedWebhook,
    "ON_SUBSCRIPTION_ACTIVATED": SubscriptionActivatedWebhook,
    "ON_SUBSCRIPTION_RENEWED": SubscriptionRenewedWebhook,
    "ON_SUBSCRIPTION_CANCELED": SubscriptionCanceledWebhook,
    "ON_TRIAL_ACTIVATED": TrialActivatedWebhook,
    "ON_TRIAL_COMPLETED": TrialCompletedWebhook,
    "ON_TRIAL_CANCELED": TrialCanceledWebhook,
}
