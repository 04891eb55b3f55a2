"""What an attacker sends: the answer says what is wrong, quickly, and never 500."""

import time
from typing import Annotated, Literal

import httpx2
import msgspec
import pytest
from msgspec import Meta

from sutler.kernel.edge import cors
from sutler.kernel.edge.requests import LARGEST_BODY
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import MOST_ERRORS, Wire, field_errors
from tests.kernel.tiny import STORE

TINY = f"/v1/stores/{STORE}/tiny"
JSON = {"content-type": "application/json"}
DEEP = 100_000


class TestBodies:
    @pytest.mark.parametrize(
        "body",
        [
            b'{"name":' + b"[" * DEEP,
            b'{"other":' + b"[" * DEEP + b"]" * DEEP + b"}",
            b'{"other":' + b'{"a":' * DEEP,
            b'{"name":1' + b"[" * DEEP,
            b'{"name":' + b"9" * DEEP + b"}",
            b'{"name":1e400}',
            b'{"name":1,"other":',
            b'{"name":"\\ud800"}',
            b'{"name":"\\udc00\\ud800"}',
            b'{"name":"\xed\xa0\x80',
            b'{"name":"\\u0000"}',
            b'{"name":"\x00"}',
            b"\xef\xbb\xbf{}",
            b"\xff\xfe",
        ],
    )
    async def test_one_that_cannot_be_read_is_400(self, caller: httpx2.AsyncClient, body: bytes) -> None:
        answer = await caller.post(TINY, content=body, headers=JSON)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")

    @pytest.mark.parametrize("length", ["9" * 5000, "²", "-1", "1_0", str(LARGEST_BODY + 1)])
    async def test_a_length_that_is_none_is_413(self, caller: httpx2.AsyncClient, length: str) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", length.encode("latin-1"))]
        answer = await caller.post(TINY, content=b"{}", headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (413, "PayloadTooLarge")


class Many(Wire):
    names: list[str]


class Choosy(Wire):
    kind: Literal["invalid", "a", "b"] | None = None
    id: FlakeId = "1"
    name: Annotated[str, Meta(pattern=r"\S")] = "a"
    kept: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))


class TestErrors:
    @pytest.mark.parametrize(
        ("member", "said"),
        [({"kind": "c"}, "Invalid enum value 'c'; it can be `a`, `b`"), ({"name": " "}, "Expected `str` that is not blank"),
         ({"id": "x"}, "Expected `str` that is an id: a decimal number")],
    )  # fmt: skip
    def test_say_what_would_be_right(self, member: dict[str, str], said: str) -> None:
        found = field_errors(list[Choosy], [{"kept": 1}, {"kept": "a"} | member])

        assert [(one.path, one.message) for one in found] == [(f"[1].{next(iter(member))}", said)]

    def test_a_million_are_not_all_explained(self) -> None:
        started = time.perf_counter()
        found = field_errors(Many, {"names": [1] * 900_000})

        assert len(found) == MOST_ERRORS
        assert time.perf_counter() - started < 1

    def test_a_late_one_is_named(self) -> None:
        (found,) = field_errors(Many, {"names": ["a"] * 5000 + [1]})

        assert found.path == "names[5000]"


class TestQueries:
    @pytest.mark.parametrize("query", ["a=1&" * 1000, "a=" + "b" * 40_000, "name%00=x", "limit%00[a]=1"])
    async def test_one_that_nobody_needs_is_400(self, caller: httpx2.AsyncClient, query: str) -> None:
        answer = await caller.get(f"{TINY}?{query}")

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")

    @pytest.mark.parametrize(
        "query", ["limit[x]=1&limit=1", "limit=1&limit[x]=1", "[]=1&.=1&[=&]=", "limit[[]]=1", "%ff=%fe"]
    )
    async def test_a_strange_one_is_no_error_of_ours(self, caller: httpx2.AsyncClient, query: str) -> None:
        answer = await caller.get(f"{TINY}?{query}")

        assert answer.status_code in (200, 400)


class TestPreflights:
    @pytest.mark.parametrize("names", [b"a\r\nset-cookie: b=c", b"a\x00", b"a b", b"a," * 200, b"a;b", b"\xff", b""])
    def test_echo_nothing_but_names_of_headers(self, names: bytes) -> None:
        assert cors.NAMES.fullmatch(names) is None
