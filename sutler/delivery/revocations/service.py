"""Taking items back: they end now, what takes back their effects is queued, what has not run yet never will."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from sutler.catalog.global_commands.service import of_stages
from sutler.catalog.products.models import CommandStage
from sutler.delivery.chains.service import with_those_before
from sutler.delivery.commands import service as commands
from sutler.delivery.granted_cards.service import take_back_cards
from sutler.delivery.items.events import DeliveryItemRevoked
from sutler.delivery.items.models import DeliveryItem, ItemState
from sutler.delivery.items.queries import LIVING
from sutler.delivery.lifetimes.service import never_was
from sutler.delivery.rendering.service import GIVING, Scene, rendered, rendered_each, stages_at_end
from sutler.delivery.scenes.service import scenes_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, one_of_ids
from sutler.kernel.errors import Conflict, NotFound, ShopError
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import emit_all

RevokeReason = Literal["admin", "refund", "chargeback"]
STAGES: Final[Mapping[RevokeReason, tuple[CommandStage, ...]]] = {
    "admin": (), "refund": ("on_refund",), "chargeback": ("on_chargeback",),
}  # fmt: skip
"""What runs for a reason in place of the commands of the end."""


class ItemNotRevocable(Conflict):
    """This item is used up, and no command would take its effects back (stage `on_expire`)."""


class ItemEnded(Conflict):
    """This item has ended already and cannot be revoked."""


async def revoke(store: StoreContext, item_id: FlakeId, note: str | None, customer_id: FlakeId | None = None) -> None:
    """Take an item back by hand. Of several who try at once one does, and the others hear that it is gone.

    NotFound for an item that is unknown, somebody else's, or revoked already. ItemEnded for one whose time ran out and
    ItemNotRevocable for one that was used up and leaves nothing that a command could take back.
    """
    found = store.rows(DeliveryItem).where(DeliveryItem.c.id == item_id)
    if customer_id is not None:
        found = found.where(DeliveryItem.c.customer_id == customer_id)
    item = await store.peek(found)
    if item is None or item.state == "revoked":
        raise _gone(item_id)
    scenes = await scenes_of(store, [item])
    if item.state not in LIVING:
        if item.expirable or item.state != "used":
            raise ItemEnded
        if not await _undoes(store, scenes[0]):
            raise ItemNotRevocable
    if not await _taken(store, scenes, "admin", (item.state,), note):
        raise await _overtaken(store, item_id)


async def take_back(store: StoreContext, items: Sequence[DeliveryItem], reason: RevokeReason) -> list[DeliveryItem]:
    """Take back what was paid for with money that is gone, whether it still runs or not; returns what was not yet revoked.

    Commands of the stage `on_refund` or `on_chargeback` run in place of those `on_expire`. Where a product has none of
    them its `on_expire` commands run, unless they ran already because the item's time was over; the same goes for the
    global commands. The number of statements does not grow with the items.
    """
    scenes = await scenes_of(store, [item for item in items if item.state not in ("revoked", "renewed")])
    taken = await _taken(store, scenes, reason, LIVING)
    gone = {item.id for item in taken}
    left = [scene for scene in scenes if scene.item.id not in gone]
    return taken + await _taken(store, left, reason, ("used",))


async def _taken(
    store: StoreContext, scenes: Sequence[Scene], reason: RevokeReason, states: Sequence[ItemState], note: str | None = None
) -> list[DeliveryItem]:
    """Those of the items that were in one of these states until now, revoked, with what follows from that."""
    if not scenes:
        return []
    ids = [scene.item.id for scene in scenes]
    before = await with_those_before(store, [scene.item for scene in scenes])
    await commands.call_off(store, before, GIVING)  # before the items: whoever acknowledges a command locks in this order
    changes: dict[str, Any] = {
        "state": "revoked", "revoked_at": clock.now(), "revoke_reason": reason, "revoked_by": store.actor,
        "revoke_note": note or None,
    }  # fmt: skip
    found = store.rows(DeliveryItem).where(one_of_ids(DeliveryItem.c.id, ids), one_of(DeliveryItem.c.state, states))
    won = await store.change_all(found, changes)
    theirs = {item.id for item in won}
    await _undo(store, [scene for scene in scenes if scene.item.id in theirs], reason, ended="used" in states)
    await take_back_cards(store, [scene for scene in scenes if scene.item.id in theirs])
    await emit_all(store, [DeliveryItemRevoked(item_id=scene.item.id) for scene in scenes if scene.item.id in theirs])
    return won


async def _undo(store: StoreContext, scenes: Sequence[Scene], reason: RevokeReason, *, ended: bool) -> None:
    """Queue the commands that answer the loss. Those `on_expire` ran already for items whose time was over.

    Nothing runs for what was paid when all was over: it gave nothing.
    """
    scenes = [scene for scene in scenes if not never_was(scene.item)]
    over = [scene for scene in scenes if ended and scene.item.expirable]
    rest = [scene for scene in scenes if not (ended and scene.item.expirable)]
    attempts = await rendered_each(store, rest, lambda item: STAGES[reason] + stages_at_end(item))
    await commands.queue(store, attempts + await rendered(store, over, *STAGES[reason]))


async def _undoes(store: StoreContext, scene: Scene) -> bool:
    """Whether any command would take back what a used item gave."""
    if any(command.stage == "on_expire" for command in scene.version.commands):
        return True
    return bool(await of_stages(store, ["on_expire"]))


async def _overtaken(store: StoreContext, item_id: FlakeId) -> ShopError:
    """Why an item is not as it was a moment ago."""
    item = await store.peek(store.rows(DeliveryItem).where(DeliveryItem.c.id == item_id))
    if item is None or item.state == "revoked":
        return _gone(item_id)
    return ItemEnded("The item began or ended at this moment; look at it again.")


def _gone(item_id: FlakeId) -> NotFound:
    return NotFound(f"There is no delivery item {item_id} here that could be revoked.")
