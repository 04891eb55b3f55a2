"""Sales as clients send and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Moment, Wire, or_unset
from sutler.promotions.sales.models import Sale, SaleDiscountType, SaleDuration

Ids = Annotated[list[FlakeId], Meta(max_length=1_000)]
Name = Annotated[str, Meta(max_length=100)]  # with the spaces around it


class UpdateSaleDto(Wire):
    """What changes about a sale: what is left out stays, null stands for the usual value."""

    enabled: bool | UnsetType | None = UNSET
    name: Name | UnsetType | None = UNSET
    discount_type: SaleDiscountType | UnsetType | None = UNSET
    discount_amount: Int32 | UnsetType | None = UNSET
    duration: SaleDuration | UnsetType | None = UNSET
    duration_in_intervals: Int32 | UnsetType | None = UNSET
    apply_to_product_ids: Ids | UnsetType | None = UNSET
    apply_to_tag_ids: Ids | UnsetType | None = UNSET
    minimum_order_value: Int32 | UnsetType | None = UNSET
    begins_at: Moment | UnsetType | None = UNSET
    ends_at: Moment | UnsetType | None = UNSET


class CreateSaleDto(UpdateSaleDto):
    """A new sale. Only its name and its discount are needed.

    `apply_to_products`, `product_ids`, `apply_to_tags` and `tag_ids` are older words for what it applies to.
    """

    apply_to_products: Ids | UnsetType | None = UNSET
    apply_to_tags: Ids | UnsetType | None = UNSET
    product_ids: Ids | UnsetType | None = UNSET
    tag_ids: Ids | UnsetType | None = UNSET


class SaleDto(Struct, kw_only=True):
    """A sale as its managers see it."""

    id: FlakeId
    version_id: FlakeId
    store_id: FlakeId
    enabled: bool
    name: str
    discount_type: SaleDiscountType
    discount_amount: Int32
    duration: SaleDuration
    duration_in_intervals: Int32
    apply_to_product_ids: list[FlakeId]
    apply_to_tag_ids: list[FlakeId]
    minimum_order_value: Int32
    begins_at: datetime
    ends_at: datetime | None
    created_by: Actor
    created_at: datetime
    updated_by: Actor | UnsetType = UNSET
    updated_at: datetime | None


def shown(sale: Sale) -> SaleDto:
    """A sale for those who manage the store."""
    named = [name for name in SaleDto.__struct_fields__ if name in Sale.__struct_fields__]
    kept = {name: getattr(sale, name) for name in named}
    kept |= {"created_by": sale.created_by or Actor("internal"), "updated_by": or_unset(sale.updated_by)}
    return SaleDto(
        version_id=sale.sale_version_id,
        apply_to_product_ids=sale.product_ids,
        apply_to_tag_ids=sale.tag_ids,
        **kept,
    )
