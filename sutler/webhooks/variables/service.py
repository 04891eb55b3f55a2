"""The names that a template can use, read off the types of the payloads: every text, number, date or yes-or-no in them."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from msgspec import inspect

from sutler.webhooks.endpoints.models import EVENTS_BY_NAME, WebhookEventType
from sutler.webhooks.payloads.events import EVENTS

MARK: Final = "x-discordVariable"


@cache
def variables() -> dict[WebhookEventType, list[str]]:
    """The names of every event that is sent, with dots between a thing and what it consists of."""
    return {EVENTS_BY_NAME[name]: list(_names(_body(kind))) for name, kind in EVENTS.items()}


def marked(document: dict[str, Any]) -> dict[str, Any]:
    """The document of the payloads, with a mark on every property that a template can name."""
    for component in document["components"]["schemas"].values():
        properties = component.get("properties", {})
        for name, schema in properties.items():
            if "event_id" not in properties and _is_plain(schema):
                schema[MARK] = name
    return document


def _body(kind: Any) -> Any:
    payload: Any = inspect.type_info(kind)
    return next(field.type for field in payload.fields if field.name == "body")


def _names(kind: Any) -> Iterator[str]:
    """Of a struct, and of the structs in it; lists and maps have no names that could be known beforehand."""
    for field in kind.fields:
        arms = field.type.types if isinstance(field.type, inspect.UnionType) else (field.type,)
        parts = [arm for arm in arms if isinstance(arm, inspect.StructType)]
        if parts:
            yield from (f"{field.encode_name}.{name}" for name in _names(parts[0]))
        elif not any(isinstance(arm, inspect.ListType | inspect.DictType) for arm in arms):
            yield field.encode_name


def _is_plain(schema: dict[str, Any]) -> bool:
    """Whether a property is neither a list nor a map nor a thing with properties of its own."""
    arms = schema.get("anyOf", [schema])
    return not any("$ref" in arm or arm.get("type") in ("array", "object") for arm in arms)
