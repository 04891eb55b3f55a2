"""Collecting the offers of a checkout, letting its buyer enter and take off codes, and using them up when it is paid."""

from collections.abc import Sequence

from msgspec.structs import replace

from sutler.checkout.checkouts.models import Checkout, InvalidPromoCode
from sutler.checkout.checkouts.queries import lines_of
from sutler.checkout.pricing.offers import Offers
from sutler.checkout.pricing.results import PricedCart, Used
from sutler.checkout.promo_codes.service import Entered, affiliate_for, read, refuse, stacking_problem
from sutler.checkout.totals.service import after_trials, priced, running_sales
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.errors import Conflict, FieldError
from sutler.kernel.ids import FlakeId
from sutler.promotions.coupons.models import Coupon
from sutler.promotions.gift_card_uses import service as gift_card_uses
from sutler.promotions.redemptions import service as redemptions
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

MOST_CODES = 10


class CheckoutBusy(Conflict):
    """This checkout is being paid, or is closed, so its codes cannot be changed now."""


async def offers_for(
    store: StoreContext, seller: Store, customer_id: FlakeId, entered: Sequence[Entered], address: str
) -> Offers:
    """The sales that run now, and what these codes stand for. InvalidPromoCode names every code that cannot be used.

    An affiliate whose code is among them is not followed yet.
    """
    codes = await read(store, customer_id, entered, address)
    refuse(codes.problems)
    if entered and (text := stacking_problem(seller, codes.coupons, codes.gift_cards)):
        refuse([FieldError("InvalidPromoCode", text, entered[-1].path, "promo_code")])
    return Offers(
        sales=await running_sales(store),
        coupons=tuple(codes.coupons),
        gift_cards=tuple(codes.gift_cards),
        affiliate=codes.affiliate,
    )


async def with_affiliate(store: StoreContext, offers: Offers, customer_id: FlakeId, code: str | None) -> Offers:
    """The offers with what the affiliate gives who brought the customer, if one did. What was typed in goes first."""
    typed = offers.affiliate.code if offers.affiliate else code
    return replace(offers, affiliate=await affiliate_for(store, customer_id, typed))


def refuse_unused(cart: PricedCart, offers: Offers, paths: dict[str, str]) -> None:
    """InvalidPromoCode for coupons that take nothing off, with the reason. Gift cards may wait for another order."""
    mine = {coupon.id for coupon in offers.coupons}
    unused = [one for one in cart.unused if one.id in mine]
    refuse(
        [
            FieldError("InvalidPromoCode", one.reason, paths.get(one.code.lower(), "promo_codes"), "promo_code")
            for one in unused
        ]
    )


async def enter_code(store: StoreContext, checkout_id: FlakeId, code: str, address: str) -> None:
    """A buyer enters a code on the page of an open checkout. InvalidPromoCode says why one cannot be used."""
    checkout, seller = await store.get(Checkout, checkout_id), await current(store)
    _refuse_busy(checkout)
    if checkout.subscription_id is not None:
        raise InvalidPromoCode("What a subscription costs was agreed when it began, so no codes can be entered for it now.")
    known, entered = checkout.offers, Entered(code)
    found = await read(store, checkout.customer_id, [entered], address)
    refuse(found.problems)
    have = {one.id for one in known.coupons} | {card.id for card in known.gift_cards}
    coupons = (*known.coupons, *(one for one in found.coupons if one.id not in have))
    cards = (*known.gift_cards, *(one for one in found.gift_cards if one.id not in have))
    if len(coupons) + len(cards) > MOST_CODES:
        raise InvalidPromoCode(f"One order takes {MOST_CODES} codes at most.")
    if text := stacking_problem(seller, coupons, cards):
        raise InvalidPromoCode(text)
    checkout.offers = replace(known, coupons=coupons, gift_cards=cards)
    if found.affiliate is not None:
        typed = replace(checkout.offers, affiliate=found.affiliate)
        checkout.offers = await with_affiliate(store, typed, checkout.customer_id, None)
    cart = await priced(store, seller, checkout, after_trials(await lines_of(store, checkout.id)))
    refuse_unused(cart, checkout.offers, {})
    await _keep(store, checkout)


async def take_off_code(store: StoreContext, checkout_id: FlakeId, offer_id: FlakeId) -> None:
    """A buyer takes a coupon, a gift card or an affiliate's code off an open checkout; what is not there is passed over.

    Their next checkouts still have the affiliate, as long as the tracking says.
    """
    checkout = await store.get(Checkout, checkout_id)
    _refuse_busy(checkout)
    known = checkout.offers
    checkout.offers = replace(
        known,
        coupons=tuple(one for one in known.coupons if one.id != offer_id),
        gift_cards=tuple(one for one in known.gift_cards if one.id != offer_id),
        affiliate=None if known.affiliate is not None and known.affiliate.id == offer_id else known.affiliate,
    )
    await _keep(store, checkout)


def _refuse_busy(checkout: Checkout) -> None:
    if checkout.state != "open" or checkout.held_by is not None or checkout.expires_at <= clock.now():
        raise CheckoutBusy


async def _keep(store: StoreContext, checkout: Checkout) -> None:
    """Only while nobody pays: whoever pays holds the checkout first."""
    free = store.rows(Checkout).where(Checkout.c.id == checkout.id, Checkout.c.state == "open", Checkout.c.held_by.is_(None))
    if not await store.change_all(free, {"offers": checkout.offers}):
        raise CheckoutBusy


async def use(store: StoreContext, checkout: Checkout, gift_cards: Sequence[Used]) -> None:
    """A payment begins: redeem the coupons of a checkout, and take what its gift cards are to pay off them.

    PromoCodeUsedUp, GiftCardTooLow or GiftCardNotUsable when others were faster.
    """
    if _redeems(checkout):
        await _redeem(store, checkout)
    if gift_cards:
        await gift_card_uses.reserve(store, checkout.id, [(card.id, card.amount) for card in gift_cards])


async def _redeem(store: StoreContext, checkout: Checkout) -> None:
    ids = sorted(coupon.id for coupon in checkout.offers.coupons)
    coupons = await store.all(store.rows(Coupon).where(one_of_ids(Coupon.c.id, ids)))
    wanted = [
        redemptions.Wanted(coupon=coupon, customer_id=checkout.customer_id, checkout_id=checkout.id) for coupon in coupons
    ]
    await redemptions.take(store, wanted)


async def give_back(store: StoreContext, checkout: Checkout) -> None:
    """The payment of a checkout came to nothing: others may redeem what it had."""
    if _redeems(checkout):
        await redemptions.release(store, checkout.id)
    if checkout.offers.gift_cards:
        await gift_card_uses.release(store, checkout.id)


async def keep(store: StoreContext, checkout: Checkout) -> None:
    """A checkout is paid: its coupons are redeemed for good."""
    if _redeems(checkout):
        await redemptions.keep(store, checkout.id)


def _redeems(checkout: Checkout) -> bool:
    """Whether paying redeems coupons; those of a subscription were redeemed when it began."""
    return bool(checkout.offers.coupons) and checkout.subscription_id is None
