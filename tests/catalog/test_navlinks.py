"""The navigation over the management API, and as visitors see it."""

import asyncio
from typing import Any

import pytest

from sutler.kernel.data.database import Database
from tests.conftest import ClientFactory, SeededStore
from tests.contract.client import ContractClient
from tests.make.stores import counted
from tests.make.tags import made_node, made_tag

Node = dict[str, Any]


@pytest.fixture
def path(store: SeededStore) -> str:
    """Where the store's navigation is."""
    return f"/v1/stores/{store.id}/navlinks"


@pytest.fixture
async def tag(api: ContractClient, store: SeededStore) -> Node:
    """A tag that any node may have."""
    return await made_tag(api, store.id)


async def line(api: ContractClient, store: SeededStore, tag: Node, length: int) -> list[Node]:
    """So many nodes, each below the one before."""
    nodes: list[Node] = []
    for _ in range(length):
        nodes.append(await made_node(api, store.id, tag, nodes[-1] if nodes else None))
    return nodes


async def tree(api: ContractClient, path: str) -> list[tuple[str, str | None]]:
    """Every node with its parent, in the order of the list."""
    return [(node["node_id"], node["parent_node_id"]) for node in (await api.get(path)).json()]


class TestCreate:
    async def test_answers_a_node_that_goes_by_its_tag_and_comes_last(
        self, api: ContractClient, store: SeededStore, path: str
    ) -> None:
        ranks, crates = [await made_tag(api, store.id, name) for name in ("Ranks", "Crates")]
        await made_node(api, store.id, ranks, order=7)

        node = await made_node(api, store.id, crates, parent_node_id=None)
        child = await made_node(api, store.id, ranks, node)

        assert node == {
            "node_id": node["node_id"], "tag_id": crates["id"], "parent_node_id": None, "tag_slug": "crates",
            "name": "Crates", "order": 8,
        }  # fmt: skip
        assert (child["parent_node_id"], child["order"]) == (node["node_id"], 0)
        assert (await api.get(f"{path}/{node['node_id']}")).json() == node

    @pytest.mark.parametrize(
        ("body", "field"),
        [({}, "tag_id"), ({"tag_id": "1"}, "tag_id"), ({"tag_id": "x"}, "tag_id"),
         ({"parent_node_id": "1"}, "parent_node_id"), ({"parent_node_id": "x"}, "parent_node_id"),
         ({"order": 2**31}, "order")],
    )  # fmt: skip
    async def test_refuses_what_is_not_there(
        self, api: ContractClient, tag: Node, path: str, body: Node, field: str
    ) -> None:
        answer = await api.post(path, json=body if field == "tag_id" else {"tag_id": tag["id"]} | body)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [field])
        assert await tree(api, path) == []

    async def test_takes_neither_tags_nor_parents_of_another_store(
        self, api: ContractClient, client: ClientFactory, tag: Node, other: SeededStore, path: str
    ) -> None:
        theirs = client(f"APIKey {other.api_key}")
        their_tag = await made_tag(theirs, other.id)
        their_node = await made_node(theirs, other.id, their_tag)

        answers = [
            await api.post(path, json={"tag_id": their_tag["id"]}),
            await api.post(path, json={"tag_id": tag["id"], "parent_node_id": their_node["node_id"]}),
            await api.get(f"{path}/{their_node['node_id']}"),
        ]

        assert [answer.status_code for answer in answers] == [400, 400, 404]

    async def test_refuses_a_sixth_level(self, api: ContractClient, store: SeededStore, tag: Node, path: str) -> None:
        nodes = await line(api, store, tag, 5)

        answer = await api.post(path, json={"tag_id": tag["id"], "parent_node_id": nodes[-1]["node_id"]})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "parent_node_id")

    async def test_refuses_more_nodes_than_there_may_be(
        self, api: ContractClient, store: SeededStore, tag: Node, path: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sutler.catalog.navlinks.service.MOST_NODES", 2)

        answers = await asyncio.gather(*(api.post(path, json={"tag_id": tag["id"]}) for _ in range(4)))

        assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409]
        assert sorted(one.json()["order"] for one in answers if one.status_code == 200) == [0, 1]


class TestList:
    async def test_goes_from_the_top_down_with_two_statements(
        self, api: ContractClient, store: SeededStore, tag: Node, path: str, database: Database
    ) -> None:
        second = await made_node(api, store.id, tag, order=2)
        below = await made_node(api, store.id, tag, second)
        first = await made_node(api, store.id, tag, order=-1)

        with counted(database) as statements:
            found = await tree(api, path)

        assert found == [(first["node_id"], None), (second["node_id"], None), (below["node_id"], second["node_id"])]
        assert len(statements) == 2


