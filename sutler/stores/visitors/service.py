"""What is known of the browser that asks, directly or through a server."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final

from msgspec import Struct

from sutler.kernel.edge.requests import Request
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.outside.countries import country_at
from sutler.settings import settings
from sutler.stores.stores.schemas import VisitorLocation

NOWHERE: Final = ("XX", "T1")  # what content networks send for an unknown country and for Tor
COUNTRY: Final = re.compile("[A-Z]{2}")


class Visitor(Struct, frozen=True, kw_only=True):
    """The visitor's address and country (ISO 3166-1 alpha-2), as far as they are known."""

    ip: str = ""
    country: str | None = None


UNKNOWN: Final = Visitor()


def visitor_at(location: VisitorLocation, request: Request) -> Visitor:
    """The visitor that a server says it asks for, else whoever is connected. InvalidInput for what is no address.

    The country is the one that the server says; else the one that the network in front says, if the installation names
    its header; else that of the address, if the installation has a file of addresses.
    """
    ip = _address(location, request.client_ip)
    if location.country is not None:
        return Visitor(ip=ip, country=None if location.country in NOWHERE else location.country)
    return Visitor(ip=ip, country=_in_front(request, location) or country_at(ip, settings().country_file))


def _address(location: VisitorLocation, client_ip: str) -> str:
    if location.ip is None:
        return client_ip
    try:
        return str(ip_address(location.ip.strip()))
    except ValueError:
        text = "x-paynow-customer-ip must be an IPv4 or IPv6 address."
        raise InvalidInput(text, [FieldError("Invalid", text, "x-paynow-customer-ip", "ip")]) from None


def _in_front(request: Request, location: VisitorLocation) -> str | None:
    """What a network in front says of whoever is connected; a server that asks for somebody else is somewhere else."""
    header = settings().country_header
    return _country(request.header(header.lower().encode())) if header and location.ip is None else None


def country_of(ip: str, headers: Mapping[str, str]) -> str | None:
    """The country of whoever is connected from this address with these headers, as for visitors of the API."""
    header = settings().country_header
    return _country(headers.get(header.lower(), "") if header else "") or country_at(ip, settings().country_file)


def _country(said: str) -> str | None:
    country = said.upper()
    return country if COUNTRY.fullmatch(country) and country not in NOWHERE else None
