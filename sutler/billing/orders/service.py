"""Placing orders, and completing or canceling them."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from sutler.billing.commissions.service import earn
from sutler.billing.order_kinds.service import columns_of_line, columns_of_order, follows
from sutler.billing.order_offers.service import forget_offers, offers_of
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import LINES_OF, Order, OrderLine, OrderStatus, PaymentError
from sutler.checkout.checkouts import service as checkouts
from sutler.checkout.checkouts.events import CheckoutTimedOut
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.choices.service import with_surcharges
from sutler.checkout.limits.service import write_down
from sutler.checkout.pricing.presentment import Presented, Takes, nothing_else, payable
from sutler.checkout.pricing.results import PricedCart, PricedLine
from sutler.checkout.totals import service as totals
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of, param, rows
from sutler.kernel.ids import FlakeId, new_id
from sutler.promotions.gift_card_uses import service as gift_card_uses
from sutler.stores.stores.models import Store

UNPAID = rows(Order).where(Order.c.id == param("order_id"), Order.c.status == "created")


class Payer(Struct, frozen=True, kw_only=True):
    """Who pays, as the checkout page asks; what is not given is taken from the checkout.

    `agreed_total` is what they were shown, in minor units of the store's currency: another total is not charged. `takes`
    says what the way that they pay in can charge in other currencies.
    """

    billing_name: str | None = None
    billing_email: str | None = None
    billing_country: str | None = None
    billing_tax_id: str | None = None
    customer_ip: str | None = None
    visitor_country: str | None = None
    agreed_total: int | None = None
    takes: Takes = nothing_else


class _Now(Struct, frozen=True):
    """What a checkout comes to at this moment, and how the payer sees that."""

    checkout: Checkout
    lines: Sequence[CheckoutLine]
    cart: PricedCart
    seen: Presented | None


async def place(
    store: StoreContext, seller: Store, checkout: Checkout, lines: Sequence[CheckoutLine], payer: Payer
) -> tuple[Order, list[OrderLine]]:
    """The order of a checkout that this transaction holds: made the first time, used again when a payment has failed.

    Names, prices and tax are frozen now; only who pays may still change until the order is paid. Amounts are presented in
    the currency of the checkout if it can be charged in the way that the payer has chosen, else in the store's.
    """
    cart = await totals.priced(store, seller, checkout, lines, payer.billing_country)
    seen = payable(cart, checkout.conversion, payer.takes)
    ids = checkouts.ids_in_a_row(1 + len(lines))
    billed = _billed(checkout, payer)
    order = _order(ids[0], checkout, cart, billed | columns_of_order(checkout, lines), seen)
    if await store.add_new(order, Order.c.checkout_id):
        new = zip(ids[1:], lines, cart.lines, strict=True)
        frozen = [_line(order.id, id, line, priced, seen) for id, line, priced in new]
        await store.add_all(frozen)
        await store.add_all(offers_of(order.id, cart))
        return order, frozen
    return await _again(store, _Now(checkout, lines, cart, seen), billed)


async def _again(store: StoreContext, now: _Now, billed: dict[str, Any]) -> tuple[Order, list[OrderLine]]:
    """The order of an attempt that came to nothing, at the amounts of now: gift cards and the payer's country may differ."""
    known = store.rows(Order).where(Order.c.checkout_id == now.checkout.id, Order.c.status == "created")
    (order,) = await store.change_all(known, billed | _totals(now.cart, now.seen))
    lines = await store.all(LINES_OF, order_id=order.id)
    if {line.checkout_line_id for line in lines} != {line.id for line in now.lines}:
        return await _follow(store, order, lines, now)
    prices = {line.key: line for line in now.cart.lines}
    found: list[OrderLine] = []
    for line in lines:
        amounts = _amounts(prices[line.checkout_line_id], now.seen)
        same = all(getattr(line, name) == value for name, value in amounts.items())
        found.append(line if same else await store.change(line, amounts))
    if any(line is not new for line, new in zip(lines, found, strict=True)):
        await _write_offers(store, order, now)
    return order, found


async def _follow(store: StoreContext, order: Order, lines: Sequence[OrderLine], now: _Now) -> tuple[Order, list[OrderLine]]:
    """Let an order have the lines of its checkout anew: something was taken off that since the last attempt."""
    kind = {"subscription_id": None, "billing_cycle_sequence": None} | columns_of_order(now.checkout, now.lines)
    if order.subscription_id and kind["subscription_id"]:
        kind["subscription_id"] = order.subscription_id
    for line in lines:
        await store.remove(line)
    priced = zip(now.lines, now.cart.lines, strict=True)
    new = [_line(order.id, new_id(), line, cost, now.seen) for line, cost in priced]
    await store.add_all(new)
    await _write_offers(store, order, now)
    return await store.change(order, kind), new


async def _write_offers(store: StoreContext, order: Order, now: _Now) -> None:
    await forget_offers(store, order.id)
    await store.add_all(offers_of(order.id, now.cart))


