"""What pricing answers: every amount, and how it came to be."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from sutler.checkout.pricing.offers import LineToPrice, OptionToPrice, TaxRate
from sutler.kernel.ids import FlakeId

StepName = Literal[
    "base_price", "regional_price", "options", "step", "trial", "upsell", "sale", "coupon", "affiliate", "gift_card", "tax"
]


class Explanation(Struct, frozen=True):
    """What one step made of a line: by how much it changed the line's amount, that amount after it, and a sentence.

    `source_id` is the coupon, sale, affiliate link or gift card that it comes from, or the product with which the line was
    offered. The changes of a line add up to what is to be paid for it.
    """

    step: StepName
    change: int
    amount: int
    text: str
    source_id: FlakeId | None = None


class Used(Struct, frozen=True):
    """What a coupon or a gift card takes off, and which version of it."""

    id: FlakeId
    amount: int
    version_id: FlakeId | None = None


class Taxed(Struct, frozen=True):
    """One tax: on how much, and how much."""

    rate: TaxRate
    taxable_amount: int
    amount: int


class Unused(Struct, frozen=True):
    """A coupon or gift card that takes nothing off, and why, in a sentence for whoever entered it."""

    id: FlakeId
    code: str
    reason: str


class Details(Struct, frozen=True, kw_only=True):
    """What an order remembers of how a line got its price."""

    sale: Used | None = None
    coupons: tuple[Used, ...] = ()
    affiliate: Used | None = None
    gift_cards: tuple[Used, ...] = ()
    taxes: tuple[Taxed, ...] = ()
    not_taxed_reason: str | None = None
    region_id: str | None = None
    explained: tuple[Explanation, ...] = ()
    upsell: Used | None = None


NO_DETAILS = Details()


class PricedLine(Struct, frozen=True, kw_only=True):
    """One line with its price. `price` is one unit with its options; the amounts are of the whole line.

    `surcharges` says in minor units what each option adds to a unit, or takes off. `sale_amount` is the sale's part of
    `discount_amount`.
    """

    wanted: LineToPrice
    price: int
    surcharges: tuple[int, ...] = ()
    subtotal_amount: int = 0
    discount_amount: int = 0
    giftcard_usage_amount: int = 0
    tax_amount: int = 0
    total_amount: int = 0
    tax_inclusive: bool = False
    upsell: Used | None = None
    sale: Used | None = None
    coupons: tuple[Used, ...] = ()
    affiliate: Used | None = None
    gift_cards: tuple[Used, ...] = ()
    taxes: tuple[Taxed, ...] = ()
    explained: tuple[Explanation, ...] = ()

    @property
    def key(self) -> FlakeId:
        """The key of the line."""
        return self.wanted.key

    @property
    def quantity(self) -> int:
        """How many units it has."""
        return self.wanted.quantity

    @property
    def options(self) -> tuple[OptionToPrice, ...]:
        """What was chosen for it."""
        return self.wanted.options

    @property
    def details(self) -> Details:
        """How the line got its price."""
        return Details(
            sale=self.sale,
            coupons=self.coupons,
            affiliate=self.affiliate,
            gift_cards=self.gift_cards,
            taxes=self.taxes,
            not_taxed_reason=self.wanted.not_taxed_reason,
            region_id=self.wanted.region_id,
            explained=self.explained,
            upsell=self.upsell,
        )

    @property
    def left(self) -> int:
        """What is left of the line so far, before tax that comes on top."""
        return self.subtotal_amount - self.discount_amount - self.giftcard_usage_amount

    def at(self, price: int, step: StepName, text: str, surcharges: tuple[int, ...] = ()) -> "PricedLine":
        """The line at another price of a unit."""
        subtotal = price * self.quantity
        moved = replace(self, price=price, subtotal_amount=subtotal, surcharges=surcharges or self.surcharges)
        return moved.changed(step, subtotal - self.subtotal_amount, text)

    def changed(self, step: StepName, change: int, text: str, source_id: FlakeId | None = None) -> "PricedLine":
        """The line with one more step explained."""
        before = self.explained[-1].amount if self.explained else 0
        return replace(self, explained=(*self.explained, Explanation(step, change, before + change, text, source_id)))


class PricedCart(Struct, frozen=True, kw_only=True):
    """All lines with their prices, in the order in which they came; the amounts are exactly the sums of the lines'."""

    currency: str
    lines: tuple[PricedLine, ...]
    unused: tuple[Unused, ...] = ()
    subtotal_amount: int
    discount_amount: int
    giftcard_usage_amount: int
    tax_amount: int
    total_amount: int
    tax_inclusive: bool

    @property
    def coupons(self) -> list[Used]:
        """What each coupon takes off in all."""
        return _totals(used for line in self.lines for used in line.coupons)

    @property
    def gift_cards(self) -> list[Used]:
        """What each gift card pays in all."""
        return _totals(used for line in self.lines for used in line.gift_cards)

    @property
    def taxes(self) -> list[Taxed]:
        """Every tax in all, in the order of the lines."""
        found: dict[TaxRate, Taxed] = {}
        for one in (taxed for line in self.lines for taxed in line.taxes):
            so_far = found.get(one.rate, Taxed(one.rate, 0, 0))
            taxable = so_far.taxable_amount + one.taxable_amount
            found[one.rate] = Taxed(one.rate, taxable, so_far.amount + one.amount)
        return list(found.values())


def _totals(uses: Iterator[Used]) -> list[Used]:
    every = list(uses)
    amounts: Counter[tuple[FlakeId, FlakeId | None]] = Counter()
    for used in every:
        amounts[used.id, used.version_id] += used.amount
    return [Used(id, amount, version_id) for (id, version_id), amount in amounts.items()]


def summed(currency: str, lines: Sequence[PricedLine], unused: Sequence[Unused]) -> PricedCart:
    """The cart that these lines make."""
    return PricedCart(
        currency=currency,
        lines=tuple(lines),
        unused=tuple(unused),
        subtotal_amount=sum(line.subtotal_amount for line in lines),
        discount_amount=sum(line.discount_amount for line in lines),
        giftcard_usage_amount=sum(line.giftcard_usage_amount for line in lines),
        tax_amount=sum(line.tax_amount for line in lines),
        total_amount=sum(line.total_amount for line in lines),
        tax_inclusive=any(line.tax_inclusive for line in lines),
    )
