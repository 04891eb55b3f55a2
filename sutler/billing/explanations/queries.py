"""Explaining prices: of orders as they were frozen, of checkouts and carts as they are now, and of products."""

from collections.abc import Sequence

from msgspec.structs import replace

from sutler.billing.explanations.schemas import (
    ExplainedLineDto,
    ExplainFilter,
    ExplanationDto,
    UnusedCodeDto,
    shown_conversion,
    shown_step,
    shown_unused,
)
from sutler.billing.gateway_accounts.service import taken_by
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.catalog.products.models import Product
from sutler.checkout.cart_views.queries import unpriced
from sutler.checkout.carts.service import kept
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.checkouts.queries import lines_of
from sutler.checkout.choices.service import to_price
from sutler.checkout.ladders.service import on_ladders
from sutler.checkout.pricing.offers import CouponOffer, GiftCardOffer, Offers
from sutler.checkout.pricing.presentment import payable
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import Explanation, PricedCart, PricedLine
from sutler.checkout.promo_codes.service import Entered, affiliate_for, read, stacking_problem
from sutler.checkout.regions.service import as_in
from sutler.checkout.taxes.service import Place, taxed
from sutler.checkout.totals.service import priced, running_sales
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.exchange import Conversion
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.stores.exchange_rates.service import adaptive
from sutler.stores.stores.models import Store
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
    lines = await store.all(LINES_OF, order_id=id)
    found = [_line(line.id, line.product_id, line, line.details.explained, order.currency) for line in lines]
    if order.presentment is not None:
        to = Conversion(order.presentment.currency, order.presentment.fx_rate)
        for line, dto in zip(lines, found, strict=True):
            dto.steps.extend([shown_conversion(line, line.presentment, to, order.currency)] if line.presentment else [])
    return _whole(order.currency, order.total_amount, found, [])


async def _checkout(store: StoreContext, id: FlakeId) -> ExplanationDto:
    checkout = await store.get(Checkout, id)
    seller = await current(store)
    cart = await priced(store, seller, checkout, await lines_of(store, id))
    return _seen(_cart(cart, [shown_unused(one) for one in cart.unused]), cart, seller, checkout.conversion)


def _seen(told: ExplanationDto, cart: PricedCart, seller: Store, to: Conversion | None) -> ExplanationDto:
    """The explanation with what the buyer sees and pays in their own currency, in the usual way to pay."""
    seen = payable(cart, to, taken_by(seller, None))
    if seen is not None and to is not None:
        for line, dto in zip(cart.lines, told.lines, strict=True):
            dto.steps.append(shown_conversion(line, seen.lines[line.key], to, cart.currency))
    return told


async def _product(store: StoreContext, wanted: ExplainFilter, address: str) -> ExplanationDto:
    """What a product would cost; codes that could not be used say why, as they would at the checkout."""
    product = await store.peek(store.rows(Product).where(Product.c.id == wanted.product_id, Product.c.deleted_at.is_(None)))
    if product is None:
        raise NotFound(f"There is no product {wanted.product_id} in this store.")
    seller, country = await current(store), wanted.country.upper() if wanted.country else None
    offers, refused = await _offers(store, wanted.customer_id or NOBODY, wanted.promo_codes or (), address)
    lines = await as_in(store, seller, [to_price(product.id, product, wanted.quantity, ())], country)
    lines = await on_ladders(store, seller, lines, [wanted.customer_id], country)
    lines = await taxed(store, seller, lines, Place(country=country, state=wanted.state))
    cart = price(lines, seller.currency, offers)
    told = _cart(cart, refused + [shown_unused(one) for one in cart.unused])
    return _seen(told, cart, seller, await adaptive(store, seller, country))


async def explain_cart(
    store: StoreContext, customer_id: FlakeId, country: str | None, promo_codes: Sequence[str], address: str
) -> ExplanationDto:
    """Why the customer's cart costs what it costs in a country, and would cost with these codes."""
    seller, (found, _) = await current(store), await kept(store, customer_id)
    offers, refused = await _offers(store, customer_id, promo_codes, address)
    offers = replace(offers, affiliate=offers.affiliate or await affiliate_for(store, customer_id, None))
    lines = await as_in(store, seller, [unpriced(one) for one in found], country)
    lines = await on_ladders(store, seller, lines, [one.row.gift_to_customer_id or customer_id for one in found], country)
    cart = price(await taxed(store, seller, lines, Place(country=country)), seller.currency, offers)
    told = _cart(cart, refused + [shown_unused(one) for one in cart.unused])
    told = _seen(told, cart, seller, await adaptive(store, seller, country))
    keys = {one.row.id: one.row.line_key for one in found}
    return replace(told, lines=[replace(line, line_id=keys[line.line_id]) for line in told.lines])


async def _offers(
    store: StoreContext, customer_id: FlakeId, promo_codes: Sequence[str], address: str
) -> tuple[Offers, list[UnusedCodeDto]]:
    """What runs now and what these codes stand for; those that could not be used say why, as they would at the checkout."""
    seller = await current(store)
    entered = [Entered(code, f"promo_codes[{number}]") for number, code in enumerate(promo_codes)]
    codes = await read(store, customer_id, entered, address)
    refused = [UnusedCodeDto(_code(entered, problem.path), problem.message) for problem in codes.problems]
    coupons: list[CouponOffer] = []
    for coupon in codes.coupons:
        text = stacking_problem(seller, [*coupons, coupon], [])
        if text is None:
            coupons.append(coupon)
        else:
            refused.append(UnusedCodeDto(coupon.code, text))
    cards: list[GiftCardOffer] = []
    for card in codes.gift_cards:
        text = stacking_problem(seller, coupons, [*cards, card])
        if text is None:
            cards.append(card)
        else:
            refused.append(UnusedCodeDto(card.code, text))
    offers = Offers(
        sales=await running_sales(store),
        coupons=tuple(coupons),
        gift_cards=tuple(cards),
        affiliate=codes.affiliate,
        tax_gift_cards=seller.tax is not None and seller.tax.tax_gift_cards,
    )
    return offers, refused


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
