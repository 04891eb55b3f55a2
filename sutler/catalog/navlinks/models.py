"""The table of the navigation."""

from sutler.kernel.data.records import StoreRecord, index
from sutler.kernel.ids import FlakeId


class NavLink(StoreRecord, table="navlinks"):
    """One place in the navigation: a tag below another node, or at the top. Siblings go by `sort_order`, then by age."""

    tag_id: FlakeId
    parent_node_id: FlakeId | None
    sort_order: int


index("navlinks_of_store", NavLink.c.store_id, NavLink.c.id)
