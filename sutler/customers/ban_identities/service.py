"""The one form of every identity that can be banned. Nothing here asks a database or a network."""

import re
import unicodedata
from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final, NamedTuple

from sutler.customers.identities import service as identities
from sutler.customers.identities.service import BadIdentity
from sutler.kernel.ids import from_pretty_id

Network = IPv4Network | IPv6Network
FORMER_IPV4: Final = IPv6Network("::ffff:0:0/96")  # where IPv6 sockets show IPv4 peers
CIDR: Final = re.compile(r"[0-9A-Fa-f:.]+(/[0-9]{1,3})?")
LOOKS: Final = "An address is IPv4 or IPv6; a network has its length behind a slash, as in 203.0.113.0/24."
LONGEST_NAME: Final = 100
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+")


class Bannable(NamedTuple):
    """An identity as it is shown, and the key under which it is looked up."""

    value: str
    key: str


def bannable(ban_type: str, text: str) -> Bannable:
    """The one form of an identity; BadIdentity for a text that cannot be one, or a type that nothing has."""
    if ban_type not in FORMS:
        raise BadIdentity(f"Say what is banned: ban_type must be one of {', '.join(FORMS)}.")
    value, compared = FORMS[ban_type](text.strip())
    return Bannable(value, f"{ban_type}:{compared}")


def keys(ban_type: str, text: str) -> list[str]:
    """Every key under which a ban would be for this identity: of an address, all the networks that it lies in."""
    if ban_type != "ip":
        return [bannable(ban_type, text).key]
    found = network(text.strip())
    return [f"ip:{_shown(found.supernet(new_prefix=length))}" for length in range(found.prefixlen + 1)]


def network(text: str) -> Network:
    """An address or a network in CIDR notation; bits beyond the prefix are dropped. BadIdentity for anything else."""
    if not CIDR.fullmatch(text):  # else netmasks and the names of interfaces would do, too
        raise BadIdentity(LOOKS)
    try:
        found: Network = ip_network(text, strict=False)
    except ValueError:
        raise BadIdentity(LOOKS) from None
    if isinstance(found, IPv6Network) and found.prefixlen >= FORMER_IPV4.prefixlen and found.subnet_of(FORMER_IPV4):
        as_ipv4 = int(found.network_address) & 0xFFFFFFFF
        return IPv4Network((as_ipv4, found.prefixlen - FORMER_IPV4.prefixlen))
    return found


def _shown(found: Network) -> str:
    """A single address without its length."""
    return str(found.network_address) if found.prefixlen == found.max_prefixlen else str(found)


def _folded(text: str) -> str:
    """Texts that differ in case, or in how accents are written, are the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _steam(text: str) -> tuple[str, str]:
    return (steam_id := identities.steam_id(text)), steam_id


def _ip(text: str) -> tuple[str, str]:
    return (shown := _shown(network(text))), shown


def _customer(text: str) -> tuple[str, str]:
    id = text if text.isascii() and text.isdigit() and len(text) <= 19 else from_pretty_id(text)
    if id is None:
        raise BadIdentity("A customer's id is a decimal number, or pn- and its short form.")
    return id, id


def _name(text: str) -> tuple[str, str]:
    if not 1 <= len(text) <= LONGEST_NAME:
        raise BadIdentity(f"A name has 1 to {LONGEST_NAME} characters.")
    return text, _folded(text)


def _email(text: str) -> tuple[str, str]:
    if not EMAIL.fullmatch(text):
        raise BadIdentity("An e-mail address has one @ with something on either side, and no blanks.")
    return text, _folded(text)


FORMS: Final[dict[str, Callable[[str], tuple[str, str]]]] = {
    "steam": _steam,
    "ip": _ip,
    "customer": _customer,
    "customer_name": _name,
    "email": _email,
}
