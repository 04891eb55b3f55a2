"""Filling placeholders in: once, with plain text, at the moment a command is queued."""

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from sutler.billing.orders.models import Order
from sutler.catalog.products.models import ProductVersion
from sutler.customers.customers.models import Customer
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.ids import pretty_id
from sutler.kernel.money import formatted
from sutler.servers.game_servers.models import GameServer
from sutler.stores.stores.models import Store

PLACEHOLDER = re.compile(r"\{([A-Za-z0-9_.-]+)\}")
Values = Mapping[str, str]


class Scene(Struct, frozen=True, kw_only=True):
    """Everything that the commands of one item can speak of. An item given by hand has no order and no payer."""

    store: Store
    item: DeliveryItem
    version: ProductVersion
    receiver: Customer
    payer: Customer | None
    order: Order | None
    quantity: int


def filled(text: str, values: Values) -> str:
    """The command with every known placeholder replaced; unknown ones stay, for the game server may know them.

    One pass over the text as the owner wrote it: what is inserted is never looked at again.
    """
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def values_of(scene: Scene, server: GameServer) -> Values:
    """Every placeholder by its name, in the words of the reference platform and in their short forms."""
    item, version, order = scene.item, scene.version, scene.order
    found = {
        **_person("customer", scene.receiver),
        **_person("order.customer", scene.payer or scene.receiver),
        "product.id": version.product_id,
        "product.version_id": version.id,
        "product.name": version.name,
        "product.slug": version.slug,
        "product.price": formatted(version.price, scene.store.currency),
        "gameserver.id": server.id,
        "gameserver.name": server.name,
        "quantity": str(scene.quantity),
        "delivery_item.id": item.id,
        "subscription.id": "",
        "trial.id": "",
        "store.id": scene.store.id,
        "store.name": scene.store.name,
        **(_order(order) if order else {}),
    }
    return {name: plain(value) for name, value in found.items()}


def plain(text: str) -> str:
    """Text that buyers chose, without what could end a console line or hide in it: control and format characters."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))


def _order(order: Order) -> dict[str, str]:
    return {
        "order.id": order.id,
        "order.pretty_id": pretty_id(order.id),
        "order.currency": order.currency,
        "order.total_amount": formatted(order.total_amount, order.currency),
        "order.billing_email": order.billing_email,
        "order.billing_country": order.billing_country,
    }


def _person(prefix: str, person: Customer) -> dict[str, str]:
    steam, uuid, minecraft = person.steam_id or "", person.minecraft_uuid or "", person.minecraft_name or person.name or ""
    platform = "steam" if person.steam_id else "minecraft" if person.minecraft_uuid else ""
    values = {
        "id": person.id,
        "name": person.name or person.minecraft_name or person.steam_name or "",
        "steam.id": steam,
        "steam_id": steam,
        "steam.name": person.steam_name or "",
        "minecraft.uuid": uuid,
        "minecraft.id": uuid,
        "minecraft_uuid": uuid,
        "minecraft.name": minecraft,
        "minecraft_name": minecraft,
        "xbox.xuid": person.xbox_xuid or "",
        "profile.id": steam or uuid,
        "profile.name": (person.steam_name if person.steam_id else minecraft) or person.name or "",
        "profile.platform": platform,
    }
    return {f"{prefix}.{name}": value for name, value in values.items()}
