"""The tables of changes of subscriptions. Amounts are minor units of the subscription's currency."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import literal_column

from sutler.catalog.custom_variables.models import Chosen
from sutler.checkout.pricing.offers import LineToPrice
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.ids import FlakeId

ChangeStatus = Literal["pending_payment", "pending_renewal", "applied", "canceled", "pending_verification"]
TRANSITIONS: Final[Mapping[ChangeStatus, tuple[ChangeStatus, ...]]] = {
    "pending_verification": ("pending_payment", "pending_renewal", "applied", "canceled"),
    "pending_payment": ("applied", "canceled"),
    "pending_renewal": ("applied", "canceled"),
    "applied": (),
    "canceled": (),
}
ProrationBehavior = Literal["immediate", "next_billing_period", "none"]


class SubscriptionChange(StoreRecord, table="subscription_changes"):
    """What a subscription is to be for. One at a time may be pending; it takes effect when paid, or with a renewal.

    `prorated_amount` is what this and the changes before it in the cycle come to, before tax, as far as that was not charged
    before; `total_amount` is what is charged for it, with tax.
    """

    subscription_id: FlakeId
    customer_id: FlakeId
    status: ChangeStatus
    proration_behavior: ProrationBehavior
    off_session: bool
    prorated_amount: int
    billing_cycle_sequence: int  # the cycle in which it was asked for
    prorated_order_id: FlakeId | None = None
    applied_at: datetime | None = None
    total_amount: int = 0
    presentment_total_amount: int | None = None  # in the currency that the payer sees, if that is another


class SubscriptionChangeLine(StoreRecord, table="subscription_change_lines"):
    """What one line of the subscription becomes; a line that is new has no `subscription_line_id`, and takes the id of this.

    `prorated_amount` is what the rest of the cycle costs more or less, before tax; the rest is what is charged for the line.
    """

    change_id: FlakeId
    subscription_line_id: FlakeId | None
    is_deleted: bool
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    price: int
    wanted: LineToPrice
    prorated_amount: int
    remaining_minutes: int
    total_minutes: int
    selected_gameserver_id: FlakeId | None = None
    custom_variables: list[Chosen] = msgspec.field(default_factory=list)
    charged_amount: int = 0  # before tax
    total_amount: int = 0
    presentment_total_amount: int | None = None

    @property
    def line_id(self) -> FlakeId:
        """The id of the line of the subscription that this is about."""
        return self.subscription_line_id or self.id


class ChangePending(Conflict):
    """A change of this subscription is already pending. Cancel it first, or wait until it has taken effect."""


class ChangeTooLate(Conflict):
    """This subscription renews within the hour; change it once that is paid."""


class AlreadyProrated(Conflict):
    """A change was already charged in this billing period; let this one wait for the renewal: `next_billing_period`."""


class NothingChanges(InvalidInput):
    """This is what the subscription is for already, and no change of it is pending."""


# Written out, for a partial index serves only a query that says the same.
PENDING = SubscriptionChange.c.status.in_((literal_column("'pending_payment'"), literal_column("'pending_renewal'")))
unique(
    ChangePending, SubscriptionChange.c.store_id, SubscriptionChange.c.subscription_id,
    name="subscription_changes_one_pending", where=PENDING,
)  # fmt: skip
index("subscription_changes_subscription", SubscriptionChange.c.store_id, SubscriptionChange.c.subscription_id)
index("subscription_change_lines_change", SubscriptionChangeLine.c.store_id, SubscriptionChangeLine.c.change_id)
