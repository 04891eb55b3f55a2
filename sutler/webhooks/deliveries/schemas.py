"""Deliveries on the wire: the headers of a request to a receiver, what its answer asks for, and the history."""

import base64
import binascii
import hmac
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final, Literal, Self

import msgspec

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire
from sutler.webhooks.deliveries.models import WebhookDelivery, WebhookExecution
from sutler.webhooks.endpoints.models import WebhookEventType

WebhookState = Literal["success", "pending", "failed", "all"]
STANDARD_SECRET: Final = "whsec_"  # noqa: S105 - the prefix of secrets, not one


class ExecutedWebhookDto(Wire):
    """One attempt; a status code of 0 means that no answer came, and the response says why."""

    id: FlakeId
    started_at: datetime
    finished_at: datetime | None
    status_code: int
    response: str | None

    @classmethod
    def of(cls, row: WebhookExecution) -> Self:
        """What a client sees of an attempt."""
        return cls(
            id=row.id,
            started_at=row.created_at,
            finished_at=row.finished_at,
            status_code=row.status_code,
            response=row.response,
        )


class QueuedWebhookDto(Wire):
    """An event on its way to an address, or arrived, with every attempt so far."""

    id: FlakeId
    webhook_id: FlakeId
    created_at: datetime
    state: WebhookState
    next_retry: datetime | None
    event: WebhookEventType
    payload: Any
    executions: list[ExecutedWebhookDto]

    @classmethod
    def of(cls, row: WebhookDelivery, executions: list[WebhookExecution]) -> Self:
        """What a client sees of a delivery."""
        return cls(
            id=row.id,
            webhook_id=row.webhook_id,
            created_at=row.created_at,
            state=row.state,
            next_retry=row.next_retry,
            event=row.event,
            payload=msgspec.json.decode(row.payload),
            executions=[ExecutedWebhookDto.of(one) for one in executions],
        )


class WebhookHistoryDto(Wire):
    """A page of deliveries, newest first; pages count from 1."""

    page: int
    history: list[QueuedWebhookDto]


def signed_headers(secret: str, event_id: FlakeId, body: bytes, moment: datetime) -> dict[str, str]:
    """The headers of one attempt, signed for its moment in real time.

    `PayNow-Signature` is the Base64 of HMAC-SHA256 over `PayNow-Timestamp` (Unix milliseconds), a dot and the body; the
    key is the secret's text. The `webhook-*` headers beside them follow https://www.standardwebhooks.com; their key is
    the same, but for a secret that begins with `whsec_` it is the bytes that the rest of it encodes.
    """
    milliseconds, seconds = str(int(moment.timestamp() * 1000)), str(int(moment.timestamp()))
    standard = _signature(_standard_key(secret), f"{event_id}.{seconds}.".encode() + body)
    return {
        "Content-Type": "application/json",
        "PayNow-Signature": _signature(secret.encode(), f"{milliseconds}.".encode() + body),
        "PayNow-Timestamp": milliseconds,
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{standard}",
    }


def _signature(key: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()


def _standard_key(secret: str) -> bytes:
    if secret.startswith(STANDARD_SECRET):
        try:
            return base64.b64decode(secret.removeprefix(STANDARD_SECRET), validate=True)
        except binascii.Error:
            pass  # looks like one by chance
    return secret.encode()


def asked_to_wait(retry_after: str, now: datetime) -> timedelta:
    """What a `Retry-After` header asks for, in seconds or as a date; nothing if it cannot be read."""
    text = retry_after.strip()
    if text.isdecimal() and text.isascii():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return timedelta()
    return max(date.replace(tzinfo=date.tzinfo or UTC) - now, timedelta())
