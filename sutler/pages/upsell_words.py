"""What the checkout page offers beside what is bought, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from msgspec.structs import replace

from sutler.billing.upsells.service import Offer, offers_of, priced_line
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.ladders.service import on_ladders
from sutler.checkout.pricing.offers import LineToPrice, Offers
from sutler.checkout.pricing.price import price
from sutler.checkout.pricing.results import PricedLine
from sutler.checkout.regions.service import as_in
from sutler.checkout.taxes.service import place_of, taxed
from sutler.kernel.data.context import StoreContext
from sutler.pages.checkout_amounts import Amounts, in_words_of
from sutler.pages.renewal_words import CANCEL, how_often
from sutler.promotions.upsell_settings.service import settings_of
from sutler.stores.stores.models import Store

Step = Literal["", "details", "offers"]


@dataclass(frozen=True)
class OfferedProduct:
    """One offer: what its button says, what it costs, and what it would cost elsewhere if that is more."""

    key: str
    name: str
    note: str
    verb: str
    price: str
    before: str
    renewal: str


@dataclass(frozen=True)
class Offered:
    """The offers and how they are shown. While it is `open`, what was taken can be taken off.

    `step` is where a buyer is whose offers are a step of their own, with the payment still to come.
    """

    offers: Sequence[OfferedProduct] = ()
    open: bool = False
    inline: bool = False
    dialog: bool = False
    step: Step = ""


NOTHING_OFFERED: Final = Offered()


async def offered_beside(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine], money: Amounts
) -> Offered:
    """What is offered to the buyer of an open checkout that nobody tried to pay yet."""
    found = await offers_of(store, seller, checkout, lines)
    if not found:
        return Offered(open=True)
    style = (await settings_of(store)).checkout_style
    said = await _said(store, seller, checkout, found, money)
    if style == "dedicated_step":
        steps: dict[str | None, Step] = {None: "details", "offers": "offers"}
        return Offered(said, open=True, step=steps.get(checkout.step, ""))
    dialog = style == "inline_and_prepayment_dialog" and checkout.step != "payment"
    return Offered(said, open=True, inline=True, dialog=dialog)


async def _said(
    store: StoreContext, seller: Store, checkout: Checkout, offers: Sequence[Offer], money: Amounts
) -> list[OfferedProduct]:
    """The offers with what each of them costs with its own discount and the sales of the checkout."""
    place = place_of(checkout)
    wanted = await as_in(store, seller, [_to_price(offer) for offer in offers], place.country)
    receivers = [offer.line.recipient_id or checkout.customer_id for offer in offers]
    wanted = await on_ladders(store, seller, wanted, receivers, place.country)
    wanted = await taxed(store, seller, wanted, place)
    cart = price(wanted, checkout.currency, Offers(sales=checkout.offers.sales))
    return [_one(offer, line, checkout.currency, money) for offer, line in zip(offers, cart.lines, strict=True)]


def _to_price(offer: Offer) -> LineToPrice:
    return replace(priced_line(offer.suggestion.key, offer.line), upsell=offer.discount)


def _one(offer: Offer, line: PricedLine, currency: str, money: Amounts) -> OfferedProduct:
    suggestion, product, renewal = offer.suggestion, offer.line.product, offer.line.renewal
    more = suggestion.type == "increase_quantity"
    units = f"{line.quantity} × " if line.quantity > 1 else ""
    return OfferedProduct(
        key=suggestion.key,
        name=f"{line.quantity} more {product.name}" if more else units + product.name,
        note=f"instead of {suggestion.base.product_name}" if suggestion.type == "alternative" else "",
        verb="Take" if suggestion.type == "alternative" else "Add",
        price=in_words_of(line.left, currency, money.seen),
        before=in_words_of(line.subtotal_amount, currency, money.seen) if line.discount_amount else "",
        renewal=f"{how_often(renewal.value, renewal.scale)} {CANCEL}" if renewal.value and renewal.scale else "",
    )
