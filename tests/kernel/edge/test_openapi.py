"""The documents that are generated from the routes."""

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType

from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads, visitor_reads
from sutler.kernel.edge.http import Routes
from sutler.kernel.edge.openapi import document, webhooks_document
from sutler.kernel.edge.published import as_yaml
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire
from tests.kernel.tiny import routes

Reader = Annotated[StoreContext, reads("thing_read")]


class Part(Wire):
    """Sent and received."""

    stage: str = "first"


class Thing(msgspec.Struct):
    """An answer."""

    id: FlakeId
    note: str | None = None
    steam: str | UnsetType = UNSET
    part: Part | UnsetType = UNSET


things = Routes("/v1/stores/{storeId}/things", tag="things")


@things.post("", "Things_Create")
async def create(store: Reader, new: Part) -> Thing:
    """Make a thing.

    Which part it has is up to you.
    """
    return Thing("1")


visits = Routes("/v1/store/things", tag="things", api="storefront-api")


@visits.get("", "Things_Visit")
async def visit(store: Annotated[StoreContext, visitor_reads()], tag: list[str] | None = None) -> None:
    """Look."""


DOCUMENT = document("Things", "About things.", things.all + visits.all)
SCHEMAS: dict[str, Any] = DOCUMENT["components"]["schemas"]


class TestDocument:
    def test_says_what_the_handler_says(self) -> None:
        operation = DOCUMENT["paths"]["/v1/stores/{storeId}/things"]["post"]

        assert (operation["operationId"], operation["tags"]) == ("Things_Create", ["things"])
        assert (operation["summary"], operation["description"]) == ("Make a thing.", "Which part it has is up to you.")
        assert operation["parameters"][0] == {
            "name": "storeId", "in": "path", "required": True,
            "schema": {"type": "string", "pattern": "^[0-9]{1,19}$", "format": "flake-id"},
        }  # fmt: skip
        assert list(operation["requestBody"]["content"]) == ["application/json", "text/json", "application/*+json"]
        assert set(operation["responses"]) == {"200", "default"}

    def test_promises_what_an_answer_always_has(self) -> None:
        assert SCHEMAS["Thing"]["required"] == ["id", "note"]
        assert "default" not in SCHEMAS["Thing"]["properties"]["note"]

    def test_demands_of_a_request_no_more_than_the_handler_does(self) -> None:
        body = DOCUMENT["paths"]["/v1/stores/{storeId}/things"]["post"]["requestBody"]["content"]["application/json"]

        assert body == {"schema": {"$ref": "#/components/schemas/PartRequest"}}
        assert SCHEMAS["PartRequest"]["required"] == []
        assert SCHEMAS["Part"]["required"] == ["stage"]

    def test_names_the_store_header_of_a_visit(self) -> None:
        visited = DOCUMENT["paths"]["/v1/store/things"]["get"]

        assert [(p["name"], p["in"]) for p in visited["parameters"]] == [("tag", "query"), ("x-paynow-store-id", "header")]
        assert visited["security"][0] == {}
        assert set(visited["responses"]) == {"204", "default"}

    def test_of_webhooks_has_an_entry_for_each_event(self) -> None:
        written = webhooks_document("Hooks", "What is sent.", {"ON_THING": Thing})

        assert list(written["webhooks"]) == ["ON_THING"]
        assert written["components"]["schemas"]["Thing"]["required"] == ["id", "note"]

    def test_is_also_yaml(self) -> None:
        assert as_yaml(DOCUMENT).startswith(b"openapi: 3.1.1\ninfo:\n  title: Things\n")

    def test_of_any_routes_has_no_dangling_reference(self) -> None:
        text = msgspec.json.encode(document("Tiny", "All of it.", routes.all)).decode()
        written = msgspec.json.decode(text)
        wanted = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}

        assert wanted <= set(written["components"]["schemas"])
