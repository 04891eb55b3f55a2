"""Gathering what was kept with checkouts, orders and payments; the number of statements does not grow with the page."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import UnsetType

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.tax_evidence.schemas import TaxEvidenceDto, TaxEvidencePage
from sutler.checkout.checkouts.models import Checkout
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput


async def evidence(store: StoreContext, page: TaxEvidencePage) -> list[TaxEvidenceDto]:
    """One page of orders that were completed in a period, newest first; InvalidInput when it ends before it begins."""
    if page.until <= page.begin:
        text = "The period must end after it begins."
        raise InvalidInput(text, [FieldError("Invalid", text, "until", "order")])
    done = store.rows(Order).where(Order.c.completed_at >= page.begin, Order.c.completed_at < page.until)
    return await _shown(store, await store.page(done, page))


async def _shown(store: StoreContext, orders: Sequence[Order]) -> list[TaxEvidenceDto]:
    if not orders:
        return []
    ids, checkout_ids = sorted(order.id for order in orders), sorted({order.checkout_id for order in orders})
    paid = await store.all(
        store.rows(Payment).where(one_of_ids(Payment.c.order_id, ids), Payment.c.completed_at.is_not(None))
    )
    cards = {payment.order_id: _card_country(payment) for payment in paid}
    known = await store.all(store.rows(Checkout).where(one_of_ids(Checkout.c.id, checkout_ids)))
    checkouts = {checkout.id: checkout for checkout in known}
    return [
        _one(order, order.completed_at, checkouts.get(order.checkout_id), cards.get(order.id, ""))
        for order in orders
        if order.completed_at is not None
    ]


def _card_country(payment: Payment) -> str:
    card = payment.method_details.card
    return "" if isinstance(card, UnsetType) else card.country.upper()


def _one(order: Order, completed_at: datetime, checkout: Checkout | None, card_country: str) -> TaxEvidenceDto:
    address = checkout.billing_address if checkout else None
    country, ip_country = order.billing_country, order.visitor_country or ""
    return TaxEvidenceDto(
        order_id=order.id,
        completed_at=completed_at,
        billing_country=country,
        billing_state=(address.state or "") if address and address.country == country else "",
        ip_country=ip_country,
        card_country=card_country,
        customer_ip=order.customer_ip,
        tax_id=order.billing_tax_id or "",
        tax_id_check=checkout.tax_id_check if checkout else None,
        agreeing=sum(bool(one) and one == country for one in (country, ip_country, card_country)),
        tax_amount=order.tax_amount,
        total_amount=order.total_amount,
        currency=order.currency,
    )
