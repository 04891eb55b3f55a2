"""The gift cards that an order brought, for the page that thanks its buyer."""

from dataclasses import dataclass

from sutler.billing.orders.models import Order
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.data.context import StoreContext
from sutler.kernel.money import formatted
from sutler.promotions.gift_card_codes.service import opened
from sutler.promotions.gift_cards.queries import of_items


@dataclass(frozen=True)
class BoughtCard:
    """A gift card in words."""

    code: str
    value: str


async def bought_cards(store: StoreContext, order: Order) -> list[BoughtCard]:
    """The cards that came with what the buyer keeps; those of gifts are for whoever receives them."""
    theirs = store.rows(DeliveryItem).where(DeliveryItem.c.order_id == order.id, DeliveryItem.c.gift.is_(False))
    items = await store.all(theirs)
    cards = await of_items(store, [item.id for item in items])
    return [BoughtCard(opened(card.id, card.code_sealed), formatted(card.starting_balance, card.currency)) for card in cards]
