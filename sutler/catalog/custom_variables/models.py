"""The table of custom variables, what their options cost, and how an answer is kept."""

from typing import Final, Literal

import msgspec

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId, new_id

VariableType = Literal["dropdown", "text", "number"]
PriceType = Literal["fixed", "percentage"]
WHOLE: Final = 10_000  # percentages of options are basis points: 150 is 1.5 %


class Option(msgspec.Struct, kw_only=True):
    """One choice of a drop-down. `price` is in minor units if it is fixed, else in basis points of the product's price."""

    id: FlakeId = msgspec.field(default_factory=new_id)
    name: str
    value: str
    price: int = 0
    price_type: PriceType = "fixed"
    is_default: bool = False


class CustomVariable(StoreRecord, table="custom_variables"):
    """Something that buyers of a product are asked for. Options are those of a drop-down, in their order.

    Products keep the ids of their variables; the id of a deleted variable means nothing there.
    """

    identifier: str
    name: str
    description: str
    type: VariableType
    value_regex: str | None
    options: list[Option]


class Chosen(msgspec.Struct, kw_only=True, frozen=True):
    """A variable and the buyer's answer, as they were at that moment; name and price of the option are there if one is."""

    id: FlakeId
    identifier: str
    name: str
    description: str
    type: VariableType
    value: str
    option_name: str | None = None
    price: int = 0
    price_type: PriceType = "fixed"


class CustomVariableIdentifierTaken(Conflict):
    """Another custom variable of this store already has this identifier."""


unique(
    CustomVariableIdentifierTaken, CustomVariable.c.store_id, CustomVariable.c.identifier, name="custom_variables_identifier"
)


def surcharge(price: int, price_type: PriceType, base: int) -> int:
    """What an option adds to one unit that costs `base`, all in minor units; negative when it makes the unit cheaper.

    Percentages are rounded to the nearest minor unit, halves up.
    """
    return price if price_type == "fixed" else (base * price + WHOLE // 2) // WHOLE
