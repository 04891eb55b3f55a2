"""The table of claims: who tries what, from the moment somebody begins to pay until the trial is over."""

from datetime import datetime
from typing import Final

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict, InvalidInput
from sutler.kernel.ids import FlakeId


class TrialClaim(StoreRecord, table="trial_claims"):
    """A line that tries a product. `override_id` is the exception by which it may, if it may not otherwise."""

    customer_id: FlakeId
    product_id: FlakeId
    checkout_id: FlakeId
    checkout_line_id: FlakeId
    override_id: FlakeId | None = None
    released_at: datetime | None = None


class TrialNotEligible(InvalidInput):
    """This customer cannot try this product."""


class TrialClaimed(Conflict):
    """This customer tries this product already, or is about to."""


OPEN: Final = TrialClaim.c.released_at.is_(None)
"""Claims that hold."""

unique(
    TrialClaimed,
    TrialClaim.c.store_id,
    TrialClaim.c.customer_id,
    TrialClaim.c.product_id,
    name="trial_claims_open",
    where=OPEN,
)
index("trial_claims_checkout", TrialClaim.c.store_id, TrialClaim.c.checkout_id)
