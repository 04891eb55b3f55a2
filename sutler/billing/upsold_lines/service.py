"""Taking an offer of an open checkout, and taking it off again: what was before is there again then.

Neither works while somebody pays, who holds the checkout. Once somebody has tried to, nothing more is offered, but what was
taken can still be taken off, as codes can: the order that waits follows its checkout.
"""

from msgspec.structs import replace

from sutler.billing.gateway_accounts.service import taken_by
from sutler.billing.orders import service as orders
from sutler.billing.orders.models import Order
from sutler.billing.orders.service import Payer
from sutler.billing.upsells.service import Offer, offers_of
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.queries import lines_of
from sutler.checkout.checkouts.service import LARGEST_TOTAL, line_of
from sutler.checkout.offers.service import CheckoutBusy
from sutler.checkout.regions.service import keep_prices
from sutler.checkout.totals.service import after_trials, priced, wanted
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId, new_id
from sutler.stores.stores.service import current


class OfferGone(Conflict):
    """This offer cannot be had any more."""


async def take(store: StoreContext, checkout_id: FlakeId, key: str) -> None:
    """Add the line that an offer stands for; one that comes in the place of another takes it.

    CheckoutBusy while somebody pays or after anybody tried to, OfferGone when it cannot be had. Whoever takes it twice has
    it once.
    """
    checkout, seller = await _free(store, checkout_id), await current(store)
    if await _tried(store, checkout_id):
        raise CheckoutBusy
    lines = await lines_of(store, checkout_id)
    if any(line.upsell_of and key.split(".")[1:] == [line.product_id, line.upsell_type] for line in lines):
        return
    found = await offers_of(store, seller, checkout, lines, only=key)
    if not found:
        raise OfferGone
    line = _line(checkout, found[0])
    await keep_prices(store, seller, checkout, [line])
    base = found[0].suggestion.base
    replaces = line.upsell_type == "alternative"
    after = [one for one in lines if not replaces or one.id != base.id]
    if (await priced(store, seller, checkout, after_trials([*after, line]))).total_amount > LARGEST_TOTAL:
        raise OfferGone
    await store.add(line)
    if replaces:
        await store.change(base, {"replaced_by_line_id": line.id})


def _line(checkout: Checkout, offer: Offer) -> CheckoutLine:
    line = line_of(checkout.id, new_id(), offer.line)
    line.wanted = replace(wanted(line), upsell=offer.discount)
    line.upsell_of, line.upsell_type = offer.suggestion.base.product_id, offer.suggestion.type
    return line


async def take_off(store: StoreContext, checkout_id: FlakeId, line_id: FlakeId) -> None:
    """Take an offer off that was taken; one that is not there is passed over. CheckoutBusy while somebody pays.

    Where the line comes back that it stood in for, so go offers that do not renew together with that.
    """
    checkout, order = await _free(store, checkout_id), await _tried(store, checkout_id)
    lines = await lines_of(store, checkout_id)
    for line in lines:
        if line.id == line_id and line.upsell_of is not None:
            stood_in = store.rows(CheckoutLine).where(CheckoutLine.c.replaced_by_line_id == line_id)
            back = await store.change_all(stood_in, {"replaced_by_line_id": None})
            misfits = [one for one in lines for before in back if one.upsell_of and _renews_otherwise(one, before)]
            for one in {one.id: one for one in [line, *misfits]}.values():
                await store.remove(one)
            if order is not None:
                await _follow(store, checkout, order)


async def _follow(store: StoreContext, checkout: Checkout, order: Order) -> None:
    """Bring the order of an attempt that came to nothing in line with its checkout; who pays stays as they said."""
    seller = await current(store)
    payer = Payer(
        billing_name=order.billing_name, billing_email=order.billing_email, billing_country=order.billing_country,
        billing_tax_id=order.billing_tax_id, customer_ip=order.customer_ip, visitor_country=order.visitor_country,
        takes=taken_by(seller, None),
    )  # fmt: skip
    await orders.place(store, seller, checkout, await lines_of(store, checkout.id), payer)


def _renews_otherwise(one: CheckoutLine, other: CheckoutLine) -> bool:
    value, scale = one.subscription_interval_value, one.subscription_interval_scale
    its = other.subscription_interval_value, other.subscription_interval_scale
    return value is not None and its[0] is not None and ((value, scale) != its or one.trial != other.trial)


async def _free(store: StoreContext, checkout_id: FlakeId) -> Checkout:
    """The checkout, which nobody else can begin to pay, or change, until this transaction is over."""
    free = store.rows(Checkout).where(
        Checkout.c.id == checkout_id, Checkout.c.state == "open", Checkout.c.held_by.is_(None),
        Checkout.c.expires_at > clock.now(),
    )  # fmt: skip
    won = await store.change_all(free, {"held_by": None})
    if not won:
        raise CheckoutBusy
    return won[0]


async def _tried(store: StoreContext, checkout_id: FlakeId) -> Order | None:
    """The order of an attempt that came to nothing, if somebody tried to pay."""
    return await store.first(store.rows(Order).where(Order.c.checkout_id == checkout_id))