class TestUpdate:
    async def test_keeps_what_is_left_out(self, api: ContractClient, store: SeededStore, tag: Node, path: str) -> None:
        crates = await made_tag(api, store.id, "Crates")
        parent, node = await line(api, store, tag, 2)
        here = f"{path}/{node['node_id']}"

        retagged = (await api.patch(here, json={"tag_id": crates["id"]})).json()
        moved = (await api.patch(here, json={"parent_node_id": None, "tag_id": None, "order": 4})).json()
        back = (await api.patch(here, json={"parent_node_id": parent["node_id"], "order": None})).json()

        assert retagged == node | {"tag_id": crates["id"], "tag_slug": "crates", "name": "Crates"}
        assert moved == retagged | {"parent_node_id": None, "order": 4}
        assert back == moved | {"parent_node_id": parent["node_id"]}

    async def test_refuses_circles_and_too_many_levels(
        self, api: ContractClient, store: SeededStore, tag: Node, path: str
    ) -> None:
        high = await line(api, store, tag, 3)
        low = await line(api, store, tag, 3)
        before = await tree(api, path)
        wanted = [(high[0], high[0]), (high[0], high[2]), (low[0], high[2])]

        answers = [
            await api.patch(f"{path}/{node['node_id']}", json={"parent_node_id": parent["node_id"]})
            for node, parent in wanted
        ]

        assert [(one.status_code, one.json()["errors"][0]["path"]) for one in answers] == [(400, "parent_node_id")] * 3
        assert await tree(api, path) == before

    async def test_makes_no_circle_of_two_moves_at_once(
        self, api: ContractClient, store: SeededStore, tag: Node, path: str
    ) -> None:
        one, two = [await made_node(api, store.id, tag) for _ in range(2)]
        moves = [(one, two), (two, one)] * 3

        answers = await asyncio.gather(
            *(api.patch(f"{path}/{a['node_id']}", json={"parent_node_id": b["node_id"]}) for a, b in moves)
        )

        assert {answer.status_code for answer in answers} == {200, 400}
        assert len(await tree(api, path)) == 2

    async def test_knows_no_node_that_is_not_there(self, api: ContractClient, store: SeededStore, path: str) -> None:
        assert (await api.patch(f"{path}/5", json={"order": 1})).status_code == 404


class TestArrange:
    async def test_takes_a_list_or_one_node(self, api: ContractClient, store: SeededStore, tag: Node, path: str) -> None:
        one, two, three = [(await made_node(api, store.id, tag))["node_id"] for _ in range(3)]
        orders = [{"node_id": one, "order": 5}, {"node_id": three, "order": -5}]

        listed = await api.patch(f"{path}/sort-orders", json=orders)
        after_list = [node for node, _ in await tree(api, path)]
        single = await api.patch(f"{path}/sort-orders", json={"node_id": two, "order": 9})

        assert (listed.status_code, single.status_code) == (204, 204)
        assert after_list == [three, two, one]
        assert [node for node, _ in await tree(api, path)] == [three, one, two]

    async def test_changes_nothing_when_one_of_them_is_wrong(
        self, api: ContractClient, store: SeededStore, tag: Node, path: str
    ) -> None:
        one, two = [(await made_node(api, store.id, tag))["node_id"] for _ in range(2)]
        orders = [{"node_id": id, "order": 9} for id in (one, two, one, "5")]

        answer = await api.patch(f"{path}/sort-orders", json=orders)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (
            400,
            ["[2].node_id", "[3].node_id"],
        )
        assert [node["order"] for node in (await api.get(path)).json()] == [0, 1]

    async def test_is_one_or_the_other_of_two_at_once(
        self, api: ContractClient, store: SeededStore, tag: Node, path: str
    ) -> None:
        ids = [(await made_node(api, store.id, tag))["node_id"] for _ in range(4)]
        wishes = [ids, ids[::-1]] * 3

        await asyncio.gather(
            *(api.patch(f"{path}/sort-orders", json=[{"node_id": i, "order": n} for n, i in enumerate(w)]) for w in wishes)
        )

        assert [node for node, _ in await tree(api, path)] in wishes


class TestDelete:
    async def test_moves_what_is_below_up(self, api: ContractClient, store: SeededStore, tag: Node, path: str) -> None:
        top, middle, leaf = await line(api, store, tag, 3)

        answers = [await api.delete(f"{path}/{middle['node_id']}") for _ in range(2)]

        assert [answer.status_code for answer in answers] == [204, 404]
        assert await tree(api, path) == [(top["node_id"], None), (leaf["node_id"], top["node_id"])]


class TestStorefront:
    async def test_shows_a_tree_with_the_tags_that_lead_to_each_node(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        ranks, kits, hidden = [
            await made_tag(api, store.id, name, enabled=name != "Hidden") for name in ("Ranks", "Kits", "Hidden")
        ]
        top = await made_node(api, store.id, ranks, order=3)
        below = await made_node(api, store.id, kits, top)
        await made_node(api, store.id, kits, await made_node(api, store.id, hidden, top))
        first = await made_node(api, store.id, kits, order=1)

        shown = (await client(**{"x-paynow-store-id": store.id}).get("/v1/store/navlinks")).json()

        assert [(node["node_id"], node["tag_query"], node["order"]) for node in shown] == [
            (first["node_id"], ["kits"], 1), (top["node_id"], ["ranks"], 3),
        ]  # fmt: skip
        assert shown[1]["children"] == [
            {"node_id": below["node_id"], "parent_node_id": top["node_id"], "tag_id": kits["id"], "tag_slug": "kits",
             "tag_query": ["ranks", "kits"], "name": "Kits", "order": 0, "children": []}
        ]  # fmt: skip
