"""Compares a document that we generate with the contract, operation by operation.

An operation conforms when ours has the same path, method, tag and operation id; every parameter of the contract in
the same place, of the same type and as required, and demands no other; a request body that takes everything that the
contract's does and demands no more; the same statuses of success; and answers that promise every property of the
contract's with the same type and enum, and null only where the contract allows it. More is fine, less is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.contract.reference import WEBHOOKS, Document, Json, Operation, document
from tests.contract.shapes import Shape, shape

State = Literal["conforms", "differs", "missing"]


@dataclass(frozen=True)
class Verdict:
    """What became of one operation (or webhook) of the contract. `additions` are the answer's properties of our own."""

    api: str
    tag: str
    method: str
    path: str
    operation_id: str
    state: State
    differences: tuple[str, ...] = ()
    additions: tuple[str, ...] = ()


def compare(api: str, ours: Json) -> list[Verdict]:
    """A verdict for every operation and webhook that the contract of an API has, in its order."""
    mine = Document(api, ours)
    served = {key(operation): operation for operation in mine.operations()}
    verdicts = [judge(mine, operation, served.get(key(operation))) for operation in document(api).operations()]
    if api == WEBHOOKS:
        verdicts += [judge_webhook(mine, event) for event in document(api).raw["webhooks"]]
    return verdicts


def own_operations(api: str, ours: Json) -> list[Operation]:
    """The operations of our document that the contract does not have."""
    known = {key(operation) for operation in document(api).operations()}
    return [operation for operation in Document(api, ours).operations() if key(operation) not in known]


def key(operation: Operation) -> tuple[str, str]:
    """What an operation is matched by. Names of path parameters are compared as parameters."""
    return operation.method, re.sub(r"\{[^}]*\}", "{}", operation.path).rstrip("/")


def judge(mine: Document, wanted: Operation, found: Operation | None) -> Verdict:
    """The verdict on one operation."""
    api, tag, method, path, name = wanted.api, wanted.tag, wanted.method.upper(), wanted.path, wanted.operation_id
    if found is None:
        return Verdict(api, tag, method, path, name, "missing")
    walk = Walk(document(api), mine)
    differences = tuple(walk.operation(wanted, found))
    return Verdict(
        api, tag, method, path, name, "differs" if differences else "conforms", differences, tuple(walk.additions)
    )


def judge_webhook(mine: Document, event: str) -> Verdict:
    """The verdict on one webhook; its body is something that we send, like an answer."""
    contract = document(WEBHOOKS)
    tag = contract.raw["webhooks"][event]["post"]["tags"][0]
    if event not in mine.raw.get("webhooks", {}):
        return Verdict(WEBHOOKS, tag, "POST", event, event, "missing")
    schema = mine.webhook_schema(event)
    walk = Walk(contract, mine)
    differences = (
        ("body: no JSON schema",) if schema is None else tuple(walk.answer("body", contract.webhook_schema(event), schema))
    )
    state: State = "differs" if differences else "conforms"
    return Verdict(WEBHOOKS, tag, "POST", event, event, state, differences, tuple(walk.additions))


