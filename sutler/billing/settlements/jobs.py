"""Asking gateways about payments whose answer is not known."""

from sutler.billing.gateways.interface import Pending
from sutler.billing.settlements.service import ask
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, outside_job


@outside_job
async def settle_in_doubt(shop: Shop, *, payment_id: FlakeId) -> Again | None:
    """Ask about a payment whose answer never arrived, or was not decided yet; again and again until it is."""
    answer = await ask(shop, payment_id)
    return Again(answer.look_again) if isinstance(answer, Pending) else None


@outside_job
async def hear_notice(shop: Shop, *, payment_id: FlakeId) -> None:
    """A gateway has something to tell about a payment: ask it what."""
    await ask(shop, payment_id)
