"""Making products: their slug, their game servers and their first version; and reading them for other slices."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from sutler.catalog.product_rules.service import cleaned, life, problems, slugs_for
from sutler.catalog.products.models import Product, ProductCommand, ProductSlugTaken, ProductVersion
from sutler.catalog.products.schemas import ProductCommandDto, UpsertProductRequestDto
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, one_of_ids
from sutler.kernel.data.records import StoreRecord
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.service import game_servers

R = TypeVar("R", bound=StoreRecord)
SLUGS_AT_ONCE: Final = 50
VERSIONED: Final = tuple(name for name in ProductVersion.__struct_fields__ if name in Product.__struct_fields__
                         and name not in StoreRecord.__struct_fields__)  # fmt: skip


async def create(store: StoreContext, new: UpsertProductRequestDto) -> Product:
    """A new product with its first version.

    InvalidInput names everything that does not pass; ProductSlugTaken when the slug that was asked for is in use.
    A slug made from the name gets a number instead.
    """
    found = list(problems(new)) + await _unknown_servers(store, new)
    if found:
        raise InvalidInput(found[0].message, found)
    product = product_from(new)
    wanted = iter([cleaned(new.slug)]) if new.slug is not None else slugs_for(product.name)
    product = await _placed(store, product, wanted)
    await store.add(version_of(product))
    return product


def product_from(new: UpsertProductRequestDto) -> Product:
    """The product that a request describes, still without a slug."""
    value, scale = life(new)
    return Product(
        slug="",
        name=(new.name or "").strip(),
        description=new.description or "",
        label=(new.label or "").strip() or None,
        image_url=new.image_url,
        price=new.price or 0,
        sort_order=0,
        gameserver_ids=list(dict.fromkeys(new.gameservers or ())),
        commands=[_command(command) for command in new.commands or ()],
        single_game_server_only=new.single_game_server_only or False,
        metadata=new.metadata or {},
        is_hidden=new.is_hidden or False,
        enabled_at=new.enabled_at or clock.now(),
        enabled_until=new.enabled_until,
        remove_after_enabled=new.remove_after_enabled or False,
        remove_after_time_value=value,
        remove_after_time_scale=scale,
    )


def version_of(product: Product) -> ProductVersion:
    """The product as it is for sale now, to be kept for ever."""
    frozen = {name: getattr(product, name) for name in VERSIONED}
    return ProductVersion(id=product.version_id, product_id=product.id, **frozen)


def _command(command: ProductCommandDto) -> ProductCommand:
    """An empty list of servers means the usual ones, like none at all."""
    override = list(dict.fromkeys(command.override_execute_on_gameserver_ids or ())) or None
    return ProductCommand(command.stage, command.content, command.online_only, override)


async def _unknown_servers(store: StoreContext, new: UpsertProductRequestDto) -> list[FieldError]:
    named = [(id, f"gameservers[{number}]") for number, id in enumerate(new.gameservers or ())]
    for number, command in enumerate(new.commands or ()):
        ids = command.override_execute_on_gameserver_ids or ()
        named += [(id, f"commands[{number}].override_execute_on_gameserver_ids[{place}]") for place, id in enumerate(ids)]
    known = await game_servers(store, (id for id, _ in named))
    text = "There is no game server {} in this store."
    return [FieldError("InvalidGameServer", text.format(id), path, "gameserver") for id, path in named if id not in known]


async def _placed(store: StoreContext, product: Product, slugs: Iterator[str]) -> Product:
    """Keep the product under the first slug that is free.

    The first is simply tried; of two who try at once the database lets one through. After that many are looked up
    at a time, so that the hundredth product of one name does not cost a hundred statements.
    """
    product.slug = next(slugs)
    if await store.add_new(product, Product.c.slug):
        return product
    while batch := list(islice(slugs, SLUGS_AT_ONCE)):
        taken = {other.slug for other in await store.all(store.rows(Product).where(one_of(Product.c.slug, batch)))}
        for slug in (slug for slug in batch if slug not in taken):
            product.slug = slug
            if await store.add_new(product, Product.c.slug):
                return product
    raise ProductSlugTaken


async def products(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, Product]:
    """Those of these products that exist in the store, by id; nothing is locked."""
    return await _by_id(store, Product, ids)


async def versions(store: StoreContext, ids: Iterable[FlakeId]) -> dict[FlakeId, ProductVersion]:
    """Those of these versions that exist in the store, by version id; nothing is locked."""
    return await _by_id(store, ProductVersion, ids)


async def _by_id(store: StoreContext, kind: type[R], ids: Iterable[FlakeId]) -> dict[FlakeId, R]:
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in await store.all(store.rows(kind).where(one_of_ids(kind.c.id, wanted)))}
