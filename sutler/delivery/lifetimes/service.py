"""When an item ends: how long its product lasts, the moment that was set for it, or with its subscription."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from sutler.billing.subscriptions.models import Subscription
from sutler.catalog.products.models import ProductVersion
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId

Fate = timedelta | datetime | Literal["open"] | None
"""When an item ends: so long after it began, at a certain moment, nobody knows yet or, being consumed, as it begins."""

DAYS: Final = {"day": 1, "week": 7, "month": 30}  # a month is 30 days, as on the reference platform


def lasts(version: ProductVersion) -> timedelta:
    """How long an item of this version is active."""
    return timedelta(days=version.remove_after_time_value * DAYS[version.remove_after_time_scale])


async def paid_until(store: StoreContext, items: Iterable[DeliveryItem]) -> dict[FlakeId, datetime | None]:
    """Until when the subscriptions of these items are paid, by their ids. Nothing is locked, and mostly not even read."""
    ids = sorted({item.subscription_id for item in items if item.subscription_id})
    if not ids:
        return {}
    known = await store.all(store.rows(Subscription).where(one_of_ids(Subscription.c.id, ids)))
    return {one.id: one.current_period_end for one in known}


def fate_of(item: DeliveryItem, version: ProductVersion | None, paid: Mapping[FlakeId, datetime | None]) -> Fate:
    """When an item ends; the version matters only to those that last as long as the product says.

    Those of a subscription last as long as that: what they show is the end of the time that is paid.
    """
    if item.subscription_id is not None:
        return paid.get(item.subscription_id) or "open"
    if item.override_expires_at is not None:
        return item.override_expires_at
    return lasts(version) if item.expirable and version is not None else None


def gone_already(moment: datetime) -> dict[str, Any]:
    """What an item is like that is over before it began: nothing of it ever runs."""
    return {"state": "used", "removed_at": moment, "expires_at": moment, "skip_commands": True}


def never_was(item: DeliveryItem) -> bool:
    """Whether all was over before the item began, so that it gave nothing that anybody could take back."""
    return item.subscription_id is not None and item.skip_commands and item.active_at is None and item.state == "used"


def beginning(fate: Fate, moment: datetime) -> dict[str, Any]:
    """What changes when an item begins: one that lasts a while becomes active, any other is used up."""
    if fate is None:
        return {"state": "used", "removed_at": moment}
    ends_at = None if fate == "open" else moment + fate if isinstance(fate, timedelta) else fate
    return {"state": "active", "active_at": moment, "expires_at": ends_at}
