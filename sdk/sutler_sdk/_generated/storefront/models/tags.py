"""What operations of `tags` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._wire import Model


class StorefrontTagDto(Model, frozen=True, kw_only=True):
    """`StorefrontTagDto` of the contract."""

    created_at: datetime
    description: str | None = None
    enabled: bool
    id: str
    image_url: str | None = None
    name: str
    slug: str
    store_id: str
    updated_at: datetime | None = None
