"""Customers as they stand in files."""

from typing import Any, Final, NamedTuple

from msgspec import UNSET, Struct, UnsetType

from sutler.customers.customers.models import Customer
from sutler.kernel.ids import FlakeId

PLAYER_NAMES: Final = ("minecraft_java_name", "minecraft_bedrock_name")
"""Names of players, which requests give as accounts on a platform."""
FIELDS: Final = ("steam_id", "minecraft_uuid", "minecraft_platform", *PLAYER_NAMES, "xbox_xuid", "name", "email", "metadata")
"""What a file says of a customer, in the order of its columns."""


class FileRecord(NamedTuple):
    """One record of a file and the line on which it begins; `problem` says why it cannot even be read."""

    line: int
    values: Any
    problem: str | None = None


class Unmade(Struct):
    """A record that made no customer, and why. `customer_id` is set for somebody who was a customer already."""

    line: int
    reason: str
    record: Any
    customer_id: FlakeId | UnsetType = UNSET


def in_file(customer: Customer) -> dict[str, Any]:
    """What a file says of a customer; what there is none of is left out."""
    key = PLAYER_NAMES[customer.minecraft_platform == "bedrock"]
    values = {name: getattr(customer, name, None) for name in FIELDS} | {key: customer.minecraft_name}
    return {name: value for name, value in values.items() if value not in (None, {})}
