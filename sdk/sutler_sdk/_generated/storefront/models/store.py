"""What operations of `store` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime

from sutler_sdk._wire import Model


class StorefrontStoreDto(Model, frozen=True, kw_only=True):
    """`StorefrontStoreDto` of the contract."""

    created_at: datetime | None = None
    creator_currency: str
    currency: str
    description: str | None = None
    game: str
    id: str
    integration_type: str | None = None
    live_mode: bool
    logo_square_url: str | None = None
    logo_url: str | None = None
    name: str
    platform: str
    slug: str
    support_email: str | None = None
    support_url: str | None = None
    updated_at: datetime | None = None
    website_url: str | None = None
