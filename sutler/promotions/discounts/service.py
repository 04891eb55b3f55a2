"""Amounts of discounts: minor units or tenths of a percent, and the units in which older clients send percents."""

from typing import Any, Final

from sutler.kernel.errors import FieldError

WHOLE: Final = 1000
"""All of a price, in tenths of a percent."""
BASIS_POINTS: Final = 10
"""Basis points in a tenth of a percent. More than 1000 can only be basis points, for nothing is more than all."""
MOST: Final = 1_000_000_000
"""The largest fixed discount, in minor units: more than any checkout comes to."""
TOGETHER: Final = "Send `discount_type` and `discount_amount` together: the amount means nothing without its type."


def tenths(amount: int) -> int:
    """A percentage in tenths of a percent, also if it came in basis points: 250 and 2500 are both 25 %."""
    return amount // BASIS_POINTS if amount > WHOLE else amount


def problem(percent: bool, amount: int) -> FieldError | None:  # noqa: FBT001 - reads well where it is called
    """What is wrong with the amount of a discount."""
    if not percent and not 1 <= amount <= MOST:
        return invalid(f"A fixed `discount_amount` is 1 to {MOST} minor units (cents).", "discount_amount")
    if percent and not 1 <= amount <= WHOLE * BASIS_POINTS:
        return invalid("A percent `discount_amount` is in tenths of a percent: 1 to 1000, 250 is 25 %.", "discount_amount")
    if percent and amount > WHOLE and amount % BASIS_POINTS:
        text = "A percent in basis points must be a multiple of 10; give `discount_amount` in tenths of a percent."
        return invalid(text, "discount_amount")
    return None


def untogether(asked: dict[str, Any]) -> FieldError | None:
    """A discount of which only the half is changed."""
    missing = {"discount_type", "discount_amount"} - asked.keys()
    if len(missing) != 1:
        return None
    (name,) = missing
    return FieldError("Required", TOGETHER, name, "required")


def invalid(text: str, path: str, validation: str = "value") -> FieldError:
    """A member whose value cannot be."""
    return FieldError("Invalid", text, path, validation)
