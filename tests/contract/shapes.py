"""Schemas of two generators in one form: what a schema says, whichever way it is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.contract.reference import Document

KINDS = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array", dict: "object"}


@dataclass
class Shape:
    """What a schema allows. `alternatives`: one of several objects, none of which need have every property."""

    kinds: set[str] = field(default_factory=set)
    nullable: bool = False
    enum: set[str] = field(default_factory=set)
    properties: dict[str, Any] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    items: Any = None
    values: Any = None
    alternatives: bool = False

    @property
    def says_something(self) -> bool:
        """Whether anything but null is described."""
        return bool(self.kinds or self.enum or self.properties)

    def add(self, other: "Shape") -> None:
        """Takes over what another shape says, too; what is required stays the caller's business."""
        self.kinds |= other.kinds
        self.nullable |= other.nullable
        self.enum |= other.enum
        self.properties = other.properties | self.properties
        self.items = self.items or other.items
        self.values = other.values if self.values is None else self.values
        self.alternatives |= other.alternatives


def shape(document: Document, node: Any) -> Shape:
    """The shape of a schema: references followed, `allOf` merged, `oneOf` and `anyOf` united."""
    schema = document.resolve(node)
    if not isinstance(schema, dict):
        return Shape()
    found = own_shape(schema)
    for part in schema.get("allOf", ()):
        merged = shape(document, part)
        found.add(merged)
        found.required |= merged.required
    for key in ("oneOf", "anyOf"):
        unite(found, [shape(document, part) for part in schema.get(key, ())])
    return found


def own_shape(schema: dict[str, Any]) -> Shape:
    """What a schema says by itself."""
    kinds = set(listed(schema.get("type", ())))
    values = schema.get("enum", [schema["const"]] if "const" in schema else [])
    found = Shape(
        kinds=kinds - {"null"},
        nullable="null" in kinds or None in values or bool(schema.get("nullable")),
        enum={str(value) for value in values if value is not None},
        properties=dict(schema.get("properties", {})),
        required=set(schema.get("required", ())),
        items=schema.get("items"),
        values=schema.get("additionalProperties"),
    )
    if not found.kinds:
        found.kinds = {KINDS[type(value)] for value in values if value is not None} or (
            {"object"} if found.properties else set()
        )
    return found


def unite(found: Shape, branches: list[Shape]) -> None:
    """Adds alternatives. A single one beside null keeps what it requires."""
    solid = [branch for branch in branches if branch.says_something]
    for branch in branches:
        found.add(branch)
    if len(solid) == 1:
        found.required |= solid[0].required
    found.alternatives |= len(solid) > 1


def listed(value: str | Iterable[str]) -> Iterable[str]:
    """One or several words as several."""
    return [value] if isinstance(value, str) else value
