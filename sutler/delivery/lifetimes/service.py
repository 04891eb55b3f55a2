"""When an item ends: how long its product lasts, or the moment that was set for it."""

from datetime import datetime, timedelta
from typing import Any, Final

from sutler.catalog.products.models import ProductVersion
from sutler.delivery.items.models import DeliveryItem

Fate = timedelta | datetime | None
"""When an item ends: so long after it began, at a certain moment, or, being consumed, as it begins."""

DAYS: Final = {"day": 1, "week": 7, "month": 30}  # a month is 30 days, as on the reference platform


def lasts(version: ProductVersion) -> timedelta:
    """How long an item of this version is active."""
    return timedelta(days=version.remove_after_time_value * DAYS[version.remove_after_time_scale])


def fate_of(item: DeliveryItem, version: ProductVersion | None) -> Fate:
    """When an item ends; the version matters only to those that last as long as the product says."""
    if item.override_expires_at is not None:
        return item.override_expires_at
    return lasts(version) if item.expirable and version is not None else None


def beginning(fate: Fate, moment: datetime) -> dict[str, Any]:
    """What changes when an item begins: one that lasts a while becomes active, any other is used up."""
    if fate is None:
        return {"state": "used", "removed_at": moment}
    ends_at = fate if isinstance(fate, datetime) else moment + fate
    return {"state": "active", "active_at": moment, "expires_at": ends_at}
