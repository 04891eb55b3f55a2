"""Which URLs and which addresses may be called: public ones, and private networks only if the operator says so."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from yarl import URL

MAX_URL_LENGTH: Final = 2_000


class CallFailed(Exception):
    """A call to the outside did not end with an answer. `str()` is one readable line without secrets."""


class Refused(CallFailed):
    """This URL or address may not be called. Trying again does not help."""


_LOCAL: Final = {
    "127.0.0.0/8 ::1/128": "a loopback address",
    "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7": "an address of a private network",
    "100.64.0.0/10": "an address of a carrier's private network",
}
"""What `allow_private` opens. All else stays closed even then: nobody runs an endpoint there."""

_BLOCKS: Final = tuple(
    (ip_network(block), kind)
    for blocks, kind in {
        **_LOCAL,
        # Services that hand credentials to any process of the machine, at addresses that are otherwise allowed.
        "100.100.100.200/32 168.63.129.16/32 fd00:ec2::254/128 fd20:ce::254/128": "a cloud provider's metadata service",
        "0.0.0.0/8 ::/128": "an unspecified address",
        "169.254.0.0/16 fe80::/10": "a link-local address",
        "fec0::/10": "a site-local address",
        "224.0.0.0/4 ff00::/8": "a multicast address",
        "255.255.255.255/32": "a broadcast address",
        "192.0.0.0/24 198.18.0.0/15 240.0.0.0/4 100::/64 2001::/23 3ffe::/16 5f00::/16": "a reserved address",
        "192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32 3fff::/20": "an address for documentation",
        # IPv6 addresses that carry an IPv4 address: a translator would lead to that one, past this table.
        "::ffff:0:0/96 ::ffff:0:0:0/96 ::/96": "an IPv4 address written as IPv6",
        "64:ff9b::/96 64:ff9b:1::/48": "an address of an IPv4 translator (NAT64)",
        "192.88.99.0/24 2002::/16": "an address of an IPv4 tunnel (6to4)",
        "2001::/32": "an address of an IPv4 tunnel (Teredo)",
    }.items()
    for block in blocks.split()
)

_PUBLIC_IPV6: Final = IPv6Network("2000::/3")
"""The only block out of which public IPv6 addresses are given."""

_NAME: Final = re.compile(
    r"(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
)
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_AUTHORITY: Final = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_STRAY: Final = re.compile(r"[\s\\\x00-\x20\x7f-\xa0]")


def why_refused(address: str, *, allow_private: bool = False) -> str | None:
    """What kind of address this is if it may not be called ("a loopback address"), None if it may.

    Takes the numeric form a socket connects to; everything else, names and zones included, is refused.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "something other than a plain address"
    if "%" in address:
        return "an address that is tied to a network interface"
    if kind := _kind(parsed):
        return None if allow_private and kind in _LOCAL.values() else kind
    # `is_global` says yes to some blocks closed above and grows with Python's versions, so both have to agree.
    if not parsed.is_global or (parsed.version == 6 and parsed not in _PUBLIC_IPV6):
        return "an address that is not public"
    return None


def _kind(address: IPv4Address | IPv6Address) -> str | None:
    """What the narrowest block that holds this address is for."""
    holding = [(block.prefixlen, kind) for block, kind in _BLOCKS if address in block]
    return max(holding)[1] if holding else None


def check_url(url: str, *, allow_private: bool = False) -> URL:
    """The URL as it will be called; `Refused` says in a sentence why it can't be.

    Meant for the moment a URL is configured and again before each call. Names are only looked up when they
    are called, so a name that leads to a private address passes here and fails there.
    """
    if len(url) > MAX_URL_LENGTH:
        raise Refused(f"The URL is longer than {MAX_URL_LENGTH:,} characters.")
    if _STRAY.search(url):
        raise Refused("The URL contains a space, a backslash or a control character.")
    written = _AUTHORITY.match(url)
    if not written:
        raise Refused("The URL must begin with https:// or http://.")
    if "@" in written[1]:
        raise Refused("The URL must not contain a user name or a password.")
    parsed = _parsed(url)
    _check_host(parsed.raw_host or "", bracketed="[" in written[1], allow_private=allow_private)
    return parsed


def _parsed(url: str) -> URL:
    """Read by the parser that will also be asked whom to connect to, so that the two can't disagree."""
    try:
        parsed = URL(url)
        port = parsed.port
    except ValueError:
        raise Refused("The URL can't be read; it should look like https://example.com/path.") from None
    if not parsed.raw_host:
        raise Refused("The URL names no host.")
    if port == 0:
        raise Refused("The URL's port must be between 1 and 65535.")
    return parsed


def _check_host(host: str, *, bracketed: bool, allow_private: bool) -> None:
    """Raises `Refused` unless this is a well-formed name or a plain address that may be called."""
    last = host.removesuffix(".").rpartition(".")[2]
    if bracketed or ":" in host or _NUMBER.fullmatch(last):
        _check_literal(host, allow_private=allow_private)
    elif not _NAME.fullmatch(host.removesuffix(".")):
        raise Refused("The URL's host is not a valid name.")
    elif last == "localhost" and not allow_private:
        raise Refused("The URL's host is this machine itself; only public addresses may be called.")


def _check_literal(host: str, *, allow_private: bool) -> None:
    # Systems read 0177.1, 0x7f.1 and 2130706433 as 127.0.0.1. Only the one plain spelling of an address passes.
    try:
        ip_address(host)
    except ValueError:
        raise Refused("The URL's host looks like a number; write the address plainly, like 192.0.2.1.") from None
    if kind := why_refused(host, allow_private=allow_private):
        raise Refused(f"The URL's host is {kind}; only public addresses may be called.")
