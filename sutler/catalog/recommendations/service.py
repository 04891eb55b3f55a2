"""What may be said of a product that is offered with another one. Nothing here asks the database."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, structs

from sutler.catalog.products.models import Recommendation, UpsellDiscount, UpsellType
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId

WHOLE: Final = 1000  # tenths of a percent
HIGHEST_DISCOUNT: Final = 500_000  # minor units, as much as a product may cost
MOST_UNITS: Final = 1_000


class Recommended(Struct, kw_only=True):
    """What a request says of a recommendation, whichever it is for."""

    recommended_product_id: FlakeId
    type: UpsellType
    discount_type: UpsellDiscount
    discount_amount: int
    minimum_base_product_quantity: int | None = None
    minimum_recommended_product_quantity: int | None = None
    quantity_to_add: int | None = None
    prefer_as_subscription: bool


QUANTITIES: Final = ("minimum_base_product_quantity", "minimum_recommended_product_quantity", "quantity_to_add")


def problems(asked: Sequence[Struct], path: str) -> Iterator[FieldError]:
    """Everything that is wrong with a list of recommendations, but for what only the database knows."""
    seen = set()
    for number, one in enumerate(map(read, asked)):
        where = f"{path}[{number}]"
        if (one.recommended_product_id, one.type) in seen:
            text = "This product is recommended twice in the same way; leave one of them out."
            yield FieldError("Invalid", text, f"{where}.recommended_product_id", "unique")
        seen.add((one.recommended_product_id, one.type))
        if one.type == "unknown":
            text = "The `type` must be additional, alternative or increase_quantity."
            yield FieldError("Invalid", text, f"{where}.type", "enum")
        yield from discount_problems(one.discount_type, one.discount_amount, f"{where}.discount")
        for name in QUANTITIES:
            value = getattr(one, name)
            if value is not None and not 1 <= value <= MOST_UNITS:
                text = f"`{name}` must be 1 to {MOST_UNITS}; leave it out where nothing is meant."
                yield FieldError("Invalid", text, f"{where}.{name}", "range")


def discount_problems(kind: UpsellDiscount, amount: int, path: str) -> Iterator[FieldError]:
    """What is wrong with a discount: its kind, or its amount in minor units or tenths of a percent."""
    most = {"none": 0, "fixed": HIGHEST_DISCOUNT, "percentage": WHOLE}.get(kind)
    if most is None:
        yield FieldError("Invalid", "The discount's type must be none, fixed or percentage.", f"{path}_type", "enum")
    elif not 0 <= amount <= most:
        unit = {"none": "where there is no discount", "fixed": "minor units", "percentage": "tenths of a percent"}[kind]
        text = f"The discount's amount must be 0 {unit}." if not most else f"It must be 0 to {most} {unit}."
        yield FieldError("Invalid", text, f"{path}_amount", "range")


def kept(asked: Sequence[Struct]) -> tuple[Recommendation, ...]:
    """Recommendations as they are kept."""
    return tuple(Recommendation(**structs.asdict(read(one))) for one in asked)


def read(asked: Struct) -> Recommended:
    """One recommendation of a request; those for a whole store know fewer members."""
    return Recommended(**{name: getattr(asked, name) for name in asked.__struct_fields__})
