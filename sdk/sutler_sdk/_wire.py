"""How values go over the wire: answers become typed objects, arguments become queries, paths and bodies."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin
from urllib.parse import quote, urlencode

import msgspec
from msgspec import UNSET

T = TypeVar("T")


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What servers send. Members that this version does not know are ignored, ids are always text."""


def decode(decoder: msgspec.json.Decoder[T], content: bytes) -> T:
    """An answer as the type it should have; msgspec.DecodeError if it is not JSON at all.

    An answer that differs from the contract is no reason to lose it, least of all that of a write that has happened:
    members of another type stay as they came, missing ones are None.
    """
    try:
        return decoder.decode(content)
    except msgspec.ValidationError:
        loose: T = loosely(decoder.type, msgspec.json.decode(content))
        return loose


def loosely(kind: Any, value: Any) -> Any:
    """A value made as much of a type as it can be."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return None if value is None else loosely(next(one for one in arguments if one is not type(None)), value)
    if origin is list and _is(value, list):
        return [loosely(arguments[0], one) for one in value]
    if origin is dict and _is(value, dict):
        return {name: loosely(arguments[1], one) for name, one in value.items()}
    if _is(value, dict) and inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
        return _model(kind, value)
    return _plain(kind, value)


def _is(value: Any, kind: type) -> bool:
    """As isinstance, but whatever is in there stays of any type."""
    return isinstance(value, kind)


def _plain(kind: Any, value: Any) -> Any:
    if kind is str and isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # an id
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        return value


def _model(kind: type[msgspec.Struct], value: Mapping[str, Any]) -> msgspec.Struct:
    fields = msgspec.structs.fields(kind)
    known = {field.name: loosely(field.type, value.get(field.encode_name)) for field in fields}
    return kind(**known)


def body_of(members: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """A body as JSON, without the members that were not given."""
    if isinstance(members, Mapping):
        members = {name: _aware(value) for name, value in members.items() if value is not UNSET}
    return msgspec.json.encode(members)


def query_of(members: Mapping[str, Any]) -> str:
    """A query: lists repeat their name, maps use brackets, and what is None is left out."""
    pairs: list[tuple[str, str]] = []
    for name, value in members.items():
        if value is None:
            continue
        if _is(value, Mapping):
            pairs += [(f"{name}[{key}]", _text(one)) for key, one in value.items()]
        elif _is(value, Sequence) and not _is(value, str):
            pairs += [(name, _text(one)) for one in value]
        else:
            pairs.append((name, _text(value)))
    return urlencode(pairs)


def path_of(template: str, members: Mapping[str, str]) -> str:
    """A path with its ids filled in, so that none of them can lead anywhere else; ValueError for one that is empty."""
    return template.format_map({name: _segment(name, str(value)) for name, value in members.items()})


def _segment(name: str, value: str) -> str:
    if value in {"", ".", ".."}:
        message = f"{name} must not be {value!r}."
        raise ValueError(message)
    return quote(value, safe="")


def _aware(value: T) -> T:
    """The value, unless it is a moment without a time zone."""
    if isinstance(value, datetime) and value.tzinfo is None:
        message = f"Say in which time zone {value} is: datetime(…, tzinfo=timezone.utc)."
        raise ValueError(message)
    return value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return _aware(value).astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    return str(value)
