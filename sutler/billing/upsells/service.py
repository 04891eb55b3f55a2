"""What an open checkout offers beside what its buyer came for.

First what its products recommend, then what the store recommends to everybody, then what others bought with the same. An
offer needs no choice: whoever takes it gets another line of the checkout.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sutler.billing.bought_together.queries import bought_together
from sutler.billing.gateway_accounts.service import offered
from sutler.catalog.products.models import Product, Recommendation, UpsellType
from sutler.catalog.products.service import products
from sutler.catalog.stock.models import OutOfStock, PurchaseLimitReached
from sutler.checkout.checkouts.models import Checkout, CheckoutLine, RequirementNotMet, StepOwned
from sutler.checkout.checkouts.schemas import MOST_LINES, MOST_UNITS, CreateCheckoutSessionLineManagementDto
from sutler.checkout.choices.service import to_price
from sutler.checkout.ladders.service import refuse_owned
from sutler.checkout.limits.service import check
from sutler.checkout.line_renewals.service import Renewal, together
from sutler.checkout.lines.service import Resolved, Shelf, problems_with, resolved, shelf_for
from sutler.checkout.pricing.offers import Kind, LineToPrice, UpsellOffer
from sutler.checkout.totals.service import receivers_of, wanted
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.promotions.upsell_settings.models import UpsellSettings
from sutler.promotions.upsell_settings.service import settings_of
from sutler.stores.stores.models import Store

MOST_SHOWN: Final = 3
MOST_TRIED: Final = 20
"""Recommendations that are looked at, however many there are."""

Line = CreateCheckoutSessionLineManagementDto


class Suggestion(Struct, frozen=True, kw_only=True):
    """A recommendation and the line of the checkout that it is made with; nobody has looked yet whether it can be had.

    Where it is the store's, its product must take part in upselling, and must be shown where only history speaks for it.
    """

    base: CheckoutLine
    recommendation: Recommendation
    of_store: bool = False
    by_history: bool = False

    @property
    def type(self) -> UpsellType:
        """Whether it comes with its line, in its place, or is more of the same."""
        return self.recommendation.type

    @property
    def product_id(self) -> FlakeId:
        """What would be added."""
        more = self.type == "increase_quantity"
        return self.base.product_id if more else self.recommendation.recommended_product_id

    @property
    def key(self) -> str:
        """What tells it from the others of the same checkout."""
        return f"{self.base.id}.{self.product_id}.{self.type}"

    @property
    def quantity(self) -> int:
        """How many units are offered."""
        one = self.recommendation
        given = self.base.quantity if self.type == "alternative" else one.quantity_to_add or 1
        return min(max(given, one.minimum_recommended_product_quantity or 1), MOST_UNITS)


class Offer(Struct, frozen=True, kw_only=True):
    """Something that can be had now: the line that it would be."""

    suggestion: Suggestion
    line: Resolved

    @property
    def discount(self) -> UpsellOffer | None:
        """What the line costs less for being offered."""
        one, base = self.suggestion.recommendation, self.suggestion.base
        if one.discount_type not in ("fixed", "percentage"):
            return None
        kind: Kind = "percent" if one.discount_type == "percentage" else "amount"
        return UpsellOffer(product_id=base.product_id, kind=kind, amount=one.discount_amount)


async def offers_of(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine], *, only: str | None = None
) -> list[Offer]:
    """What is offered to the buyer of a checkout that nobody has tried to pay yet; with `only`, that offer if it stands."""
    settings = await settings_of(store)
    bases = [line for line in lines if line.upsell_of is None]
    if not settings.enabled or not bases or not _takes_more(checkout, lines):
        return []
    found = [one for one in await _suggestions(store, settings, bases, lines) if only in (None, one.key)][:MOST_TRIED]
    shelf = await shelf_for(store, [_asked(one) for one in found])
    can_renew = bool(offered(seller, recurring=True))
    offers: dict[tuple[FlakeId, bool], Offer] = {}  # of a product, and of more of one, one each
    for one in found:
        what = one.product_id, one.type == "increase_quantity"
        if what in offers or len(offers) == MOST_SHOWN:
            continue
        staying = [line for line in lines if one.type != "alternative" or line.id != one.base.id]
        line = _line(shelf, one, staying, checkout.customer_id, can_renew=can_renew)
        if line is not None and await _can_be_had(store, checkout, line, staying):
            offers[what] = Offer(suggestion=one, line=line)
    return list(offers.values())


def _takes_more(checkout: Checkout, lines: Sequence[CheckoutLine]) -> bool:
    free = checkout.state == "open" and checkout.held_by is None and checkout.expires_at > clock.now()
    return free and checkout.subscription_id is None and len(lines) < MOST_LINES


async def _suggestions(
    store: StoreContext, settings: UpsellSettings, bases: Sequence[CheckoutLine], lines: Sequence[CheckoutLine]
) -> list[Suggestion]:
    """Every recommendation that has a line to go with, each once for each type; nothing that is in the checkout already."""
    known = await products(store, [line.product_id for line in bases])
    found = [*_of_products(known, bases), *(_of_store(settings, bases) if settings.recommendation_overrides_enabled else ())]
    if settings.automatic_recommendations_enabled:
        found += _by_history(settings, bases[0], await bought_together(store, [line.product_id for line in bases]))
    have = {line.product_id for line in lines} | {line.upsell_of for line in lines if line.upsell_type == "alternative"}
    more = {line.upsell_of for line in lines if line.upsell_type == "increase_quantity"}
    first: dict[tuple[FlakeId, UpsellType], Suggestion] = {}
    for one in found:
        if one.product_id not in (more if one.type == "increase_quantity" else have) and _fits(one):
            first.setdefault((one.product_id, one.type), one)
    return list(first.values())


def _fits(one: Suggestion) -> bool:
    """Whether it goes with its line. What renews is one unit each, and a trial is not given up for something else."""
    if one.base.quantity < (one.recommendation.minimum_base_product_quantity or 1):
        return False
    if one.type == "increase_quantity":
        return one.base.subscription_interval_value is None
    return one.type == "additional" or not one.base.trial


def _of_products(known: dict[FlakeId, Product], bases: Sequence[CheckoutLine]) -> Iterator[Suggestion]:
    for line in bases:
        product = known.get(line.product_id)
        for one in product.upselling.recommendations if product and product.upselling.enabled else ():
            yield Suggestion(base=line, recommendation=one)


def _of_store(settings: UpsellSettings, bases: Sequence[CheckoutLine]) -> Iterator[Suggestion]:
    """What goes with anything goes with each line; more of the same only with the lines of its product."""
    for one in settings.recommendation_overrides:
        for line in bases:
            if one.type != "increase_quantity" or line.product_id == one.recommended_product_id:
                yield Suggestion(base=line, recommendation=one, of_store=True)


def _by_history(settings: UpsellSettings, base: CheckoutLine, ids: Sequence[FlakeId]) -> Iterator[Suggestion]:
    for id in ids:
        one = Recommendation(
            recommended_product_id=id,
            type="additional",
            discount_type=settings.automatic_recommendations_discount_type,
            discount_amount=settings.automatic_recommendations_discount_amount,
        )
        yield Suggestion(base=base, recommendation=one, of_store=True, by_history=True)


def _asked(one: Suggestion) -> Line:
    """The line that an offer would be. Only more of the same, and what comes in its place, is made as its line was."""
    base, same = one.base, one.type == "increase_quantity"
    return Line(
        product_id=one.product_id,
        quantity=one.quantity,
        gift_to_customer_id=base.gift_to_customer_id,
        selected_gameserver_id=None if one.type == "additional" else base.selected_gameserver_id,
        custom_variables={each.identifier: each.value for each in base.custom_variables if each.value} if same else None,
    )


def _line(
    shelf: Shelf, one: Suggestion, lines: Sequence[CheckoutLine], customer_id: FlakeId, *, can_renew: bool
) -> Resolved | None:
    """The offer as a line without problems, as a subscription if that is preferred and fits; None where there is none."""
    product = shelf.products.get(one.product_id)
    if product is None or (one.of_store and not product.upselling.enabled) or (one.by_history and product.is_hidden):
        return None
    asked = _asked(one)
    if not product.single_game_server_only:
        asked = replace(asked, selected_gameserver_id=None)
    for subscription in (True, None) if one.recommendation.prefer_as_subscription else (None,):
        line = replace(asked, subscription=subscription)
        if not list(problems_with(shelf, 0, line, customer_id)):
            found = resolved(shelf, line, one.base.gift_to_customer_id)
            if not found.renewal.renews or (can_renew and not together([*map(_renewal, lines), found.renewal])):
                return found
    return None


def _renewal(line: CheckoutLine) -> Renewal:
    """How a line of the checkout goes on. One on trial goes with none that is not, which no length says better."""
    if line.trial:
        return Renewal(value=0, scale="invalid")
    return Renewal(value=line.subscription_interval_value, scale=line.subscription_interval_scale)


async def _can_be_had(store: StoreContext, checkout: Checkout, line: Resolved, lines: Sequence[CheckoutLine]) -> bool:
    """Whether limits, stock, requirements and ladders allow it beside the other lines, as for any line."""
    there = [replace(line, quantity=one.quantity) for one in lines if one.product_id == line.product.id]
    costs = [*map(wanted, lines), priced_line("", line)]
    try:
        await check(store, checkout.customer_id, [*there, line])
        await refuse_owned(store, costs, [*receivers_of(checkout, lines), line.recipient_id or checkout.customer_id])
    except (OutOfStock, PurchaseLimitReached, RequirementNotMet, StepOwned):
        return False
    return True


def priced_line(key: FlakeId, line: Resolved) -> LineToPrice:
    """What pricing knows of a line that is offered."""
    return to_price(key, line.product, line.quantity, line.chosen, subscription=line.renewal.renews)
