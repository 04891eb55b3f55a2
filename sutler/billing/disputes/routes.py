"""The API of disputes, Sutler's own."""

from typing import Annotated

from sutler.billing.disputes import queries, service
from sutler.billing.disputes.models import NotAnswered
from sutler.billing.disputes.schemas import CloseDisputeDto, OpenDisputeDto, PaymentDisputeDto, shown
from sutler.billing.gateways.interface import Dispute, Unanswered
from sutler.billing.payments.models import Payment
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import reads, steps, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/payments/{paymentId}/disputes", tag="payments")
Reader = Annotated[StoreContext, reads("payment_read")]
Defender = Annotated[StoreContext, writes("payment_dispute")]
Asker = Annotated[Shop, steps("payment_dispute")]


@routes.get("", "Payments_GetDisputes")
async def list_disputes(store: Reader, payment_id: FlakeId) -> list[PaymentDisputeDto]:
    """List the disputes over a payment, oldest first: there is hardly ever more than one."""
    await store.get(Payment, payment_id)
    return [shown(one) for one in await queries.of_payment(store, payment_id)]


@routes.post("", "Payments_OpenDispute")
async def open_dispute(store: Defender, payment_id: FlakeId, body: OpenDisputeDto) -> PaymentDisputeDto:
    """Record that a bank has taken a transfer back: the items of the order are revoked, the money is set aside.

    Gateways that take cards tell of disputes themselves.
    """
    said = Dispute(
        reference=body.reference, state="pending", amount=body.amount or 0, fee_amount=body.fee_amount, reason=body.reason
    )
    return shown(await service.open_by_hand(store, payment_id, said))


@routes.post("/ask", "Payments_AskForDisputes", status=200)
async def ask_for_disputes(shop: Asker, payment_id: FlakeId) -> list[PaymentDisputeDto]:
    """Ask the gateway of a payment about disputes now, in case its notification got lost, and list them."""
    try:
        await service.look(shop, payment_id)
    except Unanswered as error:
        raise NotAnswered from error
    async with shop.reading() as store:
        return [shown(one) for one in await queries.of_payment(store, payment_id)]


@routes.post("/{disputeId}/close", "Payments_CloseDispute", status=200)
async def close_dispute(
    store: Defender, payment_id: FlakeId, dispute_id: FlakeId, body: CloseDisputeDto
) -> PaymentDisputeDto:
    """Record how a bank has decided. Saying so twice changes nothing.

    Winning gives the money back but no items: assign them again if the customer is to have them.
    """
    return shown(await service.close_by_hand(store, payment_id, dispute_id, body.outcome, body.fee_amount))
