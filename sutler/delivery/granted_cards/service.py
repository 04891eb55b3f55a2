"""Products that come with a gift card: each unit brings one, and takes back what is left of it when it is taken back.

It happens in the transaction that gives or takes back the item, so that there is never one without the other.
"""

from collections.abc import Iterable, Sequence

from sutler.billing.orders.models import OrderLine
from sutler.delivery.rendering.service import Scene
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.promotions.gift_cards.models import GiftCard
from sutler.promotions.gift_cards.service import grant, take_back


async def grant_cards(store: StoreContext, scenes: Sequence[Scene]) -> list[GiftCard]:
    """A card for each of these new items whose product brings one, worth what a unit cost before any discount.

    An item that was given by hand brings a card over its product's price; one that is worth nothing brings none. The
    line of the order names the first of its cards.
    """
    granting = [scene for scene in scenes if scene.version.grant_giftcard]
    if not granting:
        return []
    lines = await _lines(store, {scene.item.order_line_id for scene in granting if scene.item.order_line_id})
    made: list[GiftCard] = []
    for scene in granting:
        line = lines.get(scene.item.order_line_id or "")
        value = line.price if line is not None else scene.version.price
        card = await grant(store, scene.item.id, scene.item.customer_id, value) if value else None
        if card is not None:
            made.append(card)
        if card is not None and line is not None and line.created_giftcard_id is None:
            lines[line.id] = await store.change(line, {"created_giftcard_id": card.id})
    return made


async def take_back_cards(store: StoreContext, scenes: Iterable[Scene]) -> None:
    """Cancel what is left of the cards that came with these items."""
    for scene in scenes:
        if scene.version.grant_giftcard:
            await take_back(store, scene.item.id)


async def _lines(store: StoreContext, ids: set[str]) -> dict[str, OrderLine]:
    if not ids:
        return {}
    return {line.id: line for line in await store.all(store.rows(OrderLine).where(one_of_ids(OrderLine.c.id, sorted(ids))))}
