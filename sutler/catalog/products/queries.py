"""How products are found, and how their managers see them."""

from collections.abc import Sequence
from typing import Final

from sutler.catalog.product_values.service import shown_actions, shown_command, shown_limit, shown_upselling
from sutler.catalog.products.models import KEPT, Product
from sutler.catalog.products.schemas import ProductDto, ProductGameServerDto, ProductStockAvailableDto, ProductTagDto
from sutler.catalog.recurring.service import shown_trial
from sutler.catalog.stock.queries import Left, left
from sutler.catalog.tags.models import Tag
from sutler.catalog.tags.service import tags
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, one_of, one_of_ids, param
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset
from sutler.servers.game_servers.models import GameServer
from sutler.servers.game_servers.service import game_servers

AS_KEPT: Final = (
    "stock_limit_do_not_include_removed", "tax_code", "allow_concurrent_active_items", "is_hidden", "is_gifting_disabled",
    "enabled_at", "enabled_until", "required_product_ids", "required_product_all", "custom_variable_ids",
    "is_gift_cards_disabled", "is_coupons_disabled", "is_affiliate_links_disabled", "allow_one_time_purchase",
    "allow_subscription", "subscription_interval_value", "subscription_interval_scale",
)  # fmt: skip
"""Members that are shown as they are kept."""

Servers = dict[FlakeId, GameServer]
Tags = dict[FlakeId, Tag]


def kept(store: StoreContext) -> Rows[Product]:
    """The products of the store that are not deleted."""
    return store.rows(Product).where(KEPT)


async def one(store: StoreContext, id: FlakeId) -> Product:
    """The product, locked where this context may write; NotFound when there is none or it is deleted."""
    found = await store.first(kept(store).where(Product.c.id == param("id")), id=id)
    if found is None:
        raise NotFound(f"There is no product {id} in this store.")
    return found


async def find(store: StoreContext, ids: Sequence[FlakeId] | None, slugs: Sequence[str] | None) -> list[Product]:
    """The products with one of these ids and one of these slugs, where they are given, in the order of the shop."""
    found = kept(store)
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


async def tags_of(store: StoreContext, products: Sequence[Product]) -> Tags:
    """The tags that these products carry: one statement for all of them, and none where they carry none."""
    return await tags(store, (id for product in products for id in product.tag_ids))


def shown_tags(product: Product, known: Tags, *, all_of_them: bool = True) -> list[ProductTagDto]:
    """The tags of one product that still exist, or of those the enabled ones, in the order they were given."""
    found = [known[id] for id in product.tag_ids if id in known]
    return [ProductTagDto(tag.id, tag.slug, tag.name) for tag in found if all_of_them or tag.enabled]


async def shown(store: StoreContext, products: Sequence[Product]) -> list[ProductDto]:
    """Products as their managers see them."""
    servers, known, stock = await servers_of(store, products), await tags_of(store, products), await left(store, products)
    return [_shown(product, servers, known, stock[product.id]) for product in products]


def _shown(product: Product, servers: Servers, known: Tags, stock: Left) -> ProductDto:
    places = [servers[id] for id in product.gameserver_ids if id in servers]
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
        stock_available=ProductStockAvailableDto(stock.in_store or 0, stock.for_customer or 0),
        store_stock_limit=shown_limit(product.store_stock_limit),
        customer_stock_limit=shown_limit(product.customer_stock_limit),
        gameservers=[ProductGameServerDto(server.id, server.name, server.enabled) for server in places],
        tags=shown_tags(product, known),
        commands=[shown_command(command) for command in product.commands],
        deliverable_actions=shown_actions(product),
        upselling=shown_upselling(product),
        trial=shown_trial(product.trial),
        tier_group_id=or_unset(product.tier_group_id),
        created_by=or_unset(product.created_by),
        created_at=product.created_at,
        updated_by=or_unset(product.updated_by),
        updated_at=product.updated_at,
        metadata=product.metadata,
        **{name: getattr(product, name) for name in AS_KEPT},
    )
