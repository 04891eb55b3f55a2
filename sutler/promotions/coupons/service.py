"""Making, changing and deleting coupons."""

from typing import Any, Final

from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import param
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.wire import given
from sutler.promotions.codes.service import generated
from sutler.promotions.coupon_rules.service import LISTS, columns, described, problems
from sutler.promotions.coupons.models import TERMS, Coupon, CouponVersion
from sutler.promotions.coupons.queries import living, one
from sutler.promotions.coupons.schemas import CreateCouponDto, UpdateCouponDto
from sutler.promotions.discounts.service import invalid, untogether
from sutler.promotions.scopes.service import unknown

PERIOD: Final = ("usable_at", "expires_at")
OLDER: Final = {"name": "code", "type": "discount_type", "amount": "discount_amount"}


async def create(store: StoreContext, new: CreateCouponDto, *, by_itself: bool = False) -> Coupon:
    """A new coupon with the first version of its terms. Without a code it gets one that nobody can guess.

    InvalidInput names everything that does not pass; CouponCodeTaken for a code in use. `by_itself` when the store makes
    it for a mail.
    """
    values = _in_newer_words({name: value for name, value in given(new).items() if value is not None})
    if not values.get("code", "").strip():
        values["code"] = generated()
    await _refuse(store, values, values)
    coupon = Coupon(**columns(values | {"usable_at": values.get("usable_at") or clock.now()}), generated=by_itself)
    await store.add(coupon)
    await store.add(version_of(coupon))
    return coupon


async def update(store: StoreContext, id: FlakeId, changes: UpdateCouponDto) -> Coupon:
    """Change what is given; null stands for the usual value, but the code is kept by it.

    A new version comes of it only where the terms change; who used the coupon before keeps what they got.
    """
    coupon = await one(store, id)
    asked = {name: value for name, value in given(changes).items() if value is not None or name != "code"}
    if asked.get("duration", "repeating") != "repeating":
        asked.setdefault("duration_in_intervals", None)
    values = described(coupon) | asked
    half = untogether(asked)
    settled = {} if asked.keys() & set(PERIOD) else dict.fromkeys(PERIOD)  # one that was over from the first stays editable
    await _refuse(store, values | settled, asked, *([half] if half else []))
    changed = {name: value for name, value in columns(values).items() if getattr(coupon, name) != value}
    if not changed:
        return coupon
    is_new = bool(changed.keys() & set(TERMS))
    coupon = await store.change(coupon, changed | ({"coupon_version_id": new_id()} if is_new else {}))
    if is_new:
        await store.add(version_of(coupon))
    return coupon


async def delete(store: StoreContext, id: FlakeId) -> None:
    """Let a coupon be used no more; NotFound when it is not there. Its code is free, its history stays."""
    if not await store.change_all(living(store).where(Coupon.c.id == param("id")), {"deleted_at": clock.now()}, id=id):
        raise NotFound(f"There is no coupon {id} in this store.")


def version_of(coupon: Coupon) -> CouponVersion:
    """The terms as they are now, to be kept for ever."""
    frozen = {name: getattr(coupon, name) for name in TERMS}
    return CouponVersion(id=coupon.coupon_version_id, coupon_id=coupon.id, **frozen)


def _in_newer_words(values: dict[str, Any]) -> dict[str, Any]:
    """A request with the words of older clients in those of the contract; InvalidInput for one that says a thing twice."""
    words = OLDER | {"max_uses": "redeem_limit_store_amount"}
    twice = [name for name, newer in words.items() if name in values and newer in values]
    if twice:
        found = [invalid(f"`{name}` is an older word for `{words[name]}`; send only one.", name) for name in twice]
        raise InvalidInput(found[0].message, found)
    found_values = {words.get(name, name): value for name, value in values.items()}
    return found_values | ({"redeem_limit_store_enabled": True} if "max_uses" in values else {})


async def _refuse(store: StoreContext, values: dict[str, Any], asked: dict[str, Any], *more: FieldError) -> None:
    found = [*more, *problems(values)]
    product_ids, tag_ids = (asked.get(name) or () for name in LISTS)
    found += await unknown(store, product_ids, tag_ids, ("apply_to_products", "apply_to_tags"))
    customer_id = asked.get("usable_by_customer_id")
    if customer_id is not None and await store.peek(by_id(Customer), id=customer_id) is None:
        text = f"There is no customer {customer_id} in this store."
        found.append(FieldError("InvalidCustomer", text, "usable_by_customer_id", "customer"))
    if found:
        raise InvalidInput(found[0].message, found)
