"""Every operation of the contract as a call of the SDK, with arguments that a full store answers."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import httpx2

from sutler.app import routes
from sutler_sdk import ApiError
from tests.contract.reference import document
from tests.contract.samples import sample
from tests.make.world import OUTCOMES, THINGS, World, body_of
from tests.make.world import QUERIES as NEEDED
from tests.make.world_bodies import filled, gaps, known
from tests.make.world_cases import NOBODYS
from tools.sdk import names
from tools.sdk.facts import Operation, Parameter, load

APIS = ("management", "storefront", "gameserver")
# Operations that others have to wait for, or that take something away from the others; all else is 0.
RANKS = {
    "add_line": -1,
    "clear_cart": 1,
    "cancel_subscription": 1,
    "stop_pending_subscription_cancellation": 1,
    "reset_game_server_token": 2,
    "invalidate_customer_tokens": 2,
    "delete_store": 3,
}
REFUSED = OUTCOMES | {
    "Store_CreateStore": 403,  # stores are made by people, not by the key of another store
}


@dataclass(frozen=True)
class Planned:
    """One call: what to call with which arguments, and the request that this has to become."""

    api: str
    operation: Operation
    places: list[str]
    items: list[Any] | None
    named: dict[str, Any]
    path: str
    query: dict[str, str]
    body: Any

    @property
    def attribute(self) -> str:
        """The tag as an attribute of the client."""
        return names.snake(self.operation.tag)

    @property
    def status(self) -> int:
        """How the server answers: 200 stands for any success."""
        if self.operation.id not in served():
            return 404
        return REFUSED.get(self.operation.id, 200)

    def __call__(self, clients: dict[str, Any]) -> Any:
        """Make the call; what it answers, or an awaitable of that."""
        method = getattr(getattr(clients[self.api], self.attribute), self.operation.name)
        given = self.places if self.items is None else [*self.places, self.items]
        return method(*given, **self.named)

    def read(self, content: bytes) -> Any:
        """The answer of the server as the type that it must have, and not merely as well as it can be read."""
        decoder = getattr(_module(self), self.operation.constant).decoder
        return None if self.operation.answer is None else decoder.decode(content or b"[]")


@cache
def served() -> frozenset[str]:
    """The operations that the server has."""
    return frozenset(route.operation for route in routes())


@cache
def operations() -> tuple[tuple[str, Operation], ...]:
    """All operations of the contract with their API, in an order in which all can succeed."""
    found = [(api, one) for api in APIS for one in load(api).operations]
    return tuple(sorted(found, key=lambda pair: RANKS.get(pair[1].name, 0)))


def doomed(operation: Operation) -> list[str]:
    """The names of the things that an operation deletes; each is made for it alone."""
    path = known()[operation.id].path
    return [name for name in THINGS if operation.verb == "DELETE" and path.endswith(f"{{{name}}}")]


def planned(world: World, things: dict[str, dict[str, str]]) -> Iterator[Planned]:
    """All operations with ids of a world; `things` are those that are there to be deleted, by operation."""
    for api, one in operations():
        yield plan(api, one, world.with_ids(things.get(one.id, {})))


def plan(api: str, one: Operation, world: World) -> Planned:
    """One operation."""
    path = known()[one.id].path
    body = body_of(one.id)
    unknown = set(gaps([path, body])) - world.ids.keys()
    ids = world.ids | dict.fromkeys(unknown, NOBODYS)
    body = filled(body, ids)
    query = required(one) | filled(NEEDED.get(one.id, {}), ids)
    members = body if isinstance(body, dict) else {}
    named = by_name([*(one.body or ())], members) | by_name(one.query, query)
    places = [ids[place.wire] for place in one.places]
    return Planned(api, one, places, body if isinstance(body, list) else None, named, filled(path, ids), query, body)


def required(one: Operation) -> dict[str, str]:
    """The query parameters that the contract wants."""
    source = document(known()[one.id].api)
    return {part.wire: str(sample(source, part.schema)) for part in one.query if part.required}


def by_name(parameters: list[Parameter], values: dict[str, Any]) -> dict[str, Any]:
    """Values by the arguments that they are for."""
    arguments = {parameter.wire: parameter.name for parameter in parameters}
    return {arguments[wire]: value for wire, value in values.items()}


def judged(call: Planned, outcome: Any, answer: httpx2.Response, warned: Sequence[object]) -> str:
    """What is wrong with a call: the request that went out, and what came of it; nothing if all is well."""
    sent = answer.request
    wanted = {
        "method": (sent.method, call.operation.verb),
        "path": (sent.url.path, call.path),
        "query": (dict(sent.url.params), call.query),
        "body": (json.loads(sent.content) if sent.content else None, call.body),
        "warning": (len(warned), int(call.operation.deprecated)),
    }
    wrong = [f"{part} was {was!r}, not {right!r}" for part, (was, right) in wanted.items() if was != right]
    status = outcome.status if isinstance(outcome, ApiError) else 200
    if status != call.status:
        wrong.append(f"it ended with {status}, not {call.status}: {outcome}")
    elif status == 200 and outcome != call.read(answer.content):
        wrong.append(f"{answer.text} became {outcome}")
    return f"{call.operation.id}: {'; '.join(wrong)}" if wrong else ""


def _module(call: Planned) -> ModuleType:
    return import_module(f"sutler_sdk._generated.{call.api}.operations.{call.attribute}")
