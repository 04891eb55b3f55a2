"""Writing down what becomes of commands."""

from collections.abc import Sequence

from sutler.delivery.command_log.models import ALL_OFFERS, CommandLogEntry, Step
from sutler.delivery.commands.models import CommandAttempt
from sutler.kernel.data.context import StoreContext


async def write_down(store: StoreContext, step: Step, attempts: Sequence[CommandAttempt], ip: str) -> None:
    """Note a step of these commands, which happened at this moment to a server that called from this address.

    Of a command that is offered more than a hundred times only every hundredth further offer is noted.
    """
    told = [one for one in attempts if step != "offered" or one.offers <= ALL_OFFERS or one.offers % ALL_OFFERS == 0]
    await store.add_all([CommandLogEntry(attempt_id=one.id, step=step, ip=ip or None) for one in told])
