"""What is known of the browser that asks, directly or through a server."""

from ipaddress import ip_address
from typing import Final

from msgspec import Struct

from sutler.kernel.errors import FieldError, InvalidInput
from sutler.stores.stores.schemas import VisitorLocation

NOWHERE: Final = ("XX", "T1")  # what content networks send for an unknown country and for Tor


class Visitor(Struct, frozen=True, kw_only=True):
    """The visitor's address and country (ISO 3166-1 alpha-2), as far as they are known."""

    ip: str = ""
    country: str | None = None


UNKNOWN: Final = Visitor()


def visitor_at(location: VisitorLocation, client_ip: str) -> Visitor:
    """The visitor that a server says it asks for, else whoever is connected. InvalidInput for what is no address."""
    country = None if location.country in NOWHERE else location.country
    if location.ip is None:
        return Visitor(ip=client_ip, country=country)
    try:
        return Visitor(ip=str(ip_address(location.ip.strip())), country=country)
    except ValueError:
        text = "x-paynow-customer-ip must be an IPv4 or IPv6 address."
        raise InvalidInput(text, [FieldError("Invalid", text, "x-paynow-customer-ip", "ip")]) from None
