"""What a promotion is for: products, whole tags, or everything."""

from collections.abc import Collection

from sutler.kernel.data.records import StoreRecord
from sutler.kernel.ids import FlakeId


class Scoped(StoreRecord):
    """A row that is for some products and for whatever carries some tags; with neither, for everything.

    What was deleted since stays named, so that a promotion of one product never becomes one of all.
    """

    product_ids: list[FlakeId]
    tag_ids: list[FlakeId]

    def matches(self, product_id: FlakeId, tag_ids: Collection[FlakeId]) -> bool:
        """Whether it is for a product that carries these tags."""
        if not self.product_ids and not self.tag_ids:
            return True
        return product_id in self.product_ids or any(id in tag_ids for id in self.tag_ids)
