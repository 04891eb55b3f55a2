"""What is owed in tax: every movement of the account `tax` in the books, told by place, name and rate.

The books are what counts. Orders only say how a movement is shared between places, so the report cannot miss or add
anything: its rows add up to the account, whatever an order may say.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.billing.tax_report.schemas import TaxReportDto, TaxReportRowDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import round_half_up, spread
from sutler.promotions.gift_card_books.models import GiftCardMovement
from sutler.stores.ledger.service import Movement, movements

TAX: Final = "tax"
Key = tuple[str, str, str, str, str]  # country, jurisdiction, name, rate, currency


class Sum(Struct):
    """What one row comes to so far."""

    sales: int = 0
    refunds: int = 0
    taxable: int = 0
    tax: int = 0


async def report(store: StoreContext, begin: datetime, end: datetime) -> TaxReportDto:
    """What is owed for what happened from `begin` on and before `end`. InvalidInput for a period that ends first."""
    if end <= begin:
        text = "The period must end after it begins."
        raise InvalidInput(text, [FieldError("Invalid", text, "until", "order")])
    moved = await movements(store, TAX, begin, end)
    orders = await _orders(store, sorted({entry.transaction_id for entry in moved}))
    sums: dict[Key, Sum] = {}
    for entry in moved:
        _add(sums, entry, orders.get(entry.transaction_id))
    totals: dict[str, int] = {}
    for entry in moved:
        totals[entry.currency] = totals.get(entry.currency, 0) - entry.amount
    return TaxReportDto(begin=begin, until=end, rows=[_row(key, sums[key]) for key in sorted(sums)], tax_amounts=totals)


async def _orders(store: StoreContext, ids: Sequence[FlakeId]) -> dict[FlakeId, Order]:
    """The order behind each movement: that of its payment or refund, of what a gift card gets back, or the order itself."""
    payments = await store.all(store.rows(Payment).where(one_of_ids(Payment.c.id, ids)))
    moved = await store.all(store.rows(GiftCardMovement).where(one_of_ids(GiftCardMovement.c.id, ids)))
    by_cards = {one.id: one.refund_id for one in moved if one.refund_id is not None}
    refund_ids = sorted({*ids, *by_cards.values()})
    refunds = {
        one.id: one.order_id for one in await store.all(store.rows(Refund).where(one_of_ids(Refund.c.id, refund_ids)))
    }
    of = {one.id: one.order_id for one in payments} | refunds | {id: refunds[one] for id, one in by_cards.items()}
    wanted = sorted({*ids, *of.values()})
    known = {order.id: order for order in await store.all(store.rows(Order).where(one_of_ids(Order.c.id, wanted)))}
    return {id: known[of.get(id, id)] for id in ids if of.get(id, id) in known}


def _add(sums: dict[Key, Sum], entry: Movement, order: Order | None) -> None:
    """Share one movement between the taxes of its order, in proportion to what each came to."""
    owed = -entry.amount
    weights = [taxed.amount for taxed in order.taxes] if order is not None else []
    if order is None or not sum(weights):
        _count(sums, (order.billing_country if order else "", "", "", "", entry.currency), owed, 0)
        return
    for taxed, part in zip(order.taxes, spread(owed, weights), strict=True):
        rate = taxed.rate
        key = (order.billing_country, rate.jurisdiction, rate.name, f"{rate.basis_points / 100:g}", entry.currency)
        _count(sums, key, part, round_half_up(taxed.taxable_amount * owed, sum(weights)))


def _count(sums: dict[Key, Sum], key: Key, tax: int, taxable: int) -> None:
    found = sums.setdefault(key, Sum())
    found.tax += tax
    found.taxable += taxable
    if tax < 0:
        found.refunds += 1
    else:
        found.sales += 1


def _row(key: Key, found: Sum) -> TaxReportRowDto:
    names: Mapping[str, str] = dict(zip(("country", "jurisdiction", "tax_name", "tax_rate", "currency"), key, strict=True))
    return TaxReportRowDto(
        **names, sales=found.sales, refunds=found.refunds, taxable_amount=found.taxable, tax_amount=found.tax
    )
