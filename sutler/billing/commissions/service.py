"""Putting what an order earns into its affiliate's wallet, and taking it out again when the money goes back."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import round_half_up
from sutler.promotions.affiliate_links.models import AffiliateLink
from sutler.promotions.commissions.service import FIRST, commission
from sutler.promotions.wallets.queries import wallet_account
from sutler.stores.ledger.service import Entry, post, posted

COMMISSIONS: Final = "commissions"
"""The account of what affiliates have earned, an expense of the store's."""


async def earn(store: StoreContext, order: Order) -> None:
    """Credit the affiliate's wallet with the commission of an order that is complete now.

    It counts what was paid in money, without tax, for the lines that allow affiliates.
    """
    if order.affiliate_id is None:
        return
    link = await store.peek(store.rows(AffiliateLink).where(AffiliateLink.c.id == order.affiliate_id))
    lines = await store.all(LINES_OF, order_id=order.id)
    cycle = max(FIRST, order.billing_cycle_sequence or FIRST)
    amount = commission(link, paid_net(lines), cycle) if link is not None else 0
    if link is not None and amount:
        sides = [Entry(COMMISSIONS, amount), Entry(wallet_account(link.wallet_id), -amount)]
        await post(store, order.id, order.currency, sides)


class GivenBack(NamedTuple):
    """How much of what was `paid` is given back, or lost to a bank, before a refund or a lost dispute, and after it."""

    before: int
    after: int
    paid: int


async def give_up(store: StoreContext, order: Order, movement: FlakeId, amounts: GivenBack) -> None:
    """Take the commission of what is gone out of the affiliate's wallet, which may owe something then.

    `movement` is the refund, or what books the end of the dispute. All of an order together take exactly the whole
    commission.
    """
    if order.affiliate_id is None:
        return
    link = await store.peek(store.rows(AffiliateLink).where(AffiliateLink.c.id == order.affiliate_id))
    earned = await posted(store, order.id, COMMISSIONS)
    amount = round_half_up(earned * amounts.after, amounts.paid) - round_half_up(earned * amounts.before, amounts.paid)
    if link is not None and amount:
        sides = [Entry(COMMISSIONS, -amount), Entry(wallet_account(link.wallet_id), amount)]
        await post(store, movement, order.currency, sides)


def paid_net(lines: Sequence[OrderLine]) -> int:
    """What was paid in money, without tax, for those of these lines that allow affiliates."""
    return sum(line.total_amount - line.tax_amount for line in lines if line.details.affiliate is not None)
