"""Filling placeholders in: once, with plain text, at the moment a command is queued."""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from unicodedata import category

from sutler.billing.orders.models import Order
from sutler.catalog.custom_variables.models import Chosen
from sutler.catalog.products.models import ProductVersion
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import shown
from sutler.kernel.ids import pretty_id
from sutler.kernel.money import decimals
from sutler.stores.stores.models import Store

PLACEHOLDER: Final = re.compile(r"\{([A-Za-z0-9_.-]+)\}")
INVISIBLE: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")  # control and format characters, and the separators of lines
MEANINGFUL: Final = str.maketrans("", "", '"\\;')  # what ends an argument or a command in one console or another
PERSON: Final = (
    "id", "name", "steam.id", "steam.name", "minecraft.uuid", "minecraft.id", "minecraft.name", "xbox.xuid", "profile.id",
    "profile.name", "profile.platform", "steam_id", "minecraft_uuid", "minecraft_name",
)  # fmt: skip
ORDER: Final = ("id", "pretty_id", "currency", "total_amount", "billing_email", "billing_country")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The command with every known placeholder replaced; unknown ones stay, for the game server may know them.

    One pass over the text as its author wrote it: what is inserted is never looked at again.
    """
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)


def values_of(
    store: Store, version: ProductVersion, receiver: Customer, payer: Customer | None, order: Order | None
) -> dict[str, str]:
    """What the placeholders of a bought product stand for, whichever unit and server; empty where there is nothing.

    Amounts are decimal numbers in the currency's main unit. Each unit runs its own commands, so `quantity` is always 1.
    """
    bill, price = _order(order) if order else {}, amount(version.price, order.currency if order else store.currency)
    found = {
        "product.id": version.product_id,
        "product.version_id": version.id,
        "product.name": version.name,
        "product.slug": version.slug,
        "product.price": price,
        "quantity": "1",
        "subscription.id": "",
        "trial.id": "",
        "store.id": store.id,
        "store.name": store.name,
    }
    found |= {f"order.{name}": bill.get(name, "") for name in ORDER}
    for prefix, person in (("customer", receiver), ("order.customer", payer)):
        known = _person(person) if person else {}
        found |= {f"{prefix}.{name}": known.get(name, "") for name in PERSON}
    return {name: plain(value) for name, value in found.items()}


def answers_of(chosen: Sequence[Chosen]) -> dict[str, str]:
    """What the identifiers of custom variables stand for; texts that buyers wrote do no harm."""
    return {one.identifier: harmless(one.value) if one.type == "text" else plain(one.value) for one in chosen}


def plain(text: str) -> str:
    """Text without what could end a console line or hide in it."""
    return text if text.isprintable() else "".join(char for char in text if category(char) not in INVISIBLE)


def harmless(text: str) -> str:
    """Text that a buyer chose, also without what could end an argument or name everybody (`@a`) in a console."""
    return plain(text).translate(MEANINGFUL).lstrip("@")


def amount(minor_units: int, currency: str) -> str:
    """`14.99`, as commands that take a number need it; what a currency calls its main unit is not part of it."""
    digits = decimals(currency)
    whole, rest = divmod(abs(minor_units), 10**digits)
    return f"{'-' if minor_units < 0 else ''}{whole}" + (f".{rest:0{digits}d}" if digits else "")


def _order(order: Order) -> dict[str, str]:
    return {
        "id": order.id,
        "pretty_id": pretty_id(order.id),
        "currency": order.currency,
        "total_amount": amount(order.total_amount, order.currency),
        "billing_email": harmless(order.billing_email),
        "billing_country": order.billing_country,
    }


def _person(person: Customer) -> dict[str, str]:
    profile = shown(person).profile or None
    steam_id, uuid, minecraft_name = person.steam_id or "", person.minecraft_uuid or "", harmless(_minecraft_name(person))
    return {
        "id": person.id,
        "name": harmless(person.name or person.minecraft_name or person.steam_name or ""),
        "steam.id": steam_id,
        "steam_id": steam_id,
        "steam.name": harmless(person.steam_name or ""),
        "minecraft.uuid": uuid,
        "minecraft.id": uuid,
        "minecraft_uuid": uuid,
        "minecraft.name": minecraft_name,
        "minecraft_name": minecraft_name,
        "xbox.xuid": person.xbox_xuid or "",
        "profile.id": profile.id if profile else "",
        "profile.name": harmless(profile.name if profile else person.name or ""),
        "profile.platform": profile.platform if profile else "",
    }


def _minecraft_name(person: Customer) -> str:
    """A player whose name no server told of goes by the name that the customer gave."""
    return person.minecraft_name or (person.name if person.minecraft_uuid else None) or ""
