"""What a handler's parameters mean: read once at import, used for every request and for the OpenAPI document."""

import inspect
import re
import types
from collections.abc import Callable
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

import msgspec
from msgspec import NODEFAULT, Struct

from sutler.kernel.edge.access import access
from sutler.kernel.edge.requests import Request
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Headers, Query, field_errors, one_field

DIGITS_OF_AN_ID = 19
LONGEST_QUERY = 32 * 1024  # characters; more than any client sends, little enough to be read in no time
MOST_PARAMETERS = 1000
NESTED = re.compile(r"^([^\[.]+)(?:\[([^\]]*)\]|\.(.+))$")  # custom_variables[NAME]=v, ids[]=v, gift_to.platform=v


class Signature:
    """The compiled meaning of one handler's parameters.

    Names in the path become arguments, a `Query` or `Headers` struct is a group of parameters, any other
    struct or list of structs is the JSON body, `Request` is the raw request, all else is a query parameter.
    """

    def __init__(self, handler: Callable[..., Any], path: str) -> None:
        hints = get_type_hints(handler, include_extras=True)
        self.returns = hints["return"]
        self.body: tuple[str, Any] | None = None
        self.groups: dict[str, type[Struct]] = {}
        self.headers: dict[str, type[Struct]] = {}
        self.request_name = ""
        self.path_names = re.findall(r"{(\w+)}", path)
        fields: dict[str, tuple[Any, Any]] = {snake(name): (FlakeId, NODEFAULT) for name in self.path_names}
        (_, context), *others = inspect.signature(handler).parameters.items()
        self.access = access(hints[context.name])
        for name, parameter in others:
            self._place(name, hints[name], parameter, fields)
        self.takes_list = self.body is not None and is_list(self.body[1])
        self.arguments = [name for name in fields if name in dict(others)]
        self._compile(handler.__name__, fields)

    def _place(self, name: str, kind: Any, parameter: inspect.Parameter, fields: dict[str, tuple[Any, Any]]) -> None:
        if kind is Request:
            self.request_name = name
        elif is_struct(kind, Query):
            self.groups[name] = kind
        elif is_struct(kind, Headers):
            self.headers[name] = kind
        elif is_struct(kind, Struct):
            self.body = name, kind
        else:
            fields[name] = kind, parameter.default if parameter.default is not parameter.empty else NODEFAULT

    def _compile(self, name: str, fields: dict[str, tuple[Any, Any]]) -> None:
        renamed = {snake(n): n for n in self.path_names} | {n: n.rstrip("_") for n in self.arguments if n[-1] == "_"}
        self.parameters = msgspec.defstruct(
            name, [(n, kind, default) for n, (kind, default) in fields.items()], rename=renamed, kw_only=True
        )
        structs = (self.parameters, *self.groups.values())
        self.fields = [field for kind in structs for field in msgspec.structs.fields(kind)]
        self.header_fields = [field for kind in self.headers.values() for field in msgspec.structs.fields(kind)]
        self.lists = {field.encode_name for field in self.fields if holds(field.type, list)}
        self.dotted = {field.encode_name for field in self.fields if "." in field.encode_name}
        self._path = [snake(n) for n in self.path_names]
        self._ids = [is_id(fields[n][0]) for n in self._path]
        self._only_ids = all(self._ids)
        self._only_path = len(self.fields) == len(self.path_names) and not self.groups
        optional = all(field.encode_name in self.path_names or not field.required for field in self.fields)
        self._query_is_optional = self._only_ids and optional
        self._defaults = {name: default for name, (_, default) in fields.items() if name not in self._path}
        self._places = [(name, self._path.index(name)) for name in self.arguments if name in self._path]
        self._store_place = self._path.index("store_id") if "store_id" in self._path else None

    def read(self, path_values: list[str], request: Request) -> tuple[FlakeId | None, dict[str, Any]]:
        """The store named in the path, if any, and the handler's arguments (all but the body)."""
        if self._only_ids:
            for value in path_values:
                if not looks_like_id(value):
                    message = "There is nothing at this address: an id is a decimal number."
                    raise NotFound(message)
        if self._query_is_optional and (self._only_path or not request.scope["query_string"]):
            store_id, arguments = self._without_query(path_values)
        else:
            store_id, arguments = self._convert(path_values, request.query)
        for name, group in self.headers.items():
            arguments[name] = self._headers(group, request)
        if self.request_name:
            arguments[self.request_name] = request
        return store_id, arguments

    def _without_query(self, path_values: list[str]) -> tuple[FlakeId | None, dict[str, Any]]:
        """The same as `_convert` makes of an empty query, but nothing has to be converted."""
        arguments = self._defaults.copy()
        for name, place in self._places:
            arguments[name] = path_values[place]
        for name, group in self.groups.items():
            arguments[name] = group()
        return None if self._store_place is None else path_values[self._store_place], arguments

    def _convert(self, path_values: list[str], query: str) -> tuple[FlakeId | None, dict[str, Any]]:
        given = self.parsed(query) if query else {}
        given.update(zip(self.path_names, path_values, strict=True))
        try:
            values: Any = msgspec.convert(given, self.parameters, strict=False)
            arguments = {name: getattr(values, name) for name in self.arguments}
            for name, group in self.groups.items():
                arguments[name] = msgspec.convert(given, group, strict=False)
        except msgspec.ValidationError as error:
            raise InvalidInput(errors=self._errors(given)) from error
        return getattr(values, "store_id", None), arguments

    def _errors(self, given: dict[str, Any]) -> list[FieldError]:
        return [error for field in self.fields for error in one_field(field, given, "", strict=False)]

    def _headers(self, group: type[Struct], request: Request) -> Any:
        names = [field.encode_name for field in msgspec.structs.fields(group)]
        given = {name: value for name in names if (value := request.header(name.encode()))}
        try:
            return msgspec.convert(given, group, strict=False)
        except msgspec.ValidationError as error:
            raise InvalidInput(errors=field_errors(group, given, strict=False)) from error

    def parsed(self, query: str) -> dict[str, Any]:
        """Query parameters by name: repeated ones as lists, `a[b]=` and `a.b=` as maps unless `a.b` is a name itself."""
        given: dict[str, Any] = {}
        for raw_name, value in pairs(query):
            if "\0" in value or "\0" in raw_name:
                message = f"The parameter {raw_name!r} must not contain the NUL character."
                raise InvalidInput(message)
            nested = NESTED.match(raw_name)
            name, inner = (nested[1], nested[2] or nested[3]) if nested else (raw_name, None)
            if inner and f"{name}.{inner}" in self.dotted:
                given[f"{name}.{inner}"] = value
            elif inner:
                branch = given.setdefault(name, {})
                if isinstance(branch, dict):
                    branch[inner] = value
            elif name in self.lists:
                values = given.setdefault(name, [])
                if isinstance(values, list):
                    values.append(value)
            else:
                given[name] = value
        return given


