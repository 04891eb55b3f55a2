"""Paying by bank transfer or in cash: the order waits until the owner says that the money is there."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sutler.billing.gateways.interface import (
    Answer,
    Canceled,
    Charge,
    Dispute,
    Pending,
    RefundAnswer,
    RefundPending,
    Repaid,
    Repayment,
    Setting,
    Vaulted,
)
from sutler.kernel import clock
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId, pretty_id

LOOK_AGAIN: Final = timedelta(days=1)


class Manual:
    """A gateway that knows nothing by itself: the owner settles its payments."""

    name = "manual"
    title = "Bank transfer or cash"
    method_type = "manual"
    can_recur = False
    settings: Final = {"instructions": Setting("What the buyer reads: where to send the money, or where to bring it.")}

    def reference(self, payment_id: FlakeId) -> str:
        """What the payer writes on the transfer."""
        return pretty_id(payment_id)

    def takes(self, amount: int, currency: str) -> bool:
        """Money arrives where the owner keeps it, in the currency of the store."""
        return False

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Answer:
        """Wait for the money."""
        return await self.outcome(shop, charge)

    async def charge_again(self, shop: Shop, charge: Charge, vaulted: Vaulted) -> Answer:
        """Nothing is kept that could be charged."""
        return Canceled()

    async def outcome(self, shop: Shop, charge: Charge) -> Answer:
        """Nobody but the owner can tell."""
        return Pending(look_again=clock.now() + LOOK_AGAIN)

    async def give_up(self, shop: Shop, charge: Charge) -> Answer:
        """The money may be on its way, so only the owner can give it up."""
        return await self.outcome(shop, charge)

    async def refund(self, shop: Shop, repayment: Repayment) -> RefundAnswer:
        """Wait until the owner has given the money back."""
        return RefundPending(look_again=clock.now() + LOOK_AGAIN)

    async def refund_outcome(self, shop: Shop, repayment: Repayment) -> RefundAnswer | None:
        """Nobody but the owner can tell."""
        return await self.refund(shop, repayment)

    async def refunds(self, shop: Shop, charge: Charge) -> Sequence[Repaid]:
        """Nobody but the owner can tell."""
        return ()

    async def disputes(self, shop: Shop, charge: Charge) -> Sequence[Dispute]:
        """Nobody but the owner can tell."""
        return ()


MANUAL: Final = Manual()
