"""Reading codes that buyers enter: what they stand for, and why one cannot be used."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from sutler.checkout.checkouts.models import InvalidPromoCode
from sutler.checkout.pricing.offers import AffiliateOffer, CouponOffer, GiftCardOffer, Scope
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId
from sutler.promotions.affiliate_links.models import AffiliateLink
from sutler.promotions.affiliate_links.queries import find_affiliate
from sutler.promotions.coupons.models import Coupon
from sutler.promotions.coupons.queries import find_codes, living, why_not
from sutler.promotions.gift_card_codes.service import plain
from sutler.promotions.gift_cards.models import GiftCard
from sutler.promotions.gift_cards.queries import by_codes
from sutler.promotions.guesses.service import GUESSES, guessers
from sutler.promotions.redemptions.queries import used_up
from sutler.promotions.referrals.service import follow, referred_by
from sutler.stores.stores.models import Store

SHOWN: Final = 4  # characters at the end of a gift card's code, by which its owner knows it
ONE_CODE: Final = "Only one code can be used at a time. Leave out the others."
ONE_COUPON: Final = "Only one coupon can be used at a time; gift cards can be added to it. Leave out the other coupons."


class Entered(Struct, frozen=True):
    """A code as a buyer entered it, and where in the request."""

    code: str
    path: str = "code"


class Codes(Struct):
    """What codes stand for, in the order in which they were entered, and what is wrong with the others.

    Of several affiliates the last counts.
    """

    coupons: list[CouponOffer]
    gift_cards: list[GiftCardOffer]
    problems: list[FieldError]
    affiliate: AffiliateOffer | None = None


async def read(store: StoreContext, customer_id: FlakeId, entered: Sequence[Entered], address: str) -> Codes:
    """What these codes stand for; one that cannot be used now is a problem with its reason.

    A code is a coupon, else a gift card, else an affiliate's. TooManyRequests for an address, or a customer, that enters
    wrong codes again and again.
    """
    if not entered:
        return Codes([], [], [])
    who = guessers(store.store_id, customer_id, address)
    GUESSES.refuse(who)
    coupons = await find_codes(store, [one.code for one in entered])
    cards = await by_codes(store, [one.code for one in entered if coupons[one.code] is None])
    gone = await used_up(store, [coupon for coupon in coupons.values() if coupon], customer_id)
    found = Codes([], [], [])
    for one in {one.code.strip().lower(): one for one in entered}.values():
        coupon, card = coupons[one.code], cards.get(one.code)
        if coupon is None and card is None:
            if (link := await find_affiliate(store, one.code)) is not None:
                found.affiliate = _affiliate_offer(link)
                continue
            GUESSES.refuse(who)  # nobody learns more from many codes at once
            GUESSES.count(who)
        _sort_in(
            found, one, coupon, card, _coupon_problem(coupon, customer_id, gone) if card is None else _card_problem(card)
        )
    return found


def _sort_in(found: Codes, one: Entered, coupon: Coupon | None, card: GiftCard | None, problem: str | None) -> None:
    if problem is not None:
        found.problems.append(FieldError("InvalidPromoCode", problem, one.path, "promo_code"))
    elif coupon is not None:
        found.coupons.append(coupon_offer(coupon))
    elif card is not None and card.id not in {known.id for known in found.gift_cards}:
        found.gift_cards.append(GiftCardOffer(id=card.id, code=f"…{plain(one.code)[-SHOWN:]}", balance=card.balance))


def _coupon_problem(coupon: Coupon | None, customer_id: FlakeId, gone: set[FlakeId]) -> str | None:
    problem = why_not(coupon, customer_id, clock.now())
    if problem is None and coupon is not None and coupon.id in gone:
        return f"The code {coupon.code} was redeemed as often as it may be."
    return problem


def _card_problem(card: GiftCard) -> str | None:
    if not card.usable_from(clock.now()):
        return "This gift card cannot be used now: it is not valid yet, has expired, or was switched off."
    return None if card.balance else "Nothing is left on this gift card."


def stacking_problem(seller: Store, coupons: Sequence[CouponOffer], gift_cards: Sequence[GiftCardOffer]) -> str | None:
    """Why these codes cannot be used together, as the store's owner decided."""
    behavior = seller.promo_code_stacking_behavior
    if behavior == "disabled" and len(coupons) + len(gift_cards) > 1:
        return ONE_CODE
    return ONE_COUPON if behavior == "gift_cards_only" and len(coupons) > 1 else None


async def code_of(store: StoreContext, coupon_id: FlakeId) -> str:
    """The code of a coupon that is named by its id, or the id itself, which is no code, when there is none."""
    coupon = await store.peek(living(store).where(Coupon.c.id == coupon_id))
    return coupon.code if coupon else coupon_id


async def affiliate_for(store: StoreContext, customer_id: FlakeId, code: str | None) -> AffiliateOffer | None:
    """What the affiliate gives who brought this customer, now or some time ago. An unknown code is passed over."""
    link = await (follow(store, customer_id, code) if code else referred_by(store, customer_id, clock.now()))
    return None if link is None else _affiliate_offer(link)


def _affiliate_offer(link: AffiliateLink) -> AffiliateOffer:
    return AffiliateOffer(
        id=link.id,
        code=link.code,
        kind="percent" if link.discount_type == "percentage" else "amount",
        amount=0 if link.discount_type == "none" else link.discount_amount,
    )


def coupon_offer(coupon: Coupon) -> CouponOffer:
    """A coupon as pricing knows it."""
    return CouponOffer(
        id=coupon.id,
        version_id=coupon.coupon_version_id,
        code=coupon.code,
        kind="percent" if coupon.discount_type == "percent" else "amount",
        amount=coupon.discount_amount,
        individually=coupon.discount_apply_individually,
        before_sales=coupon.discount_apply_before_sales,
        scope=Scope(frozenset(coupon.product_ids), frozenset(coupon.tag_ids)),
        minimum_order=coupon.minimum_order_value,
        on_one_time=coupon.usable_on_one_time_purchase,
        on_subscriptions=coupon.usable_on_subscription,
    )


def refuse(problems: Sequence[FieldError]) -> None:
    """InvalidPromoCode for these problems, if there are any."""
    if problems:
        raise InvalidPromoCode(problems[0].message, list(problems))
