"""Guarded HTTP calls to addresses that strangers chose: webhooks, avatars, OpenID providers."""

import asyncio
import errno
import socket
import ssl
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Any, Final, Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from sutler import __version__
from sutler.kernel.outside.addresses import CallFailed, Refused, check_url, why_refused

__all__ = ["CallFailed", "Outside", "Refused", "Reply", "Unreachable", "check_url"]

TIMEOUT: Final = 10.0
CONNECT_TIMEOUT: Final = 5.0
BODY_CAP: Final = 64 * 1024
LOOKUP_THREADS: Final = 16

_HEADERS: Final = {"User-Agent": f"Sutler/{__version__}", "Accept-Encoding": "identity"}

_verdicts: ContextVar[list[str | None]] = ContextVar("verdicts")
"""For the call under way: one entry per address tried, None if it was allowed and otherwise what it was."""


class Unreachable(CallFailed):
    """The other side could not be reached or gave no complete answer in time. Trying again later may help."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: header names in lower case, the body up to the cap, seconds since the call began."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Lookup(AbstractResolver):
    """The system's name resolution on threads of its own, so that dead name servers stop nothing but these calls."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUP_THREADS, thread_name_prefix="lookup")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Every address of this name, in the system's order of preference; `OSError` if there is none."""
        # Bytes keep Python's own IDNA rules out: the name is ASCII already.
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, socket.getaddrinfo, host.encode("ascii"), port, family, socket.SOCK_STREAM
        )
        return [
            ResolveResult(
                hostname=host, host=str(address[0]), port=port, family=kind, proto=protocol, flags=socket.AI_NUMERICHOST
            )
            for kind, _, protocol, _, address in found
        ]  # fmt: skip

    async def close(self) -> None:
        """Forgets what has not begun; lookups under way end by themselves."""
        self._threads.shutdown(wait=False, cancel_futures=True)


class Outside:
    """Calls out, one connection per call, to public addresses only.

        async with Outside() as outside:
            reply = await outside.send("POST", url, headers={...}, body=b"...")

    Each address is judged when the socket to it is made, after the name was looked up, so no answer of a name server
    and no number of addresses gets around the rule. Redirects are answers like others, proxies of the
    environment are ignored, cookies forgotten, certificates verified. `allow_private` opens loopback and
    private networks for installations whose endpoints live there; link-local addresses stay closed.
    """

    def __init__(
        self,
        *,
        allow_private: bool = False,
        connect_timeout: float = CONNECT_TIMEOUT,
        body_cap: int = BODY_CAP,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._allow_private, self._connect_timeout, self._body_cap = allow_private, connect_timeout, body_cap
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._resolver = self._resolver or Lookup()
        # A connection kept open might have died unnoticed, and its failure would count against the receiver.
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            use_dns_cache=False,
            socket_factory=self._socket,
            force_close=True,
            limit=0,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            skip_auto_headers=["Content-Type"],
            timeout=aiohttp.ClientTimeout(sock_connect=self._connect_timeout),
            trust_env=False,
            auto_decompress=False,
            middlewares=[_once],
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        session, self._session = self._session, None
        resolver, self._resolver = self._resolver, None
        if session:
            await session.close()
        if resolver:
            await resolver.close()

    def _socket(self, info: tuple[Any, Any, int, str, tuple[Any, ...]]) -> socket.socket:
        """A socket for this very address, or an error if it may not be called."""
        family, kind, protocol, _, address = info
        verdict = why_refused(str(address[0]), allow_private=self._allow_private)
        _verdicts.get().append(verdict)
        if verdict:
            raise OSError(errno.EACCES, "This address may not be called")
        return socket.socket(family, kind, protocol)

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        timeout: float = TIMEOUT,  # noqa: ASYNC109 - the whole exchange has one limit, which belongs into its failure's text
    ) -> Reply:
        """The answer, whatever its status; `Refused` or `Unreachable` if there is none within `timeout` seconds.

        At most one request is sent. Of a body beyond the cap the rest is dropped with its connection.
        """
        if self._session is None:
            raise RuntimeError("Enter the Outside with `async with` before sending.")
        target = check_url(url, allow_private=self._allow_private)
        host, began, verdicts = str(target.host), perf_counter(), list[str | None]()
        reset = _verdicts.set(verdicts)
        try:
            async with asyncio.timeout(timeout), self._session.request(
                method, target, headers=headers, data=body or None, allow_redirects=False
            ) as response:  # fmt: skip
                content = await self._read(response)
                return Reply(response.status, _flat(response.headers), content, perf_counter() - began)
        except (aiohttp.ClientError, OSError) as error:
            if verdicts and all(verdicts):
                raise Refused(f"{host} leads to {verdicts[0]}; only public addresses may be called.") from None
            raise Unreachable(self._reason(error, host, timeout)) from None
        except ValueError:
            raise Refused("The call has a method or header with characters that are not allowed there.") from None
        finally:
            _verdicts.reset(reset)

    async def _read(self, response: aiohttp.ClientResponse) -> bytes:
        content = bytearray()
        async for part in response.content.iter_any():
            content += part
            if len(content) > self._body_cap:
                break  # the connection, never used twice, closes on the rest
        return bytes(content[: self._body_cap])

    def _reason(self, error: Exception, host: str, timeout: float) -> str:
        """One sentence on what went wrong, in which only the host's name comes from the URL."""
        match error:
            case aiohttp.ConnectionTimeoutError():
                what = f"could not be connected to within {self._connect_timeout:g} seconds"
            case TimeoutError():
                what = f"did not answer within {timeout:g} seconds"
            case aiohttp.ClientConnectorDNSError():
                what = "could not be found: no address is known for this name"
            case aiohttp.ClientConnectorCertificateError(certificate_error=ssl.SSLCertVerificationError() as why):
                what = f"has no valid certificate: {why.verify_message}"
            case aiohttp.ClientSSLError():
                what = "could not agree with us on a secure connection"
            case aiohttp.ClientConnectorError():
                what = f"could not be connected to: {error.os_error.strerror or 'no address answers'}"
            case aiohttp.ClientResponseError():
                what = "did not answer with valid HTTP"
            case _:
                what = "closed the connection before its answer was complete"
        return f"{host} {what}."


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Whether a request goes out again is the caller's business; aiohttp would repeat a GET, PUT or DELETE by itself."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise aiohttp.ClientPayloadError("The connection was lost") from error


def _flat(headers: Mapping[str, str]) -> dict[str, str]:
    """Names in lower case; what a name came with several times, joined by commas; bytes that are no text replaced."""
    flat: dict[str, str] = {}
    for name, raw in headers.items():
        key, value = name.lower(), raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        flat[key] = f"{flat[key]}, {value}" if key in flat else value
    return flat
