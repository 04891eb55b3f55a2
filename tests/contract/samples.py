"""Small valid values for the schemas of the contract, to be damaged by the tests of the checks."""

from typing import Any

from tests.contract.reference import WEBHOOKS, Document, Json, Operation, document

TRACE = "0123456789abcdef0123456789abcdef"
FORMATTED = {
    "flake-id": "411486491630370816",
    "steam-id": "76561197960287930",
    "date-time": "2026-02-03T04:05:06.789Z",
    "period": "P1M",
    "ip-address": "203.0.113.9",
}
PLAIN: dict[str, Any] = {"string": "text", "integer": 1, "number": 1.5, "boolean": True, "null": None}


def customer() -> Json:
    """A customer as the management API answers it."""
    return {
        "id": "411486491630370816",
        "store_id": "411486491630370815",
        "minecraft_uuid": None,
        "xbox_xuid": None,
        "name": "Ada",
        "created_at": "2026-02-03T04:05:06.789Z",
        "updated_at": None,
        "metadata": {},
    }


def error(status: int) -> Json:
    """An error as every API answers it."""
    return {"status": status, "code": "NotFound", "message": "There is no such customer.", "trace_id": TRACE}


def webhook(event: str) -> Json:
    """Everything that is posted for an event, each property filled in."""
    return {**sample(document(WEBHOOKS), document(WEBHOOKS).webhook_schema(event)), "event_type": event}


def answer(operation: Operation, status: str) -> Any:
    """A body that the contract declares for a status, each property filled in."""
    source = document(operation.api)
    return sample(source, source.json_schema(operation.responses[status]))


def sample(source: Document, schema: Any, inside: tuple[int, ...] = ()) -> Any:
    """A value for a schema. Where a schema contains itself, a list is empty and an alternative null."""
    node = source.resolve(schema)
    if id(node) in inside:
        raise RecursionError
    inside = (*inside, id(node))
    if "enum" in node:
        return node["enum"][0]
    if "allOf" in node:
        return sample(source, node["allOf"][0], inside)
    if "oneOf" in node:
        return first(source, node["oneOf"], inside)
    said = node.get("type", "null")
    kinds = said if isinstance(said, list) else [said]
    kind = next((kind for kind in kinds if kind != "null"), "null")
    if kind == "object":
        return {name: sample(source, part, inside) for name, part in node.get("properties", {}).items()}
    if kind == "array":
        return items(source, node["items"], inside)
    return FORMATTED.get(node.get("format"), PLAIN[kind])


def first(source: Document, alternatives: list[Any], inside: tuple[int, ...]) -> Any:
    """A value for the first alternative that does not contain itself."""
    for alternative in alternatives:
        try:
            return sample(source, alternative, inside)
        except RecursionError:
            continue
    raise RecursionError


def items(source: Document, schema: Any, inside: tuple[int, ...]) -> list[Any]:
    """A list of one; an empty one where the item would contain itself."""
    try:
        return [sample(source, schema, inside)]
    except RecursionError:
        return []
