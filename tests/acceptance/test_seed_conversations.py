"""The published pages about customers as conversations: each request as it is printed, and the members that they show.

What the pages show and is answered differently here, and why:

- e-mail addresses are printed as a placeholder that is none, so an address stands in for it;
- members with nothing in them, printed as null, are left out where the contract does not allow null (`steam`, `profile`,
  `order_customer`, `order_id`), and `metadata` is an empty object;
- `created_by` and `updated_by` are shown to those who ask with `expand`;
- `added_by` and `revoked_by` of items say what kind of caller it was and who, as the contract has it;
- giving items in bulk answers 200 with the items, where the older page has 201 with nothing.
"""

from collections.abc import Mapping
from typing import Any

import httpx2
import pytest

from sutler.catalog.products.models import Product, ProductVersion
from sutler.customers.customers.models import Customer
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.service import create_key
from sutler.stores.stores.models import Store
from tests.conftest import ClientFactory, Inside
from tests.contract.client import ContractClient

EMAIL = "someone@example.com"  # in place of the pages' placeholder
STORE, PEER, CUSTOMER = "94688451781206016", "411486491630370816", "150352880618967040"
STEAM_ID, UUID, XUID = "76561197960287930", "069a79f4-44e9-4726-a5be-fca90e38aaf5", "2535428504324680"
PROFILE = {"id": str, "name": str, "avatar_url": str}
CUSTOMER_SHOWN: dict[str, Any] = {
    "id": str, "store_id": str, "steam_id": str, "steam": PROFILE, "minecraft_uuid": (str, type(None)),
    "profile": {"id": str, "platform": str, "name": str, "avatar_url": (str, type(None))}, "name": (str, type(None)),
    "metadata": dict, "created_at": str, "updated_at": (str, type(None)),
}  # fmt: skip
ITEM_SHOWN: dict[str, Any] = {
    "id": str, "store_id": str, "customer": CUSTOMER_SHOWN, "quantity_index": (int, type(None)),
    "product": {"id": str, "version_id": str, "slug": str, "name": str}, "state": str, "expirable": bool, "gift": bool,
    "added_at": str, "added_by": dict, "active_at": (str, type(None)), "expires_at": (str, type(None)),
    "removed_at": (str, type(None)), "revoked_at": (str, type(None)), "revoke_reason": (str, type(None)),
}  # fmt: skip
AUTHOR = {"id": str, "first_name": str, "last_name": str}


def holds(answer: Any, shown: Mapping[str, Any]) -> bool:
    """Whether an object has all of these members, of these types."""
    for name, kind in shown.items():
        assert name in answer, name
        if isinstance(kind, Mapping):
            holds(answer[name], kind)
        else:
            assert isinstance(answer[name], kind), (name, answer[name])
    return True


class Conversation:
    """A store under the id that the pages print, and what its API key asks there."""

    def __init__(self, caller: httpx2.AsyncClient) -> None:
        self.caller = caller

    async def ask(self, method: str, path: str, *, status: int = 200, **request: Any) -> Any:
        """The answer to a request that must succeed as the page says."""
        answer = await self.caller.request(method, path, **request)
        assert answer.status_code == status, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None


async def person(context: StoreContext, id: FlakeId, **known: Any) -> None:
    """A customer under an id that a page prints."""
    blank: dict[str, Any] = dict.fromkeys(("steam_id", "minecraft_uuid", "minecraft_platform", "xbox_xuid", "name"))
    await context.add(Customer(id=id, metadata={}, **(blank | known)))


async def thing(context: StoreContext, id: FlakeId, version_id: FlakeId, slug: str) -> None:
    """A product under ids that a page prints, which nothing has to run for."""
    frozen: dict[str, Any] = {
        "slug": slug, "name": slug.title(), "description": "", "image_url": None, "price": 100, "gameserver_ids": [],
        "commands": [], "single_game_server_only": False, "remove_after_enabled": True, "remove_after_time_value": 1,
        "remove_after_time_scale": "day",
    }  # fmt: skip
    more: dict[str, Any] = dict.fromkeys(("label", "enabled_at", "enabled_until"))
    more |= {"sort_order": 0, "metadata": {}, "is_hidden": False}
    await context.add(Product(id=id, version_id=version_id, **frozen, **more))
    await context.add(ProductVersion(id=version_id, product_id=id, **frozen))


