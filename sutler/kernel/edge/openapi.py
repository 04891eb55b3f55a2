"""The OpenAPI documents, generated from the same declarations that the requests go through."""

from collections.abc import Iterable, Mapping
from typing import Any, get_args, get_type_hints

import msgspec
from msgspec import Struct

from sutler.kernel.edge.access import STORE_HEADER, Access
from sutler.kernel.edge.asgi import PayNowError
from sutler.kernel.edge.http import Route

JSON_TYPES = ("application/json", "text/json", "application/*+json")
REFERENCE = "#/components/schemas/"
SCHEMES = {
    "APIKey": "A key that manages one store: `APIKey TOKEN`.",
    "Customer": "A customer's token for the storefront: `Customer TOKEN`.",
    "Gameserver": "A game server's token: `Gameserver TOKEN`.",
}
SECURITY: Mapping[str, list[dict[str, list[str]]]] = {
    "management": [{"APIKey": []}],
    "manager": [{"APIKey": []}],
    "user": [{"APIKey": []}],
    "customer": [{"Customer": []}],
    "visitor": [{}, {"Customer": [], "APIKey": []}],
    "gameserver": [{"Gameserver": []}],
}
Json = dict[str, Any]


def document(title: str, description: str, routes: Iterable[Route]) -> Json:
    """The document of one API."""
    routes = sorted(routes, key=lambda route: (route.tag, route.path))
    answers = answer_components([route.documented for route in routes if not route.goes_on] + [PayNowError])
    bodies = [route.signature.body[1] for route in routes if route.signature.body]
    requests = _components(bodies + [field.type for route in routes for field in route.signature.fields])
    renamed = {name: f"{name}Request" for name, found in requests.items() if answers.get(name, found) != found}
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, renamed)
    schemas = answers | {renamed.get(name, name): _pointed(found, renamed) for name, found in requests.items()}
    return _head(title, description) | {
        "tags": [{"name": tag} for tag in dict.fromkeys(route.tag for route in routes)],
        "paths": paths,
        "components": {"schemas": dict(sorted(schemas.items())), "securitySchemes": _schemes()},
    }


def webhooks_document(title: str, description: str, events: Mapping[str, type[Struct]]) -> Json:
    """The document of what webhooks send, event by event."""
    components = answer_components(list(events.values()))
    return _head(title, description) | {
        "paths": {},
        "webhooks": {name: {"post": _webhook(name, kind)} for name, kind in events.items()},
        "components": {"schemas": dict(sorted(components.items()))},
    }


def _head(title: str, description: str) -> Json:
    return {"openapi": "3.1.1", "info": {"title": title, "description": description, "version": "v1"}}


def _schemes() -> Json:
    return {
        name: {"type": "apiKey", "description": text, "name": "Authorization", "in": "header"}
        for name, text in SCHEMES.items()
    }


def _operation(route: Route, renamed: Mapping[str, str]) -> Json:
    summary, _, description = (route.handler.__doc__ or "").strip().partition("\n")
    described: Json = {"tags": [route.tag], "summary": summary}
    if description.strip():
        described["description"] = " ".join(description.split())
    described |= {"operationId": route.operation, "parameters": _parameters(route), "responses": _responses(route)}
    if route.signature.body:
        described["requestBody"] = {"content": _content(route.signature.body[1], JSON_TYPES, renamed)}
    return (
        described
        | ({"deprecated": True} if route.deprecated else {})
        | {"security": SECURITY[route.signature.access.audience]}
    )


def _responses(route: Route) -> Json:
    success: Json = {"description": "Done; there is no body."}
    if route.goes_on:
        parts = {route.documented.media_type: {"schema": {"type": "string"}}}
        success = {"description": "Success; the answer goes on until one of both ends it.", "content": parts}
    elif route.documented is not type(None):
        success = {"description": "Success.", "content": _content(route.documented)}
    return {str(route.status): success, "default": {"description": "Any failure.", "content": _content(PayNowError)}}


