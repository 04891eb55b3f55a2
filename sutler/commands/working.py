"""`sutler worker`: a process that only runs jobs."""

import asyncio
import signal

import uvloop

from sutler.app import working
from sutler.commands import showing
from sutler.commands.ground import at_hand
from sutler.kernel.metrics import Watch


def work() -> None:
    """Run jobs until told to stop, then finish those that have begun as far as a transaction goes."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_stopped())


async def until_stopped() -> None:
    """Work until SIGTERM or SIGINT."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for kind in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(kind, stop.set)
    async with at_hand(upgrades=True) as database, working(database, Watch()):
        showing.out().print("Sutler runs jobs until it is told to stop.")
        await stop.wait()