def item(id: FlakeId, customer_id: FlakeId, product: tuple[FlakeId, FlakeId]) -> DeliveryItem:
    """An item under an id that a page prints."""
    nothing: dict[str, Any] = dict.fromkeys((
        "order_customer_id", "checkout_id", "checkout_line_id", "order_id", "order_line_id", "quantity_index",
        "execute_on_gameserver_id",
    ))  # fmt: skip
    return DeliveryItem(
        id=id, customer_id=customer_id, product_id=product[0], product_version_id=product[1], product_name="Banana",
        product_slug="banana", state="usable", expirable=True, gift=False, **nothing,
    )  # fmt: skip


async def shop(inside: Inside, id: FlakeId) -> str:
    """A store under an id that a page prints, and its key."""
    async with inside(id) as context:
        store = Store(
            id=id, owner_id="1", slug=f"store-{id}", name="Store", platform="steam", game="rust", currency="usd",
            description="", live_mode=False,
        )  # fmt: skip
        await context.add(store)
        return (await create_key(context, "Example", ["*"]))[1]


@pytest.fixture
async def plain(api: ContractClient, inside: Inside) -> Conversation:
    """The store of the pages; what they ask beyond the contract is not held against it."""
    key = await shop(inside, STORE)
    headers = {"Authorization": f"apikey {key}"}
    return Conversation(httpx2.AsyncClient(transport=api._transport, base_url="http://test", headers=headers))


class TestPageOfTheSdk:
    """The first page: nine calls of the TypeScript SDK, and two programs."""

    @pytest.fixture
    async def path(self, plain: Conversation, inside: Inside) -> str:
        """The store, with whom and what the page names in it."""
        async with inside(STORE) as context:
            await person(context, "1234567890", steam_id="76561198000000009", name="John Doe")
            await thing(context, "9876543210", "9876543211", "banana")
            await context.add(item("1111111111", "1234567890", ("9876543210", "9876543211")))
        return f"/v1/stores/{STORE}"

    async def test_has_its_calls_answered(self, plain: Conversation, path: str) -> None:
        account = {"platform": "steam", "identifier": "76561198000000000"}
        new = {"email": EMAIL, "name": "John Doe", "platform_accounts": [account], "metadata": {"notes": "VIP customer"}}
        query = {"limit": 50, "search": EMAIL, "asc": "false"}
        changes = {"name": "John Smith", "metadata": {"tier": "premium", "notes": "Upgraded to premium"}}
        several = [
            {"email": EMAIL, "name": name, "platform_accounts": [{"platform": "steam", "identifier": identifier}]}
            for name, identifier in (("User One", "76561198000000001"), ("User Two", "76561198000000002"))
        ]

        created = await plain.ask("POST", f"{path}/customers", json=new)
        listed = await plain.ask("GET", f"{path}/customers", params=query)
        one = await plain.ask("GET", f"{path}/customers/1234567890")
        updated = await plain.ask("PATCH", f"{path}/customers/1234567890", json=changes)
        lookup = {"platform": "steam", "platform_id": "76561198000000000"}
        found = await plain.ask("GET", f"{path}/customers/lookup", params=lookup)
        bulk = await plain.ask("POST", f"{path}/customers/bulk", json={"customers": several})
        token = await plain.ask("POST", f"{path}/customers/1234567890/tokens")
        await plain.ask("DELETE", f"{path}/customers/1234567890/tokens", status=204)

        assert holds(created, CUSTOMER_SHOWN)
        assert listed == [created] == [found]
        assert (one["id"], updated["name"], updated["metadata"]) == ("1234567890", "John Smith", changes["metadata"])
        assert [customer["name"] for customer in bulk] == ["User One", "User Two"]
        assert isinstance(token["token"], str)

    async def test_has_its_calls_about_items_answered(self, plain: Conversation, path: str) -> None:
        items = f"{path}/customers/1234567890/delivery/items"

        listed = await plain.ask("GET", items)
        assigned = await plain.ask("POST", items, json={"product_id": "9876543210", "quantity": 1})
        await plain.ask("DELETE", f"{items}/1111111111", status=204)

        assert [one["id"] for one in listed] == ["1111111111"]
        assert holds(assigned[0], ITEM_SHOWN)
        assert [one["state"] for one in await plain.ask("GET", items)] == ["active", "revoked"]

    async def test_has_its_first_program_run_for_a_new_customer_and_for_one_who_is_known(
        self, plain: Conversation, path: str
    ) -> None:
        account = {"platform": "steam", "identifier": "76561198000000000"}
        new = {"email": EMAIL, "name": "John Doe", "platform_accounts": [account]}
        search = {"search": EMAIL, "limit": 10}

        assert await plain.ask("GET", f"{path}/customers", params=search) == []
        created = await plain.ask("POST", f"{path}/customers", json=new)
        (found,) = await plain.ask("GET", f"{path}/customers", params=search)
        seen = {"last_login": "2026-01-02T03:04:05.678Z", "status": "active"}
        updated = await plain.ask("PATCH", f"{path}/customers/{found['id']}", json={"metadata": seen})

        assert (found["id"], updated["metadata"]) == (created["id"], seen)

    async def test_has_its_second_program_run_for_a_new_player_and_for_one_who_is_known(
        self, plain: Conversation, path: str
    ) -> None:
        lookup = {"platform": "steam", "platform_id": "76561198000000000"}
        account = {"platform": "steam", "identifier": "76561198000000000"}
        grant = {"product_id": "9876543210", "quantity": 1}

        missing = await plain.ask("GET", f"{path}/customers/lookup", params=lookup, status=404)
        new = await plain.ask("POST", f"{path}/customers", json={"platform_accounts": [account]})
        await plain.ask("POST", f"{path}/customers/{new['id']}/delivery/items", json=grant)
        known = await plain.ask("GET", f"{path}/customers/lookup", params=lookup)
        await plain.ask("POST", f"{path}/customers/{known['id']}/delivery/items", json=grant)

        assert {"status", "code", "message"} <= set(missing)
        assert len(await plain.ask("GET", f"{path}/customers/{known['id']}/delivery/items")) == 2


