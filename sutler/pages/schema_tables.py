"""JSON schemas as people read them: one row for each member, with its type in words."""

from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]
DEEPEST: Final = 4  # levels of members that a table shows; deeper ones are named by their type only
FORMATS: Final = {
    "flake-id": "id", "date-time": "time", "steam-id": "Steam id", "uri": "URL", "email": "e-mail address",
    "period": "period",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One member of an object: the name with those of the objects around it, and what it holds."""

    name: str
    kind: str
    required: bool
    limits: str
    choices: tuple[str, ...]
    depth: int


class Schemas:
    """The schemas of one document, references followed."""

    def __init__(self, document: Json) -> None:
        self._components: Json = document.get("components", {}).get("schemas", {})

    def resolved(self, schema: Json) -> tuple[Json, str]:
        """The schema behind a reference and the reference's name; null as an alternative is left out."""
        name = ""
        while True:
            if "$ref" in schema:
                name = schema["$ref"].rpartition("/")[2]
                schema = self._components[name]
            elif len(solid := self.alternatives(schema)) == 1:
                schema = solid[0]
            else:
                return schema, name

    @staticmethod
    def alternatives(schema: Json) -> list[Json]:
        """What a schema may be instead of null."""
        return [arm for key in ("oneOf", "anyOf") for arm in schema.get(key, ()) if arm.get("type") != "null"]

    def nullable(self, schema: Json) -> bool:
        """Whether null is allowed."""
        kinds = schema.get("type", ())
        arms = [arm for key in ("oneOf", "anyOf") for arm in schema.get(key, ())]
        return "null" in ([kinds] if isinstance(kinds, str) else kinds) or any(arm.get("type") == "null" for arm in arms)

    def words(self, schema: Json) -> str:
        """The type in words: `list of id`, `text or null`."""
        found, name = self.resolved(schema)
        text = self._plain(found, name)
        return f"{text} or null" if self.nullable(schema) else text

    def _plain(self, schema: Json, name: str) -> str:
        several = self.alternatives(schema)
        if several:
            return " or ".join(dict.fromkeys(self.words(arm) for arm in several))
        kind = self.kind(schema)
        if kind == "array":
            return f"list of {self.words(schema.get('items', {}))}"
        if kind == "object":
            inner = schema.get("additionalProperties")
            return f"map of {self.words(inner)}" if isinstance(inner, dict) else name or "object"
        words = {"string": "text", "integer": "integer", "boolean": "true or false", "number": "number"}
        return FORMATS.get(schema.get("format", ""), words.get(kind, "any value"))

    @staticmethod
    def kind(schema: Json) -> str:
        """The JSON type, null aside."""
        kinds = schema.get("type", "object" if "properties" in schema else "")
        listed = [kinds] if isinstance(kinds, str) else [one for one in kinds if one != "null"]
        if not listed[0] and any(isinstance(value, str) for value in schema.get("enum", ())):
            return "string"
        return str(listed[0])

    def rows(self, schema: Json, prefix: str = "", depth: int = 0, around: tuple[str, ...] = ()) -> list[Row]:
        """The members of an object, or of the objects of a list, each followed by its own members."""
        found, name = self.resolved(schema)
        if self.kind(found) == "array":
            return self.rows(found.get("items", {}), f"{prefix}[]" if prefix else "", depth, around)
        if (name and name in around) or depth >= DEEPEST:
            return []
        return [
            row
            for member, inner in found.get("properties", {}).items()
            for row in self._member(
                inner, f"{prefix}.{member}".lstrip("."), member in found.get("required", ()), depth, (*around, name)
            )
        ]

    def _member(self, schema: Json, path: str, required: bool, depth: int, around: tuple[str, ...]) -> list[Row]:  # noqa: FBT001 - a fact about the member
        found, _ = self.resolved(schema)
        choices = tuple(str(value) for value in found.get("enum", ()) if value is not None)
        row = Row(path, self.words(schema), required, limits(found), choices, depth)
        return [row, *self.rows(schema, path, depth + 1, around)]


def limits(schema: Json) -> str:
    """The bounds of a value that a caller may run into, in words. The bounds of the integer type itself say nothing."""
    found = []
    least, most = schema.get("minimum"), schema.get("maximum")
    if isinstance(least, int) and isinstance(most, int) and abs(most) < 2**31 - 1:
        found.append(f"{least} to {most}")
    if "maxLength" in schema:
        found.append(f"up to {schema['maxLength']:,} characters")
    if "minLength" in schema and schema["minLength"] > 1:
        found.append(f"at least {schema['minLength']} characters")
    if "maxItems" in schema:
        found.append(f"up to {schema['maxItems']:,} entries")
    return ", ".join(found)
