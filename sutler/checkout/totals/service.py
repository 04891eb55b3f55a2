"""What a checkout comes to at this moment: its lines and offers as they were written down, gift cards as they are now."""

from collections.abc import Sequence

from msgspec.structs import replace

from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.choices.service import options_of
from sutler.checkout.ladders.service import on_ladders
from sutler.checkout.pricing.offers import LineToPrice, Offers, SaleOffer, Scope
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import PricedCart
from sutler.checkout.taxes.service import place_of, taxed
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.promotions.gift_cards.models import GiftCard
from sutler.promotions.sales.models import Sale
from sutler.promotions.sales.queries import active_sales
from sutler.stores.stores.models import Store


async def priced(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine], country: str | None = None
) -> PricedCart:
    """What these lines of a checkout cost now, each under its own id; `country` is where its buyer just said to be.

    A trial costs nothing.
    """
    offers = await with_balances(store, checkout.offers)
    costs = [tried(wanted(line)) if line.trial else wanted(line) for line in lines]
    known_in = place_of(checkout).country
    costs = await on_ladders(store, seller, costs, receivers_of(checkout, lines), known_in)
    found = await taxed(store, seller, costs, place_of(checkout, country))
    if seller.tax is not None and seller.tax.tax_gift_cards:
        offers = replace(offers, tax_gift_cards=True)
    return price(found, checkout.currency, offers)


def wanted(line: CheckoutLine) -> LineToPrice:
    """What pricing knows of a line; of one that is older than offers, only its price and options.

    What is written down with the line is what it costs after its trial, if it begins with one.
    """
    if line.wanted is not None:
        return line.wanted
    options = options_of(line.custom_variables)
    return LineToPrice(key=line.id, price=line.price, quantity=line.quantity, options=options)


def receivers_of(checkout: Checkout, lines: Sequence[CheckoutLine]) -> list[FlakeId]:
    """For whom each line is."""
    return [line.gift_to_customer_id or checkout.customer_id for line in lines]


def after_trials(lines: Sequence[CheckoutLine]) -> list[CheckoutLine]:
    """The lines as they cost when nothing of them is tried any more."""
    return [replace(line, trial=False) for line in lines]


def tried(line: LineToPrice) -> LineToPrice:
    """The line as it costs while it is tried."""
    return replace(line, trial=True)


async def with_balances(store: StoreContext, offers: Offers) -> Offers:
    """The offers with what is on their gift cards now; a card that cannot pay now has nothing on it."""
    if not offers.gift_cards:
        return offers
    ids = sorted(card.id for card in offers.gift_cards)
    known = {card.id: card for card in await store.all(store.rows(GiftCard).where(one_of_ids(GiftCard.c.id, ids)))}
    now = clock.now()
    balances = {id: card.balance if card.usable_from(now) else 0 for id, card in known.items()}
    return replace(offers, gift_cards=tuple(replace(card, balance=balances.get(card.id, 0)) for card in offers.gift_cards))


async def running_sales(store: StoreContext) -> tuple[SaleOffer, ...]:
    """The sales that are on at this moment."""
    return tuple(sale_offer(sale) for sale in await active_sales(store, clock.now()))


def sale_offer(sale: Sale) -> SaleOffer:
    """A sale as pricing knows it."""
    return SaleOffer(
        id=sale.id,
        version_id=sale.sale_version_id,
        name=sale.name,
        kind=sale.discount_type,
        amount=sale.discount_amount,
        scope=Scope(frozenset(sale.product_ids), frozenset(sale.tag_ids)),
        minimum_order=sale.minimum_order_value,
    )
