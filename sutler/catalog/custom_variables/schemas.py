"""Custom variables as managers send and see them, and as visitors see them."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.catalog.custom_variables.models import CustomVariable, Option, PriceType, VariableType, surcharge
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Int64, Wire, or_unset

LARGEST_PRICE = 1_000_000  # either way: minor units, or basis points

Identifier = Annotated[str, Meta(max_length=50)]
Name = Annotated[str, Meta(max_length=100)]
Description = Annotated[str, Meta(max_length=5_000)]
Pattern = Annotated[str, Meta(max_length=500)]
Value = Annotated[str, Meta(max_length=500)]
Price = Annotated[int, Meta(ge=-LARGEST_PRICE, le=LARGEST_PRICE, extra_json_schema={"format": "int64"})]


class CustomVariableOptionRequestDto(Wire):
    """One choice of a drop-down. It keeps its id when that of an option is given."""

    id: FlakeId | None = None
    name: Name
    value: Value
    price: Price = 0
    price_type: PriceType = "fixed"
    is_default: bool = False


class UpsertCustomVariableRequestDto(Wire):
    """A custom variable as its manager describes it, or what changes about one.

    Options are for drop-downs, a pattern for texts and numbers. Null clears the description and the pattern; anything else
    is kept by it.
    """

    identifier: Identifier | UnsetType | None = UNSET
    name: Name | UnsetType | None = UNSET
    description: Description | UnsetType | None = UNSET
    type: VariableType | UnsetType | None = UNSET
    value_regex: Pattern | UnsetType | None = UNSET
    options: Annotated[list[CustomVariableOptionRequestDto], Meta(max_length=100)] | UnsetType | None = UNSET


class CustomVariableOptionDto(Struct):
    """One choice of a drop-down. `price` is in minor units if it is fixed, else in basis points."""

    id: FlakeId
    store_id: FlakeId
    custom_variable_id: FlakeId
    name: str
    value: str
    price: Int64
    price_type: PriceType
    is_default: bool
    sort_order: Int32


class CustomVariableDto(Struct):
    """A custom variable as its managers see it."""

    id: FlakeId
    store_id: FlakeId
    identifier: str
    name: str
    description: str
    type: VariableType
    value_regex: str | None
    options: list[CustomVariableOptionDto]
    created_by: Actor
    created_at: datetime
    updated_at: datetime | None
    updated_by: Actor | UnsetType = UNSET


class StorefrontCustomVariableOptionDto(Struct):
    """One choice of a drop-down. `price` is what it adds to one unit, in minor units."""

    name: str
    value: str
    price: Int64
    is_default: bool
    sort_order: Int32


class StorefrontCustomVariableDto(Struct):
    """Something that the buyer is asked for."""

    identifier: str
    name: str
    description: str
    type: VariableType
    value_regex: str | None
    options: list[StorefrontCustomVariableOptionDto]


def shown(variable: CustomVariable) -> CustomVariableDto:
    """A custom variable for those who manage the store."""
    options = [
        CustomVariableOptionDto(
            option.id, variable.store_id, variable.id, option.name, option.value, option.price, option.price_type,
            option.is_default, number,
        )
        for number, option in enumerate(variable.options)
    ]  # fmt: skip
    return CustomVariableDto(
        id=variable.id,
        store_id=variable.store_id,
        identifier=variable.identifier,
        name=variable.name,
        description=variable.description,
        type=variable.type,
        value_regex=variable.value_regex,
        options=options,
        created_by=variable.created_by or Actor("internal"),
        created_at=variable.created_at,
        updated_at=variable.updated_at,
        updated_by=or_unset(variable.updated_by),
    )


def displayed(variable: CustomVariable, price: int) -> StorefrontCustomVariableDto:
    """A custom variable for visitors who look at a product with this price, in minor units."""
    return StorefrontCustomVariableDto(
        variable.identifier, variable.name, variable.description, variable.type, variable.value_regex,
        [displayed_option(option, number, price) for number, option in enumerate(variable.options)],
    )  # fmt: skip


def displayed_option(option: Option, number: int, price: int) -> StorefrontCustomVariableOptionDto:
    """The option in this place, for visitors who look at a product with this price."""
    added = surcharge(option.price, option.price_type, price)
    return StorefrontCustomVariableOptionDto(option.name, option.value, added, option.is_default, number)
