"""The tables of sales: what they are now, and every version of their terms that there ever was."""

from datetime import datetime
from typing import Final, Literal

import msgspec

from sutler.kernel.data.records import StoreRecord, index
from sutler.kernel.ids import FlakeId, new_id
from sutler.promotions.scopes.models import Scoped

SaleDuration = Literal["unspecified", "once", "forever", "repeating"]  # the first is never kept
SaleDiscountType = Literal["percent", "amount"]


class SaleTerms(Scoped):
    """What a sale gives, on what and when. `discount_amount` is in minor units or tenths of a percent."""

    name: str
    discount_type: SaleDiscountType
    discount_amount: int
    duration: SaleDuration
    duration_in_intervals: int  # 0 unless it repeats
    minimum_order_value: int
    begins_at: datetime
    ends_at: datetime | None


class Sale(SaleTerms, table="sales"):
    """A sale as it is now. A deleted one keeps its row, because orders tell of it."""

    enabled: bool
    sale_version_id: FlakeId = msgspec.field(default_factory=new_id)
    deleted_at: datetime | None = None


class SaleVersion(SaleTerms, table="sale_versions"):
    """The terms of a sale as they once were; its id is the version id. Never changed."""

    sale_id: FlakeId


LIVING: Final = Sale.c.deleted_at.is_(None)
"""The sales that are not deleted."""
TERMS: Final = tuple(name for name in SaleTerms.__struct_fields__ if name not in StoreRecord.__struct_fields__)
"""What makes a new version when it changes."""

index("sales_window", Sale.c.store_id, Sale.c.ends_at, Sale.c.begins_at, where=LIVING)
index("sale_versions_sale", SaleVersion.c.store_id, SaleVersion.c.sale_id)
