"""What operations of `sales` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import SaleDiscountTypeDto, SaleDurationDto
else:  # a text that is new must not break a client
    SaleDiscountTypeDto = SaleDurationDto = str


class SaleDto(Model, frozen=True, kw_only=True):
    """`SaleDto` of the contract."""

    apply_to_product_ids: list[str]
    apply_to_tag_ids: list[str]
    begins_at: datetime
    created_at: datetime
    created_by: ActorDto
    discount_amount: int
    discount_type: SaleDiscountTypeDto
    duration: SaleDurationDto
    duration_in_intervals: int
    enabled: bool
    ends_at: datetime | None = None
    id: str
    minimum_order_value: int
    name: str
    store_id: str
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
    version_id: str
