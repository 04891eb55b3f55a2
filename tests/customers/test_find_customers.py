"""Searching for customers and looking them up over the management API."""

import re
from typing import Any

import pytest

from sutler.customers.customers import queries
from sutler.customers.customers.models import SEARCHED, Customer
from sutler.kernel.data.database import Database
from sutler.kernel.ids import pretty_id
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, names
from tests.make.stores import counted

UUID = "069a79f4-44e9-4726-a5be-fca90e38aaf5"


class TestSearch:
    @pytest.fixture
    async def ann(self, api: ContractClient, inside: Inside, store: SeededStore) -> dict[str, Any]:
        await made_customer(api, store.id, name="Zoe", email="zoe@example.com")
        made = await made_customer(
            api, store.id, name="Ann Other", email="Ann.Other@Example.com", minecraft_uuid=UUID, xbox_xuid="42"
        )
        async with inside(store.id) as context:
            row = await context.get(Customer, made["id"])
            await context.change(row, {"steam_name": "Sniper_99", "minecraft_name": "Miner_7"})
        return made

    @pytest.mark.parametrize(
        "text",
        ["ann", "ANN OTHER", " Ann ", "ann.other@example.com", "ann.", "sniper", "SNIPER_99", "miner_", "42", UUID,
         UUID.upper(), UUID.replace("-", "")],
    )  # fmt: skip
    async def test_finds_by_the_beginning_of_names_and_by_whole_identities(
        self, api: ContractClient, store: SeededStore, ann: dict[str, Any], text: str
    ) -> None:
        assert await names(api, store.id, search=text) == ["Ann Other"]

    async def test_finds_by_steam_id_and_id(self, api: ContractClient, store: SeededStore, ann: dict[str, Any]) -> None:
        for text in (ann["steam_id"], ann["id"], pretty_id(ann["id"]), pretty_id(ann["id"]).upper()):
            assert await names(api, store.id, search=text) == ["Ann Other"]

    @pytest.mark.parametrize(
        "text", ["nobody", "other", "%", "_", "snip%", "4", UUID[:8], "9" * 19, "9" * 30, "'", "\\", "ä"]
    )
    async def test_finds_nobody_by_other_texts(
        self, api: ContractClient, store: SeededStore, ann: dict[str, Any], text: str
    ) -> None:
        assert await names(api, store.id, search=text) == []

    async def test_of_a_blank_text_lists_everybody(
        self, api: ContractClient, store: SeededStore, ann: dict[str, Any]
    ) -> None:
        assert await names(api, store.id, search=" ") == ["Ann Other", "Zoe"]

    async def test_shows_a_customer_once_who_matches_in_several_ways(self, api: ContractClient, store: SeededStore) -> None:
        await made_customer(api, store.id, name="same", email="same@example.com")

        assert await names(api, store.id, search="same") == ["same"]

    async def test_pages_like_the_whole_list(self, api: ContractClient, store: SeededStore) -> None:
        made = [await made_customer(api, store.id, name=f"Player {number}") for number in range(3)]
        await made_customer(api, store.id, name="Somebody")

        assert await names(api, store.id, search="player", limit=2) == ["Player 2", "Player 1"]
        assert await names(api, store.id, search="player", before=made[1]["id"]) == ["Player 0"]

    async def test_pages_in_the_same_order_when_very_many_match(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            await context.add_all([crowded(number) for number in range(queries.MANY)])
        await made_customer(api, store.id, name="Somebody")
        last = (await made_customer(api, store.id, name="CROWD"))["id"]

        newest = [f"Crowd {queries.MANY - 1}", f"Crowd {queries.MANY - 2}"]
        assert await names(api, store.id, search="crowd", limit=3) == ["CROWD", *newest]
        assert await names(api, store.id, search="crowd", limit=2, before=last) == newest
        assert await names(api, store.id, search="crowd", limit=1, asc="true") == ["Crowd 0"]
        assert await names(api, store.id, search="crowd", customer_id=last) == ["CROWD"]
        assert await names(api, store.id, search="crowd 1", limit=1, asc="true") == ["Crowd 1"]

    async def test_never_goes_through_all_customers(
        self, api: ContractClient, database: Database, store: SeededStore, ann: dict[str, Any]
    ) -> None:
        with counted(database) as statements:
            await names(api, store.id, search="42")
        plan = await plan_of(database, statements[0])

        assert {f"customers_search_{name}" for name in SEARCHED} <= set(plan.split())
        assert not re.search(r"SCAN (?!some_by_)|Seq Scan|customers_newest \(store_id=\?\)$", plan, re.MULTILINE)


def crowded(number: int) -> Customer:
    """One of very many who are hardly told apart."""
    return Customer(
        name=f"Crowd {number}", steam_id=None, minecraft_uuid=None, minecraft_platform=None, xbox_xuid=None, metadata={}
    )


async def plan_of(database: Database, statement: str) -> str:
    """How the database would run a statement, in a table that is large."""
    arguments: list[object] = ["1"] * statement.count("?")
    types = dict(re.findall(r"\$(\d+)::(\w+)", statement))
    arguments += ["1" if types[str(number)] in ("VARCHAR", "TEXT") else 1 for number in range(1, len(types) + 1)]
    sqlite = database.dialect.name == "sqlite"
    async with database.writing() as connection:
        if not sqlite:
            await connection.fetch("TRUNCATE customers", [])  # as if it were new: its size decides about the plan
            await connection.fetch("SET LOCAL enable_seqscan = off", [])  # it rightly reads a table of two rows as a whole
        found = await connection.fetch(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{statement}", arguments)
    return "\n".join(str(row[-1]) for row in found)


class TestLookupCustomer:
    @pytest.fixture
    async def ann(self, api: ContractClient, store: SeededStore) -> dict[str, Any]:
        return await made_customer(
            api, store.id, name="Ann", xbox_xuid="42", minecraft_uuid=UUID, minecraft_platform="java",
            platform_accounts=[{"platform": "minecraft_java_name", "identifier": "Miner_7"}],
        )  # fmt: skip

    @pytest.mark.parametrize(
        "query",
        [{"minecraft_uuid": UUID}, {"minecraft_uuid": UUID.replace("-", "").upper()}, {"xbox_xuid": "42"}, {"name": "Ann"},
         {"minecraft_java_name": "Miner_7"}, {"minecraft_java_name": "MINER_7"}, {"minecraft_uuid": UUID, "name": "Ann"},
         {"platform": "minecraft", "platform_id": UUID}, {"platform": "minecraft", "platform_id": "miner_7"},
         {"platform": "xbox_xuid", "platform_id": "42"}, {"platform": "paynow_name", "platform_id": "Ann"},
         {"name": "Ann", "minecraft_uuid": ""}],
    )  # fmt: skip
    async def test_finds_by_each_identity(
        self, api: ContractClient, store: SeededStore, ann: dict[str, Any], query: dict[str, str]
    ) -> None:
        answer = await api.get(f"/v1/stores/{store.id}/customers/lookup", params=query)

        assert answer.json() == ann

    async def test_finds_by_id_and_steam_id(self, api: ContractClient, store: SeededStore, ann: dict[str, Any]) -> None:
        queries = [
            {"id": ann["id"]}, {"id": pretty_id(ann["id"])}, {"steam_id": ann["steam_id"]},
            {"platform": "steam", "platform_id": ann["steam_id"]}, {"id": ann["id"], "steam_id": ann["steam_id"]},
        ]  # fmt: skip

        for query in queries:
            assert (await api.get(f"/v1/stores/{store.id}/customers/lookup", params=query)).json() == ann

    async def test_tells_bedrock_players_from_java_players(self, api: ContractClient, store: SeededStore) -> None:
        account = {"platform": "minecraft_bedrock_name", "identifier": "Some Gamer"}
        made = await made_customer(api, store.id, platform_accounts=[account])
        path = f"/v1/stores/{store.id}/customers/lookup"

        assert (await api.get(path, params={"minecraft_bedrock_name": "some gamer"})).json() == made
        assert (await api.get(path, params={"minecraft_java_name": "Some_Gamer"})).status_code == 404

    @pytest.mark.parametrize(
        "query",
        [{"steam_id": "76561197960287930"}, {"name": "ann"}, {"name": "Miner_7"}, {"id": "7"}, {"id": "9" * 19},
         {"minecraft_bedrock_name": "Miner_7"}, {"minecraft_uuid": UUID, "xbox_xuid": "43"},
         {"platform": "steam", "platform_id": "76561197960287930"}],
    )  # fmt: skip
    async def test_knows_nobody_by_another_identity(
        self, api: ContractClient, store: SeededStore, ann: dict[str, Any], query: dict[str, str]
    ) -> None:
        answer = await api.get(f"/v1/stores/{store.id}/customers/lookup", params=query)

        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")

    @pytest.mark.parametrize(
        "query",
        [{}, {"name": " "}, {"steam_id": "1"}, {"steam_id": "x"}, {"minecraft_uuid": "x"}, {"xbox_xuid": "x"}, {"id": "x"},
         {"platform": "steam"}, {"platform_id": "1"}, {"platform": "psn", "platform_id": "1"},
         {"platform": "steam", "platform_id": "1"}],
    )  # fmt: skip
    async def test_refuses_what_is_not_an_identity(
        self, api: ContractClient, store: SeededStore, query: dict[str, str]
    ) -> None:
        answer = await api.get(f"/v1/stores/{store.id}/customers/lookup", params=query)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")

    async def test_refuses_identities_of_two_customers(
        self, api: ContractClient, store: SeededStore, ann: dict[str, Any]
    ) -> None:
        bob = await made_customer(api, store.id)

        answer = await api.get(
            f"/v1/stores/{store.id}/customers/lookup", params={"id": ann["id"], "steam_id": bob["steam_id"]}
        )

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")

    async def test_shows_the_oldest_of_several_with_one_name(self, api: ContractClient, store: SeededStore) -> None:
        first, second = await made_customer(api, store.id, name="Eve"), await made_customer(api, store.id, name="Eve")
        path = f"/v1/stores/{store.id}/customers/lookup"

        assert (await api.get(path, params={"name": "Eve"})).json() == first
        assert (await api.get(path, params={"name": "Eve", "steam_id": second["steam_id"]})).json() == second

    async def test_knows_nobody_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_customer(client(f"APIKey {other.api_key}"), other.id)

        for query in ({"id": theirs["id"]}, {"steam_id": theirs["steam_id"]}, {"name": theirs["name"]}):
            answer = await api.get(f"/v1/stores/{store.id}/customers/lookup", params=query)
            assert answer.status_code == 404

    async def test_takes_one_statement(
        self, api: ContractClient, database: Database, store: SeededStore, ann: dict[str, Any]
    ) -> None:
        with counted(database) as statements:
            await api.get(f"/v1/stores/{store.id}/customers/lookup", params={"steam_id": ann["steam_id"]})

        assert len(statements) == 1
