"""The published clients of shops: what they put on the wire, and what they make of the answers."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx2

from sutler.kernel.ids import FlakeId
from tests.conftest import ClientFactory
from tests.contract.client import ContractClient
from tests.contract.reference import Document, Operation
from tests.make.world_bodies import filled, known

Json = dict[str, Any]
ALWAYS = {"Content-Type": "application/json", "Accept": "application/json"}  # the SDK's, also where there is no body


@dataclass(frozen=True)
class TypeScript:
    """The TypeScript SDK. It knows its store from the beginning, and asks for operations by their names."""

    client: ContractClient
    store_id: FlakeId

    @classmethod
    def of_management(cls, client: ClientFactory, store_id: FlakeId, key: str) -> "TypeScript":
        """With the key of a back end."""
        return cls(client(f"APIKey {key}", **ALWAYS), store_id)

    @classmethod
    def of_storefront(cls, client: ClientFactory, store_id: FlakeId, token: str = "") -> "TypeScript":
        """With a customer's token; without one the header is there, and empty."""
        headers = ALWAYS | {"x-paynow-store-id": store_id}
        return cls(client(f"Customer {token}" if token else "", **headers), store_id)

    async def call(
        self, name: str, params: Mapping[str, Any] | None = None, data: Any = None, **path: str
    ) -> httpx2.Response:
        """The answer to an operation."""
        operation = known()[name]
        url = filled(operation.path, {"storeId": self.store_id} | path)
        query = "&".join(written(params or {}))
        body = {} if data is None else {"json": data}
        return await self.client.request(operation.method.upper(), f"{url}?{query}" if query else url, **body)


def written(params: Mapping[str, Any], inside: str = "") -> Iterator[str]:
    """The parts of a query: lists repeated without brackets, maps with them, nothing for what is undefined."""
    for key, value in params.items():
        name = f"{inside}[{key}]" if inside else key
        if isinstance(value, Mapping):
            yield from written(value, name)
        elif value is not None:
            for one in value if isinstance(value, list) else [value]:
                yield f"{name}={quote(str(one).lower() if isinstance(one, bool) else str(one))}"


def is_paynow_error(answer: httpx2.Response) -> bool:
    """The SDK's own test of what was thrown."""
    said = answer.json()
    return isinstance(said, dict) and all(name in said for name in ("status", "code", "message"))


@dataclass(frozen=True)
class Java:
    """How the Java SDK reads answers, with the schemas that it was generated from."""

    contract: Document

    def complaints(self, operation: Operation, answer: httpx2.Response) -> list[str]:
        """What it would throw."""
        schema = self.contract.json_schema(operation.responses.get(str(answer.status_code)))
        return (
            [] if schema is None or not answer.content else list(self._read(schema, answer.json(), operation.operation_id))
        )

    def _read(self, schema: Any, value: Any, place: str) -> Iterator[str]:
        node = self._single(schema)
        if "properties" in node:
            yield from self._object(node, value, place)
        elif "items" in node:
            yield from self._list(node["items"], value, place)
        elif "enum" in node and value not in node["enum"]:
            yield f"{place}: unknown {value!r}"

    def _object(self, node: Json, value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place}: no object but {value!r}"
            return
        required = set(node.get("required", ()))
        yield from (f"{place}.{name}: missing" for name in sorted(required - value.keys()))
        for name, part in node["properties"].items():
            # What is null is only looked into where it has to be there.
            if name in value and (value[name] is not None or (name in required and not self._nullable(part))):
                yield from self._read(part, value[name], f"{place}.{name}")

    def _list(self, items: Any, value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{place}: no list but {value!r}"
            return
        for one in value:
            yield from self._read(items, one, f"{place}[]")

    def _single(self, schema: Any) -> Json:
        """What a schema describes, without saying that it may also be null."""
        node = self.contract.resolve(schema)
        for alternatives in ("oneOf", "anyOf", "allOf"):
            for one in node.get(alternatives, ()):
                if one.get("type") != "null":
                    return self._single(one)
        return dict(node)

    def _nullable(self, schema: Any) -> bool:
        node = self.contract.resolve(schema)
        return "null" in node.get("type", ()) or any(one.get("type") == "null" for one in node.get("oneOf", ()))


PAGE = {
    "store": "/v1/store", "customer": "/v1/store/customer", "cart": "/v1/store/cart", "tags": "/v1/store/tags",
    "navlinks": "/v1/store/navlinks", "products": "/v1/store/products",
}  # fmt: skip


@dataclass(frozen=True)
class Template:
    """The headless template's own server, which speaks for its visitor."""

    store_id: FlakeId
    back: ContractClient  # with the store's key
    front: ContractClient  # with the store's id and what is known of the visitor

    @classmethod
    def of(cls, client: ClientFactory, store_id: FlakeId, key: str) -> "Template":
        """The site of a store, visited from the Netherlands."""
        visitor = {"x-paynow-customer-ip": "145.53.1.7", "x-paynow-customer-countrycode": "NL"}
        return cls(store_id, client(f"APIKey {key}"), client(**{"x-paynow-store-id": store_id}, **visitor))

    async def page(self, token: str = "") -> dict[str, httpx2.Response]:
        """What every page asks for, all at once."""
        paths = PAGE | {"modules": f"/v1/webstores/{self.store_id}/modules/prepared"}
        answers = await asyncio.gather(*(self.front.get(path, headers=self._signed(token)) for path in paths.values()))
        return dict(zip(paths, answers, strict=True))

    async def sign_in(self, looked_for: Json, new: Json) -> httpx2.Response:
        """Find the customer or make them, then a token for them; the first answer that is a refusal."""
        customers = f"/v1/stores/{self.store_id}/customers"
        found = await self.back.get(f"{customers}/lookup", params=looked_for)
        if found.status_code == 404:
            found = await self.back.post(customers, json=new)
        return await self.back.post(f"{customers}/{found.json()['id']}/tokens") if found.is_success else found

    async def change_cart(self, token: str, product_id: FlakeId, quantity: int, increment: int, **more: str) -> int:
        """The status of a button beside a product; flags are digits."""
        asked = {"product_id": product_id, "quantity": quantity, "increment": increment, "subscription": 0, **more}
        query = "&".join(written(asked))
        return (await self.front.put(f"/v1/store/cart/lines?{query}", headers=self._signed(token))).status_code

    async def check_out(self, token: str) -> httpx2.Response:
        """The cart's button: no body at all."""
        return await self.front.post("/v1/store/cart/checkout", headers=self._signed(token))

    async def give(self, token: str, product_id: FlakeId, platform: str, friend: str, **more: str) -> httpx2.Response:
        """A present, past the cart."""
        line = {"product_id": product_id, "quantity": 1, "gift_to": {"platform": platform, "id": friend}, **more}
        body = {"subscription": False, "lines": [line]}
        return await self.front.post("/v1/checkouts", json=body, headers=self._signed(token))

    async def balance(self, code: str) -> int | None:
        """What the form for gift cards shows, in minor units; None where it says that there is no such card."""
        params: dict[str, str | int] = {"code": code, "limit": 1, "include_canceled": "false"}
        found = (await self.back.get(f"/v1/stores/{self.store_id}/giftcards", params=params)).json()
        return int(found[0]["balance"]) if found else None

    def _signed(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Customer {token}"} if token else {}
