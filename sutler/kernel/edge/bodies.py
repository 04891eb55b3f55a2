"""How JSON bodies become values: whole, or as a list of which entries that do not fit are passed over."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final, TypeVar, get_args, get_origin

import msgspec
from msgspec import Raw

T = TypeVar("T")
PASSING_OVER: Final = "entries that do not fit are passed over"
Lenient = Annotated[list[T], PASSING_OVER]
"""A list of which unusable entries are left out, for clients that would send a refused list again and again.

What stays must fit its type as ever, and the OpenAPI document shows an ordinary list.
"""


def decoder(kind: Any) -> Callable[[bytes], Any]:
    """What makes a value of this type of a JSON text; what does not fit raises msgspec's errors."""
    strict = msgspec.json.Decoder(kind).decode
    if get_origin(kind) is not Annotated or PASSING_OVER not in get_args(kind)[1:]:
        return strict
    entries, entry = msgspec.json.Decoder(list[Raw]).decode, msgspec.json.Decoder(get_args(get_args(kind)[0])[0]).decode

    def lenient(body: bytes) -> Any:
        try:
            return strict(body)
        except msgspec.ValidationError:
            return list(_fitting(entries(body), entry))

    return lenient


def _fitting(entries: list[Raw], decode: Callable[[Raw], Any]) -> Iterator[Any]:
    for one in entries:
        try:
            yield decode(one)
        except msgspec.ValidationError:
            continue