async def complete(store: StoreContext, order_id: FlakeId) -> Order | None:
    """The order is paid, or there is nothing to pay, and its checkout is closed; None when it was not waiting for that."""
    changes = {"status": "completed", "completed_at": clock.now(), "last_payment_error": None}
    won = await store.change_all(UNPAID, changes, order_id=order_id)
    if not won:
        return None
    order = won[0]
    await checkouts.complete(store, order.checkout_id)
    if order.gift_cards:
        await gift_card_uses.spend(store, order.checkout_id, order.id, 0 if order.total_amount else order.tax_amount)
    await earn(store, order)
    return order


async def attempt_failed(
    store: StoreContext, order_id: FlakeId, payment_id: FlakeId, error: PaymentError | None
) -> Order | None:
    """An attempt to pay came to nothing: the order waits for another, and anyone may make it."""
    changes = {"last_payment_error": error} if error else {}
    for order in await store.change_all(UNPAID, changes, order_id=order_id):
        await checkouts.release(store, order.checkout_id, payment_id)
        return order
    return None


async def refunded(store: StoreContext, order_id: FlakeId, *, dispute_won: bool) -> None:
    """All that was paid is given back; an order that is not completed stays as it is, but for one whose dispute is won."""
    states: list[OrderStatus] = ["completed", "chargeback"] if dispute_won else ["completed"]
    paid = store.rows(Order).where(Order.c.id == order_id, one_of(Order.c.status, states))
    await store.change_all(paid, {"status": "refunded"})


async def refund_reversed(store: StoreContext, order_id: FlakeId, *, disputed: bool) -> None:
    """Money that was given back came back to the store, so the order stands again; or a payer's bank has that money."""
    gone = store.rows(Order).where(Order.c.id == order_id, Order.c.status == "refunded")
    await store.change_all(gone, {"status": "chargeback" if disputed else "completed"})


async def cancel_unpaid(store: StoreContext, event: CheckoutTimedOut, _event_id: FlakeId) -> None:
    """Nobody can pay the order of this checkout any more; subscribed to `CheckoutTimedOut`."""
    unpaid = store.rows(Order).where(Order.c.checkout_id == event.checkout_id, Order.c.status == "created")
    await store.change_all(unpaid, {"status": "canceled"})


async def write_down_units(store: StoreContext, event: OrderCompleted, _event_id: FlakeId) -> None:
    """Count what was sold against limits that its products may get later; subscribed to `OrderCompleted`."""
    order: Order | None = await store.peek(by_id(Order), id=event.order_id)
    if order is not None and not follows(order):
        await write_down(store, order.checkout_id, order.customer_id)


def _billed(checkout: Checkout, payer: Payer) -> dict[str, Any]:
    """Who pays, as far as anyone said. The wire wants texts, so what nobody said is empty."""
    country = checkout.billing_address.country if checkout.billing_address else None
    return {
        "billing_name": payer.billing_name or checkout.billing_name or "",
        "billing_email": payer.billing_email or checkout.billing_email or "",
        "billing_country": (payer.billing_country or country or "").upper(),
        "billing_tax_id": payer.billing_tax_id or checkout.billing_tax_id,
        "customer_ip": payer.customer_ip or checkout.customer_ip,
        "visitor_country": payer.visitor_country or checkout.visitor_country,
    }


def _order(id: FlakeId, checkout: Checkout, cart: PricedCart, billed: dict[str, Any], seen: Presented | None) -> Order:
    return Order(
        id=id,
        customer_id=checkout.customer_id,
        checkout_id=checkout.id,
        checkout_token_sealed=checkout.token_sealed,
        status="created",
        currency=cart.currency,
        **_totals(cart, seen),
        **billed,
    )


def _totals(cart: PricedCart, seen: Presented | None) -> dict[str, Any]:
    affiliates = [line.affiliate.id for line in cart.lines if line.affiliate is not None]
    return {
        "subtotal_amount": cart.subtotal_amount,
        "discount_amount": cart.discount_amount,
        "tax_amount": cart.tax_amount,
        "total_amount": cart.total_amount,
        "giftcard_usage_amount": cart.giftcard_usage_amount,
        "tax_inclusive": cart.tax_inclusive,
        "affiliate_id": affiliates[0] if affiliates else None,
        "coupons": cart.coupons,
        "gift_cards": cart.gift_cards,
        "taxes": cart.taxes,
        "presentment": seen.whole if seen else None,
    }


def _amounts(line: PricedLine, seen: Presented | None) -> dict[str, Any]:
    return {
        "price": line.price,
        "subtotal_amount": line.subtotal_amount,
        "discount_amount": line.discount_amount,
        "tax_amount": line.tax_amount,
        "total_amount": line.total_amount,
        "giftcard_usage_amount": line.giftcard_usage_amount,
        "tax_inclusive": line.tax_inclusive,
        "details": line.details,
        "presentment": seen.lines[line.key] if seen else None,
    }


def _line(order_id: FlakeId, id: FlakeId, line: CheckoutLine, priced: PricedLine, seen: Presented | None) -> OrderLine:
    return OrderLine(
        id=id,
        order_id=order_id,
        checkout_line_id=line.id,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        quantity=priced.quantity,
        **_amounts(priced, seen),
        gift_to_customer_id=line.gift_to_customer_id,
        selected_gameserver_id=line.selected_gameserver_id,
        metadata=line.metadata,
        custom_variables=with_surcharges(line.custom_variables, priced),
        **columns_of_line(line),
        upsell_of=line.upsell_of,
        upsell_type=line.upsell_type,
    )
