"""Sends calls over a pool of connections, again where that helps; once blocking and once for asyncio."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final, TypeVar

import httpx2

from sutler_sdk._calls import Arguments, Call, Operation, Profile, conclude, error_of, prepare
from sutler_sdk.errors import ConnectionFailed, TimedOut
from sutler_sdk.retries import asked_to_wait

T = TypeVar("T")

MOST_CONNECTIONS: Final = 100
KEPT_OPEN: Final = 30.0  # seconds that a connection is kept for the next call

# Nothing has reached the server when one of these is raised.
UNSENT: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.ProxyError,
)


def pool(max_connections: int | None, proxy: str | None) -> httpx2.Client:
    """Connections for blocking calls."""
    return httpx2.Client(limits=_limits(max_connections), proxy=proxy)


def async_pool(max_connections: int | None, proxy: str | None) -> httpx2.AsyncClient:
    """Connections for calls that are awaited."""
    return httpx2.AsyncClient(limits=_limits(max_connections), proxy=proxy)


class Transport:
    """Makes calls and waits for them."""

    def __init__(self, profile: Profile, http: httpx2.Client) -> None:
        self.profile, self.http = profile, http

    def with_profile(self, **changes: Any) -> Transport:
        """The same pool of connections with other habits."""
        return Transport(dataclasses.replace(self.profile, **changes), self.http)

    def call(self, operation: Operation[T], /, *, timeout: float | None = None, **given: Any) -> T:
        """Make a call, as often as it takes; ApiError or ConnectionFailed when that did not help."""
        call, attempt = prepare(self.profile, operation, Arguments(**given)), 0
        while True:
            attempt += 1
            try:
                response = self.http.request(**_request(self.profile, call, timeout))
            except httpx2.TransportError as failure:
                pause = _pause_after_failure(self.profile, call, attempt, failure)
                if pause is None:
                    raise _failed(call, failure) from failure
            else:
                pause = _pause_after(self.profile, call, attempt, response)
                if pause is None:
                    return conclude(operation, response.status_code, response.headers, response.content)
            time.sleep(pause)

    def lines(self, operation: Operation[str], /, **given: Any) -> Iterator[str]:
        """The lines of one answer as they come. Whoever goes through them knows whether to begin again."""
        call = prepare(self.profile, operation, Arguments(**given))
        try:
            with self.http.stream(**_request(self.profile, call, None)) as response:
                if not response.is_success:
                    raise error_of(response.status_code, response.headers, response.read())
                yield from response.iter_lines()
        except httpx2.TransportError as failure:
            raise _failed(call, failure) from failure


class AsyncTransport:
    """Makes calls that are awaited."""

    def __init__(self, profile: Profile, http: httpx2.AsyncClient) -> None:
        self.profile, self.http = profile, http

    def with_profile(self, **changes: Any) -> AsyncTransport:
        """The same pool of connections with other habits."""
        return AsyncTransport(dataclasses.replace(self.profile, **changes), self.http)

    async def call(self, operation: Operation[T], /, *, timeout: float | None = None, **given: Any) -> T:
        """Make a call, as often as it takes; ApiError or ConnectionFailed when that did not help."""
        call, attempt = prepare(self.profile, operation, Arguments(**given)), 0
        while True:
            attempt += 1
            try:
                response = await self.http.request(**_request(self.profile, call, timeout))
            except httpx2.TransportError as failure:
                pause = _pause_after_failure(self.profile, call, attempt, failure)
                if pause is None:
                    raise _failed(call, failure) from failure
            else:
                pause = _pause_after(self.profile, call, attempt, response)
                if pause is None:
                    return conclude(operation, response.status_code, response.headers, response.content)
            await _sleep(pause)

    async def lines(self, operation: Operation[str], /, **given: Any) -> AsyncIterator[str]:
        """The lines of one answer as they come. Whoever goes through them knows whether to begin again."""
        call = prepare(self.profile, operation, Arguments(**given))
        try:
            async with self.http.stream(**_request(self.profile, call, None)) as response:
                if not response.is_success:
                    raise error_of(response.status_code, response.headers, await response.aread())
                async for line in response.aiter_lines():
                    yield line
        except httpx2.TransportError as failure:
            raise _failed(call, failure) from failure


def _limits(most: int | None) -> httpx2.Limits:
    most = most or MOST_CONNECTIONS
    return httpx2.Limits(max_connections=most, max_keepalive_connections=most, keepalive_expiry=KEPT_OPEN)


def _request(profile: Profile, call: Call, timeout: float | None) -> dict[str, Any]:
    return {
        "method": call.method,
        "url": call.url,
        "headers": call.headers,
        "content": call.content,
        "timeout": profile.timeout if timeout is None else timeout,
    }


def _pause_after(profile: Profile, call: Call, attempt: int, response: httpx2.Response) -> float | None:
    if response.is_success:
        return None
    retry_after = asked_to_wait(response.headers.get("retry-after"))
    return profile.retries.pause_after_status(attempt, response.status_code, retry_after, safe=call.safe)


def _pause_after_failure(profile: Profile, call: Call, attempt: int, failure: httpx2.TransportError) -> float | None:
    if isinstance(failure, httpx2.UnsupportedProtocol):
        return None
    return profile.retries.pause_after_failure(attempt, safe=call.safe, sent=not isinstance(failure, UNSENT))


def _failed(call: Call, failure: httpx2.TransportError) -> ConnectionFailed:
    kind = TimedOut if isinstance(failure, httpx2.TimeoutException) else ConnectionFailed
    return kind(f"{call.method} {call.url.partition('?')[0]}: {failure or type(failure).__name__}")


async def _sleep(seconds: float) -> None:
    import asyncio  # noqa: PLC0415 - clients that block do not need it

    await asyncio.sleep(seconds)
