"""Explaining prices: of orders as they were frozen, of checkouts as they are now, and of products that nobody buys yet."""

from collections.abc import Sequence

from sutler.billing.explanations.schemas import (
    ExplainedLineDto,
    ExplainFilter,
    ExplanationDto,
    UnusedCodeDto,
    shown_step,
    shown_unused,
)
from sutler.billing.orders.models import Order, OrderLine
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.checkouts.queries import lines_of
from sutler.checkout.choices.service import to_price
from sutler.checkout.pricing.offers import Offers
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import Explanation, PricedCart, PricedLine
from sutler.checkout.promo_codes.service import Entered, read
from sutler.checkout.regions.service import as_in
from sutler.checkout.taxes.service import Place, taxed
from sutler.checkout.totals.service import priced, running_sales
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.stores.stores.service import current

ONE_OF = "Name what to explain: `order_id`, `checkout_id` or `product_id`, and only one of them."
NOBODY: FlakeId = "0"


async def explain(store: StoreContext, wanted: ExplainFilter, address: str) -> ExplanationDto:
    """Why an order, a checkout or a product costs what it costs. InvalidInput unless just one is named, NotFound."""
    given = [name for name in ("order_id", "checkout_id", "product_id") if getattr(wanted, name) is not None]
    if len(given) != 1:
        raise InvalidInput(ONE_OF, [FieldError("Required", ONE_OF, given[-1] if given else "product_id", "exclusive")])
    if wanted.order_id is not None:
        return await _order(store, wanted.order_id)
    if wanted.checkout_id is not None:
        return await _checkout(store, wanted.checkout_id)
    return await _product(store, wanted, address)


async def _order(store: StoreContext, id: FlakeId) -> ExplanationDto:
    order = await store.get(Order, id)
    lines = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == id))
    found = [_line(line.id, line.product_id, line, line.details.explained, order.currency) for line in lines]
    return _whole(order.currency, order.total_amount, found, [])


async def _checkout(store: StoreContext, id: FlakeId) -> ExplanationDto:
    checkout = await store.get(Checkout, id)
    cart = await priced(store, await current(store), checkout, await lines_of(store, id))
    return _cart(cart, [shown_unused(one) for one in cart.unused])


async def _product(store: StoreContext, wanted: ExplainFilter, address: str) -> ExplanationDto:
    """What a product would cost; codes that could not be used say why, as they would at the checkout."""
    product = await store.peek(store.rows(Product).where(Product.c.id == wanted.product_id, Product.c.deleted_at.is_(None)))
    if product is None:
        raise NotFound(f"There is no product {wanted.product_id} in this store.")
    seller, country = await current(store), wanted.country.upper() if wanted.country else None
    entered = [Entered(code, f"promo_codes[{number}]") for number, code in enumerate(wanted.promo_codes or ())]
    codes = await read(store, wanted.customer_id or NOBODY, entered, address)
    lines = await as_in(store, seller, [to_price(product.id, product, wanted.quantity, ())], country)
    lines = await taxed(store, seller, lines, Place(country=country, state=wanted.state))
    offers = Offers(
        sales=await running_sales(store),
        coupons=tuple(codes.coupons),
        gift_cards=tuple(codes.gift_cards),
        tax_gift_cards=seller.tax is not None and seller.tax.tax_gift_cards,
    )
    cart = price(lines, seller.currency, offers)
    refused = [UnusedCodeDto(_code(entered, problem.path), problem.message) for problem in codes.problems]
    return _cart(cart, refused + [shown_unused(one) for one in cart.unused])


def _code(entered: Sequence[Entered], path: str) -> str:
    return next(one.code for one in entered if one.path == path)


def _cart(cart: PricedCart, unused: list[UnusedCodeDto]) -> ExplanationDto:
    lines = [_line(line.key, line.wanted.product_id, line, line.explained, cart.currency) for line in cart.lines]
    return _whole(cart.currency, cart.total_amount, lines, unused)


def _line(
    id: FlakeId, product_id: FlakeId | None, line: OrderLine | PricedLine, steps: Sequence[Explanation], currency: str
) -> ExplainedLineDto:
    return ExplainedLineDto(
        line_id=id,
        product_id=product_id,
        quantity=line.quantity,
        total_amount=line.total_amount,
        total_amount_str=formatted(line.total_amount, currency),
        steps=[shown_step(step, currency) for step in steps],
    )


def _whole(currency: str, total: int, lines: list[ExplainedLineDto], unused: list[UnusedCodeDto]) -> ExplanationDto:
    return ExplanationDto(
        currency=currency,
        total_amount=total,
        total_amount_str=formatted(total, currency),
        lines=lines,
        unused_codes=unused,
    )
