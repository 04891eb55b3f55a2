"""Custom variables over the management API."""

import asyncio
from typing import Any

import pytest

from tests.conftest import ClientFactory, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import dropdown, made_variable, text


def option(value: str, **changes: Any) -> dict[str, Any]:
    """One option, of the fields that older clients send."""
    return {"name": value.title(), "value": value} | changes


class TestCreate:
    async def test_answers_a_dropdown_with_its_options_in_order(self, api: ContractClient, store: SeededStore) -> None:
        variable = await made_variable(api, store.id, dropdown(options=[option("red", price=-50), option("blue")]))

        told = {name: variable[name] for name in ("identifier", "name", "description", "type", "value_regex", "updated_at")}
        assert told == {
            "identifier": "size", "name": "Size", "description": "", "type": "dropdown", "value_regex": None,
            "updated_at": None,
        }  # fmt: skip
        kept = [
            (one["value"], one["price"], one["price_type"], one["is_default"], one["sort_order"])
            for one in variable["options"]
        ]
        assert kept == [("red", -50, "fixed", False, 0), ("blue", 0, "fixed", False, 1)]
        assert {one["custom_variable_id"] for one in variable["options"]} == {variable["id"]}
        assert variable["created_by"]["type"] == "api_key"
        path = f"/v1/stores/{store.id}/custom-variables"
        assert (await api.get(f"{path}/{variable['id']}")).json() == variable
        assert (await api.get(path)).json() == [variable]

    async def test_ignores_what_the_type_has_no_use_for(self, api: ContractClient, store: SeededStore) -> None:
        words = await made_variable(api, store.id, text(options=[option("x")], value_regex="[a-z]+"))
        choice = await made_variable(api, store.id, dropdown(value_regex="[a-z]+"))

        assert (words["options"], words["value_regex"]) == ([], "[a-z]+")
        assert choice["value_regex"] is None

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"identifier": "two words"}, "identifier"),
            ({"identifier": ""}, "identifier"),
            ({"identifier": "naïve"}, "identifier"),
            ({"identifier": "quantity"}, "identifier"),
            ({"identifier": "x" * 51}, "identifier"),
            ({"name": " "}, "name"),
            ({"type": None}, "type"),
            ({"type": "invalid"}, "type"),
            ({"options": []}, "options"),
            ({"options": [option(" ", name="A")]}, "options[0].value"),
            ({"options": [option("a\nb")]}, "options[0].value"),
            ({"options": [option("a", name=" ")]}, "options[0].name"),
            ({"options": [option("a"), option("b"), option("a ")]}, "options[2].value"),
            ({"options": [option("a", is_default=True), option("b", is_default=True)]}, "options[1].is_default"),
            ({"options": [option("a", price=1_000_001)]}, "options[0].price"),
            ({"options": [option(str(n)) for n in range(101)]}, "options"),
            ({"type": "text", "value_regex": "("}, "value_regex"),
            ({"type": "text", "value_regex": "a(?=b)"}, "value_regex"),
            ({"type": "number", "value_regex": "(a)\\1"}, "value_regex"),
            ({"type": "text", "value_regex": "((((x{1000}){1000}){1000}){1000})"}, "value_regex"),
        ],
    )
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/custom-variables", json=dropdown() | changes)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])
        assert (await api.get(f"/v1/stores/{store.id}/custom-variables")).json() == []

    async def test_gives_an_identifier_to_one_of_those_who_want_it_in_each_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        await made_variable(client(f"APIKey {other.api_key}"), other.id, text("rank"))

        path = f"/v1/stores/{store.id}/custom-variables"
        answers = await asyncio.gather(*(api.post(path, json=text("rank")) for _ in range(3)))

        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        assert {answer.json()["code"] for answer in answers if answer.is_error} == {"CustomVariableIdentifierTaken"}


class TestUpdate:
    async def test_replaces_options_as_a_whole_and_keeps_the_ids_that_are_given_again(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        variable = await made_variable(api, store.id, dropdown())
        small, large, _ = variable["options"]
        asked = [option("xs", id="7"), {"name": "L", "value": "l", "id": large["id"]}, option("l2", id=large["id"])]

        changed = (
            await api.patch(f"/v1/stores/{store.id}/custom-variables/{variable['id']}", json={"options": asked})
        ).json()

        assert [one["value"] for one in changed["options"]] == ["xs", "l", "l2"]
        assert [one["id"] == large["id"] for one in changed["options"]] == [False, True, False]
        assert small["id"] not in {one["id"] for one in changed["options"]}
        assert (changed["name"], changed["options"][1]["price"]) == ("Size", 0)

    async def test_keeps_what_is_left_out_or_null_but_description_and_pattern(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        variable = await made_variable(api, store.id, text(description="Say it.", value_regex="[a-z]+"))
        path = f"/v1/stores/{store.id}/custom-variables/{variable['id']}"

        renamed = (await api.patch(path, json={"name": "Words", "type": None, "options": None})).json()
        cleared = (await api.patch(path, json={"description": None, "value_regex": None})).json()

        assert (renamed["name"], renamed["description"], renamed["value_regex"]) == ("Words", "Say it.", "[a-z]+")
        assert (cleared["name"], cleared["description"], cleared["value_regex"]) == ("Words", "", None)

    async def test_refuses_what_cannot_be_and_changes_nothing(self, api: ContractClient, store: SeededStore) -> None:
        variable, _ = await made_variable(api, store.id, text("a")), await made_variable(api, store.id, text("b"))
        path = f"/v1/stores/{store.id}/custom-variables/{variable['id']}"

        answers = [await api.patch(path, json=body) for body in ({"type": "dropdown"}, {"identifier": "b"})]

        assert [answer.status_code for answer in answers] == [400, 409]
        assert (await api.get(path)).json() == variable


class TestDelete:
    async def test_removes_it_once(self, api: ContractClient, store: SeededStore) -> None:
        variable = await made_variable(api, store.id, dropdown())
        path = f"/v1/stores/{store.id}/custom-variables/{variable['id']}"

        answers = [await api.delete(path) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [204, 404]
        assert (await api.get(path)).status_code == 404
