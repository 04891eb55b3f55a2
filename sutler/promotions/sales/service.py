"""Making, changing and deleting sales."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.wire import given
from sutler.promotions.discounts import service as discounts
from sutler.promotions.discounts.service import invalid, untogether
from sutler.promotions.sales.models import TERMS, Sale, SaleVersion
from sutler.promotions.sales.queries import living, one
from sutler.promotions.sales.schemas import CreateSaleDto, UpdateSaleDto
from sutler.promotions.scopes.service import unknown

LONGEST_NAME: Final = 50
USUAL: Final[Mapping[str, Any]] = {
    "enabled": True, "duration": "once", "duration_in_intervals": 0, "minimum_order_value": 0, "begins_at": None,
    "ends_at": None,
}  # fmt: skip
"""What a member is that nobody gave a value; null stands for it, too. A sale begins now."""
LISTS: Final = {"apply_to_product_ids": "product_ids", "apply_to_tag_ids": "tag_ids"}
OLDER: Final = {
    "apply_to_products": "apply_to_product_ids", "product_ids": "apply_to_product_ids",
    "apply_to_tags": "apply_to_tag_ids", "tag_ids": "apply_to_tag_ids",
}  # fmt: skip


async def create(store: StoreContext, new: CreateSaleDto) -> Sale:
    """A new sale with the first version of its terms; InvalidInput names everything that does not pass."""
    values = _in_newer_words({name: value for name, value in given(new).items() if value is not None})
    await _refuse(store, values, values)
    sale = await store.add(Sale(**_columns(values)))
    await store.add(version_of(sale))
    return sale


async def update(store: StoreContext, id: FlakeId, changes: UpdateSaleDto) -> Sale:
    """Change what is given; null stands for the usual value, but name and beginning are kept by it.

    A new version comes of it only where the terms change; orders keep what they were placed under.
    """
    sale = await one(store, id)
    asked = {name: value for name, value in given(changes).items() if value is not None or name not in ("name", "begins_at")}
    if asked.get("duration", "repeating") != "repeating":
        asked.setdefault("duration_in_intervals", 0)
    values = _described(sale) | asked
    half = untogether(asked)
    await _refuse(store, values, asked, *([half] if half else []))
    changed = {name: value for name, value in _columns(values).items() if getattr(sale, name) != value}
    if not changed:
        return sale
    is_new = bool(changed.keys() & set(TERMS))
    sale = await store.change(sale, changed | ({"sale_version_id": new_id()} if is_new else {}))
    if is_new:
        await store.add(version_of(sale))
    return sale


async def delete(store: StoreContext, id: FlakeId) -> None:
    """End a sale for good; NotFound when it is not there. Its history stays."""
    if not await store.change_all(living(store).where(Sale.c.id == param("id")), {"deleted_at": clock.now()}, id=id):
        raise NotFound(f"There is no sale {id} in this store.")


def version_of(sale: Sale) -> SaleVersion:
    """The terms as they are now, to be kept for ever."""
    frozen = {name: getattr(sale, name) for name in TERMS}
    return SaleVersion(id=sale.sale_version_id, sale_id=sale.id, **frozen)


def _in_newer_words(values: dict[str, Any]) -> dict[str, Any]:
    """A request with the words of older clients in those of the contract; InvalidInput for one that says a thing twice."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        word = OLDER.get(name, name)
        if word in found:
            wrong = invalid(f"`{word}` has several names; send only one of them.", name)
            raise InvalidInput(wrong.message, [wrong])
        found[word] = value
    return found


def _described(sale: Sale) -> dict[str, Any]:
    """The members of a request that would make this very sale."""
    same = (*USUAL, "name", "discount_type", "discount_amount")
    return {name: getattr(sale, name) for name in same} | {n: getattr(sale, column) for n, column in LISTS.items()}


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a sale of these values, which have passed the rules."""
    found = {name: usual if values.get(name) is None else values[name] for name, usual in USUAL.items()}
    found |= {column: list(dict.fromkeys(values.get(name) or ())) for name, column in LISTS.items()}
    kind, amount = values["discount_type"], values["discount_amount"]
    found["discount_type"], found["discount_amount"] = kind, discounts.tenths(amount) if kind == "percent" else amount
    return found | {"name": values["name"].strip(), "begins_at": found["begins_at"] or clock.now()}


async def _refuse(store: StoreContext, values: dict[str, Any], asked: dict[str, Any], *more: FieldError) -> None:
    found = [*more, *_problems(values)]
    product_ids, tag_ids = (asked.get(name) or () for name in LISTS)
    found += await unknown(store, product_ids, tag_ids, ("apply_to_product_ids", "apply_to_tag_ids"))
    if found:
        raise InvalidInput(found[0].message, found)


def _problems(values: Mapping[str, Any]) -> Iterator[FieldError]:
    if not 1 <= len((values.get("name") or "").strip()) <= LONGEST_NAME:
        yield invalid(f"A sale has a `name` of 1 to {LONGEST_NAME} characters, which visitors see.", "name")
    yield from _discount(values)
    intervals, duration = values.get("duration_in_intervals") or 0, values.get("duration")
    if duration == "unspecified":
        yield invalid("Say how long the sale lowers a subscription: `once`, `repeating` or `forever`.", "duration")
    if duration == "repeating" and intervals < 1:
        yield invalid("A repeating sale needs the number of its renewals, 1 or more.", "duration_in_intervals")
    if duration != "repeating" and intervals:
        yield invalid("Only a sale with the `duration` repeating has `duration_in_intervals`.", "duration_in_intervals")
    if (values.get("minimum_order_value") or 0) < 0:
        yield invalid("A `minimum_order_value` is 0 or more minor units (cents).", "minimum_order_value")
    begins, ends = values.get("begins_at"), values.get("ends_at")
    if begins is not None and ends is not None and ends <= begins:
        yield invalid("`ends_at` must be after `begins_at`.", "ends_at")


def _discount(values: Mapping[str, Any]) -> Iterator[FieldError]:
    missing = [name for name in ("discount_type", "discount_amount") if values.get(name) is None]
    yield from (FieldError("Required", f"`{name}` is required.", name, "required") for name in missing)
    if not missing:
        wrong = discounts.problem(values["discount_type"] == "percent", values["discount_amount"])
        if wrong:
            yield wrong
