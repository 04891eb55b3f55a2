"""The formats of strings and integers that the contract names, as strictly as its clients read them."""

import re
from datetime import datetime
from ipaddress import ip_address

from jsonschema import FormatChecker

FORMATS = FormatChecker(formats=())

# RFC 3339 in UTC: no more than six digits of a fraction, none of them a trailing zero, no fraction when it is zero.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,5}[1-9])?Z", re.ASCII)
DECIMAL = re.compile(r"0|[1-9][0-9]*")
PERIOD = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?", re.ASCII)


@FORMATS.checks("flake-id")
def is_flake_id(value: object) -> bool:
    """A decimal without leading zeros that fits a signed 64-bit integer."""
    return not isinstance(value, str) or (bool(DECIMAL.fullmatch(value)) and len(value) <= 19 and int(value) < 2**63)


@FORMATS.checks("steam-id")
def is_steam_id(value: object) -> bool:
    """A decimal without leading zeros that fits an unsigned 64-bit integer."""
    return not isinstance(value, str) or (bool(DECIMAL.fullmatch(value)) and len(value) <= 20 and int(value) < 2**64)


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value: object) -> bool:
    """A moment that exists, written as the reference platform writes it."""
    return not isinstance(value, str) or (bool(MOMENT.fullmatch(value)) and datetime.fromisoformat(value) is not None)


@FORMATS.checks("int32")
def is_int32(value: object) -> bool:
    """What a client keeps in four bytes."""
    return not isinstance(value, int) or -(2**31) <= value < 2**31


@FORMATS.checks("int64")
def is_int64(value: object) -> bool:
    """What a client keeps in eight bytes."""
    return not isinstance(value, int) or -(2**63) <= value < 2**63


@FORMATS.checks("period")
def is_period(value: object) -> bool:
    """An ISO 8601 duration, such as `P1M` or `PT36H`."""
    return not isinstance(value, str) or bool(PERIOD.fullmatch(value))


@FORMATS.checks("ip-address", raises=ValueError)
def is_address(value: object) -> bool:
    """An IPv4 or IPv6 address."""
    return not isinstance(value, str) or ip_address(value) is not None
