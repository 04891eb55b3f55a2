"""Asking gateways about refunds whose answer is not known."""

from sutler.billing.gateways.interface import RefundPending
from sutler.billing.refund_settlements.service import ask
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import Again, outside_job


@outside_job
async def settle_refund_in_doubt(shop: Shop, *, refund_id: FlakeId) -> Again | None:
    """Ask about a refund whose answer never arrived, or was not decided yet; again and again until it is."""
    answer = await ask(shop, refund_id)
    return Again(answer.look_again) if isinstance(answer, RefundPending) else None


@outside_job
async def hear_refund_notice(shop: Shop, *, refund_id: FlakeId) -> None:
    """A gateway has something to tell about a refund: ask it what."""
    await ask(shop, refund_id)
