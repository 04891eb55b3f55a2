"""What crosses the wire about why something costs what it costs. Sutler's own."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from sutler.billing.orders.models import OrderLine
from sutler.checkout.checkouts.schemas import Codes, Country, Quantity
from sutler.checkout.pricing.presentment import PresentedAmounts
from sutler.checkout.pricing.results import Explanation, PricedLine, StepName, Unused
from sutler.kernel.exchange import Conversion, in_words
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.kernel.wire import Query


class ExplainFilter(Query):
    """What to explain: an order, a checkout, or what a product would cost, to whom, where and with which codes."""

    order_id: FlakeId | None = None
    checkout_id: FlakeId | None = None
    product_id: FlakeId | None = None
    quantity: Quantity = 1
    country: Country | None = None
    state: Annotated[str, Meta(max_length=50)] = ""
    customer_id: FlakeId | None = None
    promo_codes: Codes | None = None


class ExplainCartFilter(Query):
    """With which codes to explain a cart."""

    promo_codes: Codes | None = None


class StepDto(Struct, frozen=True, kw_only=True):
    """What one step made of a line: by how much it changed what is to be paid, what that was then, and why.

    The last step may be the `conversion` to what the buyer sees and pays in; it changes nothing in the store's currency.

    `source_id` is the sale, coupon, affiliate link or gift card that it comes from.
    """

    step: StepName | Literal["conversion"]
    change: int
    change_str: str
    amount: int
    amount_str: str
    text: str
    source_id: FlakeId | None


class ExplainedLineDto(Struct, frozen=True, kw_only=True):
    """One line: the changes of its steps add up to its total. In a cart, `line_id` is its `line_key`."""

    line_id: str
    product_id: FlakeId | None
    quantity: int
    total_amount: int
    total_amount_str: str
    steps: list[StepDto]


class UnusedCodeDto(Struct, frozen=True):
    """A code that has no effect, and why."""

    code: str
    reason: str


class ExplanationDto(Struct, frozen=True, kw_only=True):
    """Why something costs what it costs. Amounts are minor units of `currency`."""

    currency: str
    total_amount: int
    total_amount_str: str
    lines: list[ExplainedLineDto]
    unused_codes: list[UnusedCodeDto]


def shown_step(one: Explanation, currency: str) -> StepDto:
    """A step as the wire shows it."""
    return StepDto(
        step=one.step,
        change=one.change,
        change_str=formatted(one.change, currency),
        amount=one.amount,
        amount_str=formatted(one.amount, currency),
        text=one.text,
        source_id=one.source_id,
    )


def shown_conversion(line: OrderLine | PricedLine, seen: PresentedAmounts, to: Conversion, currency: str) -> StepDto:
    """What the buyer sees and pays of a line in their own currency."""
    total, own = formatted(seen.total_amount, to.currency), formatted(line.total_amount, currency)
    return StepDto(
        step="conversion",
        change=0,
        change_str=formatted(0, currency),
        amount=line.total_amount,
        amount_str=own,
        text=f"The buyer pays in {to.currency.upper()}: {total} for {own}, at {in_words(currency, to)}.",
        source_id=None,
    )


def shown_unused(unused: Unused) -> UnusedCodeDto:
    """A code without an effect as the wire shows it."""
    return UnusedCodeDto(unused.code, unused.reason)
