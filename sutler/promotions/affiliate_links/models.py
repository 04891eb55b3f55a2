"""The table of affiliate links."""

from datetime import datetime
from typing import Final, Literal

import msgspec
from sqlalchemy import func

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict

RefererType = Literal["invalid", "first_referer", "last_referer"]  # the first is never kept
AmountType = Literal["none", "fixed", "percentage"]


class CommissionStep(msgspec.Struct, frozen=True):
    """What one billing cycle earns, in the unit of the link's commission; the first purchase is cycle 1."""

    billing_cycle_sequence: int
    commission_amount: int


class AffiliateLink(StoreRecord, table="affiliate_links"):
    """A code that makes a purchase cheaper for the buyer and earns its owner a commission.

    Amounts are in minor units when `fixed`, in tenths of a percent when `percentage`. A deleted link keeps its row,
    because orders tell of it, and gives its code free.
    """

    wallet_id: str
    enabled: bool
    code: str
    referer_type: RefererType
    tracking_length_days: int
    apply_for_subscriptions: bool
    discount_type: AmountType
    discount_amount: int
    commission_type: AmountType
    commission_amount: int
    commission_amount_steps: list[CommissionStep]
    last_commission_amount_step_repeats: bool
    deleted_at: datetime | None = None


class AffiliateCodeTaken(Conflict):
    """Another affiliate link of this store already has this code, in whatever case."""


LIVING: Final = AffiliateLink.c.deleted_at.is_(None)
"""The links that are not deleted."""

unique(AffiliateCodeTaken, AffiliateLink.c.store_id, func.lower(AffiliateLink.c.code), name="affiliate_links_code",
       where=LIVING)  # fmt: skip
index("affiliate_links_newest", AffiliateLink.c.store_id, AffiliateLink.c.id, where=LIVING)
