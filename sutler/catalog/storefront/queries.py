"""What is for sale at this moment, and how visitors see it."""

from collections.abc import Sequence

from sqlalchemy import or_

from sutler.catalog.product_rules.service import cleaned
from sutler.catalog.products.models import Product
from sutler.catalog.products.queries import Servers, in_order, servers_of
from sutler.catalog.storefront.schemas import (
    StorefrontGameServerDto,
    StorefrontProductDto,
    StorefrontProductPricingDto,
)
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import InvalidInput, NotFound
from sutler.stores.stores.service import current


async def listed(store: StoreContext) -> list[Product]:
    """The products on display, in the order of the shop: those for sale that are not hidden."""
    return in_order(await store.all(_for_sale(store).where(Product.c.is_hidden.is_(False))))


async def one(store: StoreContext, id_or_slug: str) -> Product:
    """The product for sale with this id or slug, hidden or not; NotFound otherwise. An id goes before a like slug."""
    this = Product.c.slug == cleaned(id_or_slug)
    if looks_like_id(id_or_slug):
        this = or_(this, Product.c.id == id_or_slug)
    found = await store.all(_for_sale(store).where(this))
    if not found:
        raise NotFound("There is no such product for sale in this store.")
    return next((product for product in found if product.id == id_or_slug), found[0])


def _for_sale(store: StoreContext) -> Rows[Product]:
    now = clock.now()
    return store.rows(Product).where(
        Product.c.enabled_at <= now, or_(Product.c.enabled_until.is_(None), Product.c.enabled_until > now)
    )


async def shown(store: StoreContext, products: Sequence[Product], currency: str | None) -> list[StorefrontProductDto]:
    """Products as visitors see them, in the store's currency. InvalidInput when another is asked for."""
    kept_in = (await current(store)).currency
    if currency and currency.lower() != kept_in:
        raise InvalidInput(f"Prices in other currencies are not supported yet; leave `currency` out or send {kept_in}.")
    servers = await servers_of(store, products)
    return [_shown(product, kept_in, servers) for product in products]


def _shown(product: Product, currency: str, servers: Servers) -> StorefrontProductDto:
    known = [servers[id] for id in product.gameserver_ids if id in servers]
    return StorefrontProductDto(
        id=product.id,
        store_id=product.store_id,
        version_id=product.version_id,
        image_url=product.image_url,
        slug=product.slug,
        name=product.name,
        description=product.description,
        enabled_at=product.enabled_at,
        enabled_until=product.enabled_until,
        label=product.label,
        hidden=product.is_hidden,
        sort_order=product.sort_order,
        price=product.price,
        currency=currency,
        single_game_server_only=product.single_game_server_only,
        remove_after_enabled=product.remove_after_enabled,
        remove_after_time_value=product.remove_after_time_value,
        remove_after_time_scale=product.remove_after_time_scale,
        pricing=StorefrontProductPricingDto(price_original=product.price, price_final=product.price),
        gameservers=[StorefrontGameServerDto(server.id, server.name, server.enabled) for server in known],
        metadata=product.metadata,
        created_at=product.created_at,
        updated_at=product.updated_at,
    )
