"""Shapes of the contract as type annotations, and as the classes and dictionaries that these name."""

import re
from collections import defaultdict
from collections.abc import Iterable

from tools.sdk import names
from tools.sdk.facts import Api, Operation, Schema, references, schema_name

MONEY = re.compile(
    r"(?<!limit_customer_)(?<!limit_store_)amount$|spend_amount_\w+$|(^|_)(price|subtotal|tax|fee|balance|discount|earnings)$"
    r"|order_value$|^total$|^price_(final|original)$|gross_volume$|_revenue$|minor_units$"
)
# Objects that a platform leaves out where it has none, although its contract demands them.
MAY_BE_MISSING = {("CustomerDTO", "steam"), ("CustomerDTO", "minecraft"), ("CustomerDTO", "profile")}
PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "object"}


class Shapes:
    """The named shapes of one document, and how they are written down."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self.schemas = schemas

    def is_enum(self, name: str) -> bool:
        """Whether a name stands for one text out of several."""
        return "enum" in self.schemas[name]

    def is_model(self, name: str) -> bool:
        """Whether a name stands for an object."""
        return "properties" in self.schemas[name]

    def annotation(self, schema: Schema, *, sent: bool) -> str:
        """The type of a value. What is `sent` may be any sequence or mapping; what comes is a list or a dict."""
        if "$ref" in schema:
            return self._named(schema_name(schema), sent=sent)
        if "allOf" in schema:
            return self.annotation(schema["allOf"][0], sent=sent)
        if "oneOf" in schema:
            return " | ".join(self.annotation(one, sent=sent) for one in schema["oneOf"])
        kinds = schema.get("type", "object")
        kinds = [kinds] if isinstance(kinds, str) else sorted(kinds, key=lambda kind: kind == "null")
        return " | ".join(self._plain(kind, schema, sent=sent) for kind in kinds)

    def _named(self, name: str, *, sent: bool) -> str:
        if self.is_enum(name):
            return name
        if self.is_model(name):
            return names.input_name(name) if sent else name
        return self.annotation(self.schemas[name], sent=sent)

    def _plain(self, kind: str, schema: Schema, *, sent: bool) -> str:
        if kind == "array":
            return f"{'Sequence' if sent else 'list'}[{self.annotation(schema['items'], sent=sent)}]"
        if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
            value = self.annotation(schema["additionalProperties"], sent=sent)
            return f"{'Mapping' if sent else 'dict'}[str, {value}]"
        if kind == "string" and schema.get("format") == "date-time":
            return "datetime"
        return PLAIN[kind]

    def model(self, name: str, schema: Schema | None = None) -> str:
        """The class of an object that comes."""
        shape = schema or self.schemas[name]
        says = "What an event tells." if schema else f"`{name}` of the contract."
        members = shape.get("properties", {})
        lines = [f"class {name}(Model, frozen=True, kw_only=True):", f'    """{says}"""', ""]
        required = set(shape.get("required", ()))
        for member, one in members.items():
            lines += self._member(name, member, one, required=member in required)
            if says := unit(member, one, members):
                lines.append(f'    """{says}"""')
        return "\n".join(lines)

    def _member(self, owner: str, member: str, schema: Schema, *, required: bool) -> Iterable[str]:
        kind, attribute = self.annotation(schema, sent=False), names.attribute(member)
        optional = not required or (owner, member) in MAY_BE_MISSING
        if optional and not kind.endswith("None"):
            kind = f"{kind} | None"
        renamed = f'field({"default=None, " if optional else ""}name="{member}")' if attribute != member else ""
        default = renamed or ("None" if optional else "")
        yield f"    {attribute}: {kind}" + (f" = {default}" if default else "")

    def input(self, name: str) -> str:
        """The dictionary of an object that is sent."""
        shape = self.schemas[name]
        required = set(shape.get("required", ()))
        lines = [f"class {names.input_name(name)}(TypedDict):", f'    """`{name}` of the contract."""', ""]
        for member, one in shape.get("properties", {}).items():
            kind = self.annotation(one, sent=True)
            if member not in required:
                kind = f"NotRequired[{with_none(kind)}]"
            lines.append(f"    {member}: {kind}")
        return "\n".join(lines)

    def enum(self, name: str) -> str:
        """The alias of one text out of several."""
        values = ", ".join(f'"{value}"' for value in self.schemas[name]["enum"])
        return f"{name} = Literal[{values}]"

    def reached(self, schemas: Iterable[Schema | None]) -> set[str]:
        """The names of everything that some schemas lead to."""
        found: set[str] = set()
        ahead = [name for schema in schemas for name in references(schema)]
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead += references(self.schemas[name])
        return found


def unit(member: str, schema: Schema, siblings: Iterable[str]) -> str:
    """What an amount counts; nothing for what is none. Of some, a member beside them decides."""
    if schema.get("format") != "int64" or not MONEY.search(member):
        return ""
    kind = member.replace("_amount", "_type")
    return f"Minor units, or a share, as `{kind}` says." if kind != member and kind in siblings else "Minor units."


def with_none(kind: str, other: str = "") -> str:
    """A type that may also be None, or something else, None being last."""
    return " | ".join([kind.removesuffix(" | None"), *([other] if other else []), "None"])


def homes(api: Api, shapes: Shapes) -> dict[str, str]:
    """In which module each model is: that of the only tag that answers it, or the shared one."""
    tags: dict[str, set[str]] = defaultdict(set)
    for tag, operations in api.tags.items():
        for name in shapes.reached(one.answer for one in operations):
            if shapes.is_model(name):
                tags[name].add(tag)
    return {name: names.snake(next(iter(own))) if len(own) == 1 else "shared" for name, own in sorted(tags.items())}


def inputs(operations: Iterable[Operation], shapes: Shapes) -> list[str]:
    """The objects that are sent inside of arguments."""
    sent = [part for one in operations for part in (one.items, *(p.schema for p in (*(one.body or ()), *one.query)))]
    return sorted(name for name in shapes.reached(sent) if shapes.is_model(name))
