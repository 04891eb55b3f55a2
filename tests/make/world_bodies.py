"""Requests with gaps for ids: `{customerId}` in a path, a query or a body; and bodies made from the contract."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from tests.contract.reference import HTTP_APIS, Document, Operation, document
from tests.contract.samples import sample

GAP = re.compile(r"\{(\w+)\}")


def filled(template: Any, ids: Mapping[str, str]) -> Any:
    """The template with ids in its gaps; KeyError names an id that is missing."""
    if isinstance(template, str):
        return GAP.sub(lambda gap: ids[gap[1]], template)
    if isinstance(template, list):
        return [filled(part, ids) for part in template]
    if isinstance(template, dict):
        return {name: filled(part, ids) for name, part in template.items()}
    return template


def gaps(template: Any) -> Iterator[str]:
    """The names of the ids that a template wants."""
    if isinstance(template, str):
        yield from GAP.findall(template)
    elif isinstance(template, dict | list):
        for part in template.values() if isinstance(template, dict) else template:
            yield from gaps(part)


@cache
def known() -> dict[str, Operation]:
    """The operations of the contract by their names."""
    return {operation.operation_id: operation for api in HTTP_APIS for operation in document(api).operations()}


def automatic(name: str) -> Any:
    """The smallest body that the contract allows for an operation; None where it wants none, or has no such operation."""
    operation = known().get(name)
    if operation is None:
        return None
    source = document(operation.api)
    schema = source.json_schema(operation.raw.get("requestBody"))
    return None if schema is None else smallest(source, schema)


def smallest(source: Document, schema: Any) -> Any:
    """What a schema requires and nothing else, with gaps where ids go; a list has one item."""
    node = source.resolve(schema)
    for alternatives in ("allOf", "oneOf"):
        if alternatives in node:
            return smallest(source, node[alternatives][0])
    if "array" in node.get("type", ()):
        return [smallest(source, node["items"])]
    if "object" not in node.get("type", ()):
        return sample(source, node)
    required = node.get("required", ())
    return {name: member(source, name, part) for name, part in node.get("properties", {}).items() if name in required}


def member(source: Document, name: str, schema: Any) -> Any:
    """The value of a member: a gap called `customerId` for a `customer_id`, otherwise what its schema requires."""
    if name.endswith("_ids"):
        return [member(source, name[:-1], schema)]
    if name.endswith("_id"):
        first, *others = name.split("_")
        return f"{{{first}{''.join(other.title() for other in others)}}}"
    return smallest(source, schema)
