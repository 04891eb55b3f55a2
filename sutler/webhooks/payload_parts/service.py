"""What payloads say of customers, of products and of what the seller's own programs noted."""

from collections.abc import Iterable, Sequence

from sutler.catalog.products.models import Product, ProductVersion
from sutler.catalog.tags.models import Tag
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import (
    CustomerDto,
    CustomerGenericProfileDto,
    CustomerMinecraftProfileDto,
    CustomerSteamProfileDto,
    shown,
)
from sutler.kernel import clock
from sutler.kernel.ids import FlakeId
from sutler.servers.game_servers.models import GameServer
from sutler.webhooks.payloads import schemas
from sutler.webhooks.payloads.queries import Catalogue


def checkout(opened: Checkout, lines: Sequence[CheckoutLine]) -> schemas.CheckoutDTO:
    """A checkout with the notes on it."""
    noted = [
        schemas.CheckoutLineDTO(
            id=line.id, product_id=line.product_id, product_version_id=line.product_version_id, metadata=line.metadata
        )
        for line in lines
    ]
    return schemas.CheckoutDTO(id=opened.id, metadata=opened.metadata, lines=noted)


def customer(known: Customer) -> schemas.CustomerDTO:
    """The customer as the API shows it, with empty texts for the profiles that the API leaves out."""
    seen = shown(known)
    steam = seen.steam or CustomerSteamProfileDto("", "", "")
    minecraft = seen.minecraft or CustomerMinecraftProfileDto("", "", "")
    profile = seen.profile or _profile_without_platform(seen)
    return schemas.CustomerDTO(
        id=seen.id,
        name=seen.name,
        steam=schemas.SteamCustomerDTO(id=steam.id, name=steam.name, avatar_url=steam.avatar_url),
        minecraft=schemas.MinecraftCustomerDTO(id=minecraft.id, name=minecraft.name, avatar_url=minecraft.avatar_url),
        profile=schemas.GenericProfileDTO(
            id=profile.id, platform=profile.platform, name=profile.name, avatar_url=profile.avatar_url or ""
        ),
    )


def _profile_without_platform(seen: CustomerDto) -> CustomerGenericProfileDto:
    """Of a customer who is known by an Xbox account or by nothing but a name."""
    if seen.xbox_xuid is not None:
        return CustomerGenericProfileDto(seen.xbox_xuid, "xbox_xuid", seen.name or "", None)
    return CustomerGenericProfileDto(seen.name or "", "paynow_name", seen.name or "", None)


def product(catalogue: Catalogue, version_id: FlakeId) -> schemas.ProductDTO:
    """A product as it was in this version, and as far as it is not versioned, as it is today."""
    version: ProductVersion = catalogue.versions[version_id]
    today: Product | None = catalogue.products.get(version.product_id)
    there, known = servers(catalogue, version_id), tags(catalogue, version_id)
    return schemas.ProductDTO(
        id=version.product_id,
        store_id=version.store_id,
        version_id=version.id,
        image_url=version.image_url,
        slug=version.slug,
        name=version.name,
        description=version.description,
        enabled=today is not None and today.sold_at(clock.now()),
        label=today.label if today else None,
        sort_order=today.sort_order if today else 0,
        price=version.price,
        single_game_server_only=version.single_game_server_only,
        allow_one_time_purchase=version.allow_one_time_purchase,
        allow_subscription=version.allow_subscription,
        subscription_interval_value=version.subscription_interval_value if version.allow_subscription else None,
        subscription_interval_scale=version.subscription_interval_scale if version.allow_subscription else None,
        remove_after_enabled=version.remove_after_enabled,
        remove_after_time_value=version.remove_after_time_value if version.remove_after_enabled else None,
        remove_after_time_scale=version.remove_after_time_scale if version.remove_after_enabled else None,
        tags=[schemas.ProductTagDTO(id=tag.id, slug=tag.slug, name=tag.name) for tag in known],
        tag_names=listed(tag.name for tag in known),
        gameservers=[schemas.ProductGameServerDTO(id=one.id, name=one.name, enabled=one.enabled) for one in there],
        gameserver_names=listed(server.name for server in there),
        commands=[
            schemas.ProductCommandDTO(stage=one.stage, content=one.content, online_only=one.online_only)
            for one in version.commands
        ],
        created_at=today.created_at if today else version.created_at,
        updated_at=today.updated_at if today else None,
        metadata=today.metadata if today else {},
    )


def tags(catalogue: Catalogue, version_id: FlakeId) -> list[Tag]:
    """The tags that the product has today, as far as they still exist."""
    product = catalogue.products.get(catalogue.versions[version_id].product_id)
    known = (catalogue.tags.get(id) for id in (product.tag_ids if product else ()))
    return [tag for tag in known if tag is not None]


def servers(catalogue: Catalogue, version_id: FlakeId) -> list[GameServer]:
    """The servers that a version is for, as far as they still exist."""
    ids = catalogue.versions[version_id].gameserver_ids
    known = (catalogue.servers.get(id) for id in ids)
    return [server for server in known if server is not None and server.deleted_at is None]


def listed(names: Iterable[str]) -> str:
    """Each name once, in the order of the order's lines."""
    return ", ".join(dict.fromkeys(names))
