"""How products are found, and how their managers see them."""

from collections.abc import Sequence

from sutler.catalog.products.models import Product, ProductCommand
from sutler.catalog.products.schemas import ProductCommandDto, ProductDto, ProductGameServerDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of, one_of_ids
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.service import game_servers

Servers = dict[FlakeId, GameServer]


async def find(store: StoreContext, ids: Sequence[FlakeId] | None, slugs: Sequence[str] | None) -> list[Product]:
    """The products with one of these ids and one of these slugs, where they are given, in the order of the shop."""
    found = store.rows(Product)
    if ids is not None:
        found = found.where(one_of_ids(Product.c.id, ids))
    if slugs is not None:
        found = found.where(one_of(Product.c.slug, slugs))
    return in_order(await store.all(found))


def in_order(products: Sequence[Product]) -> list[Product]:
    """Products by `sort_order`, and the older first of those with the same."""
    return sorted(products, key=lambda product: (product.sort_order, int(product.id)))


async def servers_of(store: StoreContext, products: Sequence[Product]) -> Servers:
    """The game servers that these products are delivered to: one statement for all of them."""
    return await game_servers(store, (id for product in products for id in product.gameserver_ids))


async def shown(store: StoreContext, products: Sequence[Product]) -> list[ProductDto]:
    """Products as their managers see them."""
    servers = await servers_of(store, products)
    return [_shown(product, servers) for product in products]


def _shown(product: Product, servers: Servers) -> ProductDto:
    known = [servers[id] for id in product.gameserver_ids if id in servers]
    return ProductDto(
        id=product.id,
        store_id=product.store_id,
        version_id=product.version_id,
        image_url=product.image_url,
        slug=product.slug,
        name=product.name,
        description=product.description,
        label=product.label,
        sort_order=product.sort_order,
        price=product.price,
        single_game_server_only=product.single_game_server_only,
        remove_after_enabled=product.remove_after_enabled,
        remove_after_time_value=product.remove_after_time_value,
        remove_after_time_scale=product.remove_after_time_scale,
        gameservers=[ProductGameServerDto(server.id, server.name, server.enabled) for server in known],
        commands=[_command(command) for command in product.commands],
        created_by=or_unset(product.created_by),
        created_at=product.created_at,
        updated_by=or_unset(product.updated_by),
        updated_at=product.updated_at,
        metadata=product.metadata,
        is_hidden=product.is_hidden,
        enabled_at=product.enabled_at,
        enabled_until=product.enabled_until,
    )


def _command(command: ProductCommand) -> ProductCommandDto:
    return ProductCommandDto(
        stage=command.stage,
        content=command.content,
        online_only=command.online_only,
        override_execute_on_gameserver_ids=command.override_execute_on_gameserver_ids,
    )
