"""The table of webhook subscriptions, and the names of the events they are for."""

import re
from datetime import datetime
from typing import Final, Literal, get_args

from sutler.kernel.data.records import StoreRecord, index

WebhookType = Literal["json_v1", "discord_v1"]
DiscordFormat = Literal["Embed", "Text"]
WebhookEventType = Literal[
    "OnIgnore", "OnOrderCompleted", "OnRefund", "OnChargeback", "OnDeliveryItemAdded", "OnDeliveryItemActivated",
    "OnDeliveryItemUsed", "OnDeliveryItemRevoked", "OnSubscriptionActivated", "OnSubscriptionRenewed",
    "OnSubscriptionCanceled", "OnDiscordOrderActionsQueued", "OnConnectedUserRegistered", "OnConnectedUserBecamePayable",
    "OnConnectedUserPayoutCreated", "OnConnectedUserPayoutCompleted", "OnConnectedUserTransactionInserted",
    "OnConnectedUserBecameUnpayable", "OnTrialActivated", "OnTrialCompleted", "OnTrialCanceled",
    "OnPurchaseFollowUpAttemptEmailSent", "OnPurchaseFollowUpAttemptSucceeded",
    "OnAbandonedCheckoutRecoveryAttemptEmailSent", "OnAbandonedCheckoutRecoveryAttemptSucceeded", "OnChargebackClosed",
    "OnDeliveryItemExpired", "OnDeliveryItemRenewed", "OnConnectedUserTrustStatusChanged", "OnPaymentCompleted",
    "OnPaymentFailed",
]  # fmt: skip
"""How the management API names events."""

MOST_PER_STORE: Final = 100


class WebhookEndpoint(StoreRecord, table="webhook_endpoints"):
    """One event of a store, sent to one address. The secret is shown again, so it is sealed.

    Its owner turns it off with `enabled`; `paused_at` says when we did, because nothing arrived since `failing_since`.
    """

    url: str
    subscribed_to: WebhookEventType
    type: WebhookType
    secret_sealed: bytes
    discord_format: DiscordFormat | None = None
    discord_title: str | None = None
    discord_description_template: str | None = None
    discord_color: str | None = None
    enabled: bool = True
    failing_since: datetime | None = None
    paused_at: datetime | None = None


index("webhook_endpoints_event", WebhookEndpoint.c.store_id, WebhookEndpoint.c.subscribed_to)


def secret_context(endpoint_id: str) -> str:
    """What a subscription's secret is sealed for."""
    return f"webhook:{endpoint_id}"


def payload_name(event: WebhookEventType) -> str:
    """How the payload names an event: `OnOrderCompleted` is `ON_ORDER_COMPLETED`; one is named differently."""
    if event == "OnDiscordOrderActionsQueued":
        return "ON_DISCORD_ACCOUNT_LINKED_TO_CHECKOUT"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", event).upper()


EVENTS_BY_NAME: Final[dict[str, WebhookEventType]] = {
    name: event for event in get_args(WebhookEventType) for name in (event, payload_name(event))
}
"""Every event by either of its names."""

WITHOUT_PAYLOAD: Final = frozenset(
    event
    for event in get_args(WebhookEventType)
    if event.startswith(("OnIgnore", "OnConnectedUser", "OnPurchaseFollowUp", "OnAbandonedCheckout"))
)
"""Names that the contract lists without saying what would be sent."""
