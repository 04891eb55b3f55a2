"""HTTP clients for tests; every response that they receive is held against the contract."""

from collections.abc import Sequence
from typing import Any

import httpx2

from tests.contract.responses import OWN_PATHS, check

# An event stream has no end to read to.
ENDLESS = "text/event-stream"


def is_endless(response: httpx2.Response) -> bool:
    """Whether reading the whole body would wait for ever."""
    return response.headers.get("content-type", "").startswith(ENDLESS)


def check_response(response: httpx2.Response, allow: Sequence[str] = OWN_PATHS) -> None:
    """Raises an AssertionError when a response, whose body has been read, does not keep the contract."""
    request = response.request
    check(request.method, request.url.path, response.status_code, response.headers, response.content, allow)


class ContractClient(httpx2.AsyncClient):
    """An asynchronous client, also for an application in process (`transport=httpx2.ASGITransport(app=app)`).

    `allow` lists prefixes of paths that are ours and not the contract's.
    """

    def __init__(self, *, allow: Sequence[str] = OWN_PATHS, **options: Any) -> None:
        super().__init__(**options)
        self._allow = allow
        self.event_hooks = {**self.event_hooks, "response": [*self.event_hooks["response"], self._check]}

    async def _check(self, response: httpx2.Response) -> None:
        if not is_endless(response):
            await response.aread()
            check_response(response, self._allow)


class SyncContractClient(httpx2.Client):
    """The same without asyncio, for real processes."""

    def __init__(self, *, allow: Sequence[str] = OWN_PATHS, **options: Any) -> None:
        super().__init__(**options)
        self._allow = allow
        self.event_hooks = {**self.event_hooks, "response": [*self.event_hooks["response"], self._check]}

    def _check(self, response: httpx2.Response) -> None:
        if not is_endless(response):
            response.read()
            check_response(response, self._allow)
