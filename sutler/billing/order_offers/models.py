"""The table of what offers took off orders, by which orders are found."""

from typing import Literal

from sutler.kernel.data.records import StoreRecord, index
from sutler.kernel.ids import FlakeId

OfferKind = Literal["sale", "coupon", "affiliate", "gift_card"]


class OrderOffer(StoreRecord, table="order_offers"):
    """What one sale, coupon, affiliate link or gift card took off one order, in minor units of its currency."""

    order_id: FlakeId
    kind: OfferKind
    source_id: FlakeId
    offer_version_id: FlakeId | None
    amount: int


index("order_offers_source", OrderOffer.c.store_id, OrderOffer.c.source_id, OrderOffer.c.order_id)
index("order_offers_order", OrderOffer.c.store_id, OrderOffer.c.order_id)
