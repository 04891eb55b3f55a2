"""What the checkout page shows: a checkout, its order if there is one, and its store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from msgspec import structs

from sutler.billing.gateway_accounts.queries import settings_in
from sutler.billing.gateway_accounts.service import offered
from sutler.billing.gateways.interface import Gateway
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.gateways.paypal import PAYPAL
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.gateways.stripe import STRIPE
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.checkout.checkouts.models import Address, Checkout, TaxIdCheck
from sutler.checkout.checkouts.queries import by_token, lines_of
from sutler.checkout.taxes.service import states_that_tax
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.pages.bought_cards import BoughtCard, bought_cards
from sutler.pages.checkout_amounts import Amounts, amounts
from sutler.pages.line_places import places
from sutler.pages.payer_states import States
from sutler.pages.upsell_words import NOTHING_OFFERED, Offered, offered_beside
from sutler.stores.stores.models import Store

ELSEWHERE: Final = {gateway.name: gateway.title for gateway in (STRIPE, PAYPAL)}
"""Gateways with a page of their own, by name: their titles."""
State = Literal["open", "paying", "completed", "expired", "unpayable"]


@dataclass(frozen=True)
class View:
    """A checkout in words."""

    token: str
    store_name: str
    test_mode: bool
    state: State
    amounts: Amounts
    declined: str
    return_url: str | None
    cancel_url: str | None
    auto_redirect: bool
    billing_name: str
    billing_email: str
    billing_country: str
    billing_state: str | None  # None where nobody said, empty where it is none of those that matter
    billing_tax_id: str
    tax_id_check: TaxIdCheck | None
    taxed: bool  # the store collects tax, so it matters where the buyer is
    order_id: str
    order_name: str  # the number of the order, as buyers and merchants quote it
    simulated: bool
    by_hand: bool
    by_card: bool
    by_paypal: bool
    charged: Mapping[str, str]  # by gateway: what it charges
    keeps: bool  # something renews, and what is paid with is kept for that; even where nothing is to be paid now
    elsewhere: str = ""  # whose page the payment in progress goes on, where we cannot be in a frame
    continue_url: str | None = None
    instructions: str = ""  # for a transfer that is awaited
    reference: str = ""
    bought_cards: Sequence[BoughtCard] = ()
    code: str = ""  # that was entered and cannot be used
    code_problem: str = ""
    states: States = field(default_factory=dict)  # those that matter to the tax, by country
    offered: Offered = NOTHING_OFFERED
    places: Mapping[FlakeId, str] = field(default_factory=dict)  # by line: whom it is for, and on which game server
    refused: str = ""  # why it cannot be paid now, though it could be when it was opened


async def view(shop: Shop, token: str, country: str | None = None) -> View:
    """What there is to show for a token, at this moment of the store's time, to a visitor from this country.

    Until a buyer says where they are, they are taken to be there, with the total that this comes to.
    """
    async with shop.reading() as context:
        checkout = await by_token(context, token)
        lines = await lines_of(context, checkout.id)
        store = await context.peek(context.rows(Store))
        order = await context.peek(context.rows(Order).where(Order.c.checkout_id == checkout.id))
        paying = await _paying(context, checkout)
        if store is None:
            raise NotFound("The store of this checkout is gone.")
        there = _placed(checkout, country)
        money = await amounts(context, store, there if _taxes(store) else checkout, lines, order)
        where = await places(context, store, checkout, lines)
        beside = NOTHING_OFFERED
        if _state(store, checkout, money) == "open":
            tried = order is not None  # whoever tried to pay is offered nothing more, and can take off what they took
            beside = Offered(open=True) if tried else await offered_beside(context, store, checkout, lines, money)
        states = await states_that_tax(context, store) if _state(store, checkout, money) == "open" else {}
        cards = await bought_cards(context, order) if order and checkout.state == "completed" else []
        awaited = paying if paying and paying.gateway == MANUAL.name else None
        instructions = (await settings_in(context, MANUAL.name)).get("instructions", "") if awaited else ""
    return replace(
        _view(token, store, there, money, order),
        elsewhere=ELSEWHERE.get(paying.gateway, "") if paying else "",
        continue_url=paying.continue_url if paying else None,
        instructions=instructions,
        reference=awaited.gateway_reference if awaited else "",
        bought_cards=cards,
        states=states,
        offered=beside,
        places=where,
    )


def _placed(checkout: Checkout, country: str | None) -> Checkout:
    """The checkout as it is when its buyer is in this country, if it does not know better."""
    known = checkout.billing_address or Address()
    if known.country or not country or checkout.state != "open" or checkout.held_by is not None:
        return checkout
    return structs.replace(checkout, billing_address=structs.replace(known, country=country))


def _taxes(store: Store) -> bool:
    return store.tax is not None and store.tax.enabled


async def _paying(context: StoreContext, checkout: Checkout) -> Payment | None:
    """The payment in progress."""
    if checkout.held_by is None:
        return None
    return await context.peek(context.rows(Payment).where(Payment.c.id == checkout.held_by))


def _view(token: str, store: Store, checkout: Checkout, money: Amounts, order: Order | None) -> View:
    usable = offered(store, recurring=money.renews)
    if not money.total_amount:  # nothing is charged now, so only what can be kept is of use
        usable = [gateway for gateway in usable if gateway.can_recur]
    ways = {gateway.name for gateway in usable}
    address = checkout.billing_address
    declined = order.last_payment_error.message if order and order.last_payment_error else ""
    return View(
        token=token,
        store_name=store.name,
        test_mode=not store.live_mode,
        state=_state(store, checkout, money),
        amounts=money,
        declined=declined,
        return_url=checkout.return_url,
        cancel_url=checkout.cancel_url,
        auto_redirect=checkout.auto_redirect,
        billing_name=(order and order.billing_name) or checkout.billing_name or "",
        billing_email=(order and order.billing_email) or checkout.billing_email or "",
        billing_tax_id=checkout.billing_tax_id or "",
        tax_id_check=checkout.tax_id_check,
        taxed=_taxes(store),
        billing_state=address.state if address else None,
        billing_country=(order and order.billing_country) or (address and address.country) or "",
        order_id=order.id if order else "",
        order_name=pretty_id(order.id) if order else "",
        simulated=SIMULATOR.name in ways,
        by_hand=MANUAL.name in ways,
        by_card=STRIPE.name in ways,
        by_paypal=PAYPAL.name in ways,
        charged={way.name: _charged(way, money) for way in usable},
        keeps=money.renews and any(way.can_recur for way in usable),
    )


def _charged(way: Gateway, money: Amounts) -> str:
    """What a way to pay charges: in the buyer's currency if it can, else in the store's."""
    seen = money.seen
    return money.total if seen is None or way.takes(seen.total_amount, seen.currency) else money.own_total


def _state(store: Store, checkout: Checkout, money: Amounts) -> State:
    if checkout.state != "open":
        return checkout.state
    if checkout.held_by is not None:
        return "paying"
    if checkout.expires_at <= clock.now():
        return "expired"
    return "unpayable" if money.total_amount and not offered(store, recurring=money.renews) else "open"
