"""The tables of what was sent: one delivery per subscription and event, one execution per attempt; and when to try again."""

from datetime import datetime, timedelta
from typing import Final, Literal

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId
from sutler.webhooks.endpoints.models import WebhookEventType

DeliveryState = Literal["pending", "success", "failed"]

LONGEST_DELAY: Final = timedelta(hours=12)
DELAYS: Final = (
    *(timedelta(seconds=10 * 3**tries) for tries in range(8)),  # 10 s, 30 s, 90 s … 6 h 4 min 30 s
    *(LONGEST_DELAY for _ in range(10)),
)
"""How long to wait after each failed attempt but the last: 5 days and 9 hours in all."""
MOST_ATTEMPTS: Final = len(DELAYS) + 1
JITTER: Final = 0.2  # of a delay, added at most, so that deliveries that failed together do not come back together
NO_ANSWER: Final = 0
GONE: Final = 410  # the receiver says that it will never want this again
MOST_RESPONSE_TEXT: Final = 2_000


class WebhookDelivery(StoreRecord, table="webhook_deliveries"):
    """An event on its way to an address. The payload is kept as it was first written, so that retries send the same."""

    webhook_id: FlakeId
    event_id: FlakeId
    event: WebhookEventType
    payload: bytes  # the JSON text that is signed and sent
    state: DeliveryState
    attempts: int = 0  # since it was last sent by hand, if it was
    resends: int = 0  # how often it was sent by hand; of several jobs for it, only the newest may still try
    next_retry: datetime | None = None


class WebhookExecution(StoreRecord, table="webhook_executions"):
    """One attempt; `created_at` is when it started. A status code of 0 means that no answer came."""

    delivery_id: FlakeId
    finished_at: datetime | None
    status_code: int
    response: str | None


class DeliveryExists(Conflict):
    """This event is already on its way to this address."""


unique(
    DeliveryExists,
    WebhookDelivery.c.store_id,
    WebhookDelivery.c.webhook_id,
    WebhookDelivery.c.event_id,
    name="webhook_deliveries_once",
)
index("webhook_deliveries_newest", WebhookDelivery.c.store_id, WebhookDelivery.c.webhook_id, WebhookDelivery.c.id)
index("webhook_executions_delivery", WebhookExecution.c.store_id, WebhookExecution.c.delivery_id)


def next_attempt(attempts: int, now: datetime, jitter: float, asked_for: timedelta = timedelta()) -> datetime | None:
    """When to try again after so many failed attempts; None when it is time to give up.

    `jitter` between 0 and 1 lengthens a delay of the table by up to a fifth, never shortens it. A receiver that asks to
    wait longer is heeded, up to 12 hours.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    delay = DELAYS[attempts - 1] * (1 + JITTER * jitter)
    return now + max(delay, min(asked_for, LONGEST_DELAY))
