"""What is for sale at this moment, and how visitors see it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import or_

from sutler.catalog.custom_variables.schemas import displayed
from sutler.catalog.custom_variables.service import custom_variables
from sutler.catalog.product_rules.service import cleaned
from sutler.catalog.product_values.service import shown_actions
from sutler.catalog.products.models import Product
from sutler.catalog.products.queries import Servers, in_order, kept, servers_of, shown_tags, tags_of
from sutler.catalog.stock.queries import Left, left
from sutler.catalog.storefront.schemas import (
    StorefrontGameServerDto,
    StorefrontProductDto,
    StorefrontProductStockDto,
    StorefrontProductTrialDto,
)
from sutler.catalog.tags.models import Tag
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, one_of, one_of_ids
from sutler.kernel.edge.signatures import looks_like_id
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import or_unset
from sutler.stores.stores.models import Store


async def listed(store: StoreContext, wanted: Sequence[str] = ()) -> list[Product]:
    """The products on display, in the order of the shop: those for sale that are not hidden and carry all of these tags.

    A tag is named by its slug or its id; what names no tag that is enabled is carried by no product.
    """
    names = sorted({part.strip() for name in wanted for part in name.split(",")} - {""})
    known = await _tags(store, names) if names else []
    carried = [{tag.id for tag in known if tag.slug == cleaned(name) or tag.id == name} for name in names]
    found = await store.all(_for_sale(store).where(Product.c.is_hidden.is_(False)))
    return in_order([product for product in found if all(ids.intersection(product.tag_ids) for ids in carried)])


async def _tags(store: StoreContext, names: Sequence[str]) -> list[Tag]:
    these = or_(
        one_of(Tag.c.slug, [cleaned(name) for name in names]),
        one_of_ids(Tag.c.id, [name for name in names if looks_like_id(name)]),
    )
    return await store.all(store.rows(Tag).where(these, Tag.c.enabled.is_(True)))


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
    return kept(store).where(
        Product.c.enabled_at <= now, or_(Product.c.enabled_until.is_(None), Product.c.enabled_until > now)
    )


async def shown(
    store: StoreContext, seller: Store, products: Sequence[Product], prices: Mapping[FlakeId, int]
) -> list[StorefrontProductDto]:
    """Products as visitors see them in the store's currency, but for their `pricing`.

    `prices` says what a unit of each costs the visitor before what is chosen for it.
    """
    servers, known = await servers_of(store, products), await tags_of(store, products)
    stock = await left(store, products, store.actor.id if store.actor.type == "customer" else None)
    variables = await custom_variables(store, (id for product in products for id in product.custom_variable_ids))
    found = [_shown(product, seller.currency, servers, stock[product.id]) for product in products]
    for product, dto in zip(products, found, strict=True):
        dto.tags = shown_tags(product, known, all_of_them=False)
        asked = [variables[id] for id in product.custom_variable_ids if id in variables]
        dto.custom_variables = [displayed(variable, prices[product.id]) for variable in asked]
    return found


def _stock(available: Left) -> StorefrontProductStockDto:
    """Whether one more can be bought. Somebody who is not signed in is told what a customer may buy who has none yet."""
    met = all(units is None or units > 0 for units in (available.in_store, available.for_customer))
    return StorefrontProductStockDto(met, available.for_customer or 0)


def _trial(product: Product) -> StorefrontProductTrialDto:
    """How the product may be tried. Whether the customer who asks may, is added by those who know what they did before."""
    terms = product.trial
    return StorefrontProductTrialDto(
        terms.enabled, eligible=False, period_value=terms.period_value, period_scale=terms.period_scale
    )


def _shown(product: Product, currency: str, servers: Servers, available: Left) -> StorefrontProductDto:
    places = [servers[id] for id in product.gameserver_ids if id in servers]
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
        allow_one_time_purchase=product.allow_one_time_purchase,
        allow_subscription=product.allow_subscription,
        subscription_interval_value=product.subscription_interval_value,
        subscription_interval_scale=product.subscription_interval_scale,
        trial=_trial(product),
        tier_group_id=or_unset(product.tier_group_id),
        remove_after_enabled=product.remove_after_enabled,
        remove_after_time_value=product.remove_after_time_value,
        remove_after_time_scale=product.remove_after_time_scale,
        gameservers=[StorefrontGameServerDto(server.id, server.name, server.enabled) for server in places],
        tags=[],
        custom_variables=[],
        stock=_stock(available),
        is_gifting_disabled=product.is_gifting_disabled,
        is_gift_cards_disabled=product.is_gift_cards_disabled,
        is_coupons_disabled=product.is_coupons_disabled,
        is_affiliate_links_disabled=product.is_affiliate_links_disabled,
        deliverable_actions=shown_actions(product),
        metadata=product.metadata,
        created_at=product.created_at,
        updated_at=product.updated_at,
    )
