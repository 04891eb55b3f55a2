"""The table of exceptions for trials."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_

from sutler.kernel.data.records import Actor, StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class TrialOverride(StoreRecord, table="trial_overrides"):
    """Until `expires_at`, and once, this customer may try this product whatever its rules say."""

    customer_id: FlakeId
    product_id: FlakeId
    product_name: str
    product_image_url: str | None
    expires_at: datetime
    note: str | None = None
    used_at: datetime | None = None
    used_on_trial_id: FlakeId | None = None
    deleted_at: datetime | None = None
    deleted_by: Actor | None = None


class TrialOverrideExists(Conflict):
    """There is already an exception for this customer and this product that nobody has used. Delete it first."""


UNUSED: Final = and_(TrialOverride.c.used_at.is_(None), TrialOverride.c.deleted_at.is_(None))
"""Exceptions that still count, until they expire."""

index("trial_overrides_customer", TrialOverride.c.store_id, TrialOverride.c.customer_id, TrialOverride.c.id)
unique(
    TrialOverrideExists, TrialOverride.c.store_id, TrialOverride.c.customer_id, TrialOverride.c.product_id,
    name="trial_overrides_unused", where=UNUSED,
)  # fmt: skip