class Walk:
    """Walks through a schema of the contract and ours in step."""

    def __init__(self, contract: Document, mine: Document) -> None:
        self.contract = contract
        self.mine = mine
        self.additions: list[str] = []
        self._open: set[tuple[str, int, int]] = set()

    def operation(self, wanted: Operation, found: Operation) -> Iterator[str]:
        """Everything that differs in an operation."""
        if wanted.operation_id != found.operation_id:
            yield f"operation id: {found.operation_id}, the contract says {wanted.operation_id}"
        if wanted.tag != found.tag:
            yield f"tag: {found.tag}, the contract says {wanted.tag}"
        yield from self.parameters(wanted, found)
        yield from self.body(wanted, found)
        yield from self.answers(wanted, found)

    def parameters(self, wanted: Operation, found: Operation) -> Iterator[str]:
        """Differences of path, query and header parameters."""
        theirs, ours = by_place(self.contract, wanted), by_place(self.mine, found)
        for place, parameter in theirs.items():
            label = f"{place[0]} parameter {place[1]}"
            if place not in ours:
                yield f"{label}: missing"
                continue
            if bool(ours[place].get("required")) != bool(parameter.get("required")):
                yield f"{label}: {'optional' if parameter.get('required') else 'required'} here, not so in the contract"
            yield from self.request(label, parameter.get("schema"), ours[place].get("schema"))
        for place, parameter in ours.items():
            if parameter.get("required") and place not in theirs:
                yield f"{place[0]} parameter {place[1]}: required, but unknown to the contract"

    def body(self, wanted: Operation, found: Operation) -> Iterator[str]:
        """Differences of the request's body."""
        theirs = self.contract.json_schema(wanted.raw.get("requestBody"))
        ours = self.mine.json_schema(found.raw.get("requestBody"))
        if theirs is not None and ours is None:
            yield "request: takes no JSON body"
        elif theirs is not None:
            yield from self.request("request", theirs, ours)
        elif (self.mine.resolve(found.raw.get("requestBody")) or {}).get("required"):
            yield "request: demands a body, the contract has none"

    def answers(self, wanted: Operation, found: Operation) -> Iterator[str]:
        """Differences of what is answered, success by success, and of the error object."""
        for status, response in wanted.responses.items():
            if not re.fullmatch(r"2\d\d|default", status):
                continue
            if status not in found.responses:
                yield f"response: status {status} is missing"
                continue
            theirs, ours = self.contract.json_schema(response), self.mine.json_schema(found.responses[status])
            if theirs is not None and ours is None:
                yield f"response {status}: no JSON body"
            elif theirs is not None:
                yield from self.answer("" if status != "default" else "error", theirs, ours)

    def answer(self, place: str, theirs: Any, ours: Any) -> Iterator[str]:
        """How something that we send differs from what the contract promises."""
        if not self._enter("answer", theirs, ours):
            return
        wanted, found = shape(self.contract, theirs), shape(self.mine, ours)
        yield from answer_differences(place, wanted, found)
        for name, schema in wanted.properties.items():
            if name in found.properties:
                yield from self.answer(joined(place, name), schema, found.properties[name])
        if wanted.properties:
            self.additions += [joined(place, name) for name in found.properties if name not in wanted.properties]
        yield from self._inside("answer", place, wanted, found)

    def request(self, place: str, theirs: Any, ours: Any) -> Iterator[str]:
        """How something that we accept is narrower than what the contract lets clients send."""
        if not self._enter("request", theirs, ours):
            return
        wanted, found = shape(self.contract, theirs), shape(self.mine, ours)
        yield from request_differences(place, wanted, found)
        for name, schema in wanted.properties.items():
            if name in found.properties:
                yield from self.request(joined(place, name), schema, found.properties[name])
        yield from self._inside("request", place, wanted, found)

    def _inside(self, direction: Literal["answer", "request"], place: str, wanted: Shape, found: Shape) -> Iterator[str]:
        """The items of lists and the values of maps."""
        step = self.answer if direction == "answer" else self.request
        if wanted.items and found.items:
            yield from step(f"{place}[]", wanted.items, found.items)
        elif wanted.items:
            yield f"{place or 'response'}: items have no type"
        if not isinstance(wanted.values, dict) or not wanted.values:
            return
        if isinstance(found.values, dict):
            yield from step(f"{place}{{}}", wanted.values, found.values)
        elif found.values is not True:
            yield f"{place or 'response'}: a map in the contract"

    def _enter(self, direction: str, theirs: Any, ours: Any) -> bool:
        """Whether a pair of schemas is new. Schemas may contain themselves."""
        pair = (direction, id(self.contract.resolve(theirs)), id(self.mine.resolve(ours)))
        new = pair not in self._open
        self._open.add(pair)
        return new


def answer_differences(place: str, wanted: Shape, found: Shape) -> Iterator[str]:
    """What one schema of an answer promises too little, or too much."""
    label = place or "response"
    if wanted.kinds and not found.kinds:
        yield f"{label}: has no type, the contract says {words(wanted.kinds)}"
    elif wanted.kinds and not found.kinds <= wanted.kinds:
        yield f"{label}: {words(found.kinds)}, the contract says {words(wanted.kinds)}"
    if wanted.kinds and found.nullable and not wanted.nullable:
        yield f"{label}: may be null, which the contract does not allow"
    if wanted.enum and found.enum != wanted.enum:
        yield f"{label}: enum lacks {words(wanted.enum - found.enum)}, adds {words(found.enum - wanted.enum)}"
    for name in wanted.properties:
        if name not in found.properties:
            yield f"{joined(place, name)}: missing"
        elif name in wanted.required and name not in found.required and not found.alternatives:
            yield f"{joined(place, name)}: not promised, but required by the contract"


def request_differences(place: str, wanted: Shape, found: Shape) -> Iterator[str]:
    """What one schema of a request refuses although the contract allows it, or demands although it does not."""
    accepted = found.kinds | ({"integer"} if "number" in found.kinds else set())
    if wanted.kinds and not accepted:
        yield f"{place}: has no type, the contract says {words(wanted.kinds)}"
    elif not wanted.kinds <= accepted:
        yield f"{place}: takes {words(found.kinds)}, the contract sends {words(wanted.kinds)}"
    if wanted.kinds and wanted.nullable and not found.nullable:
        yield f"{place}: must take null"
    if found.enum and not wanted.enum <= found.enum:
        yield f"{place}: enum does not take {words(wanted.enum - found.enum)}"
    for name in wanted.properties:
        if name not in found.properties:
            yield f"{joined(place, name)}: missing"
    if not wanted.alternatives:
        for name in sorted(found.required - wanted.required):
            yield f"{joined(place, name)}: demanded, but optional in the contract"


def by_place(source: Document, operation: Operation) -> dict[tuple[str, str], Json]:
    """The parameters of an operation by place and name; names of headers know no case."""
    resolved = [source.resolve(parameter) for parameter in operation.raw["parameters"]]
    return {(p["in"], p["name"].lower() if p["in"] == "header" else p["name"]): p for p in resolved}


def joined(place: str, name: str) -> str:
    """The place of a property."""
    return f"{place}.{name}" if place else name


def words(several: set[str]) -> str:
    """Several words for a person."""
    return " or ".join(sorted(several)) or "nothing"


def counts(verdicts: list[Verdict]) -> dict[State, int]:
    """How many operations are in which state."""
    states: list[State] = ["conforms", "differs", "missing"]
    return {state: sum(verdict.state == state for verdict in verdicts) for state in states}
