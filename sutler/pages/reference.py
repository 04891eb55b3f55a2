"""The API reference at /docs: one page for each tag, rendered from our own OpenAPI documents and then kept."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sutler.kernel.errors import NotFound
from sutler.pages.answers import templates
from sutler.pages.examples import BASE, Examples, curl, pretty
from sutler.pages.schema_tables import Json, Row, Schemas
from sutler.settings import settings

METHODS: Final = ("get", "post", "put", "patch", "delete")
HOST: Final = re.compile(r"[A-Za-z0-9._-]{1,253}(:[0-9]{1,5})?|\[[0-9a-fA-F:.]{2,45}\](:[0-9]{1,5})?")
TOKENS: Final = {
    "APIKey": ("APIKey YOUR_API_KEY", "an API key of the store"),
    "Customer": ("Customer CUSTOMER_TOKEN", "a customer's token"),
    "Gameserver": ("Gameserver SERVER_TOKEN", "a game server's token"),
}


@dataclass(frozen=True)
class Parameter:
    """A parameter beside the body."""

    name: str
    place: str
    kind: str
    required: bool
    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """What is sent or answered: its type, a row for each member, and an example."""

    kind: str
    rows: list[Row]
    example: str


@dataclass(frozen=True)
class Operation:
    """One operation, ready to be shown. A webhook has neither path nor curl line."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    access: str
    deprecated: bool
    parameters: list[Parameter]
    request: Body | None
    answer: Body | None
    curl: str


@dataclass(frozen=True)
class Tag:
    """Operations that belong together, as one page."""

    api: str
    title: str
    name: str
    operations: list[Operation]


class Reference:
    """The pages at /docs. Nothing is rendered before somebody reads it."""

    def __init__(self, documents: Callable[[], dict[str, Json]]) -> None:
        self._documents = documents
        self._rendered: dict[tuple[str, str], str] = {}

    @cached_property
    def _tags(self) -> dict[tuple[str, str], Tag]:
        return {(tag.api, tag.name): tag for api, document in self._documents().items() for tag in tags(api, document)}

    async def index(self, request: Request) -> Response:
        """Every API with its tags."""
        return self._page(request, ("", ""), "docs_index.html", lambda: {"apis": self._apis()})

    async def tag(self, request: Request) -> Response:
        """The operations of one tag."""
        key = request.path_params["api"], request.path_params["tag"]
        if key not in self._tags:
            raise NotFound("There is no such part of the API. The index at /docs lists them all.")
        return self._page(request, key, "docs_tag.html", lambda: {"tag": self._tags[key], "apis": self._apis()})

    def _apis(self) -> list[tuple[Json, list[Tag]]]:
        documents = self._documents()
        by_api = {api: [tag for tag in self._tags.values() if tag.api == api] for api in documents}
        return [(document["info"] | {"api": api}, by_api[api]) for api, document in documents.items()]

    def _page(self, request: Request, key: tuple[str, str], template: str, values: Callable[[], dict[str, Any]]) -> Response:
        if key not in self._rendered:
            self._rendered[key] = templates().get_template(template).render(**values())
        return HTMLResponse(self._rendered[key].replace(BASE, html.escape(base_url(request))))


def base_url(request: Request) -> str:
    """The address that the reader came by, if it is a plain host; otherwise the one that is configured."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host}" if HOST.fullmatch(host) else settings().base_url


def tags(api: str, document: Json) -> Iterator[Tag]:
    """The tags of a document, with their operations."""
    found: dict[str, list[Operation]] = {}
    shown = Shown(document)
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                found.setdefault(item[method]["tags"][0], []).append(shown.operation(method, path, item[method]))
    for event, item in document.get("webhooks", {}).items():
        found.setdefault("webhooks", []).append(shown.webhook(event, item["post"]))
    return (Tag(api, document["info"]["title"], name, operations) for name, operations in found.items())


class Shown:
    """Turns what a document says into what a page shows."""

    def __init__(self, document: Json) -> None:
        self._schemas = Schemas(document)
        self._examples = Examples(self._schemas)

    def operation(self, method: str, path: str, raw: Json) -> Operation:
        """One operation."""
        request, answer = self._body(raw.get("requestBody")), self._answer(raw)
        token, access = self._access(raw)
        example = self._example(raw.get("requestBody")) if request else None
        return Operation(
            id=raw["operationId"],
            method=method.upper(),
            path=path,
            summary=raw.get("summary", "").rstrip("."),
            text=raw.get("description", ""),
            access=access,
            deprecated=raw.get("deprecated", False),
            parameters=[self._parameter(one) for one in raw.get("parameters", ())],
            request=request,
            answer=answer,
            curl=curl(method.upper(), path, token, example),
        )

    def webhook(self, event: str, raw: Json) -> Operation:
        """One event."""
        return Operation(
            id=event, method="", path="", summary=event, text=raw.get("summary", ""), access="",
            deprecated=raw.get("deprecated", False), parameters=[], request=self._body(raw.get("requestBody"), event),
            answer=None, curl="",
        )  # fmt: skip

    @staticmethod
    def _access(raw: Json) -> tuple[str, str]:
        """The header that a caller needs, and in words who may call. An empty requirement means that nobody needs one."""
        ways: list[Json] = raw.get("security", [])
        names = [name for way in ways for name in way if name in TOKENS]
        if not names or {} in ways:
            return "x-paynow-store-id: STORE_ID", "Anyone may call this; the store is named by the header x-paynow-store-id."
        return f"Authorization: {TOKENS[names[0]][0]}", f"Needs {TOKENS[names[0]][1]}."

    def _parameter(self, raw: Json) -> Parameter:
        schema = raw.get("schema", {})
        choices = tuple(str(value) for value in self._schemas.resolved(schema)[0].get("enum", ()) if value is not None)
        return Parameter(
            raw["name"],
            raw["in"],
            self._schemas.words(schema),
            raw.get("required", False),
            raw.get("description", ""),
            choices,
        )

    def _body(self, part: Json | None, event: str = "") -> Body | None:
        schema = json_schema(part)
        if schema is None:
            return None
        example = self._examples.of(schema)
        if event:
            example["event_type"] = event
        return Body(self._schemas.words(schema), self._schemas.rows(schema), pretty(example))

    def _example(self, part: Json | None) -> Any:
        """A small body for the command line: what must be there and what its schema gives an example of, if anything."""
        found, _ = self._schemas.resolved(json_schema(part) or {})
        example = self._examples.of(json_schema(part) or {})
        needed = {
            *found.get("required", ()),
            *(name for name, one in found.get("properties", {}).items() if "examples" in one),
        }
        if not needed or not isinstance(example, dict):
            return example
        return {name: value for name, value in example.items() if name in needed}

    def _answer(self, raw: Json) -> Body | None:
        return next((self._body(part) for status, part in raw["responses"].items() if status.startswith("2")), None)


def json_schema(part: Json | None) -> Json | None:
    """The JSON schema of a request's or response's body."""
    found: Json | None = (part or {}).get("content", {}).get("application/json", {}).get("schema")
    return found
