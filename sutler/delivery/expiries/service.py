"""Ending items before their time, as if it were over."""

from collections.abc import Sequence

from sutler.delivery.chains.service import with_those_before
from sutler.delivery.commands import service as commands
from sutler.delivery.items.events import DeliveryItemExpired, DeliveryItemUsed
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.delivery.rendering.service import GIVING, rendered_each, stages_at_end
from sutler.delivery.scenes.service import scenes_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, one_of_ids
from sutler.kernel.work.events import emit_all


async def use_up(store: StoreContext, items: Sequence[DeliveryItem]) -> None:
    """End items: use them up, call off what they still wait for, and queue what takes back what they gave."""
    if not items:
        return
    await commands.call_off(store, await with_those_before(store, items), GIVING)
    now, ids = clock.now(), [item.id for item in items]
    living = store.rows(DeliveryItem).where(one_of_ids(DeliveryItem.c.id, ids), one_of(DeliveryItem.c.state, LIVING))
    ended = await store.change_all(living, {"state": "used", "removed_at": now, "expires_at": now})
    await commands.queue(store, await rendered_each(store, await scenes_of(store, ended), stages_at_end))
    await emit_all(store, [event(item_id=item.id) for item in ended for event in (DeliveryItemExpired, DeliveryItemUsed)])
