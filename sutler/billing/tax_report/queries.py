"""What is owed in tax: every movement of the account `tax` in the books, told by place, name and rate.

The books are what counts. Orders only say how a movement is shared between places, so the report cannot miss or add
anything: its rows add up to the account, whatever an order may say.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refund_taxes.service import shares
from sutler.billing.refunds.models import Refund
from sutler.billing.tax_report.schemas import TaxReportDto, TaxReportRowDto
from sutler.checkout.pricing.results import Taxed
from sutler.checkout.taxes.service import country_of_tax
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


class Source(Struct, frozen=True):
    """What a movement is about: an order, and of a refund what it gave back of each tax."""

    order: Order
    given_back: Sequence[Taxed] | None = None

    @property
    def taxes(self) -> Sequence[Taxed]:
        """What was taxed by what, or what of that is given back."""
        return self.order.taxes if self.given_back is None else self.given_back


async def report(store: StoreContext, begin: datetime, end: datetime) -> TaxReportDto:
    """What is owed for what happened from `begin` on and before `end`. InvalidInput for a period that ends first."""
    if end <= begin:
        text = "The period must end after it begins."
        raise InvalidInput(text, [FieldError("Invalid", text, "until", "order")])
    moved = await movements(store, TAX, begin, end)
    known = await _sources(store, sorted({entry.transaction_id for entry in moved}))
    sums: dict[Key, Sum] = {}
    for entry in moved:
        _add(sums, entry, known.get(entry.transaction_id))
    totals: dict[str, int] = {}
    for entry in moved:
        totals[entry.currency] = totals.get(entry.currency, 0) - entry.amount
    return TaxReportDto(begin=begin, until=end, rows=[_row(key, sums[key]) for key in sorted(sums)], tax_amounts=totals)


async def _sources(store: StoreContext, ids: Sequence[FlakeId]) -> dict[FlakeId, Source]:
    """What is behind each movement: a payment, a refund, what a gift card gets back of one, or an order that cards paid."""
    payments = await store.all(store.rows(Payment).where(one_of_ids(Payment.c.id, ids)))
    moved = await store.all(store.rows(GiftCardMovement).where(one_of_ids(GiftCardMovement.c.id, ids)))
    by_other = {one.id: one.refund_id for one in moved if one.refund_id is not None}
    wanted = sorted({*ids, *by_other.values()})
    found = await store.all(store.rows(Refund).where(one_of_ids(Refund.c.id, wanted)))
    reversed_ = await store.all(store.rows(Refund).where(one_of_ids(Refund.c.reversal_id, ids)))
    by_other |= {one.reversal_id: one.id for one in reversed_ if one.reversal_id is not None}
    refunds = {one.id: one.order_id for one in (*found, *reversed_)}
    of = {one.id: one.order_id for one in payments} | refunds | {id: refunds[one] for id, one in by_other.items()}
    wanted = sorted({*ids, *of.values()})
    orders = {order.id: order for order in await store.all(store.rows(Order).where(one_of_ids(Order.c.id, wanted)))}
    given_back = await _given_back(store, [orders[id] for id in sorted(set(refunds.values())) if id in orders])
    return {
        id: Source(orders[of.get(id, id)], given_back.get(by_other.get(id, id))) for id in ids if of.get(id, id) in orders
    }


async def _given_back(store: StoreContext, orders: Sequence[Order]) -> dict[FlakeId, list[Taxed]]:
    """What every refund of these orders gave back of each tax, also of those before the period."""
    ids = [order.id for order in orders]
    if not ids:
        return {}
    refunds = await store.all(store.rows(Refund).where(one_of_ids(Refund.c.order_id, ids)))
    line_ids = sorted({one.order_line_id for one in refunds if one.order_line_id is not None})
    lines = await store.all(store.rows(OrderLine).where(one_of_ids(OrderLine.c.id, line_ids))) if line_ids else []
    if by_cards := [order.id for order in orders if order.giftcard_usage_amount]:
        lines = [*lines, *await store.all(store.rows(OrderLine).where(one_of_ids(OrderLine.c.order_id, by_cards)))]
    found: dict[FlakeId, list[Taxed]] = {}
    for order in orders:
        found |= shares(order, lines, [refund for refund in refunds if refund.order_id == order.id])
    return found


def _add(sums: dict[Key, Sum], entry: Movement, source: Source | None) -> None:
    """Share one movement between its taxes, in proportion to what each came to."""
    owed, taxes = -entry.amount, source.taxes if source is not None else ()
    weights = [taxed.amount for taxed in taxes]
    if source is None or not sum(weights):
        _count(sums, (source.order.billing_country if source else "", "", "", "", entry.currency), owed, 0)
        return
    for taxed, part in zip(taxes, spread(owed, weights), strict=True):
        rate = taxed.rate
        country = source.order.billing_country or country_of_tax(rate)  # whoever did not say is taxed as at home
        key = (country, rate.jurisdiction, rate.name, f"{rate.basis_points / 100:g}", entry.currency)
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
