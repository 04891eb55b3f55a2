"""Turning down prepaid cards where a store wants none for trials, or for anything that renews.

What a card is, gateways tell only when they have asked its bank. One that was only shown, as for a trial, is declined.
Where money was taken with it the purchase stands, but the card is not kept, and the payer is asked again for each renewal.
"""

from typing import Final

from msgspec import UNSET
from msgspec.structs import replace

from sutler.billing.gateways.interface import Answer, Declined, Succeeded
from sutler.billing.orders.models import Order, OrderLine, PaymentError
from sutler.billing.payments.models import Payment
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current

PREPAID: Final = "prepaid"
MESSAGE: Final = (
    "This shop takes no prepaid cards for what renews, because they may be empty by then. Please use another card."
)


async def judged(store: StoreContext, payment_id: FlakeId, answer: Answer) -> Answer:
    """The gateway's answer as the store lets it take effect; of other than prepaid cards nothing is asked."""
    if not isinstance(answer, Succeeded) or not _is_prepaid(answer) or not await _is_blocked(store, payment_id):
        return answer
    payment = await store.get(Payment, payment_id)
    if payment.amount:
        return replace(answer, vaulted=None)
    error = PaymentError(decline_code="card_not_supported", message=MESSAGE)
    return Declined(error=error, method_type=answer.method_type, method_details=answer.method_details)


def _is_prepaid(answer: Succeeded) -> bool:
    card = answer.method_details.card
    return card is not UNSET and card is not None and card.funding == PREPAID


async def _is_blocked(store: StoreContext, payment_id: FlakeId) -> bool:
    """Whether the store wants no prepaid card for what this payment is for."""
    blocked = (await current(store)).block_prepaid_cards
    if blocked not in ("trials", "all_recurring"):
        return False
    order = await store.get(Order, (await store.get(Payment, payment_id)).order_id)
    if blocked == "all_recurring":
        return order.subscription_id is not None
    return await store.exists(
        store.rows(OrderLine).where(OrderLine.c.order_id == order.id, OrderLine.c.trial_id.is_not(None))
    )
