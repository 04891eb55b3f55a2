"""What each kind of identity looks like, and which follow from others. Nothing here asks a database or a network."""

import hashlib
import re
from typing import Final
from uuid import UUID

FIRST_STEAM_ID: Final = 76_561_197_960_265_728  # universe public, type individual, instance desktop; then the account number
LAST_STEAM_ID: Final = FIRST_STEAM_ID + 2**32 - 1
LARGEST_XUID: Final = 2**64 - 1
DEFAULT_BEDROCK_PREFIX: Final = "*"
LONGEST_NAME: Final = 50  # of a customer
JAVA_NAME: Final = re.compile(r"[!-~]{1,16}")  # what a Minecraft server lets in: visible ASCII
BEDROCK_NAME: Final = re.compile(r"[!-~]{1,32}")  # a gamertag with a prefix can be longer

KEY_OF_PLATFORM: Final = {
    "steam": "steam_id",
    "xbox": "xbox_xuid",
    "xbox_xuid": "xbox_xuid",
    "minecraft_uuid": "minecraft_uuid",
    "minecraft_java_name": "minecraft_java_name",
    "minecraft_bedrock_name": "minecraft_bedrock_name",
    "paynow": "id",
    "paynow_name": "name",
}
EITHER_UUID_OR_NAME: Final = {
    "minecraft": "minecraft_java_name",
    "minecraft_java": "minecraft_java_name",
    "minecraft_offline": "minecraft_java_name",
    "minecraft_bedrock": "minecraft_bedrock_name",
    "minecraft_geyser": "minecraft_java_name",
}


class BadIdentity(ValueError):
    """A text that cannot be an identity of its kind; the message says what one looks like."""


def steam_id(value: str | int) -> str:
    """A SteamID64 of a person's account, as 17 digits; BadIdentity for anything else."""
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) == 17 and FIRST_STEAM_ID <= int(text) <= LAST_STEAM_ID):
        raise BadIdentity(
            f"A Steam id is the SteamID64 of a personal account: 17 digits, from {FIRST_STEAM_ID} to {LAST_STEAM_ID}."
        )
    return text


def minecraft_uuid(text: str) -> str:
    """A UUID in lower case with dashes, whether it came with them or not; BadIdentity for anything else."""
    bare = text.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bare):
        raise BadIdentity("A Minecraft UUID has 32 hexadecimal digits, with or without the four dashes.")
    return str(UUID(bare))


def xbox_xuid(text: str) -> str:
    """An Xbox user id in decimal, without leading zeros; BadIdentity for anything else."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 20 and 0 < int(digits) <= LARGEST_XUID):
        raise BadIdentity("An Xbox user id (XUID) is a decimal number of at most 64 bits.")
    return str(int(digits))


def key_of(platform: str, identifier: str) -> str:
    """Which lookup key an account on a platform stands for; BadIdentity for a platform that is not known.

    `minecraft` and its kin come with a UUID or with a player's name.
    """
    platform = platform.strip().lower()
    if platform in EITHER_UUID_OR_NAME:
        return "minecraft_uuid" if looks_like_uuid(identifier) else EITHER_UUID_OR_NAME[platform]
    if platform not in KEY_OF_PLATFORM:
        known = ", ".join(sorted({*KEY_OF_PLATFORM, *EITHER_UUID_OR_NAME}))
        raise BadIdentity(f"The platform must be one of {known}.")
    return KEY_OF_PLATFORM[platform]


def looks_like_uuid(text: str) -> bool:
    """Whether a text is a UUID in either form."""
    try:
        minecraft_uuid(text)
    except BadIdentity:
        return False
    return True


def display_name(text: str) -> str:
    """The name that a customer is shown by, without blanks around it.

    BadIdentity when it is too short, too long, or nothing of it can be seen: commands would have nobody to name.
    """
    name = text.strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadIdentity(f"A customer's name has 1 to {LONGEST_NAME} characters.")
    if not any(char.isprintable() and not char.isspace() for char in name):
        raise BadIdentity("A customer's name has characters that can be seen.")
    return name


def player_name(text: str, *, bedrock: bool) -> str:
    """The name of a Minecraft player; BadIdentity for one that no server lets in.

    Proxies show the blanks of a Bedrock player's gamertag as underscores.
    """
    name = text.strip().replace(" ", "_") if bedrock else text.strip()
    if not (BEDROCK_NAME if bedrock else JAVA_NAME).fullmatch(name):
        raise BadIdentity("A Minecraft player's name has 1 to 16 characters and no blanks.")
    return name


def offline_uuid(name: str) -> str:
    """The UUID that a Minecraft server in offline mode gives a player: version 3, of `OfflinePlayer:` and the name."""
    digest = hashlib.md5(f"OfflinePlayer:{name}".encode(), usedforsecurity=False).digest()
    return str(UUID(bytes=digest, version=3))


def is_offline_uuid(uuid: str) -> bool:
    """Whether a dashed UUID follows from a name, so that nobody has proven to be its owner."""
    return uuid[14] == "3"


def bedrock_uuid(xuid: str) -> str:
    """The UUID under which a Geyser proxy shows a Bedrock player to Java servers: their XUID in the lower half."""
    return str(UUID(int=int(xuid)))
