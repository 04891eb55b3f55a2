"""The trial's table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from sutler.catalog.products.models import Interval
from sutler.kernel.data.records import Actor, StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

TrialStatus = Literal["created", "active", "canceled", "completed"]
TRANSITIONS: Final[Mapping[TrialStatus, tuple[TrialStatus, ...]]] = {
    "created": ("active", "canceled"),
    "active": ("completed", "canceled"),
    "canceled": (),
    "completed": (),
}


class Trial(StoreRecord, table="trials"):
    """created → active → completed, when its subscription is paid for, or canceled."""

    customer_id: FlakeId
    checkout_id: FlakeId
    checkout_line_id: FlakeId
    order_id: FlakeId
    order_line_id: FlakeId
    subscription_id: FlakeId
    subscription_line_id: FlakeId
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    period_value: int
    period_scale: Interval
    revoke_immediately_when_canceled: bool
    status: TrialStatus
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    canceled_at: datetime | None = None
    canceled_by: Actor | None = None
    completed_at: datetime | None = None
    reminded_at: datetime | None = None


class TrialExists(Conflict):
    """This line of an order has already begun its trial."""


unique(TrialExists, Trial.c.store_id, Trial.c.order_line_id, name="trials_order_line")
index("trials_newest", Trial.c.store_id, Trial.c.id)
index("trials_subscription", Trial.c.store_id, Trial.c.subscription_id)
index("trials_customer", Trial.c.store_id, Trial.c.customer_id, Trial.c.product_id)
