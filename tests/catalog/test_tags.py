"""Tags over the management API, and as visitors see them."""

import asyncio
from typing import Any

import pytest

from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.stores import key
from tests.make.tags import made_node, made_tag


class TestCreate:
    async def test_answers_an_enabled_tag_with_a_slug_from_its_name(self, api: ContractClient, store: SeededStore) -> None:
        tag = await made_tag(api, store.id, " Gold & Silver ", description="Shiny.")

        assert {name: tag[name] for name in ("name", "slug", "description", "enabled", "image_url", "updated_at")} == {
            "name": "Gold & Silver", "slug": "gold-silver", "description": "Shiny.", "enabled": True, "image_url": None,
            "updated_at": None,
        }  # fmt: skip
        assert tag["created_by"]["type"] == "api_key"
        assert (await api.get(f"/v1/stores/{store.id}/tags/{tag['id']}")).json() == tag

    async def test_numbers_slugs_of_one_name_even_when_made_at_once(self, api: ContractClient, store: SeededStore) -> None:
        made = await asyncio.gather(*(made_tag(api, store.id, "VIP", slug=None) for _ in range(3)))

        assert sorted(tag["slug"] for tag in made) == ["vip", "vip-2", "vip-3"]

    async def test_makes_a_slug_where_a_name_leaves_none(self, api: ContractClient, store: SeededStore) -> None:
        assert (await made_tag(api, store.id, "★"))["slug"] == "tag"

    @pytest.mark.parametrize(
        ("body", "path"),
        [({}, "name"), ({"name": "  "}, "name"), ({"name": None}, "name"), ({"name": "x" * 101}, "name"),
         ({"name": "A", "slug": "a!"}, "slug"), ({"name": "A", "slug": "a" * 37}, "slug"),
         ({"name": "A", "description": "x" * 50_001}, "description"), ({"name": "A", "enabled": "yes"}, "enabled")],
    )  # fmt: skip
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, body: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/tags", json=body)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])
        assert (await api.get(f"/v1/stores/{store.id}/tags")).json() == []

    async def test_refuses_a_slug_in_use_but_not_in_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        await made_tag(client(f"APIKey {other.api_key}"), other.id, slug="ranks")
        await made_tag(api, store.id, slug="ranks")

        answer = await api.post(f"/v1/stores/{store.id}/tags", json={"name": "Other", "slug": "Ranks"})

        assert (answer.status_code, answer.json()["code"]) == (409, "TagSlugTaken")


class TestList:
    async def test_shows_the_oldest_first_and_those_of_the_store_only(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await made_tag(client(f"APIKey {other.api_key}"), other.id)
        mine = [await made_tag(api, store.id, name) for name in ("Ranks", "Crates")]

        assert (await api.get(f"/v1/stores/{store.id}/tags")).json() == mine
        assert (await api.get(f"/v1/stores/{store.id}/tags/{theirs['id']}")).status_code == 404


class TestUpdate:
    async def test_keeps_what_is_left_out_or_null_but_a_description(self, api: ContractClient, store: SeededStore) -> None:
        tag = await made_tag(api, store.id, description="Old.")
        path = f"/v1/stores/{store.id}/tags/{tag['id']}"

        named = (await api.patch(path, json={"name": "Titles", "slug": None, "enabled": None})).json()
        cleared = (await api.patch(path, json={"description": None, "enabled": False, "slug": "New Titles"})).json()

        assert (named["name"], named["slug"], named["description"], named["enabled"]) == ("Titles", "ranks", "Old.", True)
        assert (cleared["name"], cleared["slug"], cleared["description"], cleared["enabled"]) == (
            "Titles", "new-titles", None, False,
        )  # fmt: skip
        assert cleared["updated_by"]["type"] == "api_key"

    async def test_refuses_a_slug_in_use_and_an_empty_name(self, api: ContractClient, store: SeededStore) -> None:
        await made_tag(api, store.id, "Crates")
        tag = await made_tag(api, store.id)

        answers = [
            await api.patch(f"/v1/stores/{store.id}/tags/{tag['id']}", json=body)
            for body in ({"slug": "crates"}, {"name": ""})
        ]

        assert [answer.json()["code"] for answer in answers] == ["TagSlugTaken", "InvalidInput"]
        assert (await api.get(f"/v1/stores/{store.id}/tags/{tag['id']}")).json() == tag


class TestDelete:
    async def test_takes_its_nodes_along_and_moves_their_children_up(self, api: ContractClient, store: SeededStore) -> None:
        ranks, crates, keys = [await made_tag(api, store.id, name) for name in ("Ranks", "Crates", "Keys")]
        top = await made_node(api, store.id, ranks)
        middle = await made_node(api, store.id, crates, top)
        await made_node(api, store.id, crates, middle)
        leaf = await made_node(api, store.id, keys, middle)

        answer = await api.delete(f"/v1/stores/{store.id}/tags/{crates['id']}")

        assert answer.status_code == 204
        kept = (await api.get(f"/v1/stores/{store.id}/navlinks")).json()
        assert [(node["node_id"], node["parent_node_id"]) for node in kept] == [
            (top["node_id"], None), (leaf["node_id"], top["node_id"]),
        ]  # fmt: skip
        assert (await api.delete(f"/v1/stores/{store.id}/tags/{crates['id']}")).status_code == 404


class TestPermissions:
    async def test_are_asked_for_one_by_one(self, client: ClientFactory, inside: Inside, store: SeededStore) -> None:
        limited = client(await key(inside, store.id, "tag_read", "tag_delete"))

        answers = [
            await limited.post(f"/v1/stores/{store.id}/tags", json={"name": "Ranks"}),
            await limited.get(f"/v1/stores/{store.id}/tags/1/image-upload-url"),
            await limited.get(f"/v1/stores/{store.id}/navlinks"),
            await limited.get(f"/v1/stores/{store.id}/tags"),
        ]

        assert [answer.status_code for answer in answers] == [403, 403, 403, 200]


class TestStorefront:
    async def test_shows_visitors_the_enabled_tags(
        self, api: ContractClient, client: ClientFactory, store: SeededStore
    ) -> None:
        tag = await made_tag(api, store.id)
        await made_tag(api, store.id, "Hidden", enabled=False)
        visitor = client(**{"x-paynow-store-id": store.id})

        shown = (await visitor.get("/v1/store/tags")).json()

        assert [(one["id"], one["slug"], one["enabled"]) for one in shown] == [(tag["id"], "ranks", True)]
        assert (await client(**{"x-paynow-store-id": "5"}).get("/v1/store/tags")).status_code == 404
