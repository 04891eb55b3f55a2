"""The contract as the generator sees it: operations, and the shapes of what goes in and comes out."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.sdk import names

CONTRACT = Path(__file__).resolve().parents[2] / "tests" / "contract"
METHODS = ("get", "post", "put", "patch", "delete")
CURSOR = {"limit", "after", "before", "asc"}
# These can be made twice without harm, so that they need no key: the queue is only read, the rest says the same again.
REPEATABLE = re.compile(r"DeliveryCommandQueue_|DeliveryGameServer_|Bans_CheckForBanByIdentities$")
# The contract declares no body here, but clients read one.
ANSWERS = {"ProductsDownloadableFile_StartDownloadableFileUpload": "StartDownloadableFileUploadResponseDto"}
EXTRA_SCHEMAS = {
    "StartDownloadableFileUploadResponseDto": {
        "type": "object",
        "required": ["downloadable_file_id", "upload_signed_url"],
        "properties": {"downloadable_file_id": {"type": "string"}, "upload_signed_url": {"type": "string"}},
    }
}
# The contract leaves these members out, but PayNow documents them and servers take them.
MEMBERS = {
    "Orders_RefundOrder": {
        "amount": {"type": ["integer", "null"], "format": "int64", "description": "Minor units; all unless given."},
        "reason": {"type": ["string", "null"]},
    }
}
PROPERTIES = {"DeliveryItemAssignmentBulkDto": {"product_id": {"type": ["string", "null"]}}}  # the same
FLAGS = {("StorefrontCart_AddLine", name) for name in ("increment", "subscription", "trial")}  # texts there: true or false
# The contract requires nearly every member here, yet PayNow documents calls without them, and servers have defaults:
# only these have to be given.
NEEDED: dict[str, set[str]] = {
    "AffiliateLinks_CreateAffiliateLink": {"wallet_id"},
    "CustomVariables_CreateCustomVariableForStore": {"identifier", "name", "type"},
    "CustomVariables_UpdateCustomVariableForStore": set(),
    "GiftCards_CreateGiftCard": {"balance"},
    "Sales_CreateSale": {"discount_amount", "discount_type", "name"},
    "StoreCoupons_CreateCouponForStore": {"discount_amount", "discount_type"},
}
Schema = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """One argument of a method."""

    wire: str
    schema: Schema
    required: bool

    @property
    def name(self) -> str:
        """How Python calls it."""
        return names.argument(self.wire)


@dataclass
class Operation:
    """One operation."""

    id: str
    tag: str
    verb: str
    path: str
    deprecated: bool
    places: list[Parameter]
    query: list[Parameter]
    headers: list[Parameter]
    body: list[Parameter] | None
    items: Schema | None  # of a body that is a list
    answer: Schema | None
    name: str = ""
    instead: str = ""  # the method that a deprecated one of the same name makes room for
    iterator: str = ""

    @property
    def constant(self) -> str:
        """The name of its description."""
        return self.name.upper()

    @property
    def writes(self) -> bool:
        """Whether it takes a key."""
        return self.verb != "GET" and not self.repeatable

    @property
    def repeatable(self) -> bool:
        """Whether it may be made twice without a key."""
        return self.verb != "GET" and bool(REPEATABLE.match(self.id))


@dataclass
class Api:
    """One of the three APIs."""

    name: str
    document: dict[str, Any]
    operations: list[Operation] = field(default_factory=list)

    @cached_property
    def schemas(self) -> dict[str, Schema]:
        """All shapes by their names, those included that only our corrections use."""
        used = {ANSWERS[one.id] for one in self.operations if one.id in ANSWERS}
        known: dict[str, Schema] = self.document["components"]["schemas"]
        return known | {name: EXTRA_SCHEMAS[name] for name in sorted(used)}

    @property
    def tags(self) -> dict[str, list[Operation]]:
        """Operations by their tags, both in the order of the alphabet and of the contract."""
        return {tag: [one for one in self.operations if one.tag == tag] for tag in sorted({o.tag for o in self.operations})}


def load(name: str) -> Api:
    """An API of the contract: `management`, `storefront` or `gameserver`."""
    api = Api(name, json.loads((CONTRACT / f"{name}-api.json").read_text(encoding="utf-8")))
    for schema in PROPERTIES.keys() & api.document["components"]["schemas"].keys():
        api.document["components"]["schemas"][schema]["properties"] |= PROPERTIES[schema]
    for path, item in api.document["paths"].items():
        api.operations += [_operation(api, path, verb, item[verb]) for verb in METHODS if verb in item]
    _name(api)
    return api


def schema_name(reference: Schema) -> str:
    """The name that a reference points to."""
    return str(reference["$ref"]).rpartition("/")[2]


def references(schema: Any) -> Iterator[str]:
    """The names of all schemas that one mentions."""
    if isinstance(schema, list):
        for part in schema:
            yield from references(part)
    elif isinstance(schema, dict):
        if "$ref" in schema:
            yield schema_name(schema)
        for part in schema.values():
            yield from references(part)


def _operation(api: Api, path: str, verb: str, said: dict[str, Any]) -> Operation:
    parameters = said.get("parameters", [])
    places, query, headers = (
        [
            Parameter(one["name"], _meant(said, one), bool(one.get("required")))
            for one in parameters
            if one["in"] == where and one["name"] not in {"storeId", "x-paynow-store-id"}
        ]
        for where in ("path", "query", "header")
    )
    body, items = _body(api, said)
    template = re.sub(r"{(\w+)}", lambda found: f"{{{names.argument(found[1])}}}", path)
    return Operation(
        id=said["operationId"],
        tag=said["tags"][0],
        verb=verb.upper(),
        path=template,
        deprecated=bool(said.get("deprecated")),
        places=places,
        query=query,
        headers=headers,
        body=body,
        items=items,
        answer=_answer(said),
    )


def _meant(said: dict[str, Any], parameter: dict[str, Any]) -> Schema:
    """The schema of a parameter."""
    schema: Schema = parameter["schema"]
    return {"type": "boolean"} if (said["operationId"], parameter["name"]) in FLAGS else schema


def _body(api: Api, said: dict[str, Any]) -> tuple[list[Parameter] | None, Schema | None]:
    """The members of a body, or what it is a list of."""
    if "requestBody" not in said:
        return None, None
    schema = said["requestBody"]["content"]["application/json"]["schema"]
    if schema.get("type") == "array":
        return None, schema["items"]
    shape = api.document["components"]["schemas"][schema_name(schema)]
    required = NEEDED.get(said["operationId"], set(shape.get("required", ())))
    members = shape.get("properties", {}) | MEMBERS.get(said["operationId"], {})
    return [Parameter(name, one, name in required) for name, one in members.items()], None


def _answer(said: dict[str, Any]) -> Schema | None:
    """What success looks like; nothing for a 204 that promises an object, which cannot carry one."""
    if said["operationId"] in ANSWERS:
        return {"$ref": f"#/components/schemas/{ANSWERS[said['operationId']]}"}
    for status in ("200", "201", "204"):
        content = said["responses"].get(status, {}).get("content")
        if content:
            schema: Schema = content["application/json"]["schema"]
            return schema if status != "204" or schema.get("type") == "array" else None
    return None


def _name(api: Api) -> None:
    for tag, operations in api.tags.items():
        plain = Counter(names.method(one.id) for one in operations)
        for one in operations:
            one.name = names.method(one.id)
            if plain[one.name] > 1 and one.deprecated:
                one.instead, one.name = one.name, f"{one.name}_legacy"
        if len({one.name for one in operations}) < len(operations):
            raise ValueError(f"{api.name}: two operations of {tag} have the same name.")
        _name_iterators(api, tag, operations)


def _name_iterators(api: Api, tag: str, operations: list[Operation]) -> None:
    """`iterate` for the list that a tag is about, `iterate_…` for its others."""
    lists = [one for one in operations if _has_cursor(api, one)]
    for one in lists:
        is_main = len(lists) == 1 or one.path.rpartition("/")[2] == tag
        one.iterator = "iterate" if is_main else f"iterate_{names.subject(one.name)}"


def _has_cursor(api: Api, one: Operation) -> bool:
    if one.deprecated or one.answer is None or not {parameter.wire for parameter in one.query} >= CURSOR:
        return False
    return "id" in api.schemas[schema_name(one.answer["items"])]["properties"]
