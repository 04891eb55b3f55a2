"""How a game server introduces itself."""

from typing import Any

import pytest

from tests.conftest import ClientFactory
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.delivery import LINK, NOON, Shop

HERE = {"ip": "192.0.2.1:27015", "hostname": "Here", "platform": "Rust", "version": "0.0.18"}


class TestLinkGameServer:
    async def test_tells_who_the_server_is_and_leaves_out_what_there_is_not(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()

        answer = await plugin(server).post(LINK, json=HERE)

        assert answer.status_code == 200
        assert answer.json() == {
            "update_available": False, "latest_version": None,
            "gameserver": {"id": server["id"], "name": "Survival", "enabled": True},
        }  # fmt: skip

    async def test_is_shown_to_those_who_manage_the_server(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server = await shop.server()

        await plugin(server).post(LINK, json=HERE)
        after = await shop.shown_server(server["id"])

        assert after["linked_to"] == HERE | {
            "saved_at": "2030-01-01T12:00:00Z", "last_fetched_commands_at": None, "last_fetched_commands_from_ip": None,
        }  # fmt: skip
        assert (after["updated_at"], after["updated_by"]) == (server["updated_at"], server["updated_by"])

    @pytest.mark.parametrize(
        ("change", "warns"),
        [
            ({}, False),
            ({"platform": "Hurtworld", "version": "9"}, False),
            ({"ip": "192.0.2.2"}, True),
            ({"hostname": ""}, True),
        ],
    )
    async def test_warns_when_the_token_was_used_from_elsewhere(
        self, shop: Shop, plugin: Plugin, change: dict[str, str], warns: bool
    ) -> None:
        await shop.is_at(NOON)
        mine = plugin(await shop.server())
        first = (await mine.post(LINK, json=HERE)).json()

        second = (await mine.post(LINK, json=HERE | change)).json()

        previous = {"ip": "192.0.2.1:27015", "host_name": "Here", "last_linked_at": "2030-01-01T12:00:00Z"}
        assert "previously_linked" not in first
        assert second.get("previously_linked") == (previous if warns else None)
        assert ("previously_linked" in second) == warns

    async def test_warns_once_for_each_move(self, shop: Shop, plugin: Plugin) -> None:
        mine = plugin(await shop.server())
        there = HERE | {"ip": "192.0.2.2:27015"}

        answers = [(await mine.post(LINK, json=place)).json() for place in (HERE, there, there, HERE)]

        assert [answer.get("previously_linked", {}).get("ip") for answer in answers] == [
            None, "192.0.2.1:27015", None, "192.0.2.2:27015",
        ]  # fmt: skip

    @pytest.mark.parametrize("missing", ["ip", "hostname", "platform", "version"])
    async def test_refuses_an_introduction_without_all_four(self, shop: Shop, plugin: Plugin, missing: str) -> None:
        body = {name: value for name, value in HERE.items() if name != missing}

        answer = await plugin(await shop.server()).post(LINK, json=body)

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, missing)

    @pytest.mark.parametrize("value", [None, 1, "x" * 2001])
    async def test_refuses_what_is_no_text_or_a_book(self, shop: Shop, plugin: Plugin, value: Any) -> None:
        answer = await plugin(await shop.server()).post(LINK, json=HERE | {"hostname": value})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "hostname")

    async def test_needs_the_token_of_a_game_server(self, client: ClientFactory, api: ContractClient, shop: Shop) -> None:
        off = await shop.server(enabled=False)

        answers = [
            await one.post(LINK, json=HERE)
            for one in (client(), client("Gameserver x"), api, client(f"Gameserver {off['token']}"))
        ]

        assert [answer.status_code for answer in answers] == [401, 401, 403, 403]
