"""Giving money back that was paid for a subscription that had ended."""

from contextlib import suppress
from typing import Final

from sutler.billing.refund_parts.service import Wish
from sutler.billing.refunds.models import AlreadyRefunded, NotPaid, PaymentDisputed
from sutler.billing.refunds.service import refund_order
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import outside_job

TOO_LATE: Final = "The subscription had already ended when this was paid."
TOO_LATE_FOR_CHANGE: Final = "The change that this paid for could not take effect any more."


@outside_job
async def give_back(shop: Shop, *, order_id: FlakeId, note: str = TOO_LATE) -> None:
    """Refund an order in full, unless somebody was faster or nothing was paid."""
    with suppress(AlreadyRefunded, NotPaid, PaymentDisputed):
        await refund_order(shop, order_id, Wish(note=note))
