"""Trials on the wire."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from sutler.billing.trials.models import Trial, TrialStatus
from sutler.customers.customers.schemas import CustomerDto
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.kernel.wire import Int32, Query, or_unset


class TrialFilter(Query):
    """Which trials to list; each filter narrows the list."""

    status: list[TrialStatus] | None = None
    customer_id: FlakeId | None = None
    subscription_id: FlakeId | None = None
    checkout_id: FlakeId | None = None
    trial_id: FlakeId | None = None


class TrialDto(Struct):
    """A trial of a product."""

    id: FlakeId
    pretty_id: str
    store_id: FlakeId
    checkout_id: FlakeId
    checkout_line_id: FlakeId
    customer_id: FlakeId
    customer: CustomerDto
    product_id: FlakeId
    product_version_id: FlakeId
    product_name: str
    product_image_url: str | None
    period_value: Int32
    period_scale: str
    starts_at: datetime | None
    ends_at: datetime | None
    status: TrialStatus
    created_at: datetime
    canceled_at: datetime | None
    canceled_by: Actor | UnsetType = UNSET


def shown(trial: Trial, customers: Mapping[FlakeId, CustomerDto]) -> TrialDto:
    """A trial for those who manage the store."""
    return TrialDto(
        id=trial.id,
        pretty_id=pretty_id(trial.id),
        store_id=trial.store_id,
        checkout_id=trial.checkout_id,
        checkout_line_id=trial.checkout_line_id,
        customer_id=trial.customer_id,
        customer=customers[trial.customer_id],
        product_id=trial.product_id,
        product_version_id=trial.product_version_id,
        product_name=trial.product_name,
        product_image_url=trial.product_image_url,
        period_value=trial.period_value,
        period_scale=trial.period_scale,
        starts_at=trial.starts_at,
        ends_at=trial.ends_at,
        status=trial.status,
        created_at=trial.created_at,
        canceled_at=trial.canceled_at,
        canceled_by=or_unset(trial.canceled_by),
    )
