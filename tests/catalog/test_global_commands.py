"""Commands that run for every product, over the management API; what they do is tested with delivery."""

from typing import Any

import pytest

from sutler.catalog.global_commands.models import GlobalCommand
from sutler.catalog.global_commands.service import MOST
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.servers import made_game_server


def body(**changes: Any) -> dict[str, Any]:
    """A command that thanks each buyer."""
    usual = {"stage": "on_purchase", "content": "say hi", "online_only": False, "execution_rule": "once_per_item"}
    return usual | changes


def path(store: SeededStore) -> str:
    """Where global commands are."""
    return f"/v1/stores/{store.id}/global-commands"


class TestCreateGlobalCommand:
    async def test_keeps_the_command_as_it_is_given(self, api: ContractClient, store: SeededStore) -> None:
        server = await made_game_server(api, store.id)
        own = {"override_execute_on_gameserver_ids": [server["id"], server["id"]]}

        made = (await api.post(path(store), json=body(stage="on_renew", execution_rule="once_per_order", **own))).json()
        plain = (await api.post(path(store), json=body(override_execute_on_gameserver_ids=None))).json()

        assert made["override_execute_on_gameserver_ids"] == [server["id"]]
        assert (made["stage"], made["content"], made["execution_rule"]) == ("on_renew", "say hi", "once_per_order")
        assert (made["created_by"]["type"], made["updated_at"]) == ("api_key", None)
        assert plain["override_execute_on_gameserver_ids"] == []
        assert (await api.get(path(store))).json() == [made, plain]

    @pytest.mark.parametrize(
        ("changes", "where"),
        [({"stage": "invalid"}, "stage"), ({"stage": "never"}, "stage"),
         ({"execution_rule": "invalid"}, "execution_rule"), ({"content": ""}, "content"), ({"content": " "}, "content"),
         ({"content": "x" * 1001}, "content"), ({"online_only": None}, "online_only"),
         ({"override_execute_on_gameserver_ids": ["7"]}, "override_execute_on_gameserver_ids[0]")],
    )  # fmt: skip
    async def test_refuses_what_cannot_run(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], where: str
    ) -> None:
        answer = await api.post(path(store), json=body(**changes))

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [where])
        assert (await api.get(path(store))).json() == []

    async def test_stops_before_there_are_too_many(self, api: ContractClient, store: SeededStore, inside: Inside) -> None:
        async with inside(store.id) as context:
            fields = {"override_execute_on_gameserver_ids": [], "stage": "on_expire"}
            await context.add_all([GlobalCommand(**body(**fields)) for _ in range(MOST)])

        assert (await api.post(path(store), json=body())).status_code == 400


class TestUpdateGlobalCommand:
    async def test_puts_another_command_in_its_place(self, api: ContractClient, store: SeededStore) -> None:
        server = await made_game_server(api, store.id)
        made = (await api.post(path(store), json=body(override_execute_on_gameserver_ids=[server["id"]]))).json()
        one = f"{path(store)}/{made['id']}"

        changed = (await api.patch(one, json=body(stage="on_expire", content="say bye", online_only=True))).json()
        refused = await api.patch(one, json=body(stage="invalid"))

        assert (changed["stage"], changed["content"], changed["online_only"]) == ("on_expire", "say bye", True)
        assert changed["override_execute_on_gameserver_ids"] == []
        assert changed["updated_by"] == made["created_by"]
        assert refused.status_code == 400
        assert (await api.get(path(store))).json() == [changed]


class TestDeleteGlobalCommand:
    async def test_takes_the_command_away_once(self, api: ContractClient, store: SeededStore) -> None:
        made = (await api.post(path(store), json=body())).json()

        answers = [await api.delete(f"{path(store)}/{made['id']}") for _ in range(2)]

        assert [answer.status_code for answer in answers] == [204, 404]
        assert (await api.get(path(store))).json() == []
