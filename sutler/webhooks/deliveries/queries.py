"""The history of an address: a page of deliveries by number."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, cast, literal_column, select

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, one_of_ids, param
from sutler.kernel.ids import FlakeId
from sutler.webhooks.deliveries.models import DeliveryState, WebhookDelivery, WebhookExecution

PER_PAGE = 25


def _numbered(*conditions: Any) -> StoreStatement:
    """The ids of one page. Only the index is walked up to the page; the rows are read for the page alone."""
    c = WebhookDelivery.c
    of_endpoint = select(c.id).where(c.store_id == param("store_id"), c.webhook_id == param("webhook_id"), *conditions)
    skipped = cast(param("skipped", type_=BigInteger()), BigInteger)
    return StoreStatement(of_endpoint.order_by(c.id.desc()).limit(literal_column(str(PER_PAGE))).offset(skipped))


ANY = _numbered()
IN_STATE = _numbered(WebhookDelivery.c.state == param("state"))


async def numbered_page(
    store: StoreContext, webhook_id: FlakeId, page: int, state: DeliveryState | None
) -> Sequence[tuple[WebhookDelivery, list[WebhookExecution]]]:
    """Up to 25 deliveries of an address, newest first, each with its attempts; the first page is 1."""
    place = {"webhook_id": webhook_id, "skipped": (page - 1) * PER_PAGE}
    found = await store.run(ANY, **place) if state is None else await store.run(IN_STATE, state=state, **place)
    ids = [str(row[0]) for row in found]
    if not ids:
        return []
    deliveries = await store.all(store.rows(WebhookDelivery).where(one_of_ids(WebhookDelivery.c.id, ids)))
    attempts: dict[FlakeId, list[WebhookExecution]] = {id: [] for id in ids}
    for one in await store.all(store.rows(WebhookExecution).where(one_of_ids(WebhookExecution.c.delivery_id, ids))):
        attempts[one.delivery_id].append(one)
    return [(delivery, attempts[delivery.id]) for delivery in reversed(deliveries)]
