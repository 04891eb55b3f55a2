"""Making, changing, sorting and deleting products; and reading them for other slices."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import func, select

from sutler.catalog.product_references.service import unknown
from sutler.catalog.product_rules.service import cleaned, problems, slugs_for
from sutler.catalog.product_values.service import changed_upselling, columns, described
from sutler.catalog.products.models import KEPT, Product, ProductSlugTaken, ProductVersion
from sutler.catalog.products.queries import in_order, kept, one
from sutler.catalog.products.schemas import UpsertProductRequestDto
from sutler.catalog.recurring.service import changed_trial
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, StoreStatement, one_of, one_of_ids, param
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.wire import given

R = TypeVar("R", bound=StoreRecord)
SLUGS_AT_ONCE: Final = 50
VERSIONED: Final = tuple(name for name in ProductVersion.__struct_fields__ if name in Product.__struct_fields__
                         and name not in StoreRecord.__struct_fields__)  # fmt: skip
"""What makes a new version when it changes: whatever decides what buyers get and pay, and what they were told of it."""

MINE: Final = (Product.c.store_id == param("store_id"), KEPT)
LAST: Final = StoreStatement(select(func.max(Product.c.sort_order)).where(*MINE))
LOCK: Final = StoreStatement(select(Product.c.id).where(*MINE).order_by(Product.c.id).with_for_update())


async def create(store: StoreContext, new: UpsertProductRequestDto) -> Product:
    """A new product with its first version, shown after all others.

    InvalidInput names everything that does not pass; ProductSlugTaken when the slug that was asked for is in use.
    A slug made from the name gets a number instead.
    """
    asked = given(new)
    found = list(problems(asked)) + await unknown(store, asked)
    if found:
        raise InvalidInput(found[0].message, found)
    ((last,),) = await store.run(LAST)
    product = Product(slug="", sort_order=last or 0, **columns(asked))
    slug = asked.get("slug")
    product = await _placed(store, product, slugs_for(product.name) if slug is None else iter([cleaned(slug)]))
    await store.add(version_of(product))
    return product


async def update(store: StoreContext, id: FlakeId, changes: UpsertProductRequestDto) -> Product:
    """Change what is given; null stands for the usual value, but the slug is kept by it.

    A new version comes of it only where buyers get, pay or read something else; those before stay as they were.
    """
    product = await one(store, id)
    asked = _usual(product, given(changes))
    if "upselling" in asked:
        asked["upselling"] = changed_upselling(product, asked["upselling"])
    if "trial" in asked:
        asked["trial"] = changed_trial(product, asked["trial"])
    values = described(product) | asked
    found = list(problems(values)) + await unknown(store, asked, product.id)
    if found:
        raise InvalidInput(found[0].message, found)
    wanted = columns(values) | {"slug": cleaned(values["slug"])}
    if "enabled_at" not in asked:  # nothing else puts a product up for sale
        del wanted["enabled_at"]
    changed = {name: value for name, value in wanted.items() if getattr(product, name) != value}
    if not changed:
        return product
    if changed.keys() & set(VERSIONED):
        changed["version_id"] = new_id()
    product = await store.change(product, changed)
    if "version_id" in changed:
        await store.add(version_of(product))
    return product


def _usual(product: Product, asked: dict[str, Any]) -> dict[str, Any]:
    """What is asked of a product, with what null means for those members that have a value of their own."""
    is_begun = product.enabled_at is not None and product.enabled_at <= clock.now()
    keeping = ["slug", "enabled_at"] if is_begun else ["slug"]
    return {name: value for name, value in asked.items() if value is not None or name not in keeping}


async def remove(store: StoreContext, id: FlakeId) -> None:
    """Take a product out of the shop for good; NotFound when it is not there. Its slug is free, its history stays."""
    if not await store.change_all(kept(store).where(Product.c.id == param("id")), {"deleted_at": clock.now()}, id=id):
        raise NotFound(f"There is no product {id} in this store.")


async def sort(store: StoreContext, ids: Sequence[FlakeId]) -> None:
    """Show these products first, in this order; the others follow as they did. All are locked: of two orders one stays."""
    await store.run(LOCK)
    now = {product.id: product for product in in_order(await store.all(kept(store)))}
    text = "There is no product {} in this store, or it is named twice."
    wrong = [(number, id) for number, id in enumerate(ids) if id not in now or id in ids[:number]]
    if wrong:
        found = [FieldError("InvalidProduct", text.format(id), f"product_ids[{place}]", "product") for place, id in wrong]
        raise InvalidInput(found[0].message, found)
    for place, id in enumerate(dict.fromkeys([*ids, *now])):
        if now[id].sort_order != place:
            await store.change(now[id], {"sort_order": place})


def version_of(product: Product) -> ProductVersion:
    """The product as it is for sale now, to be kept for ever."""
    frozen = {name: getattr(product, name) for name in VERSIONED}
    return ProductVersion(id=product.version_id, product_id=product.id, **frozen)


async def _placed(store: StoreContext, product: Product, slugs: Iterator[str]) -> Product:
    """Keep the product under the first slug that is free.

    The first is simply tried; of two who try at once the database lets one through. After that many are looked up
    at a time, so that the hundredth product of one name does not cost a hundred statements.
    """
    product.slug = next(slugs)
    if await store.add_new(product, Product.c.slug, where=KEPT):
        return product
    while batch := list(islice(slugs, SLUGS_AT_ONCE)):
        taken = {other.slug for other in await store.all(kept(store).where(one_of(Product.c.slug, batch)))}
        for slug in (slug for slug in batch if slug not in taken):
            product.slug = slug
            if await store.add_new(product, Product.c.slug, where=KEPT):
                return product
    raise ProductSlugTaken


async def products(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, Product]:
    """Those of these products that exist in the store and are not deleted, by id; nothing is locked."""
    return await _by_id(store, kept(store), ids)


async def versions(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, ProductVersion]:
    """Those of these versions that exist in the store, by version id, also of deleted products; nothing is locked."""
    return await _by_id(store, store.rows(ProductVersion), ids)


async def _by_id(store: StoreContext, rows: Rows[R], ids: Iterable[FlakeId]) -> dict[FlakeId, R]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in await store.all(rows.where(one_of_ids(rows.record.c.id, wanted)))}
