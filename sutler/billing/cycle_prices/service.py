"""What a cycle of a subscription costs: its frozen lines, the offers that still stand, and the tax of now.

It is the same pricing as for any checkout; a renewal's checkout comes to the same amounts.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from sutler.billing.subscription_changes.models import SubscriptionChangeLine
from sutler.billing.subscriptions.models import Standing, Subscription, SubscriptionLine
from sutler.checkout.checkouts.models import Address
from sutler.checkout.pricing.offers import LineToPrice, Offers
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import PricedCart
from sutler.checkout.taxes.service import Place, taxed
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.models import Store

Lines = Sequence[SubscriptionLine] | Sequence[SubscriptionChangeLine]
FIRST: Final = 1


def offers_in(standing: Sequence[Standing], cycle: int) -> Offers:
    """The offers of a subscription that count in a cycle."""
    mine = [one for one in standing if one.until is None or one.until >= cycle]
    return Offers(
        sales=tuple(one.sale for one in mine if one.sale is not None),
        coupons=tuple(one.coupon for one in mine if one.coupon is not None),
        affiliate=next((one.affiliate for one in mine if one.affiliate is not None), None),
    )


def address_of(subscription: Subscription) -> Address:
    """Where its payer is: what the tax of a cycle depends on."""
    known, country = subscription.billing_address or Address(), subscription.billing_country or None
    return known if country in (None, known.country) else Address(country=country)


async def price_of(store: StoreContext, seller: Store, subscription: Subscription, lines: Lines, cycle: int) -> PricedCart:
    """What one cycle costs; its lines go by the ids of the subscription's."""
    found = await prices_of(store, seller, [(subscription, lines)], {subscription.id: cycle})
    return found[subscription.id]


async def prices_of(
    store: StoreContext, seller: Store, several: Sequence[tuple[Subscription, Lines]], cycles: Mapping[FlakeId, int]
) -> dict[FlakeId, PricedCart]:
    """What a cycle of each of these subscriptions costs: the rates of tax are read once for all payers of one place."""
    by_place: dict[Place, list[LineToPrice]] = defaultdict(list)
    for subscription, lines in several:
        by_place[place_of_payer(subscription)] += [line.wanted for line in lines]
    ready = {
        (place, line.key): line for place, wanted in by_place.items() for line in await taxed(store, seller, wanted, place)
    }
    return {
        subscription.id: price(
            [ready[place_of_payer(subscription), line.wanted.key] for line in lines],
            subscription.currency,
            offers_in(subscription.offers, cycles[subscription.id]),
        )
        for subscription, lines in several
    }


def next_cycle(subscription: Subscription) -> int:
    """The cycle that will be charged next."""
    return subscription.billing_cycle_sequence + 1


def place_of_payer(subscription: Subscription) -> Place:
    """Where its payer is, as tax sees it."""
    address = address_of(subscription)
    is_business = subscription.tax_id_check == "valid"
    return Place(country=(address.country or "").upper() or None, state=address.state or "", is_business=is_business)
