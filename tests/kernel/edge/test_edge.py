"""The rules of the edge that real clients depend on."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from msgspec.json import decode

from sutler.kernel.data.database import Database
from sutler.kernel.edge import requests
from sutler.kernel.edge.asgi import Application
from sutler.kernel.edge.requests import LARGEST_BODY, Message, encode
from sutler.kernel.edge.timestamps import exact
from tests.kernel.tiny import CUSTOMER, KEY, OTHER, OTHER_KEY, READ_ONLY, SERVER, STORE, tiny_client

TINY = f"/v1/stores/{STORE}/tiny"


class TestPaths:
    async def test_a_slash_at_the_end_means_nothing(self, caller: httpx2.AsyncClient) -> None:
        created = (await caller.post(f"{TINY}/", json={"name": "Alice"})).json()

        assert (await caller.get(f"{TINY}/{created['id']}/")).json() == created

    async def test_an_unknown_one_is_404_with_the_error_object(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.get("/v1/nothing")

        assert answer.status_code == 404
        assert answer.json()["code"] == "NotFound"
        assert answer.json()["trace_id"] == answer.headers["x-trace-id"]
        assert len(answer.json()["trace_id"]) == 32

    @pytest.mark.parametrize("id", ["abc", "-1", "1e3", "٣", "99999999999999999999", "%00", "9" * 19])
    async def test_an_impossible_id_is_404(self, caller: httpx2.AsyncClient, id: str) -> None:
        answer = await caller.get(f"{TINY}/{id}")

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


class TestMethods:
    async def test_head_is_get_without_the_body(self, caller: httpx2.AsyncClient) -> None:
        whole, head = await caller.get(TINY), await caller.head(TINY)

        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == whole.headers["content-length"]

    async def test_a_wrong_one_is_405_and_names_those_that_work(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.put(TINY)

        assert (answer.status_code, answer.json()["code"]) == (405, "MethodNotAllowed")
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"

    async def test_options_names_them_without_a_token(self, tiny: Application) -> None:
        async with tiny_client(tiny, "") as anyone:
            answer = await anyone.options(TINY)

        assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS, POST")
        assert "access-control-allow-origin" not in answer.headers

    async def test_browsers_may_call_the_storefront_from_anywhere(self, tiny: Application) -> None:
        asked = {"Origin": "https://shop.example", "Access-Control-Request-Headers": "authorization,x-paynow-store-id"}
        async with tiny_client(tiny, "") as browser:
            preflight = await browser.options("/v1/store/tiny", headers=asked)
            answer = await browser.get("/v1/store/tiny", headers={"x-paynow-store-id": STORE})
            refused = await browser.get("/v1/store/tiny/me")

        assert preflight.headers["access-control-allow-headers"] == "authorization,x-paynow-store-id"
        assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        assert {r.headers["access-control-allow-origin"] for r in (preflight, answer, refused)} == {"*"}
        assert "access-control-allow-credentials" not in answer.headers


class TestCredentials:
    @pytest.mark.parametrize(
        ("authorization", "status"),
        [
            (f"APIKey {KEY}", 200),
            (f"apikey {KEY}", 200),
            (f"APIKEY   {KEY} ", 200),
            (f"Bearer {KEY}", 200),
            (KEY, 200),
            ("", 401),
            ("APIKey ", 401),
            ("APIKey wrong", 401),
            (f"Customer {KEY}", 401),
            (f"Basic {KEY}", 401),
            ("Bearer", 401),
            (f"APIKey {OTHER_KEY}", 403),
            (f"Customer {CUSTOMER}", 403),
            (f"Gameserver {SERVER}", 403),
        ],
    )
    async def test_of_every_form(self, tiny: Application, authorization: str, status: int) -> None:
        async with tiny_client(tiny, authorization) as client:
            answer = await client.get(TINY)

        assert answer.status_code == status

    async def test_that_lack_the_permission_are_refused_by_name(self, tiny: Application) -> None:
        async with tiny_client(tiny, f"APIKey {READ_ONLY}") as client:
            answer = await client.post(TINY, json={})

        assert answer.status_code == 403
        assert "customer_create" in answer.json()["message"]

    @pytest.mark.parametrize(
        "authorization", [f"Customer {CUSTOMER}", f"customer {CUSTOMER}", f"Bearer {CUSTOMER}", CUSTOMER]
    )
    async def test_of_a_customer_name_the_store(self, tiny: Application, authorization: str) -> None:
        async with tiny_client(tiny, authorization) as client:
            visited, who = await client.get("/v1/store/tiny"), await client.get("/v1/store/tiny/me")

        assert (visited.json()["store"], who.json()) == (STORE, {"id": "4"})

    async def test_of_a_game_server_are_its_own(self, tiny: Application) -> None:
        async with tiny_client(tiny, f"Gameserver {SERVER}") as server, tiny_client(tiny, "") as anyone:
            assert (await server.get("/v1/delivery/tiny")).json() == {"id": "5"}
            assert (await anyone.get("/v1/delivery/tiny")).status_code == 401

    async def test_and_header_that_name_two_stores_are_refused(self, tiny: Application) -> None:
        async with tiny_client(tiny, f"Customer {CUSTOMER}", **{"x-paynow-store-id": OTHER}) as client:
            answers = [await client.get("/v1/store/tiny"), await client.get("/v1/store/tiny/me")]

        assert [answer.status_code for answer in answers] == [403, 403]

    async def test_visitors_need_a_store(self, tiny: Application) -> None:
        async with tiny_client(tiny, "") as visitor:
            missing, odd = (
                await visitor.get("/v1/store/tiny"),
                await visitor.get("/v1/store/tiny", headers={"x-paynow-store-id": "x"}),
            )

        assert [(a.status_code, a.json()["code"]) for a in (missing, odd)] == [(400, "InvalidInput")] * 2


class TestBodies:
    async def test_an_empty_one_is_no_body_whatever_its_type_says(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.post(TINY, content=b"")

        assert (answer.status_code, answer.json()["name"]) == (200, None)

    async def test_an_empty_list_is_meant_where_a_list_is_expected(self, caller: httpx2.AsyncClient) -> None:
        assert (await caller.post(f"{TINY}/many", content=b"")).json() == 0

    async def test_latin_1_survives(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.post(TINY, content=b'{"name": "\xa76Gold"}')

        assert answer.json()["name"] == "§6Gold"

    async def test_utf_8_survives(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.post(TINY, content='{"name": "§6Žluťoučký 🐎"}'.encode())

        assert answer.json()["name"] == "§6Žluťoučký 🐎"

    async def test_unknown_members_are_ignored(self, caller: httpx2.AsyncClient) -> None:
        assert (await caller.post(TINY, json={"name": "A", "hytale_uuids": []})).status_code == 200

    @pytest.mark.parametrize("content", [b"{", b"nonsense", b'{"name": "\\ud800"}', b"\xff\xfe", b'{"name": "a" "b"}'])
    async def test_malformed_json_is_explained(self, caller: httpx2.AsyncClient, content: bytes) -> None:
        answer = await caller.post(TINY, content=content)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        assert "JSON" in answer.json()["message"]

    async def test_nul_is_refused_but_not_its_spelling(self, caller: httpx2.AsyncClient) -> None:
        refused = await caller.post(TINY, content=rb'{"name": "a\u0000b"}')
        spelled = await caller.post(TINY, content=rb'{"name": "a\\u0000b"}')

        assert refused.status_code == 400
        assert spelled.json()["name"] == r"a\u0000b"

    async def test_every_wrong_member_is_named(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.post(f"{TINY}/many", json=[{"name": ""}, {}, {"steam_id": "x", "name": 5}])

        assert [e["path"] for e in answer.json()["errors"]] == ["[0].name", "[2].name", "[2].steam_id"]

    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            ("application/json", 200), ("text/json", 200), ("application/merge-patch+json; charset=utf-8", 200),
            ("APPLICATION/JSON", 200), ("text/plain", 415), ("multipart/form-data", 415),
        ],
    )  # fmt: skip
    async def test_have_a_json_type(self, caller: httpx2.AsyncClient, kind: str, status: int) -> None:
        assert (await caller.post(TINY, content=b"{}", headers={"Content-Type": kind})).status_code == status

    async def test_that_say_they_are_too_large_are_not_read(self, tiny: Application) -> None:
        sent, read = await raw(tiny, [b"x"], length=LARGEST_BODY + 1)

        assert (sent[0]["status"], read) == (413, 0)

    async def test_that_grow_too_large_are_not_read_to_the_end(self, tiny: Application) -> None:
        sent, read = await raw(tiny, [b"x" * 1_000_000] * 10)

        assert sent[0]["status"] == 413
        assert read <= 4

    async def test_that_do_not_arrive_in_time_are_not_waited_for(
        self, tiny: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(requests, "BODY_SECONDS", 0.05)
        sent, chunks = list[Message](), [b"{"]

        async def receive() -> Message:
            if not chunks:
                await asyncio.sleep(60)
            return {"type": "http.request", "body": chunks.pop(), "more_body": True}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"authorization", f"APIKey {KEY}".encode()), (b"content-type", b"application/json")]
        await tiny({"type": "http", "method": "POST", "path": TINY, "query_string": b"", "headers": headers}, receive, send)

        assert sent[0]["status"] == 408

    async def test_of_a_client_that_went_away_are_not_answered(self, tiny: Application) -> None:
        sent, _ = await raw(tiny, [])

        assert sent == []


async def raw(app: Application, chunks: list[bytes], length: int | None = None) -> tuple[list[Message], int]:
    """Send a POST chunk by chunk; what was answered, and how many chunks were taken. No chunks: the client goes away."""
    taken, sent = 0, list[Message]()

    async def receive() -> Message:
        nonlocal taken
        if not chunks:
            return {"type": "http.disconnect"}
        taken += 1
        return {"type": "http.request", "body": chunks[taken - 1], "more_body": taken < len(chunks)}

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"authorization", f"APIKey {KEY}".encode()), (b"content-type", b"application/json")]
    headers += [(b"content-length", str(length).encode())] if length else []
    await app({"type": "http", "method": "POST", "path": TINY, "query_string": b"", "headers": headers}, receive, send)
    return sent, taken


class TestQueries:
    @pytest.mark.parametrize(
        ("query", "name", "value"),
        [
            ("ids=1&ids=2", "ids", ["1", "2"]),
            ("ids[]=1&ids[]=2", "ids", ["1", "2"]),
            ("ids=1", "ids", ["1"]),
            ("custom_variables[color]=red&custom_variables[size]=L", "custom_variables", {"color": "red", "size": "L"}),
            ("custom_variables%5Bcolor%5D=a%26b", "custom_variables", {"color": "a&b"}),
            ("gift_to.platform=steam&gift_to.id=7", "gift_to", {"platform": "steam", "id": "7"}),
            ("increment=1", "increment", True),
            ("increment=true", "increment", True),
            ("increment=0", "increment", False),
            ("quantity=-1&increment=1", "quantity", -1),
            ("unknown=1", "quantity", 1),
        ],
    )
    async def test_of_every_form(self, caller: httpx2.AsyncClient, query: str, name: str, value: Any) -> None:
        assert (await caller.get(f"{TINY}/odd?{query}")).json()["odd"][name] == value

    async def test_a_python_keyword_loses_its_underscore(self, caller: httpx2.AsyncClient) -> None:
        assert (await caller.get(f"{TINY}/odd?type=new")).json()["type"] == "new"

    async def test_every_wrong_one_is_named(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.get(f"{TINY}?limit=0&after=x&asc=maybe")

        assert answer.status_code == 400
        assert sorted(e["path"] for e in answer.json()["errors"]) == ["after", "asc", "limit"]

    async def test_nul_is_refused(self, caller: httpx2.AsyncClient) -> None:
        assert (await caller.get(f"{TINY}/odd?type=%00")).status_code == 400

    async def test_a_wrong_header_is_named(self, tiny: Application) -> None:
        async with tiny_client(tiny, f"Customer {CUSTOMER}", **{"x-paynow-customer-countrycode": "Germany"}) as client:
            answer = await client.get("/v1/store/tiny")

        assert answer.json()["errors"][0]["path"] == "x-paynow-customer-countrycode"


class TestAnswers:
    @pytest.mark.parametrize(
        ("given", "written"),
        [
            ("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z"),
            ("2030-01-01T00:00:00.500Z", "2030-01-01T00:00:00.5Z"),
            ("2030-01-01T00:00:00.123456Z", "2030-01-01T00:00:00.123456Z"),
            ("2030-01-01T02:00:00.120000+02:00", "2030-01-01T00:00:00.12Z"),
        ],
    )
    async def test_write_times_without_trailing_zeros(self, caller: httpx2.AsyncClient, given: str, written: str) -> None:
        assert (await caller.post(f"{TINY}/when", json={"when": given})).json() == {"when": written}

    @pytest.mark.parametrize("number", [3, 300])
    def test_do_so_however_long_they_are(self, number: int) -> None:
        clean = [datetime(2030, 1, 1, second=n % 60, microsecond=123_456, tzinfo=UTC) for n in range(number)]
        given = [*clean, clean[0].replace(microsecond=120_000)]

        assert exact(encode(clean), clean) == encode(clean)
        assert decode(exact(encode(given), given)) == [*decode(encode(clean)), "2030-01-01T00:00:00.12Z"]

    async def test_of_a_delete_have_no_body(self, caller: httpx2.AsyncClient) -> None:
        created = (await caller.post(TINY, json={})).json()
        answer = await caller.delete(f"{TINY}/{created['id']}")

        assert (answer.status_code, answer.content) == (204, b"")
        assert "content-type" not in answer.headers

    async def test_hide_what_went_wrong_inside(self, caller: httpx2.AsyncClient) -> None:
        answer = await caller.get(f"{TINY}/broken")

        assert (answer.status_code, answer.json()["code"]) == (500, "InternalError")
        assert "cellar" not in answer.text

    async def test_leave_after_the_commit(self, tiny: Application, open_database: Database) -> None:
        seen = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b'{"name": "Alice"}'}

        async def send(message: Message) -> None:
            async with open_database.reading(slow=True) as another:
                seen.append((message["type"], len(await another.fetch("SELECT id FROM customers", ()))))

        headers = [(b"authorization", f"APIKey {KEY}".encode()), (b"content-type", b"application/json")]
        await tiny({"type": "http", "method": "POST", "path": TINY, "query_string": b"", "headers": headers}, receive, send)

        assert seen == [("http.response.start", 1), ("http.response.body", 1)]

    async def test_of_several_transactions_see_each_of_them(self, caller: httpx2.AsyncClient) -> None:
        assert [(await caller.post(f"{TINY}/steps")).json() for _ in range(2)] == [1, 2]
