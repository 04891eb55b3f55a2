"""The management API of test clocks, Sutler's own."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import reads, steps
from sutler.kernel.edge.http import Routes
from sutler.stores.test_clocks import service
from sutler.stores.test_clocks.schemas import MoveTestClockDto, TestClockDto

routes = Routes("/v1/stores/{storeId}/simulator/clock", tag="simulator")
Reader = Annotated[StoreContext, reads("checkout_read")]
Mover = Annotated[Shop, steps("checkout_create")]


@routes.get("", "Simulator_GetClock")
async def get_clock(store: Reader) -> TestClockDto:
    """Show a store's time, and whether it stands still."""
    return await service.shown(store)


@routes.post("", "Simulator_MoveClock")
async def move_clock(shop: Mover, body: MoveTestClockDto) -> TestClockDto:
    """Stop a store's clock, move it forward, or let it go again. Only for stores that are not in live mode.

    What becomes due on the way happens in its order, as it would have: renewals, expiries, deliveries of webhooks and
    their retries. A long way takes several calls: while the answer is not `done`, repeat with `to`.
    """
    return await service.change(shop, body)


@routes.delete("", "Simulator_ReleaseClock")
async def release_clock(shop: Mover) -> None:
    """Let a store's clock go with real time again; one that is ahead of it cannot go back."""
    await service.release(shop)
