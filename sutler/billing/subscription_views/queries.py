"""Showing subscriptions with all that belongs to them: a fixed number of statements for any page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import UNSET, Struct, structs

from sutler.billing.change_views.queries import Pending, pending
from sutler.billing.change_views.queries import shown as shown_change
from sutler.billing.cycle_prices.service import Lines as PricedLines
from sutler.billing.cycle_prices.service import next_cycle, prices_of
from sutler.billing.orders.queries import jurisdictions
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_methods.service import shown as shown_method
from sutler.billing.periods.service import after
from sutler.billing.subscription_lines.queries import lines_by_subscription
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.subscriptions.schemas import (
    StorefrontSubscriptionDto,
    StorefrontSubscriptionLineDto,
    SubscriptionBillingAmountDto,
    SubscriptionDto,
    SubscriptionLineDto,
)
from sutler.checkout.carts.schemas import as_others_see
from sutler.checkout.pricing.presentment import PresentedAmounts, presented
from sutler.checkout.pricing.results import PricedCart
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import CustomerDto
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.kernel.money import formatted
from sutler.kernel.wire import or_unset
from sutler.stores.stores.service import current

PARTS = ("discount", "subtotal", "tax", "total")
Lines = Mapping[FlakeId, list[SubscriptionLine]]


class Around(Struct, frozen=True):
    """What is known around some subscriptions, by ids."""

    lines: Lines
    prices: Mapping[FlakeId, PricedCart]
    customers: Mapping[FlakeId, CustomerDto]
    methods: Mapping[FlakeId, PaymentMethod]
    changes: Mapping[FlakeId, Pending]


async def shown(store: StoreContext, found: Sequence[Subscription]) -> list[SubscriptionDto]:
    """Subscriptions as managers see them."""
    if not found:
        return []
    around = await _around(store, found)
    return [_dto(one, around) for one in found]


async def shown_to_owner(store: StoreContext, found: Sequence[Subscription]) -> list[StorefrontSubscriptionDto]:
    """Subscriptions as their customer sees them."""
    return [_storefront(dto) for dto in await shown(store, found)]


async def _around(store: StoreContext, found: Sequence[Subscription]) -> Around:
    lines = await lines_by_subscription(store, [one.id for one in found])
    people = {one.customer_id for one in found} | {
        line.gift_to_customer_id for every in lines.values() for line in every if line.gift_to_customer_id
    }
    known = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(people))))
    ids = sorted({one.payment_method_id for one in found if one.payment_method_id})
    methods = await store.all(store.rows(PaymentMethod).where(one_of_ids(PaymentMethod.c.id, ids))) if ids else []
    changes = await pending(store, [one.id for one in found])
    pairs = [(one, _next_lines(lines[one.id], changes.get(one.id))) for one in found]
    prices = await prices_of(store, await current(store), pairs, {one.id: next_cycle(one) for one in found})
    seen = {one.id: shown_customer(one) for one in known}
    return Around(lines, prices, seen, {one.id: one for one in methods}, changes)


def _next_lines(lines: Sequence[SubscriptionLine], change: Pending | None) -> PricedLines:
    """What the next cycle is for: with a pending change what that makes of it."""
    return lines if change is None else change.staying


def _dto(one: Subscription, around: Around) -> SubscriptionDto:
    lines, cart = around.lines[one.id], around.prices[one.id]
    change = around.changes.get(one.id)
    method, recipient = around.methods.get(one.payment_method_id or ""), lines[0].gift_to_customer_id
    return SubscriptionDto(
        **_charged(one, one),
        **_period(one),
        **_next(one, cart),
        **_billed(one),
        id=one.id,
        pretty_id=pretty_id(one.id),
        store_id=one.store_id,
        pending_change=UNSET if change is None else shown_change(one, change.change, change.lines, cart),
        customer=around.customers[one.customer_id],
        payment_method_id=or_unset(one.payment_method_id),
        payment_method=UNSET if method is None else shown_method(method),
        coupon_id=one.coupon_ids[0] if one.coupon_ids else UNSET,
        coupon_ids=one.coupon_ids,
        coupon_repeating_ends_at=repeating_ends_at(one),
        checkout_id=one.checkout_id,
        checkout_line_id=lines[0].checkout_line_id,
        tax_jurisdictions=jurisdictions(one.taxes, one.currency),
        gift=recipient is not None,
        gift_to_customer_id=or_unset(recipient),
        gift_to_customer=UNSET if recipient is None else around.customers[recipient],
        product_id=lines[0].product_id,
        product_version_id=lines[0].product_version_id,
        product_name=lines[0].product_name,
        product_image_url=lines[0].product_image_url,
        price=lines[0].price,
        price_str=formatted(lines[0].price, one.currency),
        pricing_region_id=lines[0].wanted.region_id,
        lines=[_line(line, one) for line in lines],
    )


def _billed(one: Subscription) -> dict[str, Any]:
    names = ("billing_name", "billing_email", "billing_country", "billing_tax_id", "customer_ip", "tax_inclusive")
    found = {name: getattr(one, name) for name in names}
    return found | {"affiliate_id": or_unset(one.affiliate_id)}


def _period(one: Subscription) -> dict[str, Any]:
    names = (
        "status", "interval_value", "interval_scale", "current_period_start", "current_period_end", "billing_cycle_sequence",
        "next_attempt_at", "attempt_count", "created_at", "updated_at", "active_at", "canceled_at", "cancel_reason",
        "cancellation_requested_at", "cancel_at_period_end", "past_due",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names}


def _next(one: Subscription, cart: PricedCart) -> dict[str, Any]:
    """What the next cycle will cost, with the offers that still stand then and the tax of now."""
    seen = presented(cart, one.conversion)
    return {
        "next_billing_amount": _amount(cart, one.currency),
        "next_billing_presentment_amount": (
            _amount(seen.whole, seen.whole.currency) if seen else _amount(cart, one.currency)
        ),
        "fx_rate": one.conversion.rate if one.conversion else None,
    }


def _amount(amounts: PricedCart | PresentedAmounts, currency: str) -> SubscriptionBillingAmountDto:
    return SubscriptionBillingAmountDto(currency=currency, **{name: getattr(amounts, f"{name}_amount") for name in PARTS})


def _line(line: SubscriptionLine, one: Subscription) -> SubscriptionLineDto:
    return SubscriptionLineDto(
        **_charged(line, one),
        id=line.id,
        store_id=line.store_id,
        subscription_id=one.id,
        checkout_line_id=line.checkout_line_id,
        initial_order_line_id=line.order_line_id,
        pricing_region_id=line.wanted.region_id,
        gift_to_customer_id=or_unset(line.gift_to_customer_id),
        selected_gameserver_id=or_unset(line.selected_gameserver_id),
        sale_id=or_unset(line.sale_id),
        sale_version_id=or_unset(line.sale_version_id),
        trial_id=or_unset(line.trial_id),
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        tax_inclusive=line.tax_inclusive,
        price=line.price,
    )


def _charged(row: Subscription | SubscriptionLine, one: Subscription) -> dict[str, Any]:
    """The members of `Charged`. What the payer saw is there only where that is another currency."""
    seen_in = one.conversion.currency if one.conversion else None
    found: dict[str, Any] = {"currency": one.currency, "presentment_currency": seen_in}
    for initial in ("", "initial_"):
        names = (*PARTS, "giftcard_usage") if initial else PARTS
        seen = row.initial_presentment if initial else row.presentment
        for name in names:
            amount = getattr(row, f"{initial}{name}_amount")
            found |= {f"{initial}{name}_amount": amount, f"{initial}{name}_amount_str": formatted(amount, one.currency)}
            other = getattr(seen, f"{name}_amount") if seen and seen_in else None
            text = None if other is None or seen_in is None else formatted(other, seen_in)
            found |= {f"{initial}presentment_{name}_amount": other, f"{initial}presentment_{name}_amount_str": text}
    return found


def repeating_ends_at(one: Subscription) -> datetime | None:
    """When the last cycle ends for which a coupon counts that repeats; None without one, or before the first cycle."""
    ends = [offer.until for offer in one.offers if offer.coupon is not None and offer.until is not None]
    untils = [until for until in ends if until > 1]
    if not untils or one.anchor_at is None:
        return None
    cycles = max(untils) - one.anchor_sequence + 1
    return after(one.anchor_at, one.interval_value, one.interval_scale, cycles, one.month_length)


def _storefront(dto: SubscriptionDto) -> StorefrontSubscriptionDto:
    lines = [StorefrontSubscriptionLineDto(**structs.asdict(line)) for line in dto.lines]
    names = [name for name in StorefrontSubscriptionDto.__struct_fields__ if name not in ("customer", "lines")]
    same = {name: getattr(dto, name) for name in names}
    return StorefrontSubscriptionDto(**same, customer=as_others_see(dto.customer), lines=lines)
