"""Showing changes of subscriptions: what a plan would do, and what is pending."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from sutler.billing.change_plans.service import Plan
from sutler.billing.orders.queries import chosen
from sutler.billing.subscription_changes.models import (
    PENDING,
    ProrationBehavior,
    SubscriptionChange,
    SubscriptionChangeLine,
)
from sutler.billing.subscription_changes.schemas import (
    StatusOnTheWire,
    SubscriptionChangeAmountDto,
    SubscriptionChangeDto,
    SubscriptionChangeLineAmountDto,
    SubscriptionChangeLineDto,
    SubscriptionChangeLineProductDto,
    SubscriptionChangeProratedAmountDto,
)
from sutler.billing.subscriptions.models import Subscription
from sutler.checkout.pricing.presentment import PresentedAmounts, presented
from sutler.checkout.pricing.results import PricedCart, PricedLine
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.exchange import Conversion
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.wire import or_unset

PARTS = ("subtotal", "discount", "tax", "total")


class Head(Struct, frozen=True, kw_only=True):
    """What a change is, whether it is written down or not."""

    id: FlakeId
    status: StatusOnTheWire
    behavior: ProrationBehavior
    off_session: bool
    created_at: datetime
    total: int = 0
    presentment_total: int | None = None
    order_id: FlakeId | None = None
    applied_at: datetime | None = None


class Pending(Struct, frozen=True):
    """A pending change with its lines."""

    change: SubscriptionChange
    lines: list[SubscriptionChangeLine]

    @property
    def staying(self) -> list[SubscriptionChangeLine]:
        """What the subscription is for once it has taken effect."""
        return [line for line in self.lines if not line.is_deleted]


async def pending(store: StoreContext, subscription_ids: Sequence[FlakeId]) -> dict[FlakeId, Pending]:
    """The pending changes of these subscriptions, by those: one statement where there are none."""
    theirs = store.rows(SubscriptionChange).where(one_of_ids(SubscriptionChange.c.subscription_id, subscription_ids))
    found = await store.all(theirs.where(PENDING))
    if not found:
        return {}
    lines: dict[FlakeId, list[SubscriptionChangeLine]] = defaultdict(list)
    ids = one_of_ids(SubscriptionChangeLine.c.change_id, [one.id for one in found])
    for line in await store.all(store.rows(SubscriptionChangeLine).where(ids)):
        lines[line.change_id].append(line)
    return {one.subscription_id: Pending(one, lines[one.id]) for one in found}


def as_planned(plan: Plan, status: StatusOnTheWire, *, off_session: bool) -> SubscriptionChangeDto:
    """What a plan would do, as if it had an id already."""
    charge, seen = plan.charge, plan.seen
    head = Head(
        id=new_id(),
        status=status,
        behavior=plan.behavior,
        off_session=off_session,
        created_at=clock.now(),
        total=charge.total_amount if charge else 0,
        presentment_total=seen.whole.total_amount if seen else None,
        applied_at=clock.now() if status == "applied" else None,
    )
    return _dto(plan.subscription, head, plan.lines, plan.after)


def shown(
    subscription: Subscription, change: SubscriptionChange, lines: Sequence[SubscriptionChangeLine], after: PricedCart
) -> SubscriptionChangeDto:
    """A change that is written down; `after` is what the next cycle costs with it."""
    head = Head(
        id=change.id,
        status=change.status,
        behavior=change.proration_behavior,
        off_session=change.off_session,
        created_at=change.created_at,
        total=change.total_amount,
        presentment_total=change.presentment_total_amount,
        order_id=change.prorated_order_id,
        applied_at=change.applied_at,
    )
    return _dto(subscription, head, lines, after)


def _dto(one: Subscription, head: Head, lines: Sequence[SubscriptionChangeLine], after: PricedCart) -> SubscriptionChangeDto:
    seen = presented(after, one.conversion)
    currency = seen.whole.currency if seen else after.currency
    return SubscriptionChangeDto(
        id=head.id,
        subscription_id=one.id,
        prorated_order_id=or_unset(head.order_id),
        status=head.status,
        proration_behavior=head.behavior,
        off_session=head.off_session,
        prorated_amount=_prorated(head, after.currency, one.conversion),
        created_at=head.created_at,
        applied_at=head.applied_at,
        lines=[_line(line, after, seen.lines if seen else None, currency) for line in lines],
        next_billing_amount=SubscriptionChangeAmountDto(**_amounts(after, after.currency)),
        next_billing_presentment_amount=SubscriptionChangeAmountDto(**_amounts(seen.whole if seen else after, currency)),
    )


def _prorated(head: Head, currency: str, conversion: Conversion | None) -> SubscriptionChangeProratedAmountDto:
    """What is charged; what the payer sees is the same where it is charged in the store's currency."""
    abroad = conversion is not None and (head.presentment_total is not None or not head.total)
    return SubscriptionChangeProratedAmountDto(
        currency=currency,
        prorated_amount=head.total,
        presentment_currency=conversion.currency if abroad and conversion else currency,
        presentment_prorated_amount=head.presentment_total or 0 if abroad else head.total,
    )


def _amounts(amounts: PricedCart | PricedLine | PresentedAmounts | None, currency: str) -> dict[str, Any]:
    return {"currency": currency} | {name: getattr(amounts, f"{name}_amount") if amounts else 0 for name in PARTS}


def _line(
    line: SubscriptionChangeLine, after: PricedCart, seen: dict[FlakeId, PresentedAmounts] | None, currency: str
) -> SubscriptionChangeLineDto:
    priced = next((one for one in after.lines if one.key == line.line_id and not line.is_deleted), None)
    other = seen.get(line.line_id) if seen and priced else priced
    charged_abroad = line.presentment_total_amount
    return SubscriptionChangeLineDto(
        id=line.id,
        subscription_line_id=or_unset(line.subscription_line_id),
        is_deleted=line.is_deleted,
        tax_inclusive=priced.tax_inclusive if priced else False,
        price=line.price,
        product=_product(line),
        amount=SubscriptionChangeLineAmountDto(**_amounts(priced, after.currency)),
        presentment_amount=SubscriptionChangeLineAmountDto(**_amounts(other, currency)),
        prorated_amount=line.total_amount,
        prorated_presentment_amount=line.total_amount if charged_abroad is None else charged_abroad,
        remaining_minutes=line.remaining_minutes,
        total_minutes=line.total_minutes,
    )


def _product(line: SubscriptionChangeLine) -> SubscriptionChangeLineProductDto:
    return SubscriptionChangeLineProductDto(
        id=line.product_id,
        version_id=line.product_version_id,
        name=line.product_name,
        image_url=line.product_image_url,
        selected_gameserver_id=or_unset(line.selected_gameserver_id),
        pricing_region_id=line.wanted.region_id,
        custom_variables={one.identifier: chosen(one) for one in line.custom_variables},
    )
