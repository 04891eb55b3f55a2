"""The rules for the members of a coupon, and how they become its columns. Values are those of a whole coupon."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sutler.kernel.errors import FieldError
from sutler.promotions.codes import service as codes
from sutler.promotions.coupons.models import Coupon
from sutler.promotions.discounts import service as discounts
from sutler.promotions.discounts.service import invalid

USUAL: Final[Mapping[str, Any]] = {
    "enabled": True, "note": None, "duration": "once", "duration_in_intervals": None, "discount_apply_individually": True,
    "discount_apply_before_sales": True, "usable_by_customer_id": None, "minimum_order_value": 0,
    "redeem_limit_store_enabled": False, "redeem_limit_store_amount": 0, "redeem_limit_customer_enabled": False,
    "redeem_limit_customer_amount": 0, "usable_on_one_time_purchase": True, "usable_on_subscription": False,
    "usable_at": None, "expires_at": None,
}  # fmt: skip
"""What a member is that nobody gave a value; null stands for it, too."""
LISTS: Final = {"apply_to_products": "product_ids", "apply_to_tags": "tag_ids"}
MOST: Final = 2**31 - 1


def described(coupon: Coupon) -> dict[str, Any]:
    """The members of a request that would make this very coupon."""
    same = (*USUAL, "code", "discount_type", "discount_amount")
    return {name: getattr(coupon, name) for name in same} | {n: getattr(coupon, column) for n, column in LISTS.items()}


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a coupon of these values, which have passed the rules."""
    found = {name: usual if values.get(name) is None else values[name] for name, usual in USUAL.items()}
    found |= {column: list(dict.fromkeys(values.get(name) or ())) for name, column in LISTS.items()}
    kind, amount = values["discount_type"], values["discount_amount"]
    found["code"], found["note"] = values["code"].strip(), (values.get("note") or "").strip() or None
    found["discount_type"], found["discount_amount"] = kind, discounts.tenths(amount) if kind == "percent" else amount
    if found["duration"] != "repeating":
        found["duration_in_intervals"] = None
    return found


def problems(values: Mapping[str, Any]) -> Iterator[FieldError]:
    """Everything that is wrong with these values, but for what they refer to."""
    wrong_code = codes.problem(values["code"].strip())
    if wrong_code:
        yield wrong_code
    yield from _discount(values)
    yield from _duration(values)
    yield from _limits(values)
    begins, ends = values.get("usable_at"), values.get("expires_at")
    if begins is not None and ends is not None and ends <= begins:
        yield invalid("`expires_at` must be after `usable_at`.", "expires_at")
    if not 0 <= (values.get("minimum_order_value") or 0) <= discounts.MOST:
        yield invalid(f"A `minimum_order_value` is 0 to {discounts.MOST} minor units (cents).", "minimum_order_value")
    if values.get("usable_on_one_time_purchase") is False and not values.get("usable_on_subscription"):
        text = "A coupon is for one-time purchases, for subscriptions, or both; as it is, nobody could use it."
        yield invalid(text, "usable_on_one_time_purchase")


def _discount(values: Mapping[str, Any]) -> Iterator[FieldError]:
    kind, amount = values.get("discount_type"), values.get("discount_amount")
    if kind in (None, "unspecified"):
        yield invalid("Say what the coupon takes off: a `discount_type` of `percent` or `amount`.", "discount_type")
    elif amount is None:
        yield FieldError("Required", "`discount_amount` is required.", "discount_amount", "required")
    else:
        wrong = discounts.problem(kind == "percent", amount)
        if wrong:
            yield wrong


def _duration(values: Mapping[str, Any]) -> Iterator[FieldError]:
    intervals, repeating = values.get("duration_in_intervals"), values.get("duration") == "repeating"
    if values.get("duration_in_months") is not None:
        text = (
            "Count renewals, whatever their interval, with `duration_in_intervals`; `duration_in_months` is not supported."
        )
        yield FieldError("NotSupported", text, "duration_in_months", "supported")
    if repeating and not 1 <= (intervals or 0) <= MOST:
        yield invalid("A repeating coupon needs the number of its renewals, 1 or more.", "duration_in_intervals")
    if not repeating and intervals:
        yield invalid("Only a coupon with the `duration` repeating has `duration_in_intervals`.", "duration_in_intervals")


def _limits(values: Mapping[str, Any]) -> Iterator[FieldError]:
    for name in ("store", "customer"):
        amount, is_on = values.get(f"redeem_limit_{name}_amount") or 0, values.get(f"redeem_limit_{name}_enabled")
        path = f"redeem_limit_{name}_amount"
        if not 0 <= amount <= MOST:
            yield invalid(f"`{path}` is a number from 0 to {MOST}.", path)
        elif is_on and not amount:
            yield invalid(f"A limit that is on needs a `{path}` of 1 or more.", path)
