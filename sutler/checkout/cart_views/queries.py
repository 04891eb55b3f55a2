"""A cart with its prices, as its customer sees it."""

from collections.abc import Mapping

from msgspec import UNSET

from sutler.catalog.custom_variables.models import Chosen, CustomVariable
from sutler.catalog.custom_variables.schemas import displayed_option
from sutler.catalog.storefront.schemas import StorefrontGameServerDto, StorefrontProductPricingDto
from sutler.checkout.carts.schemas import CartDto, CartLineCustomVariableDto, CartLineDto, as_others_see
from sutler.checkout.carts.service import Kept, kept
from sutler.checkout.choices.service import to_price
from sutler.checkout.display.service import display
from sutler.checkout.ladders.service import on_ladders
from sutler.checkout.lines.service import Shelf
from sutler.checkout.pricing.offers import LineToPrice
from sutler.checkout.regions.service import as_in
from sutler.checkout.showcase.queries import on_sale, price_in_region, sales_now, unit_pricing
from sutler.checkout.taxes.service import Place, taxed
from sutler.checkout.totals.service import tried
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset
from sutler.stores.stores.service import current


async def shown(store: StoreContext, customer_id: FlakeId, currency: str | None, country: str | None) -> CartDto:
    """The customer's cart as in a country, in the currency that is asked for, or that visitors there see."""
    seller = await current(store)
    kept_in, shown_in = seller.currency, await display(store, seller, currency, country)
    found, shelf = await kept(store, customer_id)
    receivers = await _receivers(store, found)
    sales = await sales_now(store)
    local = await as_in(store, seller, [unpriced(one) for one in found], country)
    local = await on_ladders(store, seller, local, [one.row.gift_to_customer_id or customer_id for one in found], country)
    cart = on_sale(await taxed(store, seller, local, Place(country=country)), sales, kept_in)
    pricings = [unit_pricing(line, sales, country, kept_in) for line in cart.lines]
    bases = [price_in_region(line) for line in local]
    lines = [_line(*one, shelf, receivers) for one in zip(found, pricings, bases, strict=True)]
    total = sum(line.price * line.quantity for line in lines)
    return shown_in.cart(CartDto(store.store_id, customer_id, lines, total, kept_in))


async def _receivers(store: StoreContext, found: list[Kept]) -> dict[FlakeId, Customer]:
    wanted = sorted({one.row.gift_to_customer_id for one in found if one.row.gift_to_customer_id})
    if not wanted:
        return {}
    return {one.id: one for one in await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, wanted)))}


def unpriced(one: Kept) -> LineToPrice:
    """A line of a cart before pricing, under its row's id."""
    renews = one.line.renewal.renews
    found = to_price(one.row.id, one.line.product, one.row.quantity, one.line.chosen, subscription=renews)
    return found if one.line.renewal.trial is None else tried(found)


def _line(
    one: Kept, pricing: StorefrontProductPricingDto, base: int, shelf: Shelf, receivers: Mapping[FlakeId, Customer]
) -> CartLineDto:
    product, server = one.line.product, shelf.servers.get(one.line.gameserver_id or "")
    receiver = receivers.get(one.row.gift_to_customer_id or "")
    return CartLineDto(
        line_key=one.row.line_key,
        product_id=product.id,
        name=product.name,
        slug=product.slug,
        price=pricing.price_final,
        quantity=one.row.quantity,
        subscription=one.row.subscription,
        trial=one.row.trial,
        image_url=product.image_url,
        selected_gameserver_id=or_unset(one.line.gameserver_id),
        selected_gameserver=StorefrontGameServerDto(server.id, server.name, server.enabled) if server else UNSET,
        pricing=pricing,
        custom_variables=[_answer(chosen, shelf.variables[chosen.id], base) for chosen in one.line.chosen],
        gift_to_customer=as_others_see(shown_customer(receiver)) if receiver else UNSET,
        gift_to_customer_id=or_unset(one.row.gift_to_customer_id),
    )


def _answer(chosen: Chosen, variable: CustomVariable, base: int) -> CartLineCustomVariableDto:
    options = [displayed_option(option, number, base) for number, option in enumerate(variable.options)]
    return CartLineCustomVariableDto(
        id=variable.id,
        name=variable.name,
        identifier=variable.identifier,
        description=variable.description,
        type=variable.type,
        value=chosen.value,
        options=options,
        selected_option=next((option for option in options if option.value == chosen.value), UNSET),
    )
