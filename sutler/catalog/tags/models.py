"""The table of tags."""

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class Tag(StoreRecord, table="tags"):
    """A group of products. Products keep the ids of their tags; the id of a deleted tag means nothing there."""

    slug: str
    name: str
    description: str | None
    enabled: bool
    image_id: FlakeId | None = None
    image_kind: str | None = None


class TagSlugTaken(Conflict):
    """Another tag of this store already uses this slug."""


unique(TagSlugTaken, Tag.c.store_id, Tag.c.slug, name="tags_slug")
