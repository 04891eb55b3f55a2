"""What operations of `delivery` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import DeliveryItemStateDto
else:  # a text that is new must not break a client
    DeliveryItemStateDto = str


class DeliveryItemProductDto(Model, frozen=True, kw_only=True):
    """`DeliveryItemProductDto` of the contract."""

    id: str
    name: str
    slug: str
    version_id: str


class StorefrontDeliveryItemDto(Model, frozen=True, kw_only=True):
    """`StorefrontDeliveryItemDto` of the contract."""

    active_at: datetime | None = None
    added_at: datetime
    customer_id: str
    execute_on_gameserver_id: str | None = None
    expirable: bool
    expires_at: datetime | None = None
    gift: bool
    id: str
    order_id: str | None = None
    order_line_id: str | None = None
    override_expires_at: datetime | None = None
    product: DeliveryItemProductDto
    quantity_index: int | None = None
    removed_at: datetime | None = None
    revoke_reason: str | None = None
    revoked_at: datetime | None = None
    state: DeliveryItemStateDto
    store_id: str
    subscription_id: str | None = None
