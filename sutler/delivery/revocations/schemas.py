"""What may be said when an item is taken back."""

from typing import Annotated

from msgspec import Meta

from sutler.kernel.wire import Wire


class RevokeDeliveryItemDto(Wire):
    """Our own: why; kept with the item as a note for those who manage the store."""

    reason: Annotated[str, Meta(max_length=500)] | None = None
