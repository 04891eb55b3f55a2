"""What the checkout page says of money: as it would be now, or as it stands on the order that is being paid or was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sutler.billing.orders.models import Order, OrderLine
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.pricing.results import PricedCart, PricedLine, Used
from sutler.checkout.totals.service import priced
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.stores.stores.models import Store

PLAIN: Final = 2
"""Steps of a price that needs no explanation: what it costs, and the tax."""


@dataclass(frozen=True)
class Line:
    """A line in words."""

    name: str
    quantity: int
    unit_price: str
    total: str
    chosen: str  # what was chosen for it, such as `Size: Large`
    why: list[str]  # how its price came to be, when that takes more than a price and a quantity


@dataclass(frozen=True)
class Code:
    """A coupon or a gift card that was entered, and what it takes off; empty when that is nothing."""

    id: FlakeId
    name: str
    amount: str


@dataclass(frozen=True)
class Amounts:
    """All amounts written out. Empty ones are not worth a line."""

    lines: list[Line]
    codes: list[Code]
    subtotal: str
    discount: str
    gift_cards: str
    tax: str
    tax_inclusive: bool
    total: str
    total_amount: int


async def amounts(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine], order: Order | None
) -> Amounts:
    """What there is to say of a checkout: of its order while that is being paid and after, else of this moment."""
    if order is not None and (checkout.held_by is not None or checkout.state == "completed"):
        kept = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == order.id))
        return _amounts(checkout, lines, order, {line.checkout_line_id: line for line in kept})
    cart = await priced(store, seller, checkout, lines)
    return _amounts(checkout, lines, cart, {line.key: line for line in cart.lines})


def _amounts(
    checkout: Checkout,
    lines: Sequence[CheckoutLine],
    whole: Order | PricedCart,
    parts: dict[FlakeId, OrderLine] | dict[FlakeId, PricedLine],
) -> Amounts:
    def money(amount: int) -> str:
        return formatted(amount, checkout.currency)

    return Amounts(
        lines=[_line(line, parts[line.id], checkout.currency) for line in lines],
        codes=_codes(checkout, [*whole.coupons, *whole.gift_cards]),
        subtotal=money(whole.subtotal_amount) if whole.subtotal_amount != whole.total_amount else "",
        discount=money(-whole.discount_amount) if whole.discount_amount else "",
        gift_cards=money(-whole.giftcard_usage_amount) if whole.giftcard_usage_amount else "",
        tax=money(whole.tax_amount) if whole.tax_amount else "",
        tax_inclusive=whole.tax_inclusive,
        total=money(whole.total_amount),
        total_amount=whole.total_amount,
    )


def _line(line: CheckoutLine, amounts: OrderLine | PricedLine, currency: str) -> Line:
    explained = amounts.details.explained
    return Line(
        line.product_name,
        line.quantity,
        formatted(amounts.price, currency),
        formatted(amounts.subtotal_amount, currency),
        ", ".join(f"{one.name}: {one.option_name or one.value}" for one in line.custom_variables if one.value),
        [step.text for step in explained] if len(explained) > PLAIN else [],
    )


def _codes(checkout: Checkout, used: Sequence[Used]) -> list[Code]:
    """Every code that was entered, with what it takes off."""
    off = {one.id: formatted(-one.amount, checkout.currency) for one in used}
    coupons = [Code(one.id, one.code, off.get(one.id, "")) for one in checkout.offers.coupons]
    return coupons + [Code(one.id, f"Gift card {one.code}", off.get(one.id, "")) for one in checkout.offers.gift_cards]
