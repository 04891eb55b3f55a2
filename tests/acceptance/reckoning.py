"""What must come of a subscription's history, worked out by hand from what was agreed: the reference for the real thing.

Nothing of the shop is used here: time passes from one moment at which something is due to the next.
"""

from calendar import monthrange
from datetime import datetime, timedelta

from msgspec import Struct, field

from tests.acceptance.charges import Answer, Charge
from tests.acceptance.terms import LENGTHS, Card, Deed, Terms, paid_by_link

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SMALLEST = 50


class Reckoning(Struct):
    """A subscription as it must be at this moment."""

    terms: Terms
    now: datetime
    prices: tuple[int, ...]
    end: datetime  # of what runs
    anchor: datetime | None = None  # when the first cycle began
    cycle: int = 0
    tax: int = 0  # percent
    attempts: int = 0
    retry: datetime | None = None
    ending: str = ""  # the reason for which it ends with its period
    over: datetime | None = None
    reason: str | None = None
    card: Card = "succeed"
    good_for: int = 0
    notices: str = "once"
    answer: Answer | None = None
    pending: int | None = None  # the price that it changes to with the next cycle
    carried: int = 0  # what changes came to in this cycle and was not charged
    prorated: bool = False  # whether one was charged in it
    charges: list[Charge] = field(default_factory=list)

    @classmethod
    def begun(cls, terms: Terms) -> "Reckoning":
        """Bought at its beginning."""
        found = cls(terms=terms, now=terms.begins, prices=terms.prices, end=terms.begins)
        if terms.trial:
            found.end += timedelta(days=terms.trial)
            found.charges.append(Charge(terms.begins, 0, terms.once, terms.begins))
        else:
            amount = found.cost(1) + terms.once
            found.anchor, found.cycle, found.end = terms.begins, 1, found.after(terms.begins, 1)
            found.charges.append(Charge(terms.begins, 1, amount, terms.begins))
        return found

    def after(self, anchor: datetime, cycles: int) -> datetime:
        """When so many cycles are over."""
        value, scale = self.terms.value * cycles, self.terms.scale
        if self.terms.months == "thirty_days" or scale in ("day", "week"):
            return anchor + timedelta(days=value * LENGTHS[scale])
        months = anchor.year * 12 + anchor.month - 1 + value * (12 if scale == "year" else 1)
        year, month = months // 12, months % 12 + 1
        return anchor.replace(year=year, month=month, day=min(anchor.day, monthrange(year, month)[1]))

    def worth(self, price: int, cycle: int) -> int:
        """What is left of a price in a cycle, before tax."""
        for percent, until in (self.terms.coupon, self.terms.sale):
            if until is None or cycle <= until:
                price = price * (100 - percent) // 100
        return price

    def cost(self, cycle: int) -> int:
        """What a cycle costs, with tax."""
        prices = self.prices if self.pending is None else (self.pending,)
        return sum(self.taxed(self.worth(price, cycle)) for price in prices)

    def taxed(self, amount: int) -> int:
        """With tax, half a unit up."""
        return amount + (2 * amount * self.tax + 100) // 200

    def heard(self) -> list[Charge]:
        """What the shop knows of, in the order in which it heard."""
        return sorted((one for one in self.charges if one.known is not None), key=lambda one: one.known or self.now)

    def taken(self) -> list[Charge]:
        """The same without what cost nothing."""
        return [charge for charge in self.heard() if charge.amount]

    # Time passes.

    def due(self) -> datetime | None:
        """When something happens next."""
        if self.answer is not None:
            return self.answer.known
        return None if self.over else max(self.now, self.retry or self.end)

    def passes_to(self, moment: datetime) -> None:
        """Everything that happens until then."""
        while (due := self.due()) is not None and due <= moment:
            self.now = due
            if self.answer is not None:
                self.hears(self.answer)
            else:
                self.renews()
        self.now = moment

    def renews(self) -> None:
        """A cycle is to be paid, unless it is not wanted any more."""
        if self.ending:
            self.ends(self.ending)
            return
        charge = Charge(self.now, self.cycle + 1, self.cost(self.cycle + 1))
        if not charge.amount:
            self.charges.append(charge)
            self.goes_on(charge)
            return
        card = "succeed" if self.good_for else self.card
        self.good_for = max(0, self.good_for - 1)
        self.asks(charge, "decline" if card == "authenticate" else card, self.notices, by_link=False)

    def asks(self, charge: Charge, card: Card, notices: str, *, by_link: bool) -> None:
        """The bank is asked."""
        known, succeeds = self.now, card.startswith("succeed")
        if card.endswith("_unanswered"):
            known += MINUTE
        elif card.endswith("_later"):
            charge.taken += HOUR
            known = charge.taken + (MINUTE if notices in ("late", "never") else timedelta())
        if succeeds:
            self.charges.append(charge)
        self.answer = Answer(known, charge, succeeds, by_link)
        if known == self.now:
            self.hears(self.answer)

    def hears(self, answer: Answer) -> None:
        """The shop hears what the bank has decided."""
        self.answer = None
        if answer.succeeds:
            self.goes_on(answer.charge)
            if answer.by_link and not answer.charge.given_back:
                self.card, self.good_for = "succeed", 0
        elif not answer.by_link and not self.over:
            self.declined()

    def goes_on(self, charge: Charge) -> None:
        """A cycle is paid, or was, too late."""
        charge.known = self.now
        if self.over:
            charge.given_back = charge.amount
            return
        self.anchor, self.cycle = self.anchor or self.end, self.cycle + 1
        self.prices = self.prices if self.pending is None else (self.pending,)
        self.end = self.after(self.anchor, self.cycle)
        self.attempts, self.retry, self.pending, self.carried, self.prorated = 0, None, None, 0, False

    def declined(self) -> None:
        """Another attempt by the schedule, as long as the cycle lasts that it is for; or the end."""
        self.attempts += 1
        days = (0, *self.terms.dunning)
        if self.attempts >= len(days):
            self.ends("payment_failed")
            return
        again = self.now + timedelta(days=days[self.attempts] - days[self.attempts - 1])
        lasts = self.after(self.anchor or self.end, self.cycle + 1)
        if self.attempts > 1 and again > lasts:
            self.ends("payment_failed")
        else:
            self.retry = again

    def ends(self, reason: str) -> None:
        """Nothing is charged any more."""
        if not self.over:
            self.over, self.reason, self.pending = self.now, reason, None

    # Somebody does something.

    def does(self, deed: Deed) -> None:
        """What comes of a deed."""
        match deed.what:
            case "card" if not self.over:
                self.card, self.good_for, self.notices = deed.card, deed.good_for, deed.notices
            case "pay" if self.attempts and not self.over and self.answer is None:
                self.asks(Charge(self.now, self.cycle + 1, self.cost(self.cycle + 1)), *paid_by_link(deed), by_link=True)
            case "cancel":
                self.cancels(deed)
            case "undo" if self.cycle:
                self.ending = ""
            case "tax":
                self.tax = deed.percent
            case "refund" | "dispute":
                self.gives_back(deed)
            case "change" if len(self.prices) == 1:
                self.changes(deed)

    def cancels(self, deed: Deed) -> None:
        """At once, or with the period; a trial by its own terms."""
        if deed.at_once or self.end <= self.now:
            self.ends("store" if deed.at_once else "customer")
        elif not self.ending:
            self.ending = "customer"
            if not self.cycle and self.terms.revoked_at_once:
                self.ends("customer")

    def gives_back(self, deed: Deed) -> None:
        """Money goes back: all of the newest cycle's, or any that the bank takes, is the end."""
        taken = self.taken()
        if not taken:
            return
        charge = taken[-1 if deed.newest else 0]
        left = charge.amount - charge.given_back
        if not left or charge.disputed:
            return
        if deed.what == "dispute":
            charge.disputed = True
            self.ends("chargeback")
            return
        if deed.amount is None or deed.amount <= left:
            charge.given_back += left if deed.amount is None else deed.amount
            if charge.given_back == charge.amount and charge.cycle == self.cycle:
                self.ends("refund")

    def changes(self, deed: Deed) -> None:
        """It is for something else, at once or with the next cycle."""
        closed = self.over or self.ending or self.attempts or not self.cycle or self.end - self.now < HOUR
        same = deed.price == self.prices[0]
        if closed or (not same and (self.pending is not None or (deed.behavior == "immediate" and self.prorated))):
            return
        if same or deed.behavior == "next_billing_period":
            self.pending = None if same else deed.price
            return
        if deed.behavior == "immediate":
            self.charges_rest(deed.price)
        self.prices = (deed.price,)

    def charges_rest(self, price: int) -> None:
        """Charge what the rest of the cycle costs more; what is too little is set against the next change."""
        began = self.after(self.anchor or self.end, self.cycle - 1)
        total, rest = (self.end - began) // MINUTE, (self.end - self.now) // MINUTE
        more = self.worth(price, self.cycle) - self.worth(self.prices[0], self.cycle)
        amount = (2 * more * rest + total) // (2 * total) + self.carried
        charge = Charge(self.now, None, self.taxed(amount), self.now)
        if amount <= 0 or charge.amount < SMALLEST:
            self.carried = amount
            return
        self.charges.append(charge)
        self.good_for, self.prorated, self.carried = max(0, self.good_for - 1), True, 0

    @property
    def card_works(self) -> bool:
        """Whether a charge at this moment succeeds at once."""
        return self.card == "succeed" or self.good_for > 0
