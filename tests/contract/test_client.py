"""The clients hold every response that they receive against the contract."""

import json
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx2
import pytest

from tests.contract.client import ContractClient, SyncContractClient
from tests.contract.samples import customer

Message = MutableMapping[str, Any]
GOOD, BAD, STREAM = "/v1/stores/1/customers/2", "/v1/stores/1/customers/3", "/v1/extra"
CONTENT = {
    GOOD: ("application/json", json.dumps(customer()).encode()),
    BAD: ("application/json", b'{"id": 3}'),
    STREAM: ("text/event-stream", b"data: 1\n\n"),
}


async def application(
    scope: Message, _: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
) -> None:
    """Answers with what stands under the path."""
    kind, body = CONTENT[scope["path"]]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
    await send({"type": "http.response.body", "body": body})


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body = CONTENT[self.path.partition("?")[0]]
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def in_process(**options: Any) -> ContractClient:
    return ContractClient(transport=httpx2.ASGITransport(app=application), base_url="http://sutler.test", **options)


class TestContractClient:
    async def test_hands_over_a_good_answer(self) -> None:
        async with in_process() as client:
            response = await client.get(GOOD, params={"asc": True})

        assert response.json() == customer()

    async def test_raises_for_a_bad_one(self) -> None:
        async with in_process() as client:
            with pytest.raises(AssertionError, match="id: 3 is not of type 'string'"):
                await client.get(BAD)

    async def test_raises_for_a_bad_one_that_is_streamed(self) -> None:
        async with in_process() as client:
            with pytest.raises(AssertionError, match="does not keep the contract"):
                async with client.stream("GET", BAD):
                    pass

    async def test_leaves_event_streams_to_be_read(self) -> None:
        async with in_process() as client, client.stream("GET", STREAM) as response:
            assert [line async for line in response.aiter_lines()] == ["data: 1", ""]

    async def test_calls_the_hooks_of_its_user_too(self) -> None:
        seen: list[int] = []

        async def note(response: httpx2.Response) -> None:
            seen.append(response.status_code)

        async with in_process(event_hooks={"response": [note]}) as client:
            await client.get(GOOD)

        assert seen == [200]

    async def test_allows_what_it_was_told(self) -> None:
        CONTENT["/v1/other/7"] = ("text/plain", b"hello")

        async with in_process(allow=["/v1/other"]) as client:
            response = await client.get("/v1/other/7")

        assert response.text == "hello"


class TestSyncContractClient:
    def test_hands_over_a_good_answer(self, server: str) -> None:
        with SyncContractClient(base_url=server) as client:
            assert client.get(GOOD, params={"asc": True}).json() == customer()

    def test_raises_for_a_bad_one(self, server: str) -> None:
        with SyncContractClient(base_url=server) as client, pytest.raises(AssertionError, match="id: 3 is not of type"):
            client.get(BAD)

    def test_leaves_event_streams_to_be_read(self, server: str) -> None:
        with SyncContractClient(base_url=server) as client, client.stream("GET", STREAM) as response:
            assert next(response.iter_lines()) == "data: 1"
