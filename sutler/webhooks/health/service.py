"""Noticing subscriptions at which nothing arrives, and pausing those that stay that way."""

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.changes import Change
from sutler.stores.audit.service import AuditLog
from sutler.stores.mails.models import Envelope, Text
from sutler.stores.mails.service import desk, write
from sutler.webhooks.deliveries.models import WebhookDelivery
from sutler.webhooks.endpoints.models import WebhookEndpoint

PAUSE_AFTER: Final = timedelta(days=5)
PAUSED: Final = "Webhooks_PauseSubscription"  # how the audit log calls it; no request does this
log = structlog.get_logger("sutler.webhooks")


async def note_arrival(store: StoreContext, endpoint: WebhookEndpoint) -> None:
    """Something arrived: the subscription fails no more, and goes on if it was paused."""
    if endpoint.failing_since is not None or endpoint.paused_at is not None:
        mine = store.rows(WebhookEndpoint).where(WebhookEndpoint.c.id == endpoint.id)
        await store.change_all(mine, {"failing_since": None, "paused_at": None})


async def note_failure(store: StoreContext, endpoint: WebhookEndpoint, *, given_up: bool) -> None:
    """An attempt failed. A delivery that is given up pauses its subscription if nothing arrived for five days."""
    since, now, c = endpoint.failing_since, clock.now(), WebhookEndpoint.c
    if since is None:
        well = store.rows(WebhookEndpoint).where(c.id == endpoint.id, c.failing_since.is_(None))
        await store.change_all(well, {"failing_since": now})
        return
    if not given_up or now - since < PAUSE_AFTER or await _arrived_after_all(store, endpoint):
        return
    failing = store.rows(WebhookEndpoint).where(c.id == endpoint.id, c.failing_since == since, c.paused_at.is_(None))
    if await store.change_all(failing, {"paused_at": now}):
        await _tell(store, endpoint)


async def _arrived_after_all(store: StoreContext, endpoint: WebhookEndpoint) -> bool:
    """Whether something did arrive meanwhile, at the very moment at which the first failure was noted."""
    c = WebhookDelivery.c
    of_this = store.rows(WebhookDelivery).where(c.webhook_id == endpoint.id, c.state == "success")
    return await store.exists(of_this.where(c.updated_at > endpoint.failing_since))


async def _tell(store: StoreContext, endpoint: WebhookEndpoint) -> None:
    """Leave a note where those look who run the store, and one for those who run the installation."""
    log.warning("webhook paused: nothing arrived for days", store_id=store.store_id, webhook_id=endpoint.id)
    change = Change(
        operation=PAUSED, method="", path=f"/v1/stores/{store.store_id}/webhooks/{endpoint.id}", targets=[endpoint.id],
        status=0, members=["paused_at"], address="", trace_id="",
    )  # fmt: skip
    await AuditLog().record(store, change)
    await _mail(store, endpoint)


async def _mail(store: StoreContext, endpoint: WebhookEndpoint) -> None:
    """Tell the owner, if they have left an address."""
    at = await desk(store, "webhook_paused")
    if at is None:
        return
    host = urlsplit(endpoint.url).hostname  # the rest of an address may be a secret
    text = Text(
        subject=f"A webhook of {at.seller.name} is paused",
        paragraphs=[
            f"Nothing has arrived at {host} for {PAUSE_AFTER.days} days, so nothing more is sent there.",
            "What could not be delivered is kept. Once the address works again, change anything about the subscription.",
        ],
        facts=[("Subscription", endpoint.id), ("Event", endpoint.subscribed_to)],
    )
    cause = f"{endpoint.id}:{endpoint.failing_since}"
    await write(store, at, Envelope(kind="webhook_paused", cause=cause, recipient=at.seller.contact_email), text)
