"""Whether what a promotion is to be for is there."""

from collections.abc import Collection, Sequence

from sutler.catalog.products.service import products
from sutler.catalog.tags.service import tags
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError
from sutler.kernel.ids import FlakeId


async def unknown(
    store: StoreContext, product_ids: Sequence[FlakeId], tag_ids: Sequence[FlakeId], names: tuple[str, str]
) -> list[FieldError]:
    """Each of these products and tags that is not in the store; `names` are the members of the request that named them."""
    missing = _missing(product_ids, await products(store, product_ids), names[0], "product")
    return missing + _missing(tag_ids, await tags(store, tag_ids), names[1], "tag")


def _missing(ids: Sequence[FlakeId], known: Collection[FlakeId], name: str, kind: str) -> list[FieldError]:
    text = f"There is no {kind} {{}} in this store."
    return [
        FieldError(f"Invalid{kind.title()}", text.format(id), f"{name}[{number}]", kind)
        for number, id in enumerate(ids)
        if id not in known
    ]
