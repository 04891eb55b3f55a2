"""Schemathesis on the contract: every check that it has, on real ids, against a server that is running."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.generation.meta import TestPhase

from sutler.kernel.edge.http import Route
from tests.contract.allowances import Allowance
from tests.contract.fuzz_documents import built, label, prepared
from tests.contract.fuzz_schemas import KNOWN
from tests.contract.fuzz_verdicts import allowed
from tests.contract.responses import check
from tests.make.world import LAST, World

AUDIENCES = {"management-api": "management", "storefront-api": "customer", "gameserver-api": "gameserver"}
SHOWN = 1_000  # characters of a request and of its answer
SLOWEST = 5.0  # seconds for any answer; what takes longer holds up everyone else
STRINGS = {
    "flake-id": st.integers(0, 2**63 - 1).map(str),
    "steam-id": st.integers(76561197960265729, 76561202255233023).map(str),
    "ip-address": st.ip_addresses().map(str),
}


@dataclass(frozen=True)
class Effort:
    """How much a run tries: a number of generated requests for each operation, and its share of the systematic ones.

    Of these, each operation has at most `most`, of which the first is sent, and every `step`-th from the one at `first`.
    """

    examples: int
    most: int
    first: int = 0
    step: int = 1
    large: bool = False  # also chains of operations, and every media type

    def takes(self, number: int) -> bool:
        """Whether the systematic request with this number is sent."""
        return number == 0 or (number < self.most and number % self.step == self.first)


@dataclass(frozen=True)
class Worlds:
    """A store with everything, things in it that may go, and a store that may go with all that is in it."""

    mine: World
    expendable: dict[str, list[str]]
    spare: World


@dataclass
class Findings:
    """What a run did and what it found."""

    cases: int = 0
    seconds: float = 0
    statuses: Counter[int] = field(default_factory=Counter)
    succeeded: set[str] = field(default_factory=set)  # operations that answered 2xx at least once
    failures: dict[str, str] = field(default_factory=dict)  # one example of each kind, with what it takes to see it again
    allowances: Counter[Allowance] = field(default_factory=Counter)

    def add(self, recorder: ScenarioRecorder) -> None:
        """Take over what one scenario of the engine did."""
        for case_id, interaction in recorder.interactions.items():
            self.cases += 1
            if interaction.response is not None:
                self.statuses[interaction.response.status_code] += 1
                if interaction.response.status_code < 300 and case_id in recorder.cases:
                    self.succeeded.add(recorder.cases[case_id].value.operation.label)
        for case_id, nodes in recorder.checks.items():
            for node in nodes:
                if node.failure_info is not None:
                    failure, answer = node.failure_info.failure, recorder.interactions[case_id].response
                    said = answer.content[:SHOWN].decode(errors="replace") if answer else ""
                    text = f"{failure.title}: {failure.message}\n{node.failure_info.code_sample[:SHOWN]}\n{said}"
                    self.failures.setdefault(f"{node.name} {failure.operation}", text)


class Targets:
    """Puts ids that exist into paths, and decides which requests are sent."""

    def __init__(self, worlds: Worlds, effort: Effort, routes: list[Route]) -> None:
        self.worlds, self.effort = worlds, effort
        self.routes = {label(route): route for route in routes}
        self.considered: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()

    def filter_case(self, context: HookContext, case: Case[Any]) -> bool:
        """Of the systematic requests, this run's share."""
        if case.meta is None or case.meta.phase.name != TestPhase.COVERAGE:
            return True
        name = case.operation.label
        self.considered[name] += 1
        return self.effort.takes(self.considered[name] - 1)

    def map_case(self, context: HookContext, case: Case[Any]) -> Case[Any]:
        """The request with real ids in its path, unless it is the path that is wrong on purpose; one in ten stays."""
        meta, name = case.meta, case.operation.label
        if meta is None or meta.phase.name == TestPhase.STATEFUL or not case.path_parameters:
            return case
        if meta.is_negative_at(ParameterLocation.PATH):
            return case
        self.sent[name] += 1
        if self.sent[name] % 10:
            case.path_parameters = self.ids(self.routes[name], case.path_parameters)
        return case

    def ids(self, route: Route, generated: dict[str, Any]) -> dict[str, Any]:
        """The ids of things that exist. What is changed or taken away is something that nothing else needs."""
        if route.operation in LAST:
            return {name: self.worlds.spare.ids.get(name, value) for name, value in generated.items()}
        found = {name: self.worlds.mine.ids.get(name, value) for name, value in generated.items()}
        last = last_name(route)
        ready = self.worlds.expendable.get(last, [])
        if last in generated and route.method == "DELETE" and ready:
            found[last] = ready.pop() if len(ready) > 1 else ready[0]
        elif last in generated and route.method != "GET" and ready:
            found[last] = ready[0]
        return found


