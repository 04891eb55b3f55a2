"""What an affiliate link earns from a payment, as a pure function."""

from sutler.kernel.money import percent_floor
from sutler.promotions.affiliate_links.models import AffiliateLink

FIRST = 1  # the billing cycle of a purchase that does not renew, and of a subscription's first period


def commission(link: AffiliateLink, paid_net_amount: int, cycle: int = FIRST) -> int:
    """What the link earns from what was paid without tax in this billing cycle, in minor units, rounded down.

    Never less than nothing and never more than was paid.
    """
    if link.commission_type == "none" or paid_net_amount <= 0:
        return 0
    amount = rate(link, cycle)
    earned = amount if link.commission_type == "fixed" else percent_floor(paid_net_amount, amount)
    return min(earned, paid_net_amount)


def rate(link: AffiliateLink, cycle: int) -> int:
    """The commission of a billing cycle, in the link's own unit.

    The first cycle earns the link's amount unless a step says otherwise. Renewals earn only where the link applies to
    subscriptions: without steps the link's amount each, with steps that of their own step or, past the last one, of the
    last if that repeats, and otherwise nothing.
    """
    if cycle > FIRST and not link.apply_for_subscriptions:
        return 0
    steps = link.commission_amount_steps
    for step in steps:
        if step.billing_cycle_sequence == cycle:
            return step.commission_amount
    if not steps or cycle == FIRST:
        return link.commission_amount
    last = steps[-1]
    is_past = cycle > last.billing_cycle_sequence
    return last.commission_amount if is_past and link.last_commission_amount_step_repeats else 0
