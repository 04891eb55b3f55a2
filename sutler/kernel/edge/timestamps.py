"""Timestamps exactly as the wire writes them: UTC, no trailing zeros in the fraction."""

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
import re2

from sutler.kernel.edge.requests import encode

# A zero too many, or a time that is not in UTC. It may match what only looks like a time; the slow way is right for all.
INEXACT = rb"T[0-9:]{8}(?:\.[0-9]{5}0Z|(?:\.[0-9]+)?[+-])"
LONG = 4096  # bytes; from here on RE2 is faster, seven times as fast for a hundred customers
found_in_short, found_in_long = re.compile(INEXACT).search, re2.compile(INEXACT).search


def exact(encoded: bytes, result: Any) -> bytes:
    """The JSON text of a result whose times are in UTC, with fractions of seconds that have no trailing zeros.

    The encoder writes six digits or none. The clock avoids moments that end in zero, so that only times
    given by clients, or made by a test clock, ever take the slow way.
    """
    if (found_in_short if len(encoded) < LONG else found_in_long)(encoded) is None:
        return encoded
    return encode(_texts(msgspec.to_builtins(result, builtin_types=(datetime,))))


def written(moment: datetime) -> str:
    """RFC 3339 in UTC: at most six digits of fraction, none of them a trailing zero."""
    text = moment.astimezone(UTC).isoformat().removesuffix("+00:00")
    return (text.rstrip("0") if "." in text else text) + "Z"


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item) for item in value]
    return written(value) if isinstance(value, datetime) else value