def last_name(route: Route) -> str:
    """The last part of a route's path, for a parameter its name."""
    return route.path.rpartition("/")[2].strip("{}")


def know(world: World) -> None:
    """Make the formats of strings known, those of ids with the ids of what exists."""
    for name, strategy in STRINGS.items():
        schemathesis.openapi.format(name, strategy)
    for name, value in world.ids.items():
        schemathesis.openapi.format(f"{KNOWN}{name.lower()}", st.just(value))


@schemathesis.check
def contract(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """Our own, stricter reading of the contract: exact times, ids, the error object and its headers."""
    headers = {name: values[0] for name, values in response.headers.items()}
    path = urlsplit(str(response.request.url)).path
    check(str(response.request.method), path, response.status_code, headers, response.content)


def run(api: str, base_url: str, worlds: Worlds, effort: Effort) -> Findings:
    """Everything that schemathesis can think of for the built operations of an API."""
    know(worlds.mine)
    found, started = Findings(), time.perf_counter()
    routes = list(built(api))
    raw = prepared(api, worlds.mine, all_types=effort.large)
    schema = schemathesis.openapi.from_dict(raw, config=config(api, base_url, worlds, effort, routes))

    def filter_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
        why = allowed(failure, case, response)
        found.allowances.update(why)
        return not why

    targets = Targets(worlds, effort, routes)
    hooks: tuple[Callable[..., Any], ...] = (filter_failure, targets.filter_case, targets.map_case)
    for hook in hooks:
        schema.hooks.register_hook_with_name(hook, hook.__name__)
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished | events.FuzzScenarioFinished):
            found.add(event.recorder)
        elif isinstance(event, events.NonFatalError):
            found.failures[f"error {event.label}"] = str(event.value)
        elif isinstance(event, events.FatalError):
            raise event.exception
    found.seconds = time.perf_counter() - started
    return found


def config(api: str, base_url: str, worlds: Worlds, effort: Effort, routes: list[Route]) -> SchemathesisConfig:
    """All checks, the same requests every time, and each operation with the credentials that it wants."""
    ordered = {"operation-ordering": "none"}
    return SchemathesisConfig.from_dict({
        "base-url": base_url,
        "continue-on-failure": True,
        "headers": {"Authorization": worlds.mine.credentials[AUDIENCES[api]]},
        "operations": [
            {"include-name": label(route), "headers": {"Authorization": authorization}}
            for route in routes
            if (authorization := special(route, worlds)) is not None
        ],
        "checks": {"enabled": True, "max_response_time": SLOWEST},
        "generation": {"deterministic": True, "max-examples": effort.examples, "database": "none", "no-shrink": True},
        "phases": {
            "examples": ordered, "coverage": ordered, "fuzzing": ordered, "stateful": {"enabled": effort.large},
        },
    })  # fmt: skip


def special(route: Route, worlds: Worlds) -> str | None:
    """The credentials of an operation where they are not those of its API."""
    if route.signature.access.audience == "user":
        return worlds.mine.credentials["user"]
    return worlds.spare.credentials[AUDIENCES[route.api]] if route.operation in LAST else None
