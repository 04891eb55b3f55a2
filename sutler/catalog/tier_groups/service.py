"""Making, renaming and deleting tier groups; and reading their steps for other slices."""

from collections import defaultdict
from collections.abc import Collection

from sutler.catalog.products.models import Product
from sutler.catalog.products.queries import in_order, kept
from sutler.catalog.tier_groups.models import TierGroup
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId


async def create(store: StoreContext, name: str) -> TierGroup:
    """A new ladder without steps: products become its steps by naming it."""
    return await store.add(TierGroup(name=name.strip()))


async def rename(store: StoreContext, id: FlakeId, name: str) -> TierGroup:
    """Call a ladder otherwise; NotFound when there is none."""
    return await store.change(await store.get(TierGroup, id), {"name": name.strip()})


async def remove(store: StoreContext, id: FlakeId) -> None:
    """Delete a ladder; its products stay for sale, each by itself. NotFound when there is none."""
    group = await store.get(TierGroup, id)
    await store.change_all(store.rows(Product).where(Product.c.tier_group_id == group.id), {"tier_group_id": None})
    await store.remove(group)


async def ladders(store: StoreContext, group_ids: Collection[FlakeId]) -> dict[FlakeId, list[Product]]:
    """The steps of these ladders, lowest first: their products in the order of the shop, for sale or not."""
    found: dict[FlakeId, list[Product]] = defaultdict(list)
    if not group_ids:
        return found
    steps = await store.all(kept(store).where(one_of_ids(Product.c.tier_group_id, sorted(group_ids))))
    for product in in_order(steps):
        found[product.tier_group_id or ""].append(product)
    return found
