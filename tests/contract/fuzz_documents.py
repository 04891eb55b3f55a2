"""The contract's documents cut down to what is built, with real ids and bodies to begin with."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from sutler.app import documents, routes
from sutler.kernel.edge.http import Route
from tests.contract.allowances import STORE, header
from tests.contract.fuzz_schemas import KNOWN, Meeting
from tests.contract.reference import METHODS, Document, Json, document
from tests.make.world import LAST, World

JSON = "application/json"
GAME_SERVERS = "gameserver-api"


def built(api: str) -> Iterator[Route]:
    """The operations of an API that exist here and in the contract, in the order in which they are tried.

    What takes something away from all the others comes last.
    """
    known = {(operation.method.upper(), operation.path): place for place, operation in enumerate(document(api).operations())}
    found = [route for route in routes() if route.api == api and (route.method, route.path) in known]
    last = {route.path: LAST.index(route.operation) for route in found if route.operation in LAST}
    yield from sorted(found, key=lambda route: (last.get(route.path, -1), known[route.method, route.path]))


def label(route: Route) -> str:
    """How schemathesis names an operation."""
    return f"{route.method} {route.path}"


def prepared(api: str, world: World, *, all_types: bool) -> Json:
    """The document that schemathesis is given.

    Bodies have three media types that mean the same; `all_types` tries everything with each of them.
    """
    raw = tolerant(document(api).raw)
    preparation = Preparation(api, world, all_types=all_types)
    paths: Json = {}
    for route in built(api):
        shared = {key: part for key, part in raw["paths"][route.path].items() if key not in METHODS}
        paths.setdefault(route.path, shared)[route.method.lower()] = preparation.operation(
            route,
            raw["paths"][route.path][route.method.lower()],
            documents()[api]["paths"][route.path][route.method.lower()],
        )
    return {**raw, "paths": paths}


class Preparation:
    """Prepares the operations of one document."""

    def __init__(self, api: str, world: World, *, all_types: bool) -> None:
        self.api, self.world, self.all_types = api, world, all_types
        self.ours = Document(api, documents()[api])

    def operation(self, route: Route, theirs: Json, own: Json) -> Json:
        """One operation of the contract, which ours has, too."""
        found = deepcopy(theirs)
        self.meeting = Meeting(found["operationId"], document(self.api), self.ours, self.world.ids)
        if self.api == GAME_SERVERS:
            found["security"] = [{"Customer": []}]  # the document forgets that a token is needed
        lasting = route.method in ("GET", "POST") and route.operation not in LAST
        examples = {"path": self.world.ids if lasting else {}, "query": self.world.query(route.operation)}
        ours = {(one["in"], one["name"].lower()): one for one in own.get("parameters", ())}
        for parameter in found.get("parameters", ()):
            self._parameter(parameter, ours.get((parameter["in"], parameter["name"].lower()), {}))
            if example := examples.get(parameter["in"], {}).get(parameter["name"]):
                parameter["example"] = example
        if "content" in found["responses"].get("204", {}):  # HTTP allows no body there, so there is none, or 200
            found["responses"]["200"] = found["responses"].pop("204")
            found["responses"]["204"] = {"description": "Done."}
        if "requestBody" in found:
            self._body(found, own.get("requestBody", {}))
        return found

    def _parameter(self, parameter: Json, own: Json) -> None:
        """Real ids; in a path they are put in when requests are sent, for there they belong together."""
        name = parameter["name"]
        if name == STORE:
            parameter |= {"schema": {"type": "string", "format": f"{KNOWN}storeid"}, "example": self.world.store.id}
        elif parameter["in"] != "path":
            listed = "items" in parameter["schema"]  # a list that is left out is no null
            parameter["schema"] = self.meeting.schema(parameter["schema"], {} if listed else own.get("schema"), name)
        if parameter["in"] == "header":
            parameter |= header(self.meeting.operation, name)

    def _body(self, operation: Json, own: Json) -> None:
        """A body that succeeds as an example. The contract forgets to say that a body is needed."""
        body, content = operation["requestBody"], operation["requestBody"]["content"]
        schema = self.meeting.schema(content[JSON]["schema"], own.get("content", {}).get(JSON, {}).get("schema"))
        example = self.world.body(operation["operationId"])
        said = {"schema": schema} if example is None else {"schema": schema, "example": example}
        body["content"] = dict.fromkeys(content if self.all_types else (JSON,), said)
        body["required"] = bool(body.get("required") or schema.get("required"))


def tolerant(node: Any) -> Any:
    """A copy without `additionalProperties: false`: the contract's servers do not mind members that they do not know.

    Where ours do, our documents say so, and the schemas of requests get it back from there.
    """
    if isinstance(node, list):
        return [tolerant(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: tolerant(part) for key, part in node.items() if (key, part) != ("additionalProperties", False)}
