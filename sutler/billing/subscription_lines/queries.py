"""How the lines of subscriptions are found: those that a change took out stay in the table, for what they gave."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from sutler.billing.subscriptions.models import SubscriptionLine
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids, param, rows
from sutler.kernel.ids import FlakeId

STANDING: Final = SubscriptionLine.c.removed_at.is_(None)
LINES: Final = rows(SubscriptionLine).where(SubscriptionLine.c.subscription_id == param("subscription_id"), STANDING)


async def lines_by_subscription(store: StoreContext, ids: Sequence[FlakeId]) -> dict[FlakeId, list[SubscriptionLine]]:
    """The lines of these subscriptions, each in their order: one statement."""
    found: dict[FlakeId, list[SubscriptionLine]] = defaultdict(list)
    theirs = store.rows(SubscriptionLine).where(one_of_ids(SubscriptionLine.c.subscription_id, ids), STANDING)
    for line in await store.all(theirs):
        found[line.subscription_id].append(line)
    return found
