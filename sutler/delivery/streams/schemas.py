"""What a game server may say of the stream that it wants."""

from typing import Annotated

from msgspec import Meta

from sutler.kernel.wire import Query


class Lasting(Query):
    """After how many seconds the stream ends, for who wants no endless one; with 0 it only empties the queue."""

    seconds: Annotated[float, Meta(ge=0, le=86_400)] | None = None
