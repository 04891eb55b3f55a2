"""Base types for everything that crosses the wire, and how a body that does not fit is explained."""

import re
import types
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Annotated, Any, TypeVar, Union, dataclass_transform, get_args, get_origin

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.errors import FieldError

MOST_ERRORS = 100  # explained in one answer; a body of two megabytes could be wrong in a million places
MOST_ITEMS = 1000  # of a list that are tried one by one; the first error is named wherever it is
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
    """Msgspec stops at the first error, so each part is tried by itself."""
    try:
        msgspec.convert(data, kind, strict=strict)
    except msgspec.ValidationError as error:
        parts = _parts_errors(kind, data, path, strict=strict)
        yield next(parts, None) or _explained(str(error), path)
        yield from parts


def _parts_errors(kind: Any, data: object, path: str, *, strict: bool) -> Iterator[FieldError]:
    kind = _container(kind)
    if isinstance(data, list) and get_origin(kind) is list:
        for index, item in enumerate(data[:MOST_ITEMS]):
            yield from _errors(get_args(kind)[0], item, f"{path}[{index}]", strict=strict)
    elif isinstance(data, dict) and isinstance(kind, type) and issubclass(kind, Struct):
        for field in msgspec.structs.fields(kind):
            yield from one_field(field, data, path, strict=strict)


def _container(kind: Any) -> Any:
    """The list or object among the possibilities of a type, if there is one: `list[X] | None` is a list."""
    if get_origin(kind) is Annotated:
        return _container(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        arms = [_container(arm) for arm in get_args(kind)]
        return next((arm for arm in arms if get_origin(arm) is list or hasattr(arm, "__struct_fields__")), kind)
    return kind


def _explained(problem: str, path: str) -> FieldError:
    message, _, inner = problem.partition(" - at `$")
    validation = re.sub(r"^Expected `([a-z]+).*", r"\1", message)
    return FieldError("Invalid", message, path + inner.rstrip("`"), validation if validation.isalpha() else "value")