def pairs(query: str) -> list[tuple[str, str]]:
    """The parameters of a query string in their order; InvalidInput when there are too many to be meant well."""
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        raise InvalidInput(f"The query string may have {LONGEST_QUERY} characters and {MOST_PARAMETERS} parameters at most.")
    return parse_qsl(query, keep_blank_values=True)


def looks_like_id(value: str) -> bool:
    """Whether a path segment has the form of a flake id."""
    return value.isdigit() and value.isascii() and len(value) <= DIGITS_OF_AN_ID


def is_id(kind: Any) -> bool:
    """Whether an annotation is `FlakeId`."""
    return bool(kind == FlakeId)


def is_list(kind: Any) -> bool:
    """Whether a body is an array."""
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return get_origin(kind) is list


def bare(kind: Any) -> Any:
    """The type behind `Annotated`, and for a list that of its items."""
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return bare(get_args(kind)[0]) if get_origin(kind) is list else kind


def is_struct(kind: Any, base: type) -> bool:
    """Whether an annotation is such a struct, or a list or union of them."""
    arms = [arm for arm in get_args(kind) if isinstance(arm, type) or get_args(arm)] if is_union(kind) else [kind]
    return any(isinstance(bare(arm), type) and issubclass(bare(arm), base) for arm in arms)


def is_union(kind: Any) -> bool:
    """Whether an annotation names several possibilities."""
    return get_origin(kind) in (Union, types.UnionType)


def holds(kind: Any, container: type) -> bool:
    """Whether an annotation is such a container or allows one among others."""
    return get_origin(kind) is container or any(holds(arm, container) for arm in get_args(kind) if not isinstance(arm, str))


def snake(name: str) -> str:
    """`storeId` as `store_id`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
