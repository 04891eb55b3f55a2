"""Sharing the tax of refunds between the taxes of their order, as pure functions.

The refund of a line gives back that line's taxes; any other gives back a part of whatever is left of each. Nobody gets more
of a tax back than was paid of it, and all refunds of an order together get back just what was paid.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.refunds.models import Refund
from sutler.checkout.pricing.offers import TaxRate
from sutler.checkout.pricing.results import Taxed
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import round_half_up, spread

Left = dict[TaxRate, Taxed]


class Of(NamedTuple):
    """What a refund is: the taxes of its line, if it is one's, its tax, and its part of what was paid without tax.

    That part is None where it says nothing: where gift cards paid for what the tax is on.
    """

    line: Sequence[Taxed]
    tax: int
    part: Fraction | None


def by_cards(line: OrderLine) -> int:
    """How much of a line's tax its gift cards paid; nothing, unless the whole sale is taxed, not what is paid in money."""
    taxed = max((one.taxable_amount for one in line.details.taxes), default=0) + line.tax_amount
    if not line.tax_amount or taxed <= line.total_amount:
        return 0
    return spread(line.tax_amount, [line.total_amount, line.giftcard_usage_amount])[1]


def shares(order: Order, lines: Sequence[OrderLine], refunds: Sequence[Refund]) -> dict[FlakeId, list[Taxed]]:
    """What each refund of an order has given back of each tax, by the refund's id; taxes that it leaves alone are missing.

    `lines` are those of the order; for one without gift cards, at least those that were refunded one by one. Money that
    came back from a refund can be given back again, and its tax with it.
    """
    with_cards = not order.total_amount or any(by_cards(line) for line in lines if line.order_id == order.id)
    paid = order.total_amount + (order.giftcard_usage_amount if with_cards else 0)  # what the tax is part of
    left, net = {one.rate: one for one in order.taxes}, paid - order.tax_amount
    own = {line.id: line.details.taxes for line in lines}
    found: dict[FlakeId, list[Taxed]] = {}
    for _, came_back, refund in sorted(_happened(refunds), key=lambda one: (one[0], one[1], int(one[2].id))):
        if came_back:
            _return(left, parts_of(found[refund.id], refund.tax_amount))
            net += refund.amount - refund.tax_amount
            continue
        tax = refund.tax_amount + refund.giftcard_tax_amount
        mine = refund.amount + (refund.giftcard_amount if with_cards else 0) - tax
        part = Fraction(mine, net) if 0 < mine <= net else None
        found[refund.id] = _taken(left, Of(own.get(refund.order_line_id or "", ()), tax, part))
        net -= mine
    return found


def parts_of(taxes: Sequence[Taxed], tax: int) -> list[Taxed]:
    """So much of these taxes, in proportion; `tax` is negative for what goes back."""
    weights = [one.amount for one in taxes]
    if not sum(weights):
        return []
    return [
        Taxed(one.rate, round_half_up(one.taxable_amount * part, one.amount) if one.amount else 0, part)
        for one, part in zip(taxes, spread(tax, weights), strict=True)
    ]


def _happened(refunds: Sequence[Refund]) -> Iterator[tuple[datetime, bool, Refund]]:
    """When money or the value of gift cards was given back, and when money came back to the store."""
    for refund in refunds:
        if refund.completed_at is not None:
            yield refund.completed_at, False, refund
            if refund.reversal_id is not None:
                yield refund.failed_at or refund.completed_at, True, refund


def _return(left: Left, parts: Sequence[Taxed]) -> None:
    for one in parts:
        before = left[one.rate]
        left[one.rate] = Taxed(one.rate, before.taxable_amount + one.taxable_amount, before.amount + one.amount)


def _taken(left: Left, wanted: Of) -> list[Taxed]:
    """So much tax out of what is left: first that of the line, as far as it goes, then in proportion."""
    first = {one.rate: min(one.amount, left[one.rate].amount) for one in wanted.line if one.rate in left}
    parts = _spread(min(wanted.tax, sum(first.values())), first)
    rest = {rate: one.amount - parts.get(rate, 0) for rate, one in left.items()}
    for rate, more in _spread(min(wanted.tax - sum(parts.values()), sum(rest.values())), rest).items():
        parts[rate] = parts.get(rate, 0) + more
    found = [_one(left[rate], tax, wanted) for rate in left if (tax := parts.get(rate, 0))]
    for one in found:
        before = left[one.rate]
        left[one.rate] = Taxed(one.rate, before.taxable_amount - one.taxable_amount, before.amount - one.amount)
    return found


def _spread(total: int, weights: dict[TaxRate, int]) -> dict[TaxRate, int]:
    return dict(zip(weights, spread(total, list(weights.values())), strict=True)) if total else {}


def _one(left: Taxed, tax: int, wanted: Of) -> Taxed:
    """A part of a tax, with what it was on: the line's own amount, the refund's part of what is left, or in proportion."""
    own = next((one.taxable_amount for one in wanted.line if one.rate == left.rate and one.amount == tax), None)
    if own is not None:
        taxable = own
    elif wanted.part is not None and not wanted.line:
        taxable = round_half_up(left.taxable_amount * wanted.part.numerator, wanted.part.denominator)
    else:
        taxable = round_half_up(left.taxable_amount * tax, left.amount)
    return Taxed(left.rate, min(taxable, left.taxable_amount), tax)
