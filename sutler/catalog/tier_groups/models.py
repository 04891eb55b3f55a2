"""The tier group's table. Its products name it; their order in the shop is the order of the steps."""

from sutler.kernel.data.records import StoreRecord, index


class TierGroup(StoreRecord, table="tier_groups"):
    """A ladder of products."""

    name: str


index("tier_groups_newest", TierGroup.c.store_id, TierGroup.c.id)
