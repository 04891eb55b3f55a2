"""The table of prices that single products have in a region. What a region's prices are in general is the store's."""

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class ProductRegion(StoreRecord, table="product_pricing_regions"):
    """What differs for one product in one region from what the store says of it; what is null does not.

    `price` is one unit in minor units of the store's currency.
    """

    product_id: FlakeId
    region_id: str
    price: int | None = None
    enabled: bool | None = None
    currency: str | None = None
    tax_inclusive: bool | None = None


class ProductRegionTaken(Conflict):
    """Somebody else is pricing this product in this region; try again."""


REGION = ProductRegion.c
unique(ProductRegionTaken, REGION.store_id, REGION.product_id, REGION.region_id, name="product_pricing_regions_once")
