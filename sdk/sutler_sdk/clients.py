"""The clients: one for each API, each blocking and awaited."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from sutler_sdk._calls import Operation, Profile
from sutler_sdk._generated.management.tags import AsyncManagementTags, ManagementTags
from sutler_sdk._generated.storefront.tags import AsyncStorefrontTags, StorefrontTags
from sutler_sdk._options import AsyncOptions, Habits, SyncOptions, changed, credentials, described, known, profile

if TYPE_CHECKING:
    import httpx2
    from typing_extensions import Self, Unpack

    from sutler_sdk.transport import AsyncTransport, Transport

T = TypeVar("T")


class Client:
    """What the three blocking clients share. Close it when done, or use it in a `with` statement. Threads may share it."""

    _transport: Transport
    _owned: httpx2.Client | None

    def _start(self, identity: Mapping[str, str], path: Mapping[str, str], options: SyncOptions) -> None:
        from sutler_sdk.transport import Transport, pool  # noqa: PLC0415 - the HTTP library is loaded when it is needed

        known(options, SyncOptions)
        given = options.get("http_client")
        http = given or pool(options.get("max_connections"), options.get("proxy"))
        self._owned = None if given else http
        self._transport = Transport(profile(identity, path, options), http)

    def __repr__(self) -> str:
        """What it is a client of; never with whose token."""
        return described(self, self._transport.profile)

    def with_options(self, **habits: Unpack[Habits]) -> Self:
        """The same client over the same connections with other habits; there is no need to close it."""
        return self._with(**changed(self._transport.profile, habits))

    def request(  # noqa: PLR0913 - one parameter for each part of a request
        self,
        method: str,
        path: str,
        answer: type[T],
        *,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | Sequence[Any] | None = None,
        idempotency_key: str | None = None,
    ) -> T:
        """Call something that has no method here, such as a route of a newer server, with the same care.

        `path` may contain `{store_id}`; `answer` is the type of what comes back: `dict`, `list`, or `type(None)`.
        """
        operation = Operation(method.upper(), path, answer)
        return self._transport.call(operation, query=query, body=body, idempotency_key=idempotency_key)

    def lines(self, path: str, *, query: Mapping[str, Any] | None = None) -> Iterator[str]:
        """The lines of an answer that goes on, such as server-sent events, as they come, up to its end.

        `timeout` is the longest silence between two of them. Nothing is retried: what came before does not come again.
        """
        operation = Operation("GET", path, str)
        return self._transport.lines(operation, query=query, headers={"Accept": "text/event-stream"})

    def close(self) -> None:
        """Close the connections. They are shared by all clients that `with_options` made of this one."""
        if self._owned:
            self._owned.close()

    def _with(self, **changes: Any) -> Self:
        other = type(self).__new__(type(self))
        other._transport, other._owned = self._transport.with_profile(**changes), None  # noqa: SLF001 - it is one of ours
        return other

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class AsyncClient:
    """What the three awaited clients share. Close it when done, or use it in an `async with` statement."""

    _transport: AsyncTransport
    _owned: httpx2.AsyncClient | None

    def _start(self, identity: Mapping[str, str], path: Mapping[str, str], options: AsyncOptions) -> None:
        from sutler_sdk.transport import AsyncTransport, async_pool  # noqa: PLC0415 - as above

        known(options, AsyncOptions)
        given = options.get("http_client")
        http = given or async_pool(options.get("max_connections"), options.get("proxy"))
        self._owned = None if given else http
        self._transport = AsyncTransport(profile(identity, path, options), http)

    def __repr__(self) -> str:
        """What it is a client of; never with whose token."""
        return described(self, self._transport.profile)

    def with_options(self, **habits: Unpack[Habits]) -> Self:
        """The same client over the same connections with other habits; there is no need to close it."""
        return self._with(**changed(self._transport.profile, habits))

    async def request(  # noqa: PLR0913 - one parameter for each part of a request
        self,
        method: str,
        path: str,
        answer: type[T],
        *,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | Sequence[Any] | None = None,
        idempotency_key: str | None = None,
    ) -> T:
        """Call something that has no method here, such as a route of a newer server, with the same care.

        `path` may contain `{store_id}`; `answer` is the type of what comes back: `dict`, `list`, or `type(None)`.
        """
        operation = Operation(method.upper(), path, answer)
        return await self._transport.call(operation, query=query, body=body, idempotency_key=idempotency_key)

    def lines(self, path: str, *, query: Mapping[str, Any] | None = None) -> AsyncIterator[str]:
        """The lines of an answer that goes on, such as server-sent events, as they come, up to its end.

        `timeout` is the longest silence between two of them. Nothing is retried: what came before does not come again.
        """
        operation = Operation("GET", path, str)
        return self._transport.lines(operation, query=query, headers={"Accept": "text/event-stream"})

    async def aclose(self) -> None:
        """Close the connections. They are shared by all clients that `with_options` made of this one."""
        if self._owned:
            await self._owned.aclose()

    def _with(self, **changes: Any) -> Self:
        other = type(self).__new__(type(self))
        other._transport, other._owned = self._transport.with_profile(**changes), None  # noqa: SLF001 - it is one of ours
        return other

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


class ManagementClient(ManagementTags, Client):
    """Manages a store with one of its API keys."""

    def __init__(self, store_id: str, api_key: str, **options: Unpack[SyncOptions]) -> None:
        self._start(credentials("APIKey", api_key), {"store_id": store_id}, options)


class AsyncManagementClient(AsyncManagementTags, AsyncClient):
    """Manages a store with one of its API keys."""

    def __init__(self, store_id: str, api_key: str, **options: Unpack[AsyncOptions]) -> None:
        self._start(credentials("APIKey", api_key), {"store_id": store_id}, options)


class StorefrontClient(StorefrontTags, Client):
    """Shows a store to its visitors, and to a customer who is signed in."""

    def __init__(self, store_id: str, customer_token: str | None = None, **options: Unpack[SyncOptions]) -> None:
        self._start(_visitor(store_id, customer_token), {"store_id": store_id}, options)

    def for_visitor(
        self, customer_token: str | None = None, *, ip: str | None = None, country: str | None = None
    ) -> StorefrontClient:
        """The same client over the same connections for somebody else, for web servers that call for their visitors.

        `ip` and `country` (two capital letters) say where the visitor is, which decides about taxes and prices.
        """
        return self._with(headers=_for_visitor(self._transport.profile, customer_token, ip, country))


class AsyncStorefrontClient(AsyncStorefrontTags, AsyncClient):
    """Shows a store to its visitors, and to a customer who is signed in."""

    def __init__(self, store_id: str, customer_token: str | None = None, **options: Unpack[AsyncOptions]) -> None:
        self._start(_visitor(store_id, customer_token), {"store_id": store_id}, options)

    def for_visitor(
        self, customer_token: str | None = None, *, ip: str | None = None, country: str | None = None
    ) -> AsyncStorefrontClient:
        """The same client over the same connections for somebody else, for web servers that call for their visitors.

        `ip` and `country` (two capital letters) say where the visitor is, which decides about taxes and prices.
        """
        return self._with(headers=_for_visitor(self._transport.profile, customer_token, ip, country))


def _visitor(store_id: str, customer_token: str | None) -> dict[str, str]:
    headers = {"x-paynow-store-id": store_id}
    return {**headers, **credentials("Customer", customer_token)} if customer_token else headers


def _for_visitor(profile: Profile, customer_token: str | None, ip: str | None, country: str | None) -> dict[str, str]:
    said = {
        "Authorization": f"Customer {customer_token}" if customer_token else None,
        "x-paynow-customer-ip": ip,
        "x-paynow-customer-countrycode": country,
    }
    kept = {name: value for name, value in profile.headers.items() if name not in said}
    return {**kept, **{name: value for name, value in said.items() if value}}
