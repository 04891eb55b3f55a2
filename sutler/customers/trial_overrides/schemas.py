"""Exceptions for trials as clients send and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.customers.trial_overrides.models import TrialOverride
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.kernel.wire import Moment, Wire, or_unset

Note = Annotated[str, Meta(max_length=1_000)]


class CreateTrialEligibilityOverrideDto(Wire):
    """Let a customer try a product once, until `expires_at`, whatever the terms of its trial say."""

    product_id: FlakeId
    expires_at: Moment
    note: Note | None = None


class TrialEligibilityOverrideDto(Struct):
    """An exception, also one that is used, over or deleted."""

    id: FlakeId
    pretty_id: str
    store_id: FlakeId
    customer_id: FlakeId
    product_id: FlakeId
    product_name: str
    product_image_url: str | None
    created_at: datetime
    created_by: Actor
    expires_at: datetime
    used_at: datetime | None
    note: str | None
    deleted_at: datetime | None
    used_on_trial_id: FlakeId | UnsetType = UNSET
    deleted_by: Actor | UnsetType = UNSET


def shown(override: TrialOverride) -> TrialEligibilityOverrideDto:
    """An exception for those who manage the store."""
    return TrialEligibilityOverrideDto(
        id=override.id,
        pretty_id=pretty_id(override.id),
        store_id=override.store_id,
        customer_id=override.customer_id,
        product_id=override.product_id,
        product_name=override.product_name,
        product_image_url=override.product_image_url,
        created_at=override.created_at,
        created_by=override.created_by or Actor("internal"),
        expires_at=override.expires_at,
        used_at=override.used_at,
        note=override.note,
        deleted_at=override.deleted_at,
        used_on_trial_id=or_unset(override.used_on_trial_id),
        deleted_by=or_unset(override.deleted_by),
    )
