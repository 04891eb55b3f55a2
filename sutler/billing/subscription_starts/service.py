"""Beginning a subscription, in the transaction that completes its first order. Everything that renewals need is frozen."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from sutler.billing.cycle_prices.service import FIRST, price_of
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.periods.service import after
from sutler.billing.standing_offers.service import coupon_ids, standing
from sutler.billing.subscriptions.events import SubscriptionActivated
from sutler.billing.subscriptions.jobs import renew
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.trials import service as trials
from sutler.catalog.products.models import ProductVersion
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.queries import lines_of
from sutler.checkout.pricing.offers import LineToPrice
from sutler.checkout.pricing.presentment import PresentedAmounts, presented
from sutler.checkout.pricing.results import PricedCart, PricedLine
from sutler.checkout.totals.service import wanted
from sutler.kernel.data.context import StoreContext
from sutler.kernel.work.events import Event
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

PARTS: Final = ("discount", "subtotal", "tax", "total")
INITIAL_PARTS: Final = (*PARTS, "giftcard_usage")


async def begin(store: StoreContext, order: Order, method: PaymentMethod | None) -> list[Event]:
    """Write down the subscription that a completed order begins, with its trials; what follows from it are events."""
    checkout, seller = await store.get(Checkout, order.checkout_id), await current(store)
    sold = {line.id: line for line in await lines_of(store, checkout.id)}
    every = await store.all(LINES_OF, order_id=order.id)
    renewing = [line for line in every if line.subscription_line_id is not None]
    new = _subscription(order, checkout, renewing, method)
    costs = [_cost(sold[line.checkout_line_id], line) for line in renewing]
    new.offers = await standing(store, costs, order.currency, checkout.offers)
    new.coupon_ids = coupon_ids(new.offers)
    lines = [_line(new, line, sold[line.checkout_line_id], cost) for line, cost in zip(renewing, costs, strict=True)]
    priced = await price_of(store, seller, new, lines, FIRST)
    seen = presented(priced, new.conversion)
    _set(new, charged_columns(priced) | {"presentment": seen.whole if seen else None, "taxes": priced.taxes})
    for line, cost_of_it in zip(lines, priced.lines, strict=True):
        shown = seen.lines[cost_of_it.key] if seen else None
        _set(line, charged_columns(cost_of_it) | {"price": cost_of_it.price, "presentment": shown})
    trial = await _run(store, seller, new, order, [sold[line.checkout_line_id] for line in renewing])
    await store.add(new)
    await store.add_all(lines)
    await renew.enqueue_at(store, _ends(new), subscription_id=new.id, cycle=new.billing_cycle_sequence + 1)
    if trial:
        await trials.begin(store, order, renewing, new, lines)
        return []
    return [SubscriptionActivated(subscription_id=new.id, order_id=order.id)]


async def _run(store: StoreContext, seller: Store, new: Subscription, order: Order, lines: Sequence[CheckoutLine]) -> bool:
    """Set the clock of a new subscription going, with its trial or with its first cycle; whether it is a trial."""
    start, months = order.completed_at or order.created_at, seller.subscription_month_length
    new.current_period_start, new.month_length = start, months
    tried = next((line for line in lines if line.trial), None)
    if tried is None:
        new.status, new.billing_cycle_sequence, new.active_at, new.anchor_at = "active", FIRST, start, start
        new.current_period_end = after(start, new.interval_value, new.interval_scale, 1, months)
        return False
    terms = (await store.get(ProductVersion, tried.product_version_id)).trial
    new.current_period_end = after(start, terms.period_value, terms.period_scale, 1, months)
    return True


def _ends(new: Subscription) -> datetime:
    assert new.current_period_end is not None  # noqa: S101 - set by the caller
    return new.current_period_end


def charged_columns(amounts: PricedCart | PricedLine) -> dict[str, Any]:
    """What a cycle costs, in the columns of a subscription or of its line."""
    found = {f"{name}_amount": getattr(amounts, f"{name}_amount") for name in PARTS}
    return found | {"tax_inclusive": amounts.tax_inclusive}


def _set(row: Subscription | SubscriptionLine, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _cost(line: CheckoutLine, ordered: OrderLine) -> LineToPrice:
    """What pricing knows of a line from now on: its key is that of the subscription's line. An offer counts once."""
    return replace(wanted(line), key=ordered.subscription_line_id or "", quantity=1, subscription=True, upsell=None)


def _subscription(
    order: Order, checkout: Checkout, lines: Sequence[OrderLine], method: PaymentMethod | None
) -> Subscription:
    interval, scale = lines[0].subscription_interval_value, lines[0].subscription_interval_scale
    return Subscription(
        id=order.subscription_id or "",
        customer_id=order.customer_id,
        checkout_id=checkout.id,
        order_id=order.id,
        status="created",
        currency=order.currency,
        interval_value=interval or 1,
        interval_scale=scale or "month",
        **_initial(lines),
        **_nothing(),
        payment_method_id=method.id if method else None,
        billing_name=order.billing_name,
        billing_email=order.billing_email,
        billing_country=order.billing_country,
        billing_tax_id=order.billing_tax_id,
        billing_address=checkout.billing_address,
        tax_id_check=checkout.tax_id_check,
        customer_ip=order.customer_ip,
        affiliate_id=order.affiliate_id,
        conversion=checkout.conversion if order.presentment else None,
        initial_presentment=_presented_sum([line.presentment for line in lines if line.presentment]),
    )


def _line(new: Subscription, line: OrderLine, sold: CheckoutLine, cost: LineToPrice) -> SubscriptionLine:
    sale = line.details.sale
    return SubscriptionLine(
        id=line.subscription_line_id or "",
        subscription_id=new.id,
        checkout_line_id=sold.id,
        order_line_id=line.id,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        price=cost.price,
        wanted=cost,
        **_initial([line]),
        **_nothing(),
        gift_to_customer_id=line.gift_to_customer_id,
        selected_gameserver_id=line.selected_gameserver_id,
        sale_id=sale.id if sale else None,
        sale_version_id=sale.version_id if sale else None,
        trial_id=line.trial_id,
        custom_variables=sold.custom_variables,
        initial_presentment=line.presentment,
    )


def _nothing() -> dict[str, Any]:
    return dict.fromkeys((f"{name}_amount" for name in PARTS), 0) | {"tax_inclusive": False}


def _initial(lines: Iterable[OrderLine]) -> dict[str, Any]:
    every = list(lines)
    return {f"initial_{name}_amount": sum(getattr(line, f"{name}_amount") for line in every) for name in INITIAL_PARTS}


def _presented_sum(parts: Sequence[PresentedAmounts]) -> PresentedAmounts | None:
    if not parts:
        return None
    return PresentedAmounts(
        **{name: sum(getattr(part, name) for part in parts) for name in PresentedAmounts.__struct_fields__}
    )
