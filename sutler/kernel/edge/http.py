"""Routes: a decorated function whose signature says everything.

    @routes.get("/{couponId}", "StoreCoupons_GetCouponByIdForStore")
    async def get_coupon(store: Reader, coupon_id: FlakeId) -> Coupon: ...

The annotation of the first parameter names the audience, the permission and the kind of transaction; there is
no other way to obtain a store. The annotations are read once, at import.
"""

from collections.abc import Awaitable, Callable
from copy import copy
from datetime import datetime
from typing import Any, Literal, TypeVar

import msgspec

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import StoreClocks
from sutler.kernel.edge import idempotency
from sutler.kernel.edge.auth import ANONYMOUS, Authenticator, Grant
from sutler.kernel.edge.bodies import decoder
from sutler.kernel.edge.changes import Describer, Recorder
from sutler.kernel.edge.limits import Limits
from sutler.kernel.edge.requests import JSON, Answer, Request, encode
from sutler.kernel.edge.signatures import Signature
from sutler.kernel.edge.streams import UNKEPT, Flow, Stream
from sutler.kernel.edge.timestamps import exact
from sutler.kernel.errors import Forbidden, InvalidInput, Unauthorized
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import body_errors

Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Any]])
Api = Literal["management-api", "storefront-api", "gameserver-api"]
NO_CONTENT = 204


class Route:
    """One operation: its published identity and the compiled way from request to answer."""

    database: Database
    authenticator: Authenticator
    clocks: StoreClocks
    limits: Limits
    recorder: Recorder | None = None

    def __init__(self, routes: "Routes", method: str, path: str, operation: str, handler: Callable[..., Any]) -> None:
        self.api, self.tag, self.path = routes.api, routes.tag, routes.prefix + path
        self.method, self.operation, self.handler = method, operation, handler
        self.cors = self.api == "storefront-api"
        self.signature = Signature(handler, self.path)
        self.is_empty = self.signature.returns is type(None)
        self.documented: Any = self.signature.returns
        self.status = NO_CONTENT if self.is_empty else 200
        self.goes_on = isinstance(self.signature.returns, type) and issubclass(self.signature.returns, Stream)
        if self.goes_on and self.signature.access.work != "steps":
            message = f"{operation} goes on answering, so it must not be in a transaction: let it work in steps."
            raise TypeError(message)
        self.deprecated = False
        writes = self.signature.access.work in ("writes", "steps") and routes.recorded
        body_kind = self.signature.body[1] if self.signature.body else None
        self._describer = Describer(operation, method, self.path, body_kind) if writes else None
        self._decode = decoder(self.signature.body[1]) if self.signature.body else None
        self._no_body = b"[]" if self.signature.takes_list else b"{}"

    def serve_from(
        self, database: Database, authenticator: Authenticator, clocks: StoreClocks, limits: Limits,
        recorder: Recorder | None = None,
    ) -> "Route":  # fmt: skip
        """A copy of the operation that is connected to a running application."""
        served = copy(self)
        served.database, served.authenticator, served.clocks, served.limits = database, authenticator, clocks, limits
        served.recorder = recorder if self._describer is not None else None
        return served

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """From a request to its answer; what cannot be answered raises a ShopError."""
        signature = self.signature
        authorization = request.headers.get(b"authorization", b"")
        grant = self.authenticator.known(authorization) or await self._look_up(authorization, request)
        self.limits.count(grant, request.client_ip)
        signature.access.admit(grant)
        in_path, arguments = signature.read(path_values, request)
        store_id = signature.access.store_id(grant, in_path, request)
        request.held = grant.rights.get(store_id, grant.permissions)
        body = b""
        if request.scope["method"] not in ("GET", "HEAD"):
            body = await request.json()  # in full first: a slow client must not hold a transaction open
        if signature.body is not None:
            arguments[signature.body[0]] = self._body(body)
        if self.goes_on:
            return await self._begin(store_id, grant, arguments, request)
        if self.clocks.is_real(store_id):
            return await self._run(store_id, grant, arguments, request, body)
        with clock.standing_at(await self.clocks.time_in(store_id)):
            return await self._run(store_id, grant, arguments, request, body)

    async def _begin(self, store_id: FlakeId, grant: Grant, arguments: dict[str, Any], request: Request) -> Answer:
        """The first part of an answer that goes on while the caller may still have it."""
        authorization, access = request.headers.get(b"authorization", b""), self.signature.access

        async def may_go_on() -> bool:
            try:
                access.admit(self.authenticator.known(authorization) or await self.authenticator.grant(authorization))
            except (Unauthorized, Forbidden):
                return False
            return True

        async def test_time() -> datetime | None:
            return None if self.clocks.is_real(store_id) else await self.clocks.time_in(store_id)

        stream: Stream = await self.handler(Shop(self.database, store_id, grant.actor), **arguments)
        flow = Flow(stream, may_go_on, test_time)
        await (flow.aclose() if request.scope["method"] == "HEAD" else flow.begin())
        kind = (b"content-type", stream.media_type.encode())
        return Answer(self.status, headers=(kind, *UNKEPT), parts=flow)

    async def _look_up(self, authorization: bytes, request: Request) -> Grant:
        """Who is calling. A token that nobody knows counts against its address, so that none can be guessed."""
        try:
            return await self.authenticator.grant(authorization)
        except Unauthorized:
            self.limits.count(ANONYMOUS, request.client_ip)
            raise

    async def _run(
        self, store_id: FlakeId, grant: Grant, arguments: dict[str, Any], request: Request, body: bytes
    ) -> Answer:
        work, database = self.signature.access.work, self.database
        if work in ("reads", "reads_slowly"):
            async with database.reading(slow=work == "reads_slowly") as connection:
                store = StoreContext(connection, store_id, grant.actor, writes=False)
                return self._answer(await self.handler(store, **arguments))
        key = request.headers.get(b"idempotency-key")
        if work == "steps":
            shop = Shop(database, store_id, grant.actor, lambda store: self._record(store, request, body))
            if key is None or self.signature.access.audience != "management":  # a poll is no write
                return await self._call(shop, arguments)
            return await idempotency.around(shop, idempotency.Call(key, request, body), lambda: self._call(shop, arguments))
        if self.signature.access.before is not None:
            await self.signature.access.before(Shop(database, store_id, grant.actor), arguments)
        async with database.writing() as connection:
            store = StoreContext(connection, store_id, grant.actor, writes=True)
            if key is None:
                return await self._change(store, arguments, request, body)
            call = idempotency.Call(key, request, body)
            return await idempotency.once(store, call, lambda: self._change(store, arguments, request, body))

    async def _call(self, shop: Shop, arguments: dict[str, Any]) -> Answer:
        return self._answer(await self.handler(shop, **arguments))

    async def _change(self, store: StoreContext, arguments: dict[str, Any], request: Request, body: bytes) -> Answer:
        answer = self._answer(await self.handler(store, **arguments))
        await self._record(store, request, body, answer.body)
        return answer

    async def _record(self, store: StoreContext, request: Request, body: bytes, answer: bytes = b"") -> None:
        """Have the change recorded in its own transaction."""
        if self.recorder is not None and self._describer is not None:
            await self.recorder.record(store, self._describer.describe(request, body, self.status, answer))

    def _answer(self, result: Any) -> Answer:
        if self.is_empty:
            return Answer(self.status, headers=())
        return Answer(self.status, exact(encode(result), result), (JSON,))

    def _body(self, body: bytes) -> Any:
        """The decoded body. What is not UTF-8 is taken for Latin-1, as the Minecraft plugin sends it."""
        decode = self._decode
        if decode is None:
            return None
        body = body or self._no_body
        try:
            body.decode()
        except UnicodeDecodeError:
            body = body.decode("latin-1").encode()
        try:
            return decode(body)
        except msgspec.ValidationError as error:
            kind = self.signature.body[1] if self.signature.body else None
            raise InvalidInput(errors=body_errors(kind, body, error)) from error
        except msgspec.DecodeError as error:
            message = f"The request body is not valid JSON: {error}."
            raise InvalidInput(message) from error
        except RecursionError as error:
            message = "The request body is nested too deeply."
            raise InvalidInput(message) from error


