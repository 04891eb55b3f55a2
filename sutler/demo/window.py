"""The demo's shop window: a menu of its tags, and what stands beside the products. What is there already stays as it is."""

from typing import Final

from msgspec import to_builtins

from sutler.billing.modules.models import Module, ModuleType
from sutler.billing.modules.schemas import PaymentGoal, RecentPayments, Settings, TextBox, TopCustomer
from sutler.catalog.navlinks.models import NavLink
from sutler.catalog.tags.models import Tag
from sutler.demo.shelf import TAGS
from sutler.kernel.data.context import StoreContext

MODULES: Final[dict[ModuleType, Settings]] = {
    "text_box": TextBox(header="Welcome", content="<p>A store to try things out in. No money moves here.</p>"),
    "payment_goal": PaymentGoal(header="Keeps the servers running", goal_target=50_000),
    "top_customer": TopCustomer(header="Top supporters", limit=3, period="all_time"),
    "recent_payments": RecentPayments(),
}
"""What each kind of module shows, in the order in which they stand."""


async def dress(store: StoreContext) -> None:
    """The menu, unless there is one, and the modules, unless there are any: a statement for each at most, and two to see."""
    if not await store.count(store.rows(NavLink)):
        known = {tag.name: tag.id for tag in await store.all(store.rows(Tag))}
        places = enumerate(known[name] for name in TAGS if name in known)
        await store.add_all([NavLink(tag_id=id, parent_node_id=None, sort_order=place) for place, id in places])
    if not await store.count(store.rows(Module)):
        made = [
            Module(type=type, enabled=True, settings=to_builtins(shown), starts_at=None, ends_at=None, sort_order=place)
            for place, (type, shown) in enumerate(MODULES.items())
        ]
        await store.add_all(made)
