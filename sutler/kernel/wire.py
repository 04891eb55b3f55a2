"""Base types for everything that crosses the wire, and how a body that does not fit is explained."""

import re
import types
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar, Union, dataclass_transform, get_args, get_origin

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.errors import FieldError

MOST_ERRORS = 100  # explained in one answer; a body of two megabytes could be wrong in a million places
MOST_ITEMS = 1000  # of a list that are tried one by one; the first error is named wherever it is
PATTERNS = {r"\\S": "Expected `str` that is not blank", r"^[0-9]{1,19}$": "Expected `str` that is an id: a decimal number"}
"""How a text that does not match one of these patterns is explained; others speak for themselves."""
LONGEST_NAME = 100  # of an unknown member, as an error repeats it
V = TypeVar("V")

Int32 = Annotated[int, Meta(ge=-(2**31), le=2**31 - 1, extra_json_schema={"format": "int32"})]
Int64 = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1, extra_json_schema={"format": "int64"})]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1, extra_json_schema={"format": "int32"})]
Amount = Annotated[int, Meta(ge=0, le=2**53, extra_json_schema={"format": "int64"})]  # minor units
Moment = Annotated[datetime, Meta(tz=True)]  # a time that a client gives must say in which zone
Metadata = Annotated[dict[Annotated[str, Meta(max_length=40)], Annotated[str, Meta(max_length=500)]], Meta(max_length=50)]
# Python's `$` also matches before a line break at the end; the look-ahead does not let it pass.
SteamId = Annotated[str, Meta(pattern=r"^[0-9]{1,20}$(?!\n)", extra_json_schema={"format": "steam-id"})]


class KeywordMeta(msgspec.StructMeta):
    """Structs whose fields are always named when they are made; msgspec itself asks for this class by class."""

    def __new__(mcs, name: str, bases: Any, namespace: Any, **options: Any) -> Any:
        """Make the class."""
        return super().__new__(mcs, name, bases, namespace, kw_only=True, **options)


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Wire(Struct, metaclass=KeywordMeta):
    """A JSON object that a client sends or receives."""


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Query(Struct, metaclass=KeywordMeta):
    """A group of query parameters that several operations share."""


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class Headers(Struct, metaclass=KeywordMeta):
    """A group of request headers; each field is renamed to its header."""


def given(body: Struct) -> dict[str, Any]:
    """The fields the client actually sent."""
    values = ((name, getattr(body, name)) for name in body.__struct_fields__)
    return {name: value for name, value in values if value is not UNSET}


def or_unset(value: V | None) -> V | UnsetType:
    """For members that the contract leaves out rather than sends as null."""
    return UNSET if value is None else value


def body_errors(kind: Any, body: bytes, error: msgspec.ValidationError) -> list[FieldError]:
    """Everything wrong with a JSON text that does not fit `kind`, which `error` says first."""
    try:
        data = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):  # a number beyond all bounds, or what follows the error is no JSON
        return [_explained(str(error), "")]
    return field_errors(kind, data) or [_explained(str(error), "")]


def field_errors(kind: Any, data: object, path: str = "", *, strict: bool = True) -> list[FieldError]:
    """What is wrong with `data`, at most a hundred errors."""
    return list(islice(_errors(kind, data, path, strict=strict), MOST_ERRORS))


def one_field(field: Any, data: dict[str, object], path: str, *, strict: bool) -> Iterator[FieldError]:
    """What is wrong with one member of an object."""
    name, where = field.encode_name, f"{path}.{field.encode_name}".lstrip(".")
    if name in data:
        yield from _errors(field.type, data[name], where, strict=strict)
    elif field.required:
        yield FieldError("Required", f"`{name}` is required.", where, "required")


def _errors(kind: Any, data: object, path: str, *, strict: bool) -> Iterator[FieldError]:
    """Msgspec stops at the first error, so each part is tried by itself. What is kept raw cannot be wrong."""
    try:
        msgspec.convert(data, kind, strict=strict)
    except msgspec.ValidationError as error:
        parts = _parts_errors(kind, data, path, strict=strict)
        first = next(parts, None)
        if first or not str(error).startswith("Expected `raw`"):
            yield first or _explained(str(error) + _possible(kind, str(error)), path)
        yield from parts


def _parts_errors(kind: Any, data: object, path: str, *, strict: bool) -> Iterator[FieldError]:
    kind = _container(kind, data)
    if isinstance(data, list) and get_origin(kind) is list:
        for index, item in enumerate(data[:MOST_ITEMS]):
            yield from _errors(get_args(kind)[0], item, f"{path}[{index}]", strict=strict)
    elif isinstance(data, dict) and _is_object(kind):
        if kind.__struct_config__.forbid_unknown_fields:
            yield from _unknown_members(kind, data, path)
        for field in msgspec.structs.fields(kind):
            yield from one_field(field, data, path, strict=strict)


def _unknown_members(kind: type[Struct], data: Mapping[str, object], path: str) -> Iterator[FieldError]:
    """The members that an object must not have, beside the names of those that it can have."""
    known = kind.__struct_encode_fields__
    said = ", ".join(f"`{name}`" for name in known)
    for name in (name for name in data if name not in known):
        shown = name[:LONGEST_NAME]
        yield FieldError(
            "Unknown", f"`{shown}` is not known here; known are {said}.", f"{path}.{shown}".lstrip("."), "unknown"
        )


def _container(kind: Any, data: object) -> Any:
    """What data is meant as, among the possibilities of a type: for a list, `list[X] | Y | None` is a list."""
    if get_origin(kind) is Annotated:
        return _container(get_args(kind)[0], data)
    if get_origin(kind) in (Union, types.UnionType):
        arms = [_container(arm, data) for arm in get_args(kind)]
        wanted = [arm for arm in arms if (get_origin(arm) is list if isinstance(data, list) else _is_object(arm))]
        return wanted[0] if wanted else kind
    return kind


def _is_object(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _possible(kind: Any, problem: str) -> str:
    """What a value can be, to be said after a problem if that is that it is none of them."""
    if not problem.startswith("Invalid enum value") or " - at `$" in problem:
        return ""
    return f"; it can be {', '.join(f'`{one}`' for one in _choices(kind) if one != 'invalid')}"


def _choices(kind: Any) -> list[object]:
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [one.value for one in kind]
    return [one for arm in get_args(kind) for one in _choices(arm)]


def _explained(problem: str, path: str) -> FieldError:
    message, _, inner = problem.partition(" - at `$")
    message = next((said for pattern, said in PATTERNS.items() if message.endswith(f"regex '{pattern}'")), message)
    validation = re.sub(r"^Expected `([a-z]+).*", r"\1", message)
    return FieldError("Invalid", message, path + inner.rstrip("`"), validation if validation.isalpha() else "value")
