"""The pages that belong to no store: the first page, the API reference, files, and failures."""

import re
from html import unescape
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sutler import __version__
from sutler.app import documents
from sutler.pages.answers import Guard
from sutler.pages.examples import curl
from sutler.pages.schema_tables import Schemas


class TestLanding:
    async def test_says_what_runs_here(self, visitor: httpx2.AsyncClient) -> None:
        answer = await visitor.get("/")

        assert answer.status_code == 200
        assert all(
            part in answer.text for part in (__version__, "/docs", "/healthz", "/swagger/management-api/openapi.json")
        )
        assert "SQLite" in answer.text or "PostgreSQL" in answer.text

    async def test_speaks_json_to_programs(self, visitor: httpx2.AsyncClient) -> None:
        answer = await visitor.get("/", headers={"Accept": "application/json"})

        assert answer.json() | {"name": "Sutler", "version": __version__} == answer.json()

    async def test_stands_in_no_frame(self, visitor: httpx2.AsyncClient) -> None:
        headers = (await visitor.get("/")).headers

        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")

    @pytest.mark.parametrize("path", ["/", "/docs", "/nothing"])
    async def test_asks_nobody_else_for_anything(self, visitor: httpx2.AsyncClient, path: str) -> None:
        text = (await visitor.get(path)).text

        assert not re.findall(r'(?:src|<link[^>]*href)="(?!/static/)', text)
        assert "<script" not in text
        assert "style=" not in text


class TestReference:
    async def test_lists_every_tag_of_every_document(self, visitor: httpx2.AsyncClient) -> None:
        text = (await visitor.get("/docs")).text

        for api, document in documents().items():
            assert document["info"]["title"] in text
            for operation in operations(document):
                assert f'href="/docs/{api}/{operation["tags"][0]}' in text

    async def test_shows_every_operation_on_the_page_of_its_tag(self, visitor: httpx2.AsyncClient) -> None:
        for api, document in documents().items():
            for operation in operations(document):
                text = (await visitor.get(f"/docs/{api}/{operation['tags'][0]}")).text
                assert f'id="{operation["operationId"]}"' in text
                assert all(f"<code>{one['name']}</code>" in text for one in operation["parameters"])

    async def test_shows_what_every_webhook_sends(self, visitor: httpx2.AsyncClient) -> None:
        text = (await visitor.get("/docs/webhook-definitions/webhooks")).text

        assert all(f'id="{event}"' in text for event in documents()["webhook-definitions"]["webhooks"])
        assert "body.lines[].product.name" in text

    async def test_writes_command_lines_for_the_address_that_the_reader_came_by(self, visitor: httpx2.AsyncClient) -> None:
        here = (await visitor.get("/docs/management-api/webhooks", headers={"Host": "store.example:8443"})).text
        there = (await visitor.get("/docs/management-api/webhooks")).text

        assert "curl http://store.example:8443/v1/stores/STORE_ID/webhooks" in here
        assert "curl http://test/v1/stores/STORE_ID/webhooks" in there

    async def test_writes_bodies_that_can_be_sent_as_they_are(self, visitor: httpx2.AsyncClient) -> None:
        text = unescape((await visitor.get("/docs/management-api/webhooks")).text)

        assert """-d '{"url": "https://example.com/webhooks", "subscribed_to": "OnOrderCompleted"}'""" in text

    @pytest.mark.parametrize("host", ['x"><script>', "a.example;rm", "$(id)", ""])
    async def test_believes_no_odd_host(self, visitor: httpx2.AsyncClient, host: str) -> None:
        text = (await visitor.get("/docs/management-api/webhooks", headers={"Host": host})).text

        assert "curl http://test/v1" in text
        assert not host or host not in text

    @pytest.mark.parametrize("path", ["/docs/management-api/nothing", "/docs/x/webhooks", "/docs/management-api"])
    async def test_of_an_unknown_part_is_not_found(self, visitor: httpx2.AsyncClient, path: str) -> None:
        assert (await visitor.get(path)).status_code == 404

    def test_quotes_command_lines_for_a_shell(self) -> None:
        line = curl("POST", "/v1/stores/{storeId}/x", "Authorization: APIKey KEY", {"name": "it's"})

        assert "STORE_ID/x" in line
        assert """-d '{"name": "it'"'"'s"}'""" in line


class TestSchemas:
    SCHEMAS = Schemas(
        {"components": {"schemas": {
            "Tree": {"type": "object", "required": ["id"], "properties": {
                "id": {"type": "string", "format": "flake-id"},
                "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
                "note": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 50}]},
                "size": {"type": ["integer", "null"], "minimum": 0, "maximum": 10},
            }},
        }}}
    )  # fmt: skip

    def test_are_told_in_words(self) -> None:
        rows = self.SCHEMAS.rows({"$ref": "#/components/schemas/Tree"})

        told: list[Any] = [(row.name, row.kind, row.required, row.limits) for row in rows]
        assert told == [
            ("id", "id", True, ""),
            ("children", "list of Tree", False, ""),
            ("note", "text or null", False, "up to 50 characters"),
            ("size", "integer or null", False, "0 to 10"),
        ]


class TestStatic:
    async def test_files_are_kept_for_ever_under_a_name_that_changes_with_them(self, visitor: httpx2.AsyncClient) -> None:
        (path,) = re.findall(r'rel="stylesheet" href="([^"]+)"', (await visitor.get("/")).text)

        answer = await visitor.get(path)

        assert re.fullmatch(r"/static/style\.[0-9a-f]{12}\.css", path)
        assert answer.headers["content-type"] == "text/css; charset=utf-8"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"

    @pytest.mark.parametrize("name", ["style.css", "nothing.css", "..%2fapp.py", "../app.py", "%2e%2e/app.py"])
    async def test_other_names_are_not_found(self, visitor: httpx2.AsyncClient, name: str) -> None:
        assert (await visitor.get(f"/static/{name}")).status_code == 404


class TestFailures:
    async def test_are_friendly_pages_with_the_trace_id(self, visitor: httpx2.AsyncClient) -> None:
        answer = await visitor.get("/nothing/here")

        assert answer.status_code == 404
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["x-trace-id"] in answer.text

    async def test_are_error_objects_for_programs(self, visitor: httpx2.AsyncClient) -> None:
        answer = await visitor.get("/nothing", headers={"Accept": "application/json"})

        body = answer.json()
        assert (body["status"], body["code"], body["trace_id"]) == (404, "NotFound", answer.headers["x-trace-id"])

    async def test_nobody_thought_of_tell_nothing_about_the_inside(self) -> None:
        async def crash(request: Request) -> Response:
            raise RuntimeError("the secret inside")

        app = Starlette(routes=[Route("/", crash)], middleware=[Middleware(Guard)])
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as client:
            answer = await client.get("/")

        assert answer.status_code == 500
        assert answer.headers["x-trace-id"] in answer.text
        assert "the secret inside" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every operation of a document."""
    return [operation for item in document["paths"].values() for operation in item.values()]
