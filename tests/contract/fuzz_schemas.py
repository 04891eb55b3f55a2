"""The contract's schemas of requests with what our own documents publish beside them, so that requests reach deep code.

The reference documents have no length, hardly a bound and no pattern, and forget which optional members may be null or
left out. What our documents add to a member is taken over here; then schemathesis itself proves both halves: what lies
within is accepted, what lies outside is refused. Nothing is taken over for members that the contract does not have.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.contract.allowances import meaning
from tests.contract.reference import Document, Json

NARROWING = (
    "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "pattern",
    "minItems", "maxItems", "minProperties", "maxProperties", "propertyNames",
)  # fmt: skip
WIDENING = {"null", "string", "integer", "number", "boolean"}
NAMED = ("$ref", "oneOf", "anyOf", "allOf", "type", "nullable")
KINDS: Mapping[type, str] = {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}
# Members that hold the ids of things which have another name in paths.
SYNONYMS = {"node_id": "nav_link_id", "parent_node_id": "nav_link_id"}
KNOWN = "known-"  # formats of ids that exist begin with this


class Meeting:
    """Brings the schemas of an operation in two documents together; `ids` are those that exist, by their names."""

    def __init__(self, operation: str, contract: Document, ours: Document, ids: Mapping[str, str]) -> None:
        self.operation, self.contract, self.ours, self.ids = operation, contract, ours, ids

    def schema(self, theirs: Any, own: Any, name: str = "", inside: tuple[int, ...] = ()) -> Json:
        """The contract's schema of a member, narrowed and widened by ours; one that contains itself is left alone."""
        known = list(alternatives(self.contract, theirs))
        if not known or set(map(id, known)) & set(inside):
            return theirs if isinstance(theirs, dict) else {}
        inside = (*inside, *map(id, known))
        added = {kind: part for part in alternatives(self.ours, own) for kind in kinds(part)}
        met = [self._kind(kind, part, added.get(kind, {}), name, inside) for part in known for kind in kinds(part)]
        more = sorted((added.keys() & WIDENING) - said(known))
        met += [self._kind(kind, {}, added[kind], name, inside) for kind in more]
        return met[0] if len(met) == 1 else {"anyOf": met}

    def _kind(self, kind: str, theirs: Json, own: Json, name: str, inside: tuple[int, ...]) -> Json:
        """One kind of value: an object member by member, a list item by item."""
        if kind == "null":
            return {"type": "null"}
        found = {key: part for key, part in theirs.items() if key not in NAMED and part is not False} | {"type": kind}
        found |= {key: stricter(key, theirs.get(key), own[key]) for key in NARROWING if key in own}
        found |= {key: own[key] for key in ("format", "enum") if key in own and key not in theirs}
        if theirs and own.get("additionalProperties") is False:  # the contract says so of nearly all; here it is meant
            found["additionalProperties"] = False
        if found.get("format") == "flake-id":
            found.pop("pattern", None)
            found["format"] = self.format(name)
        found |= meaning(self.operation, name).get(kind, {})
        for key in ("items", "additionalProperties"):
            if isinstance(theirs.get(key), dict):
                found[key] = self.schema(theirs[key], own.get(key), name, inside)
        if "properties" in theirs:
            members = own.get("properties", {})
            found["properties"] = {
                key: self.schema(part, members.get(key), key, inside) for key, part in theirs["properties"].items()
            }
            if members:
                found["required"] = sorted(set(theirs.get("required", ())) & set(own.get("required", ())))
        return found

    def format(self, name: str) -> str:
        """The format of ids that a member holds, by its name: `execute_on_gameserver_id` holds one of a game server."""
        plain = SYNONYMS.get(name, name).lower().replace("_", "").removesuffix("s")
        fitting = [known for known in self.ids if plain.removesuffix("id").endswith(known.lower().removesuffix("id"))]
        return f"{KNOWN}{max(fitting, key=len).lower()}" if fitting else "flake-id"


def alternatives(document: Document, schema: Any) -> Iterator[Json]:
    """What a schema allows, each in one schema without alternatives; nothing for one that says nothing."""
    node = document.resolve(schema)
    if not isinstance(node, dict):
        return
    if "allOf" in node and len(node["allOf"]) == 1:
        yield from alternatives(document, node["allOf"][0])
    for part in (*node.get("oneOf", ()), *node.get("anyOf", ())):
        yield from alternatives(document, part)
    if "type" in node or "enum" in node or "properties" in node:
        yield node


def kinds(schema: Json) -> list[str]:
    """The types of values that a schema allows."""
    found = schema.get("type", sorted({KINDS[type(value)] for value in schema.get("enum", ())}) or "object")
    return found if isinstance(found, list) else [found]


def said(known: list[Json]) -> set[str]:
    """All types that some schemas allow."""
    return {kind for part in known for kind in kinds(part)}


def stricter(key: str, theirs: Any, own: Any) -> Any:
    """The narrower of two bounds; ours where the contract has none."""
    if theirs is None or not isinstance(own, int | float):
        return own if theirs is None else theirs
    return max(theirs, own) if key.startswith(("min", "exclusiveMin")) else min(theirs, own)
