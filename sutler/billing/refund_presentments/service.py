"""What a payer gets back in the currency that they paid in: at the rate of then, and in all exactly what was charged.

And the other way round: what a refund comes to that a gateway tells of, which counts in what was charged.
"""

from sutler.billing.orders.models import OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refund_parts.service import Left
from sutler.billing.refunds.models import TooLittle
from sutler.kernel.exchange import parts, step


def returned(payment: Payment, amount: int, line: OrderLine | None) -> int | None:
    """What an amount of the store's currency is in the payer's; None where that is the same, or where no money goes back.

    A whole line is what the payer saw of it, any other part is in proportion to what is left, and whoever takes the last of
    it gets all that is left. TooLittle for less than the smallest coin.
    """
    if payment.presentment_amount is None or payment.presentment_currency is None or not amount:
        return None
    rest = payment.presentment_amount - payment.presentment_refunded_amount
    others = payment.amount - payment.refunded_amount - amount
    if not others:
        return rest
    coin = step(payment.presentment_currency)
    if line is not None and line.presentment is not None and line.total_amount == amount:
        share = line.presentment.total_amount
    else:
        share = parts(rest, {"now": amount, "later": others}, payment.presentment_currency)["now"]
    share = min(share, rest - coin)  # so that something is left for the rest
    if share < coin:
        raise TooLittle
    return share


def counted(payment: Payment, left: Left, given: int) -> int:
    """What so much of what was charged comes to, in the store's currency: all that is left, a line's total, or a share."""
    if payment.presentment_amount is None:
        return given
    if given >= payment.presentment_amount - payment.presentment_refunded_amount:
        return left.money.amount
    lines = [line for line in left.still_there if line.presentment is not None and line.presentment.total_amount == given]
    amount = lines[0].total_amount if len(lines) == 1 else payment.booked(given)
    return max(1, min(amount, left.money.amount - 1))


def seen_of(payment: Payment, left: Left, amount: int, given: int) -> int | None:
    """The same refund as the payer sees it: all that is left exactly when all is given back; None where nothing differs."""
    if payment.presentment_amount is None:
        return None
    rest = payment.presentment_amount - payment.presentment_refunded_amount
    return rest if amount == left.money.amount else min(given, rest - 1)
