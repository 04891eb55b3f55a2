"""What operations of `custom_variables` answer. Made by `make sdk`; changes are lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sutler_sdk._generated.management.models.shared import ActorDto
from sutler_sdk._wire import Model

if TYPE_CHECKING:
    from sutler_sdk._generated.management.enums import CustomVariableOptionPriceType, CustomVariableType
else:  # a text that is new must not break a client
    CustomVariableOptionPriceType = CustomVariableType = str


class CustomVariableDto(Model, frozen=True, kw_only=True):
    """`CustomVariableDto` of the contract."""

    created_at: datetime
    created_by: ActorDto
    description: str
    id: str
    identifier: str
    name: str
    options: list[CustomVariableOptionDto]
    store_id: str
    type: CustomVariableType
    updated_at: datetime | None = None
    updated_by: ActorDto | None = None
    value_regex: str | None = None


class CustomVariableOptionDto(Model, frozen=True, kw_only=True):
    """`CustomVariableOptionDto` of the contract."""

    custom_variable_id: str
    id: str
    is_default: bool
    name: str
    price: int
    """Minor units."""
    price_type: CustomVariableOptionPriceType
    sort_order: int
    store_id: str
    value: str
