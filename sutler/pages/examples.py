"""Example values for schemas, and the curl line of an operation."""

import json
import re
import shlex
from typing import Any, Final

from sutler.pages.schema_tables import Json, Schemas

DEEPEST: Final = 6
BASE: Final = "https://your-store.example"  # stands in cached pages for the address that the reader came by

BY_FORMAT: Final = {
    "flake-id": "411486491630370816", "date-time": "2026-01-31T12:00:00Z", "steam-id": "76561198152492642", "uri": "https://example.com/",
    "email": "alex@example.com", "period": "P1M",
}  # fmt: skip
TEXTS: Final = (
    (r"url$", "https://example.com/"),
    (r"email$", "alex@example.com"),
    (r"currency$", "usd"),
    (r"country(_code)?$", "US"),
    (r"slug$", "vip-rank"),
    (r"product_names?$", "VIP Rank"),
    (r"uuid$", "069a79f4-44e9-4726-a5be-fca90e38aaf5"),
    (r"(^|_)ip$", "203.0.113.7"),
    (r"pretty_id$", "pn-22fkz1u9c0sg"),
    (r"_str$", "$10.00"),
    (r"command$|content$", "give {customer.name} diamond 1"),
    (r"name$", "Alex"),
    (r"version", "1.0.0"),
    (r"platform$", "steam"),
)
NUMBERS: Final = ((r"amount$|price$|total$|subtotal$|balance$", 1000), (r"status_code$|^status$", 200))


class Examples:
    """Examples of one document's schemas."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas

    def of(self, schema: Json, name: str = "", around: tuple[str, ...] = ()) -> Any:
        """A value that fits a schema; the name of the member helps to find one that makes sense."""
        found, reference = self._schemas.resolved(schema)
        if "examples" in found:
            return found["examples"][0]
        several = self._schemas.alternatives(found)
        if several:
            return self.of(several[0], name, around)
        if "enum" in found:
            return next((value for value in found["enum"] if str(value).lower() not in ("invalid", "onignore")), None)
        kind = self._schemas.kind(found)
        if kind == "object":
            again = reference and reference in around
            return {} if again or len(around) > DEEPEST else self._object(found, (*around, reference))
        if kind == "array":
            return self._list(found, name, around)
        return self._simple(kind, found, name)

    @staticmethod
    def _simple(kind: str, schema: Json, name: str) -> Any:
        match kind:
            case "boolean":
                return True
            case "integer" | "number":
                likely = next((value for pattern, value in NUMBERS if re.search(pattern, name)), 1)
                return min(max(likely, schema.get("minimum", likely)), schema.get("maximum", likely))
            case "string" if schema.get("format") in BY_FORMAT:
                return BY_FORMAT[schema["format"]]
            case "string":
                return next((text for pattern, text in TEXTS if re.search(pattern, name)), "text")
        return {}

    def _object(self, schema: Json, around: tuple[str, ...]) -> Json:
        if isinstance(values := schema.get("additionalProperties"), dict):
            return {"key": self.of(values, "value", around)}
        return {name: self.of(inner, name, around) for name, inner in schema.get("properties", {}).items()}

    def _list(self, schema: Json, name: str, around: tuple[str, ...]) -> list[Any]:
        one = self.of(schema.get("items", {}), name.removesuffix("s"), around)
        return [] if one == {} else [one]


def pretty(value: Any) -> str:
    """JSON for reading."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def curl(method: str, path: str, header: str, body: Any) -> str:
    """A command line that calls an operation, ready to be pasted once the words in capitals are replaced.

    Braces would mean something to curl, so `{storeId}` becomes STORE_ID.
    """
    url = BASE + re.sub(r"{(\w+)}", lambda name: capitals(name[1]), path)
    words = ["curl", *([] if method == "GET" else ["-X", method]), shlex.quote(url)]
    lines = [" ".join(words)]
    if header:
        lines.append(f"-H {shlex.quote(header)}")
    if body is not None:
        lines += ["-H 'Content-Type: application/json'", f"-d {shlex.quote(json.dumps(body, ensure_ascii=False))}"]
    return " \\\n  ".join(lines)


def capitals(name: str) -> str:
    """`storeId` as `STORE_ID`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()
