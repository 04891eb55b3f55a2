"""What crosses the wire about recurring revenue."""

from msgspec import Struct

from sutler.kernel.wire import Int64


class RecurringRevenuePartDto(Struct):
    """Some subscriptions, and what they come to in thirty days: minor units, without tax."""

    subscriptions: Int64 = 0
    amount: Int64 = 0


class RecurringRevenueDto(Struct):
    """What subscriptions come to in thirty days, each counted once, at what a cycle cost when it was last charged.

    `active` are paid up and go on; `ending` are paid up and end with their period; `past_due` wait for their renewal to be
    paid; `trials` are not paid for yet.
    """

    currency: str
    active: RecurringRevenuePartDto
    ending: RecurringRevenuePartDto
    past_due: RecurringRevenuePartDto
    trials: RecurringRevenuePartDto
