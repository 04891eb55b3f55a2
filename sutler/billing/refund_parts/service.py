"""What a wish for money comes to: so much of what was paid in money, so much of what gift cards paid, and whose items go.

An amount is taken from the money as long as any of it is left, and from what gift cards paid after that.
"""

from collections.abc import Sequence

from msgspec import Struct

from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refund_taxes.service import by_cards
from sutler.billing.refunds.models import LIVE, AlreadyRefunded, LineRefunded, MoreThanPaid, NothingPaid, Refund
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted, spread


class Wish(Struct, frozen=True, kw_only=True):
    """What is to be given back: a line, an amount of money, or all that is left; `note` says why."""

    order_line_id: FlakeId | None = None
    amount: int | None = None
    note: str | None = None


class Pot(Struct, frozen=True):
    """What was paid in one way, money or gift cards, and is not given back yet; `tax_amount` of it is tax."""

    amount: int
    tax_amount: int = 0


class Left(Struct, frozen=True):
    """What is left of an order: what was paid, and the lines whose items are not taken back."""

    order: Order
    lines: Sequence[OrderLine]
    gone: frozenset[FlakeId]
    money: Pot
    cards: Pot
    on_cards: frozenset[FlakeId] = frozenset()  # lines whose part is back on gift cards, though their money came back to us

    @property
    def still_there(self) -> list[OrderLine]:
        """The lines whose items are not taken back."""
        return [line for line in self.lines if line.id not in self.gone]

    @property
    def is_nothing(self) -> bool:
        """Whether all is given back; of an order for which nothing was paid, that is its items."""
        paid = self.order.total_amount + self.order.giftcard_usage_amount
        return not self.money.amount and not self.cards.amount and (paid > 0 or not self.still_there)


class Part(Struct, frozen=True, kw_only=True):
    """A part of what was paid, in money and with gift cards, and the lines whose items go with it."""

    money: Pot
    cards: Pot
    lines: Sequence[OrderLine] = ()
    line: OrderLine | None = None  # when it is the refund of just this line


async def left_of(store: StoreContext, payment: Payment, order: Order) -> Left:
    """What is left now; the payment is locked, so that nobody else takes of it."""
    lines = await store.all(LINES_OF, order_id=order.id)
    refunds = await store.all(store.rows(Refund).where(Refund.c.payment_id == payment.id))
    live = [refund for refund in refunds if refund.status in LIVE]
    back = [refund for refund in refunds if refund.reversal_id is not None]
    tax = order.tax_amount - payment.refunded_tax_amount - sum(refund.giftcard_tax_amount for refund in [*live, *back])
    in_money = order.tax_amount - sum(by_cards(line) for line in lines) - payment.refunded_tax_amount
    in_money = min(max(in_money, 0), tax)
    return Left(
        order=order,
        lines=lines,
        gone=frozenset(id for refund in live for id in refund.takes_back),
        money=Pot(payment.amount - payment.refunded_amount, in_money),
        cards=Pot(order.giftcard_usage_amount - sum(refund.giftcard_amount for refund in [*live, *back]), tax - in_money),
        on_cards=frozenset(id for refund in back for id in refund.takes_back),
    )


def part_of(left: Left, wish: Wish) -> Part:
    """What a wish comes to; InvalidInput, or the conflict that says why there is nothing to give back."""
    if wish.order_line_id is not None:
        return _of_line(left, _line(left, wish.order_line_id))
    if left.is_nothing:
        raise AlreadyRefunded
    pot = left.money if left.money.amount else left.cards
    if wish.amount in (None, pot.amount):
        return Part(money=left.money, cards=left.cards, lines=left.still_there)
    return _of_amount(left, pot, wish.amount or 0)


def _line(left: Left, id: FlakeId) -> OrderLine:
    line = next((line for line in left.lines if line.id == id), None)
    if line is None:
        text = f"There is no line {id} in this order."
        raise InvalidInput(text, [FieldError("NotFound", text, "order_line_id", "exists")])
    if id in left.gone:
        raise LineRefunded
    return line


def _of_line(left: Left, line: OrderLine) -> Part:
    """What was paid for a line, or what is left of the order when that is less because some was given back before."""
    if left.is_nothing:
        raise AlreadyRefunded
    on_cards = by_cards(line)
    cards = Pot(0) if line.id in left.on_cards else taken(left.cards, line.giftcard_usage_amount, on_cards)
    return Part(
        money=taken(left.money, line.total_amount, line.tax_amount - on_cards),
        cards=cards,
        lines=[line],
        line=line,
    )


def _of_amount(left: Left, pot: Pot, amount: int) -> Part:
    """An amount is that of a line if it is that of one line only; otherwise it is money, and the items stay."""
    if not pot.amount:
        raise NothingPaid
    if amount > pot.amount:
        way = "of what was paid" if pot is left.money else "of what gift cards paid"
        raise MoreThanPaid(f"Only {formatted(pot.amount, left.order.currency)} is left {way}.")
    prices = [line.total_amount if pot is left.money else line.giftcard_usage_amount for line in left.still_there]
    if prices.count(amount) == 1:
        return _of_line(left, left.still_there[prices.index(amount)])
    part, none = taken(pot, amount), Pot(0)
    return Part(money=part, cards=none) if pot is left.money else Part(money=none, cards=part)


def taken(pot: Pot, amount: int, own_tax: int | None = None) -> Pot:
    """So much of a pot, or all of it when that is less, with the tax in it: `own_tax` if it is known for this amount.

    Otherwise the tax is in proportion. The last part has exactly the rest of it.
    """
    part = min(amount, pot.amount)
    rest, tax = pot.amount - part, pot.tax_amount
    if not part or not rest:
        return Pot(part, tax if part else 0)
    share = own_tax if own_tax is not None and part == amount else spread(tax, [part, rest])[0]
    if tax > pot.amount:  # cards have paid for the goods, and the money is for their tax
        return Pot(part, min(share, tax))
    return Pot(part, max(tax - rest, min(share, tax, part)))
