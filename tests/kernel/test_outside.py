"""Calls to the outside, and what comes back from servers of every temper."""

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.abc import ResolveResult

from sutler.kernel.outside.http import Outside, Refused, Unreachable
from tests.kernel.stand_ins import NameServer, self_signed, serving

NAME = "https://shop.example/hook"


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    async with Outside(allow_private=True) as outside:
        yield outside


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class TestSend:
    async def test_carries_the_request_and_brings_the_answer(self, outside: Outside) -> None:
        answer = b"HTTP/1.1 418 Teapot\r\nX-Kind: a\r\nx-kind: b\r\nRetry-After: 7\r\nContent-Length: 5\r\n\r\nshort"

        async with serving(answer) as server:
            reply = await outside.send("POST", f"{server.url}?a=1", headers={"X-Signature": "abc"}, body=b'{"a": 1}')

        assert (reply.status, reply.body) == (418, b"short")
        assert (reply.headers["x-kind"], reply.headers["retry-after"]) == ("a, b", "7")
        assert 0 < reply.seconds < 5
        head, _, body = server.requests[0].partition(b"\r\n\r\n")
        assert head.startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
        assert b"\r\nX-Signature: abc" in head
        assert b"\r\nContent-Length: 8" in head
        assert body == b'{"a": 1}'

    async def test_adds_few_headers_of_its_own(self, outside: Outside) -> None:
        async with serving(OK) as server:
            await outside.send("POST", server.url)

        names = [line.partition(b":")[0].lower() for line in server.requests[0].split(b"\r\n")[1:-2]]
        assert sorted(names) == [b"accept", b"accept-encoding", b"connection", b"content-length", b"host", b"user-agent"]
        assert b"\r\nAccept-Encoding: identity\r\n" in server.requests[0]
        assert b"\r\nUser-Agent: Sutler/" in server.requests[0]

    async def test_lets_the_caller_choose_the_user_agent(self, outside: Outside) -> None:
        async with serving(OK) as server:
            await outside.send("GET", server.url, headers={"User-Agent": "PayNow"})

        assert server.requests[0].count(b"User-Agent: ") == server.requests[0].count(b"User-Agent: PayNow\r\n") == 1

    async def test_reaches_names_by_the_systems_own_lookup(self, outside: Outside) -> None:
        async with serving(OK) as server:
            reply = await outside.send("GET", server.url.replace("127.0.0.1", "localhost"))

        assert reply.status == 200

    async def test_refuses_loopback_unless_it_is_allowed(self) -> None:
        async with serving(OK) as server, Outside(resolver=NameServer(["127.0.0.1"])) as outside:
            with pytest.raises(Refused, match="a loopback address"):
                await outside.send("GET", server.url)
            with pytest.raises(Refused, match="a loopback address"):
                await outside.send("GET", server.url.replace("127.0.0.1", "shop.example"))

        assert server.requests == []

    async def test_follows_no_redirect(self, outside: Outside) -> None:
        async with serving(OK) as target:
            redirect = f"HTTP/1.1 307 Moved\r\nLocation: {target.url}\r\nContent-Length: 0\r\n\r\n".encode()
            async with serving(redirect) as server:
                reply = await outside.send("POST", server.url, body=b"{}")

        assert (reply.status, reply.headers["location"]) == (307, target.url)
        assert (len(server.requests), target.requests) == (1, [])

    async def test_joins_chunks(self, outside: Outside) -> None:
        async with serving(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        ) as server:
            reply = await outside.send("GET", server.url)

        assert reply.body == b"abcde"

    async def test_leaves_compressed_bodies_compressed(self, outside: Outside) -> None:
        bomb = gzip.compress(bytes(10_000_000))
        head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)

        async with serving(head + bomb) as server:
            reply = await outside.send("GET", server.url)

        assert reply.body == bomb

    async def test_cuts_a_body_without_end_and_hangs_up(self, outside: Outside) -> None:
        async def pour(writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                writer.write(b"x" * 65_536)
                await writer.drain()

        async with serving(pour) as server:
            reply = await outside.send("GET", server.url)
            await asyncio.wait_for(server.hung_up.wait(), 5)

        assert (reply.status, reply.body) == (200, b"x" * 65_536)

    @pytest.mark.parametrize(("size", "kept"), [(9, 9), (10, 10), (11, 10)])
    async def test_keeps_as_much_of_a_body_as_the_cap_says(self, size: int, kept: int) -> None:
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (size, b"x" * size)

        async with serving(answer) as server, Outside(allow_private=True, body_cap=10) as outside:
            reply = await outside.send("GET", server.url)

        assert reply.body == b"x" * kept

    async def test_keeps_no_cookies(self, outside: Outside) -> None:
        async with serving(b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n") as server:
            await outside.send("GET", server.url)
            await outside.send("GET", server.url)

        assert len(server.requests) == 2
        assert b"cookie" not in server.requests[1].lower()

    async def test_ignores_proxies_of_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with serving(b"HTTP/1.1 502 Proxy\r\nContent-Length: 0\r\n\r\n") as proxy, serving(OK) as server:
            for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, proxy.url)
            async with Outside(allow_private=True) as outside:
                reply = await outside.send("GET", server.url)

        assert (reply.status, proxy.requests) == (200, [])

    async def test_replaces_bytes_in_headers_that_are_no_text(self, outside: Outside) -> None:
        async with serving(b"HTTP/1.1 200 OK\r\nX-Odd: a\xffb\r\nContent-Length: 0\r\n\r\n") as server:
            reply = await outside.send("GET", server.url)

        assert reply.headers["x-odd"] == "a�b"

    async def test_serves_many_calls_at_once(self, outside: Outside) -> None:
        async with serving(OK) as server:
            replies = await asyncio.gather(*(outside.send("GET", f"{server.url}/{number}") for number in range(50)))

        assert [reply.status for reply in replies] == [200] * 50
        assert len({request.split()[1] for request in server.requests}) == 50

    async def test_needs_to_be_entered(self) -> None:
        with pytest.raises(RuntimeError, match="async with"):
            await Outside().send("GET", NAME)


class TestFailure:
    async def test_comes_in_time_from_a_silent_server(self, outside: Outside) -> None:
        async def wait(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(5)

        async with serving(wait) as server:
            began = asyncio.get_running_loop().time()
            with pytest.raises(Unreachable, match=r"^127\.0\.0\.1 did not answer within 0\.2 seconds\.$"):
                await outside.send("GET", server.url, timeout=0.2)
            assert asyncio.get_running_loop().time() - began < 2

    async def test_comes_in_time_from_a_body_that_trickles(self, outside: Outside) -> None:
        async def trickle(writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in range(1000):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.02)

        async with serving(trickle) as server:
            with pytest.raises(Unreachable, match=r"did not answer within 0\.3 seconds"):
                await outside.send("GET", server.url, timeout=0.3)
            await asyncio.wait_for(server.hung_up.wait(), 5)

    async def test_comes_in_time_from_a_connection_that_is_not_taken(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen(0)
            url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
            async with Outside(allow_private=True, connect_timeout=0.2) as outside:
                with pytest.raises(Unreachable, match=r"could not be connected to within 0\.2 seconds"):
                    await outside.send("GET", url)

    async def test_comes_in_time_from_a_slow_name_server(self) -> None:
        class Slow(NameServer):
            async def resolve(
                self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
            ) -> list[ResolveResult]:
                await asyncio.sleep(5)
                return []

        async with Outside(resolver=Slow([])) as outside:
            with pytest.raises(Unreachable, match=r"shop\.example did not answer within 0\.2 seconds"):
                await outside.send("GET", NAME, timeout=0.2)

    async def test_tells_of_a_name_without_address(self) -> None:
        async with Outside(resolver=NameServer([])) as outside:
            with pytest.raises(Unreachable, match=r"^shop\.example could not be found"):
                await outside.send("GET", NAME)

    async def test_tells_of_a_closed_port(self, outside: Outside) -> None:
        async with serving(OK) as server:
            pass

        with pytest.raises(Unreachable, match="could not be connected to: Connect"):
            await outside.send("GET", server.url)

    @pytest.mark.parametrize(
        "answer",
        [
            b"",
            b"HTTP/1.1 200",
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\nde",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        ],
    )
    @pytest.mark.parametrize("method", ["GET", "POST"])
    async def test_tells_of_a_connection_dropped_half_way_and_sends_nothing_twice(
        self, method: str, answer: bytes, outside: Outside
    ) -> None:
        async with serving(answer) as server:
            with pytest.raises(Unreachable, match=r"closed the connection before its answer was complete\.$"):
                await outside.send(method, server.url)

        assert len(server.requests) == 1

    @pytest.mark.parametrize(
        "answer",
        [
            b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
            b"HTTP/1.1 abc OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        ],
    )
    async def test_tells_of_an_answer_that_is_no_http(self, answer: bytes, outside: Outside) -> None:
        async with serving(answer) as server:
            with pytest.raises(Unreachable, match="did not answer with valid HTTP"):
                await outside.send("GET", server.url)

    async def test_tells_of_a_certificate_that_nobody_vouches_for(self, outside: Outside, tmp_path: Path) -> None:
        async with serving(OK, tls=self_signed(tmp_path)) as server:
            with pytest.raises(Unreachable, match=r"has no valid certificate: self.signed certificate\.$"):
                await outside.send("GET", server.url)

        assert server.requests == []

    async def test_tells_of_a_server_that_speaks_no_tls(self, outside: Outside) -> None:
        async with serving(b"HTTP/1.1 400 Bad Request\r\n\r\n") as server:
            with pytest.raises(Unreachable):
                await outside.send("GET", server.url.replace("http:", "https:"), timeout=0.5)

    @pytest.mark.parametrize(
        ("method", "headers"), [("GET", {"X-A": "b\r\nX-C: d"}), ("GET", {"X-A\n": "b"}), ("GET /\r\nX: y", {})]
    )
    async def test_refuses_line_breaks_before_anything_is_sent(
        self, method: str, headers: dict[str, str], outside: Outside
    ) -> None:
        async with serving(OK) as server:
            with pytest.raises(Refused, match="not allowed"):
                await outside.send(method, server.url, headers=headers)

        assert server.requests == []

    async def test_names_nothing_of_the_url_but_its_host(self, outside: Outside) -> None:
        async with serving(b"") as server:
            url = f"{server.url}/hunter2?token=hunter2#hunter2"
            with pytest.raises(Unreachable) as failed:
                await outside.send("POST", url, headers={"Authorization": "hunter2"}, body=b"hunter2")

        assert "hunter2" not in str(failed.value)
        assert failed.value.__cause__ is None

    async def test_lets_a_cancelled_call_end(self, outside: Outside) -> None:
        async def wait(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(5)

        async with serving(wait) as server:
            call = asyncio.create_task(outside.send("GET", server.url))
            await asyncio.sleep(0.1)
            call.cancel()

            with pytest.raises(asyncio.CancelledError):
                await call