class Routes:
    """The operations of one slice, below one path."""

    def __init__(self, prefix: str, tag: str, api: Api = "management-api", *, recorded: bool = True) -> None:
        """`recorded`: changes through the management API are written down, with who made them."""
        self.prefix, self.tag, self.api, self.all = prefix, tag, api, list[Route]()
        self.recorded = recorded and api == "management-api"

    def get(self, path: str, operation: str, *, deprecated: bool = False) -> Callable[[Handler], Handler]:
        """Declare a GET; HEAD comes with it."""
        return self._route("GET", path, operation, deprecated=deprecated)

    def post(
        self, path: str, operation: str, *, status: int | None = None, deprecated: bool = False, documented: Any = None
    ) -> Callable[[Handler], Handler]:
        """Declare a POST. Success is 200, or 204 without an answer, unless the contract has another status.

        `documented` is what the contract declares under 204, where HTTP allows no body and none is sent.
        """
        return self._route("POST", path, operation, status=status, deprecated=deprecated, documented=documented)

    def put(self, path: str, operation: str, *, deprecated: bool = False) -> Callable[[Handler], Handler]:
        """Declare a PUT."""
        return self._route("PUT", path, operation, deprecated=deprecated)

    def patch(self, path: str, operation: str, *, deprecated: bool = False) -> Callable[[Handler], Handler]:
        """Declare a PATCH."""
        return self._route("PATCH", path, operation, deprecated=deprecated)

    def delete(
        self, path: str, operation: str, *, status: int | None = None, deprecated: bool = False
    ) -> Callable[[Handler], Handler]:
        """Declare a DELETE. Success is 204, or 200 with an answer, unless the contract has another status."""
        return self._route("DELETE", path, operation, status=status, deprecated=deprecated)

    def _route(self, method: str, path: str, operation: str, **said: Any) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            route = Route(self, method, path, operation, handler)
            for name, value in said.items():
                setattr(route, name, value or getattr(route, name))
            self.all.append(route)
            return handler

        return add
