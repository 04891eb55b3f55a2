"""Writing down what offers took off an order."""

from collections import Counter
from collections.abc import Iterator

from sutler.billing.order_offers.models import OfferKind, OrderOffer
from sutler.checkout.pricing.results import PricedCart, PricedLine, Used
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId


def offers_of(order_id: FlakeId, cart: PricedCart) -> list[OrderOffer]:
    """One row for each offer that took something off an order."""
    amounts: Counter[tuple[OfferKind, FlakeId, FlakeId | None]] = Counter()
    for line in cart.lines:
        for kind, used in _used(line):
            amounts[kind, used.id, used.version_id] += used.amount
    return [
        OrderOffer(order_id=order_id, kind=kind, source_id=id, offer_version_id=version_id, amount=amount)
        for (kind, id, version_id), amount in amounts.items()
    ]


def _used(line: PricedLine) -> Iterator[tuple[OfferKind, Used]]:
    if line.sale is not None:
        yield "sale", line.sale
    yield from (("coupon", used) for used in line.coupons)
    if line.affiliate is not None:
        yield "affiliate", line.affiliate
    yield from (("gift_card", used) for used in line.gift_cards)


async def forget_offers(store: StoreContext, order_id: FlakeId) -> None:
    """Take back what was written down for an order that was not paid: it will be written anew."""
    for row in await store.all(store.rows(OrderOffer).where(OrderOffer.c.order_id == order_id)):
        await store.remove(row)