class TestOlderPage:
    """The second page: customers, their tokens and inventories, with the ids that it prints."""

    @pytest.fixture
    async def path(self, plain: Conversation, inside: Inside) -> str:
        """The store, with whom and what the page names in it."""
        async with inside(STORE) as context:
            await person(context, CUSTOMER, steam_id=STEAM_ID, name="Rabscuttle", minecraft_uuid=UUID)
            await person(context, "124249183568797696", steam_id="76561198000000007")
            await person(context, "3288949183568797696", steam_id="76561198000000008")
            await thing(context, "124249183568797696", "150580776499843072", "banana")
            await context.add(item("149643503939362817", CUSTOMER, ("124249183568797696", "150580776499843072")))
        return f"/v1/stores/{STORE}/customers"

    async def test_has_its_requests_for_customers_answered(self, plain: Conversation, path: str) -> None:
        people = {"expand": "created_by,updated_by"}
        new = {"steam_id": "76561199479391297"}

        created = await plain.ask("POST", path, json=new, params=people)
        listed = await plain.ask("GET", path, params=people)
        one = await plain.ask("GET", f"{path}/{CUSTOMER}", params=people)
        changes = {"name": "Rabscuttle", "metadata": {"example_key": "example value"}}
        updated = await plain.ask("PATCH", f"{path}/{CUSTOMER}", json=changes, params=people)

        assert holds(created, CUSTOMER_SHOWN | {"created_by": AUTHOR, "updated_by": type(None)})
        assert len(listed) == 4
        assert holds(one, CUSTOMER_SHOWN)
        assert holds(updated, CUSTOMER_SHOWN | {"updated_by": AUTHOR})
        assert updated["metadata"] == changes["metadata"]

    @pytest.mark.parametrize(
        "query", [{"id": CUSTOMER}, {"steam_id": STEAM_ID}, {"minecraft_uuid": UUID}, {"name": "Rabscuttle"}], ids=str
    )
    async def test_has_its_lookups_answered(self, plain: Conversation, path: str, query: dict[str, str]) -> None:
        found = await plain.ask("GET", f"{path}/lookup", params=query)

        assert holds(found, CUSTOMER_SHOWN)
        assert found["id"] == CUSTOMER

    async def test_has_a_blank_customer_made(self, plain: Conversation, path: str) -> None:
        blank = await plain.ask("POST", path, json={})

        assert holds(blank, {"id": str, "store_id": str, "created_at": str, "metadata": dict})

    async def test_has_its_requests_for_tokens_answered(self, plain: Conversation, client: ClientFactory, path: str) -> None:
        first = await plain.ask("POST", f"{path}/{CUSTOMER}/tokens")
        await plain.ask("DELETE", f"{path}/{CUSTOMER}/tokens", status=204)
        second = await plain.ask("POST", f"{path}/{CUSTOMER}/tokens")
        await plain.ask("DELETE", f"{path}/tokens", status=204)

        assert len(first["token"]) == len(second["token"]) == 71
        for token in (first["token"], second["token"]):
            assert (await client(f"customer {token}").get("/v1/store/customer")).status_code == 401

    async def test_has_its_requests_for_inventories_answered(self, plain: Conversation, path: str) -> None:
        one = {"product_version_id": "150580776499843072", "quantity": 2}
        several: list[dict[str, Any]] = [
            {"customer_id": "124249183568797696", "product_version_id": "150580776499843072", "quantity": 2},
            {"customer_id": "3288949183568797696", "product_version_id": "150580776499843072"},
        ]

        listed = await plain.ask("GET", f"{path}/{CUSTOMER}/command_delivery")
        assigned = await plain.ask("POST", f"{path}/{CUSTOMER}/command_delivery", json=one)
        await plain.ask("DELETE", f"{path}/command_delivery/149643503939362817", status=204)
        bulk = await plain.ask("POST", f"{path}/bulk/command_delivery", json=several)

        assert holds(listed[0], ITEM_SHOWN)
        assert [holds(item, ITEM_SHOWN) for item in assigned] == [True, True]
        assert [item["customer_id"] for item in bulk] == [several[0]["customer_id"]] * 2 + [several[1]["customer_id"]]


