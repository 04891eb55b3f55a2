"""The published contract: its documents, the operation behind a method and a path, and validators of its schemas."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.contract.formats import FORMATS

HERE = Path(__file__).resolve().parent
HTTP_APIS = ("management-api", "storefront-api", "gameserver-api")
WEBHOOKS = "webhook-definitions"
APIS = (*HTTP_APIS, WEBHOOKS)
METHODS = ("get", "post", "put", "patch", "delete")

Json = dict[str, Any]


def is_integer(_: object, value: object) -> bool:
    """Whether a value was written as an integer: `1.0` is one to JSON Schema, but not to a Java or C# client."""
    return isinstance(value, int) and not isinstance(value, bool)


TYPES = Draft202012Validator.TYPE_CHECKER.redefine("integer", is_integer)
Strict: type[Validator] = validators.extend(Draft202012Validator, type_checker=TYPES)  # type: ignore[no-untyped-call] # not in its stubs


@dataclass(frozen=True)
class Operation:
    """One operation of a document, ours or the contract's."""

    api: str
    method: str
    path: str
    raw: Json

    @property
    def operation_id(self) -> str:
        """The name that generated clients give to the operation."""
        return str(self.raw.get("operationId", ""))

    @property
    def tag(self) -> str:
        """The first tag, under which generated clients group the operation."""
        return str((self.raw.get("tags") or [""])[0])

    @property
    def responses(self) -> Json:
        """What it may answer, by status code; `default` stands for any error."""
        return dict(self.raw.get("responses", {}))


class Document:
    """An OpenAPI document whose references are followed on demand."""

    def __init__(self, api: str, raw: Json) -> None:
        self.api = api
        self.raw = raw

    def resolve(self, node: Any) -> Any:
        """The node itself, or what its chain of local references leads to."""
        while isinstance(node, dict) and "$ref" in node:
            node = self._target(node["$ref"])
        return node

    def _target(self, reference: str) -> Any:
        node: Any = self.raw
        for part in reference.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def operations(self) -> Iterator[Operation]:
        """Every operation, with the parameters that its path shares."""
        for path, item in self.raw.get("paths", {}).items():
            for method in METHODS:
                if method in item:
                    parameters = [*item.get("parameters", []), *item[method].get("parameters", [])]
                    yield Operation(self.api, method, path, {**item[method], "parameters": parameters})

    def json_schema(self, part: Any) -> Any:
        """The schema of a request's or response's JSON body; None where there is none."""
        content = (self.resolve(part) or {}).get("content") or {}
        return content.get("application/json", {}).get("schema")

    def webhook_schema(self, event: str) -> Any:
        """The schema of the body that is posted for an event; None for an unknown one."""
        return self.json_schema(self.raw.get("webhooks", {}).get(event, {}).get("post", {}).get("requestBody"))


@cache
def document(api: str) -> Document:
    """The contract of one API."""
    return Document(api, json.loads((HERE / f"{api}.json").read_text(encoding="utf-8")))


@cache
def webhook_events() -> tuple[str, ...]:
    """The events that the contract describes, by the name in their payload."""
    return tuple(document(WEBHOOKS).raw["webhooks"])


def segments(path: str) -> list[str]:
    """The parts of a path; a trailing slash means nothing."""
    return path.strip("/").split("/")


def is_parameter(segment: str) -> bool:
    """Whether a segment of a template stands for any value."""
    return segment.startswith("{")


def fits(template: list[str], path: list[str]) -> bool:
    """Whether a path has the shape of a template of the same length."""
    return all(is_parameter(wanted) or wanted == found for wanted, found in zip(template, path, strict=True))


@cache
def _by_shape() -> Mapping[tuple[str, int], list[Operation]]:
    """All operations by method and number of segments, literal segments before parameters."""
    found: dict[tuple[str, int], list[Operation]] = {}
    for api in HTTP_APIS:
        for operation in document(api).operations():
            found.setdefault((operation.method, len(segments(operation.path))), []).append(operation)
    for operations in found.values():
        operations.sort(key=lambda operation: [is_parameter(segment) for segment in segments(operation.path)])
    return found


def find(method: str, path: str) -> Operation | None:
    """The operation of the contract that answers a request; literal segments win over parameters."""
    parts = segments(path)
    candidates = _by_shape().get((method.lower(), len(parts)), ())
    return next((operation for operation in candidates if fits(segments(operation.path), parts)), None)


# What the contract writes where it does not know the type of a property.
UNTYPED = {"type": "null"}
# Its optional members are left out or null, as the reference platform pleases.
LENIENT = {"PayNowError"}


def sent(node: Any, name: str = "") -> Any:
    """The schema of what is sent: with properties of our own, and with null, not nothing, where the contract has null.

    The contract's schemas forbid other properties; its clients do not mind them. And a property that may be null is
    always there, although its schema does not require it.
    """
    if isinstance(node, list):
        return [sent(part) for part in node]
    if not isinstance(node, dict):
        return node
    schema = {key: sent(part, key) for key, part in node.items() if (key, part) != ("additionalProperties", False)}
    if isinstance(node.get("properties"), dict) and name not in LENIENT:
        nullable = {key for key, part in node["properties"].items() if may_be_null(part)}
        schema["required"] = sorted({*node.get("required", ()), *nullable})
        schema["properties"] |= {key: {} for key, part in node["properties"].items() if part == UNTYPED}
    return schema


def may_be_null(schema: Json) -> bool:
    """Whether a property may be null by its own schema."""
    return "null" in schema.get("type", ()) or any(may_be_null(part) for part in schema.get("oneOf", ()))


@cache
def _registry() -> Registry[Any]:
    """The documents under the names that `validator` refers to."""
    return Registry().with_contents(
        [(name(api), sent(document(api).raw)) for api in APIS], default_specification=DRAFT202012
    )


def name(api: str) -> str:
    """How schemas refer to the document of an API."""
    return f"urn:sutler:contract:{api}"


@cache
def validator(api: str, pointer: str) -> Validator:
    """The compiled validator of the schema at a JSON pointer of a document."""
    return Strict({"$ref": f"{name(api)}#{pointer}"}, registry=_registry(), format_checker=FORMATS)


def response_validator(operation: Operation, status: str) -> Validator | None:
    """The validator of a declared response's JSON body; None where the contract declares no body."""
    if document(operation.api).json_schema(operation.responses.get(status)) is None:
        return None
    place = f"/paths/{escaped(operation.path)}/{operation.method}/responses/{status}/content/application~1json/schema"
    return validator(operation.api, place)


def webhook_validator(event: str) -> Validator:
    """The validator of everything that is posted for an event: `event_type`, `event_id` and `body`."""
    return validator(WEBHOOKS, f"/webhooks/{escaped(event)}/post/requestBody/content/application~1json/schema")


def escaped(key: str) -> str:
    """A key as a part of a JSON pointer inside a URI."""
    return re.sub(r"[{}]", lambda brace: f"%{ord(brace[0]):02X}", key.replace("~", "~0").replace("/", "~1"))
