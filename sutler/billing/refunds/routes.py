"""The management API of refunds."""

from typing import Annotated

from msgspec import UNSET

from sutler.billing.refund_parts.service import Wish
from sutler.billing.refunds import service
from sutler.billing.refunds.queries import shown
from sutler.billing.refunds.schemas import CreateRefundRequestDto, RefundDto
from sutler.kernel.data.shop import Shop
from sutler.kernel.edge.access import steps
from sutler.kernel.edge.http import Routes
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId

routes = Routes("/v1/stores/{storeId}/orders", tag="orders")
Refunder = Annotated[Shop, steps("order_refund")]


@routes.post("/{orderId}/refund", "Orders_RefundOrder", status=200)
async def refund_order(shop: Refunder, order_id: FlakeId, said: CreateRefundRequestDto | None) -> RefundDto:
    """Give back the money of an order, of one of its lines, or a part of it; this cannot be undone.

    Without a body it is all that is left, and the items are taken back once it is done. The amount of one line is the
    refund of that line; any other amount is money only, and the items stay. Gift cards get back what they paid.
    """
    return shown(await service.refund_order(shop, order_id, wish(said or CreateRefundRequestDto())))


def wish(said: CreateRefundRequestDto) -> Wish:
    """What is asked for; InvalidInput for what contradicts itself, and for what there is not."""
    if said.refund_from_connected_user_balance:
        raise _invalid(
            "refund_from_connected_user_balance",
            "Refunds from the balance of a connected user are not supported yet; leave this out.",
        )
    line = None if said.order_line_id is UNSET else said.order_line_id
    if line is not None and said.amount is not None:
        raise _invalid("amount", "Name a line or an amount, not both: a line has an amount of its own.")
    return Wish(order_line_id=line, amount=said.amount, note=said.reason)


def _invalid(path: str, text: str) -> InvalidInput:
    return InvalidInput(text, [FieldError("Invalid", text, path, "invalid")])
