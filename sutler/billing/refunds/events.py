"""What happens to refunds."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class RefundCompleted(Event, frozen=True):
    """Money was given back. The items of these lines of the order go with it."""

    refund_id: FlakeId
    order_id: FlakeId
    order_line_ids: list[FlakeId]


class RefundReversed(Event, frozen=True):
    """Money that was given back came back to the store: its gateway could not hand it out."""

    refund_id: FlakeId
