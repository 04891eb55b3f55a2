"""The table of modules."""

from datetime import datetime
from typing import Any, Literal

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict

ModuleType = Literal["payment_goal", "recent_payments", "top_customer", "giftcard_balance", "text_box"]


class Module(StoreRecord, table="modules"):
    """One part of a shop's pages. `settings` are those of its type; it is shown from `starts_at` until before `ends_at`."""

    type: ModuleType
    enabled: bool
    settings: dict[str, Any]
    starts_at: datetime | None
    ends_at: datetime | None
    sort_order: int


class ModuleExists(Conflict):
    """This store already has a module of this type."""


unique(ModuleExists, Module.c.store_id, Module.c.type, name="modules_type")
