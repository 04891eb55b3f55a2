"""Which commands to take out of the queue, and which to send again."""

from typing import Annotated

from msgspec import Meta, Struct

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Moment, Wire

MOST_AT_ONCE = 10_000


class UnqueueCommandsRequestDto(Wire):
    """Commands by the ids of their attempts, at most ten thousand."""

    attempt_ids: Annotated[list[FlakeId], Meta(max_length=MOST_AT_ONCE)]


class UnqueueCommandsResponseDto(Struct):
    """How many of the commands were still waiting and will not run now."""

    unqueued_count: Int64


class ResendCommandsForGameServerRequestDto(Wire, forbid_unknown_fields=True):
    """Which commands to send again: those that meet all of what is given. The times are those at which they were queued."""

    starts_at: Moment | None = None
    ends_at: Moment | None = None
    inventory_item_id: FlakeId | None = None
    customer_id: FlakeId | None = None
    order_id: FlakeId | None = None
    product_id: FlakeId | None = None
    subscription_id: FlakeId | None = None


class ResendCommandsForGameServerResponseDto(Struct):
    """How many commands wait for the server that did not before."""

    enqueued_commands_count: Int32
