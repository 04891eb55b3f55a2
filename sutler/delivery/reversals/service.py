"""Taking items back because the money for them is gone."""

from collections.abc import Sequence

from sutler.billing.disputes.events import ChargebackOpened
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import LINES_OF
from sutler.billing.refunds.events import RefundCompleted
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import deliver_order
from sutler.delivery.revocations.service import RevokeReason, take_back
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId


async def take_back_refunded(store: StoreContext, event: RefundCompleted, event_id: FlakeId) -> None:
    """Take back the items of the lines that were refunded; subscribed to `RefundCompleted`."""
    await take_back_lines(store, event.order_id, event.order_line_ids, "refund", event_id)


async def take_back_disputed(store: StoreContext, event: ChargebackOpened, event_id: FlakeId) -> None:
    """Take back every item of an order whose payment is disputed; subscribed to `ChargebackOpened`."""
    lines = await store.all(LINES_OF, order_id=event.order_id)
    await take_back_lines(store, event.order_id, [line.id for line in lines], "chargeback", event_id)


async def take_back_lines(
    store: StoreContext, order_id: FlakeId, line_ids: Sequence[FlakeId], reason: RevokeReason, event_id: FlakeId
) -> None:
    """Take back every item of these lines of an order; what was taken back before stays as it is.

    The money may be gone before the order was delivered. It is delivered first then, once, so that nothing comes later.
    """
    if not line_ids:
        return
    await deliver_order(store, OrderCompleted(order_id=order_id), event_id)
    items = store.rows(DeliveryItem).where(one_of_ids(DeliveryItem.c.order_line_id, sorted(line_ids)))
    await take_back(store, await store.all(items), reason)
