"""What pricing is told: lines, and everything that may change what they cost. Amounts are minor units of one currency."""

from typing import Literal

from msgspec import Struct

from sutler.catalog.custom_variables.models import PriceType
from sutler.kernel.ids import FlakeId

Kind = Literal["percent", "amount"]
"""How a discount counts: `percent` in tenths of a percent (250 is 25 %), `amount` in minor units."""

TaxMode = Literal["on_top", "included", "put_in"]
"""How prices and tax meet: tax comes on top of the price; the price contains it; or it is put into the price first, for
buyers who expect to see prices with their tax."""


class OptionToPrice(Struct, frozen=True):
    """Something chosen that changes what a unit costs: by minor units, or by basis points of the base price."""

    name: str
    price: int
    price_type: PriceType


class TaxRate(Struct, frozen=True):
    """One tax of one place, in hundredths of a percent: 2100 is 21 %."""

    jurisdiction: str
    name: str
    basis_points: int


class UpsellOffer(Struct, frozen=True, kw_only=True):
    """What a line costs less because it was offered at the checkout with a product. An `amount` comes off each unit."""

    product_id: FlakeId
    kind: Kind
    amount: int


class OwnedStep(Struct, frozen=True):
    """The highest step of a ladder that whoever receives a line has already, and what it costs now, where the buyer is."""

    name: str
    price: int


class LineToPrice(Struct, frozen=True, kw_only=True):
    """One line before pricing. `key` tells it from the others; `price` is one unit without its options.

    `regional_price` is what one unit costs where the buyer is, if that differs; `region_tax_inclusive` whether buyers there
    see prices with their tax, if that is not as in the rest of the store. A line that is not taxed says why. A `trial` is
    free: what it costs afterwards is another matter.
    """

    key: FlakeId
    price: int
    quantity: int
    options: tuple[OptionToPrice, ...] = ()
    product_id: FlakeId | None = None
    tag_ids: tuple[FlakeId, ...] = ()
    subscription: bool = False
    trial: bool = False
    regional_price: int | None = None
    region_id: str | None = None
    region_tax_inclusive: bool | None = None
    tax_code: str | None = None
    taxes: tuple[TaxRate, ...] = ()
    not_taxed_reason: str | None = None
    tax_mode: TaxMode = "on_top"
    takes_coupons: bool = True
    takes_gift_cards: bool = True
    takes_affiliates: bool = True
    sells_gift_cards: bool = False  # each unit comes with a card worth what it costs
    tier_group_id: FlakeId | None = None  # the ladder that it is a step of
    owned: OwnedStep | None = None
    upsell: UpsellOffer | None = None


class Scope(Struct, frozen=True):
    """Which lines an offer is for: those of these products, or with one of these tags; without either, all."""

    product_ids: frozenset[FlakeId] = frozenset()
    tag_ids: frozenset[FlakeId] = frozenset()

    def covers(self, line: LineToPrice) -> bool:
        """Whether the offer is for this line."""
        if not self.product_ids and not self.tag_ids:
            return True
        return line.product_id in self.product_ids or not self.tag_ids.isdisjoint(line.tag_ids)


class SaleOffer(Struct, frozen=True, kw_only=True):
    """A sale that runs now. An `amount` comes off each unit."""

    id: FlakeId
    version_id: FlakeId
    name: str
    kind: Kind
    amount: int
    scope: Scope = Scope()
    minimum_order: int = 0


class CouponOffer(Struct, frozen=True, kw_only=True):
    """A coupon that its buyer may use. An `amount` comes off once: of each line in scope, or of the whole order."""

    id: FlakeId
    version_id: FlakeId
    code: str
    kind: Kind
    amount: int
    individually: bool = True
    before_sales: bool = True
    scope: Scope = Scope()
    minimum_order: int = 0
    on_one_time: bool = True
    on_subscriptions: bool = False


class AffiliateOffer(Struct, frozen=True, kw_only=True):
    """What buyers get for coming through an affiliate's link. An `amount` comes off the order once."""

    id: FlakeId
    code: str
    kind: Kind
    amount: int


class GiftCardOffer(Struct, frozen=True, kw_only=True):
    """A gift card that its buyer may use, and what is on it. `code` is how people are told of it."""

    id: FlakeId
    code: str
    balance: int


class Offers(Struct, frozen=True, kw_only=True):
    """All offers for one order. Coupons and gift cards count in the order in which they come.

    Gift cards are taken off before tax, so that tax falls on what is paid in money; `tax_gift_cards` is for places that
    tax the whole sale: then they pay for the tax, too. Less than `smallest_payment` cannot be paid in money.
    """

    sales: tuple[SaleOffer, ...] = ()
    coupons: tuple[CouponOffer, ...] = ()
    affiliate: AffiliateOffer | None = None
    gift_cards: tuple[GiftCardOffer, ...] = ()
    tax_gift_cards: bool = False
    smallest_payment: int = 50


NO_OFFERS = Offers()
