"""What operations of `cart` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sutler_sdk._generated.storefront.models.shared import (
    StorefrontCustomerDto,
    StorefrontCustomVariableOptionDto,
    StorefrontGameServerDto,
    StorefrontProductPricingDto,
)
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.storefront.enums import CustomVariableType
else:  # a text that is new must not break a client
    CustomVariableType = str


class CartDto(Model, frozen=True, kw_only=True):
    """`CartDto` of the contract."""

    currency: str
    customer_id: str
    lines: list[CartLineDto]
    store_id: str
    total: int
    """Minor units."""


class CartLineCustomVariableDto(Model, frozen=True, kw_only=True):
    """`CartLineCustomVariableDto` of the contract."""

    description: str
    id: str
    identifier: str
    name: str
    options: list[StorefrontCustomVariableOptionDto]
    selected_option: StorefrontCustomVariableOptionDto | None = None
    type: CustomVariableType
    value: str


class CartLineDto(Model, frozen=True, kw_only=True):
    """`CartLineDto` of the contract."""

    custom_variables: list[CartLineCustomVariableDto]
    gift_to_customer: StorefrontCustomerDto | None = None
    gift_to_customer_id: str | None = None
    image_url: str | None = None
    line_key: str
    name: str
    price: int
    """Minor units."""
    pricing: StorefrontProductPricingDto
    product_id: str
    quantity: int
    selected_gameserver: StorefrontGameServerDto | None = None
    selected_gameserver_id: str | None = None
    slug: str
    subscription: bool
    trial: bool
