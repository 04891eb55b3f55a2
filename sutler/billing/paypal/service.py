"""Deciding about PayPal's orders: each decision is one conditional write in a transaction of its own."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import or_

from sutler.billing.orders.models import PaymentError
from sutler.billing.paypal.models import PayPalOrder
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId

CLAIMED_FOR: Final = timedelta(minutes=1)  # longer than a call can take; after that whoever claimed it has died


async def find(shop: Shop, payment_id: FlakeId) -> PayPalOrder | None:
    """What we keep of a payment's order, if there is one."""
    async with shop.reading() as store:
        return await _peek(store, payment_id)


async def remember(shop: Shop, payment_id: FlakeId, reference: str) -> PayPalOrder:
    """Write down PayPal's id, unless somebody has decided about this payment before: then it is as they said."""
    return await _decided(shop, PayPalOrder(payment_id=payment_id, reference=reference))


async def close(shop: Shop, payment_id: FlakeId, error: PaymentError | None = None) -> PayPalOrder:
    """Never ask for the money. What was asked for already stays as it is: look at the state of the answer."""
    async with shop.writing() as store:
        mine = store.rows(PayPalOrder).where(PayPalOrder.c.payment_id == payment_id, PayPalOrder.c.state == "open")
        await store.change_all(mine, {"state": "closed", "error": error})
    return await _decided(shop, PayPalOrder(payment_id=payment_id, reference="", state="closed", error=error))


async def claim(shop: Shop, payment_id: FlakeId) -> datetime | None:
    """Be the one who asks for the money now; None when that is somebody else, or when the order is closed.

    One at a time, so that a refusal can end the payment without another's success being on its way.
    """
    now = clock.real_now()
    until = now + CLAIMED_FOR
    async with shop.writing() as store:
        free = store.rows(PayPalOrder).where(
            PayPalOrder.c.payment_id == payment_id,
            PayPalOrder.c.state != "closed",
            or_(PayPalOrder.c.claimed_until.is_(None), PayPalOrder.c.claimed_until < now),
        )
        won = await store.change_all(free, {"state": "taking", "claimed_until": until})
    return until if won else None


async def release(shop: Shop, payment_id: FlakeId, mine: datetime, changes: dict[str, Any]) -> bool:
    """Write down what came of a claim and let others have it; False when it had lapsed, and nothing was written."""
    async with shop.writing() as store:
        held = store.rows(PayPalOrder).where(PayPalOrder.c.payment_id == payment_id, PayPalOrder.c.claimed_until == mine)
        return bool(await store.change_all(held, {"claimed_until": None} | changes))


async def captured(shop: Shop, payment_id: FlakeId, capture: str) -> None:
    """Remember PayPal's name of the money that was taken."""
    async with shop.writing() as store:
        news = store.rows(PayPalOrder).where(PayPalOrder.c.payment_id == payment_id, PayPalOrder.c.capture != capture)
        await store.change_all(news, {"state": "taking", "claimed_until": None, "capture": capture})


async def _decided(shop: Shop, row: PayPalOrder) -> PayPalOrder:
    """Whoever decides first has decided."""
    async with shop.writing() as store:
        if await store.add_new(row, PayPalOrder.c.payment_id):
            return row
        return await _peek(store, row.payment_id) or row


async def _peek(store: StoreContext, payment_id: FlakeId) -> PayPalOrder | None:
    return await store.peek(store.rows(PayPalOrder).where(PayPalOrder.c.payment_id == payment_id))
