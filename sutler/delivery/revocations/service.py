"""Taking an item back: it ends now, what takes back its effects is queued, what has not run yet never will."""

from sutler.delivery.commands import service as commands
from sutler.delivery.commands.models import CommandAttempt, waiting
from sutler.delivery.items.events import DeliveryItemRevoked
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.queries import LIVING
from sutler.delivery.items.service import rendered, scene_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict, NotFound, ShopError
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit


class ItemNotRevocable(Conflict):
    """This item is used up, and its product has no command that would take its effects back (stage `on_expire`)."""


class ItemEnded(Conflict):
    """This item has ended already and cannot be revoked."""


async def revoke(store: StoreContext, item_id: FlakeId, note: str | None, customer_id: FlakeId | None = None) -> None:
    """Take an item back. Of several who try at once one does, and the others hear that it is gone.

    NotFound for an item that is unknown, somebody else's, or revoked already. ItemEnded for one whose time ran out and
    ItemNotRevocable for one that was used up and leaves nothing that a command could take back.
    """
    found = store.rows(DeliveryItem).where(DeliveryItem.c.id == item_id)
    if customer_id is not None:
        found = found.where(DeliveryItem.c.customer_id == customer_id)
    item = await store.peek(found)
    if item is None or item.state == "revoked":
        raise _gone(item_id)
    scene = await scene_of(store, item)
    if item.state not in LIVING:
        if item.expirable or item.state != "used":
            raise ItemEnded
        if not any(command.stage == "on_expire" for command in scene.version.commands):
            raise ItemNotRevocable
    await _call_off(store, item_id)  # before the item: whoever acknowledges a command locks in this order, too
    changes = {
        "state": "revoked", "revoked_at": clock.now(), "revoke_reason": "admin", "revoked_by": store.actor,
        "revoke_note": note or None,
    }  # fmt: skip
    if not await store.change_all(found.where(DeliveryItem.c.state == item.state), changes):
        raise await _overtaken(store, item_id)
    await commands.queue(store, await rendered(store, [scene], "on_expire"))
    await emit(store, DeliveryItemRevoked(item_id=item_id))


async def _call_off(store: StoreContext, item_id: FlakeId) -> None:
    """What the purchase queued and no game server ran yet is not to run after the item is gone."""
    queued = store.rows(CommandAttempt).where(
        CommandAttempt.c.item_id == item_id, CommandAttempt.c.stage == "on_purchase", waiting
    )
    await store.change_all(queued, {"unqueued_at": clock.now()})


async def _overtaken(store: StoreContext, item_id: FlakeId) -> ShopError:
    """Why an item is not as it was a moment ago."""
    item = await store.peek(store.rows(DeliveryItem).where(DeliveryItem.c.id == item_id))
    if item is None or item.state == "revoked":
        return _gone(item_id)
    return ItemEnded("The item began or ended at this moment; look at it again.")


def _gone(item_id: FlakeId) -> NotFound:
    return NotFound(f"There is no delivery item {item_id} here that could be revoked.")
