"""Asking who has which product. Inventories are kept by delivery, which nothing here may import: it says how to ask."""

from collections.abc import Awaitable, Callable, Collection
from typing import Final

from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId

Possession = tuple[FlakeId, FlakeId]  # a customer and a product
Asked = Callable[[StoreContext, Collection[FlakeId], Collection[FlakeId]], Awaitable[set[Possession]]]
_known: Final[list[Asked]] = []


def answer_with(asked: Asked) -> None:
    """Ask this who of some customers has which of some products."""
    _known[:] = [asked]


async def possessions(
    store: StoreContext, customer_ids: Collection[FlakeId], product_ids: Collection[FlakeId]
) -> set[Possession]:
    """Which of these products each of these customers has."""
    (asked,) = _known
    return await asked(store, customer_ids, product_ids)