def _parameters(route: Route) -> list[Json]:
    signature = route.signature
    in_path = [
        _parameter(field, "path" if field.encode_name in signature.path_names else "query") for field in signature.fields
    ]
    visited = [] if "storeId" in signature.path_names else _store_header(signature.access)
    return in_path + visited + [_parameter(field, "header") for field in signature.header_fields]


def _store_header(access: Access) -> list[Json]:
    if access.audience != "visitor":
        return []
    schema = {"type": "string", "format": "flake-id"}
    text = "The store to visit. A customer token, which belongs to one store, makes up for it."
    return [
        {
            "name": STORE_HEADER.decode(),
            "in": "header",
            "description": text,
            "schema": schema,
            "required": not access.anywhere,
        }
    ]


def _parameter(field: msgspec.structs.FieldInfo, place: str) -> Json:
    described = {"name": field.encode_name, "in": place, "schema": _schema(field.type)}
    return described | ({"required": True} if field.required else {})


def _webhook(name: str, kind: type[Struct]) -> Json:
    summary = (kind.__doc__ or "").strip().partition("\n")[0]
    body = {"content": _content(kind)}
    received = {"200": {"description": "Received; any status up to 299 will do."}}
    return {"tags": ["Webhooks"], "summary": summary or name, "requestBody": body, "responses": received}


def _content(kind: Any, media_types: Iterable[str] = JSON_TYPES[:1], renamed: Mapping[str, str] | None = None) -> Json:
    return {media_type: {"schema": _pointed(_schema(kind), renamed or {})} for media_type in media_types}


def _schema(kind: Any) -> Json:
    (found,), _ = msgspec.json.schema_components([kind], ref_template=REFERENCE + "{name}")
    return found


def _components(kinds: list[Any]) -> dict[str, Json]:
    _, found = msgspec.json.schema_components(kinds, ref_template=REFERENCE + "{name}")
    return found


def answer_components(kinds: list[Any]) -> dict[str, Json]:
    """Schemas of answers: every member is always there, but for those that are left out when they have no value."""
    found = _components(kinds)
    for struct in structs_in(kinds):
        described = found.get(struct.__name__)
        if described is None or "properties" not in described:
            continue
        fields = msgspec.structs.fields(struct)
        optional = {field.encode_name for field in fields if may_be_absent(struct, field)}
        described["required"] = sorted(set(described["properties"]) - optional)
        for field in fields:
            shown = described["properties"][field.encode_name]
            shown.pop("default", None)
            if field.default is None and field.encode_name in optional:
                described["properties"][field.encode_name] = never_null(shown)
    return found


def never_null(schema: Json) -> Json:
    """The schema without null: what is left out when it has no value is never sent as null."""
    arms = [arm for arm in schema.get("anyOf", ()) if arm != {"type": "null"}]
    return arms[0] if len(arms) == 1 else schema | ({"anyOf": arms} if arms else {})


def may_be_absent(struct: type[Struct], field: msgspec.structs.FieldInfo) -> bool:
    """Whether a member of an answer can be left out."""
    return field.default is msgspec.UNSET or (struct.__struct_config__.omit_defaults and not field.required)


def structs_in(kinds: Iterable[Any]) -> list[type[Struct]]:
    """Every struct that these types are made of."""
    found: dict[type[Struct], None] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        waiting += [arm for arm in get_args(kind) if not isinstance(arm, str)]
        if isinstance(kind, type) and issubclass(kind, Struct) and kind not in found:
            found[kind] = None
            waiting += get_type_hints(kind).values()
    return list(found)


def _pointed(schema: Any, renamed: Mapping[str, str]) -> Any:
    """The schema with its references to renamed components mended."""
    if not renamed:
        return schema
    if isinstance(schema, list):
        return [_pointed(item, renamed) for item in schema]
    if not isinstance(schema, dict):
        return schema
    mended = {key: _pointed(value, renamed) for key, value in schema.items()}
    name = str(mended.get("$ref", "")).removeprefix(REFERENCE)
    return mended | {"$ref": REFERENCE + renamed[name]} if name in renamed else mended