class TestCurrentReference:
    """The third and fourth page: the eight operations on customers, with the ids of their examples."""

    @pytest.fixture
    async def api(self, client: ClientFactory, inside: Inside) -> ContractClient:
        """The store and the customer of the examples, who share an id; every answer is held against the contract."""
        key = await shop(inside, PEER)
        async with inside(PEER) as context:
            await person(context, PEER, steam_id=STEAM_ID, name="Rabscuttle", minecraft_uuid=UUID, xbox_xuid=XUID)
            found = await context.get(Customer, PEER)
            await context.change(found, {"minecraft_name": "Rab", "minecraft_platform": "java"})
        return client(f"APIKey {key}")

    @pytest.mark.parametrize(
        ("method", "path", "query", "body", "status"),
        [
            ("GET", "", {"limit": "1", "before": "411486491630370817", "asc": "true", "search": "rab"}, None, 200),
            ("GET", "", {"limit": "100", "after": PEER}, None, 200),
            ("POST", "", {}, {"steam_id": 76561197960287931, "minecraft_platform": "unknown", "name": "New"}, 200),
            ("POST", "", {}, {"minecraft_uuid": None, "xbox_xuid": None, "name": None, "metadata": None}, 200),
            ("GET", f"/{PEER}", {}, None, 200),
            ("PATCH", f"/{PEER}", {}, {"steam_id": STEAM_ID, "minecraft_platform": "java", "xbox_xuid": XUID}, 200),
            ("PATCH", f"/{PEER}", {}, {"minecraft_uuid": None, "name": None, "metadata": None}, 200),
            ("POST", f"/{PEER}/tokens", {}, None, 200),
            ("DELETE", f"/{PEER}/tokens", {}, None, 204),
            ("GET", "/lookup", {"id": PEER}, None, 200),
            ("GET", "/lookup", {"steam_id": STEAM_ID}, None, 200),
            ("GET", "/lookup", {"minecraft_uuid": UUID}, None, 200),
            ("GET", "/lookup", {"xbox_xuid": XUID}, None, 200),
            ("GET", "/lookup", {"minecraft_java_name": "Rab"}, None, 200),
            ("GET", "/lookup", {"name": "Rabscuttle"}, None, 200),
            ("POST", "/bulk", {}, [{"steam_id": "76561197960287931"}, {"name": "Two", "metadata": {"a": "b"}}], 200),
        ],
    )
    async def test_has_each_request_answered(
        self, api: ContractClient, method: str, path: str, query: dict[str, str], body: Any, status: int
    ) -> None:
        answer = await api.request(method, f"/v1/stores/{PEER}/customers{path}", params=query, json=body)

        assert answer.status_code == status, answer.text
        for one in answer.json() if answer.content.startswith(b"[") else []:
            assert holds(one, {"id": str, "store_id": str, "created_at": str, "metadata": dict})

    async def test_has_players_of_bedrock_found(self, api: ContractClient, inside: Inside) -> None:
        async with inside(PEER) as context:
            found = await context.get(Customer, PEER)
            await context.change(found, {"minecraft_platform": "bedrock"})

        query = {"minecraft_bedrock_name": "rab"}
        answer = await api.get(f"/v1/stores/{PEER}/customers/lookup", params=query)

        assert answer.json()["id"] == PEER
