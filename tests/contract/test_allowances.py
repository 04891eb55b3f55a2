"""Every allowance for generated requests is needed: the documents still misjudge its example."""

from collections.abc import Iterator
from fnmatch import fnmatch
from re import fullmatch
from typing import Any

import httpx2
import pytest
from jsonschema import Draft202012Validator

from sutler.app import routes
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.allowances import ACCEPTED, HEADERS, MEANINGS, REFUSED, Allowance, Example, Header, Meaning
from tests.contract.fuzz import AUDIENCES
from tests.contract.fuzz_documents import JSON, prepared
from tests.contract.fuzz_verdicts import errors, fitting
from tests.contract.reference import HTTP_APIS, Json, Operation, document
from tests.make.world import World, world
from tests.make.world_bodies import filled

KNOWN = {operation.operation_id: operation for api in HTTP_APIS for operation in document(api).operations()}
BUILT = {route.operation for route in routes()} & KNOWN.keys()


@pytest.fixture
async def mine(client: ClientFactory, inside: Inside, worker: Worker, store: SeededStore) -> World:
    return await world(client, inside, worker, store, "Belonging")


@pytest.fixture
def send(mine: World, client: ClientFactory) -> Any:
    """Sends examples as those who may."""

    async def sent(example: Example) -> httpx2.Response:
        operation = KNOWN[example.operation]
        caller = client(mine.credentials[AUDIENCES[operation.api]], **example.headers)
        body = {} if example.body is None else {"json": filled(example.body, mine.ids)}
        return await caller.request(
            operation.method, mine.path(operation.path), params=filled(dict(example.query), mine.ids), **body
        )

    return sent


def is_valid(example: Example, mine: World) -> bool:
    """Whether the document that schemathesis is given allows the body of an example."""
    operation, body = KNOWN[example.operation], filled(example.body, mine.ids)
    raw = prepared(operation.api, mine, all_types=False)
    content = raw["paths"][operation.path][operation.method].get("requestBody", {}).get("content")
    if body is None or content is None:
        return body is None
    return Draft202012Validator({**content[JSON]["schema"], "components": raw["components"]}).is_valid(body)


def fitted(one: Allowance | Meaning | Header) -> list[str]:
    """The operations of the contract that an allowance is for."""
    return [name for name in KNOWN if fnmatch(name, one.operations)]


def members(schema: Any) -> Iterator[str]:
    """The names of all members in a schema."""
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from members(part)
    if isinstance(schema, dict) and isinstance(schema.get("properties"), dict):
        yield from schema["properties"]


class TestRefused:
    async def test_refuses_every_example_although_its_schema_allows_it(self, mine: World, send: Any) -> None:
        wrong = []
        for one in (one for one in REFUSED if one.example.operation in BUILT):
            answer = await send(one.example)
            refused = answer.status_code == 400 and fitting((one,), one.example.operation, set(errors(answer.content)))
            wrong += [] if refused and is_valid(one.example, mine) else [f"{one.why} {answer.text}"]

        assert not wrong, "\n".join(["No longer needed, or the example is not one:", *wrong])


class TestAccepted:
    async def test_accepts_every_example_although_its_schema_forbids_it(self, mine: World, send: Any) -> None:
        wrong = []
        for one in (one for one in ACCEPTED if one.example.operation in BUILT):
            answer = await send(one.example)
            wrong += [] if answer.is_success and not is_valid(one.example, mine) else [f"{one.why} {answer.text}"]

        assert not wrong, "\n".join(["No longer needed, or the example is not one:", *wrong])


class TestTables:
    @pytest.mark.parametrize("one", [*REFUSED, *ACCEPTED], ids=lambda one: one.why)
    def test_name_operations_of_the_contract(self, one: Allowance) -> None:
        assert one.example.operation in fitted(one)

    @pytest.mark.parametrize("one", MEANINGS, ids=lambda one: one.member)
    def test_name_members_of_the_contract(self, one: Meaning) -> None:
        operations = [KNOWN[name] for name in fitted(one)]
        inside = {name for operation in operations for name in requested(operation)}

        assert [name for name in inside if fullmatch(one.member, name)]

    @pytest.mark.parametrize("one", HEADERS, ids=lambda one: f"{one.operations}-{one.name}")
    def test_name_headers_of_the_contract(self, one: Header) -> None:
        assert [name for name in fitted(one) if one.name in requested(KNOWN[name])]


def requested(operation: Operation) -> Iterator[str]:
    """The names of all that a request may say."""
    source = document(operation.api)
    yield from (parameter["name"] for parameter in operation.raw["parameters"])
    yield from members(resolved(source.json_schema(operation.raw.get("requestBody")), source.raw["components"]["schemas"]))


def resolved(schema: Any, named: Json, inside: tuple[str, ...] = ()) -> Any:
    """A schema with those that it refers to in their places; one that contains itself is left out."""
    if isinstance(schema, list):
        return [resolved(part, named, inside) for part in schema]
    if not isinstance(schema, dict):
        return schema
    name = schema.get("$ref", "").rpartition("/")[2]
    if name:
        return {} if name in inside else resolved(named[name], named, (*inside, name))
    return {key: resolved(part, named, inside) for key, part in schema.items()}
