"""The published plugins: what each of them takes for an answer."""

import asyncio
import re
from typing import Any

import pytest

from tests.conftest import ClientFactory
from tests.delivery.conftest import Plugin
from tests.make.delivery import LINK, QUEUE, STEAM_ID, UUID, Shop, commands
from tests.make.game_server_clients import ALL, FIVEM, GMOD, HYTALE, MINECRAFT, Official, Speaker

CANONICAL = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PLAYER = {"steam_id": STEAM_ID, "minecraft_uuid": UUID, "name": "jeb_"}


EACH = pytest.mark.parametrize("official", ALL, ids=lambda one: one.name)
DO_NOT_CHECK = pytest.mark.parametrize("official", [MINECRAFT, HYTALE, GMOD], ids=lambda one: one.name)


def speaker(plugin: Plugin, server: dict[str, Any], official: Official) -> Speaker:
    """The client on a game server."""
    return Speaker(plugin(server), official)


class TestLink:
    @EACH
    async def test_is_answered_with_exactly_200_and_what_each_client_reads(
        self, shop: Shop, plugin: Plugin, official: Official
    ) -> None:
        server = await shop.server()

        answer = await speaker(plugin, server, official).link()
        linked = (await shop.shown_server(server["id"]))["linked_to"]

        known = answer.json()
        assert (answer.status_code, answer.history) == (200, [])
        assert known["gameserver"]["id"] == server["id"]
        assert 0 < int(known["gameserver"]["id"]) < 2**63
        assert isinstance(known["gameserver"]["name"], str)
        assert known["update_available"] is False
        assert "previously_linked" not in known
        assert (linked["ip"], linked["hostname"]) == official.shown_as

    @EACH
    async def test_from_elsewhere_tells_from_where_without_a_null(
        self, shop: Shop, plugin: Plugin, official: Official
    ) -> None:
        server = await shop.server()
        before = FIVEM if official is MINECRAFT else MINECRAFT
        await speaker(plugin, server, before).link()

        previous = (await speaker(plugin, server, official).link()).json()["previously_linked"]

        assert (previous["ip"], previous["host_name"]) == before.shown_as
        assert previous["last_linked_at"].endswith("Z")

    @pytest.mark.parametrize(
        "ip", [":25565", "192.0.2.1", "0.0.0.0:27015", "play.example.com", "Hytale Server", "", "[::1]:2"]
    )
    async def test_takes_any_text_for_an_address(self, shop: Shop, plugin: Plugin, ip: str) -> None:
        body = {"ip": ip, "hostname": "", "platform": "Minecraft", "version": "1.0.1"}

        answer = await plugin(await shop.server()).post(LINK, json=body)

        assert answer.status_code == 200

    @EACH
    async def test_with_a_wrong_token_is_answered_with_an_error_that_each_client_can_show(
        self, client: ClientFactory, official: Official
    ) -> None:
        answer = await Speaker(client("Gameserver wrong"), official).link()

        error = answer.json()
        assert answer.status_code == error["status"] == 401
        assert error["code"] == "Unauthorized"
        assert error["message"]
        assert error["trace_id"]


class TestPoll:
    @EACH
    async def test_is_answered_with_exactly_200_a_bare_array_and_no_redirect(
        self, shop: Shop, plugin: Plugin, official: Official
    ) -> None:
        mine = speaker(plugin, await shop.server(), official)

        answer = await mine.poll()

        assert (answer.status_code, answer.history, answer.content) == (200, [], b"[]")
        assert answer.headers["content-type"] == "application/json"

    @EACH
    async def test_gives_identities_in_the_forms_that_each_client_compares(
        self, shop: Shop, plugin: Plugin, official: Official
    ) -> None:
        server, player = await shop.server(), await shop.customer(**PLAYER)
        nobody = await shop.customer(name="Nobody")
        product = await shop.product("give", servers=[server["id"]])
        for customer in (player, nobody):
            await shop.buy(customer["id"], product["id"])

        queued = (await speaker(plugin, server, official).poll(official.player)).json()

        assert [one.get("steam_id") for one in queued] == [STEAM_ID, None]
        assert [one["minecraft_uuid"] for one in queued] == [UUID, None]
        assert CANONICAL.fullmatch(queued[0]["minecraft_uuid"])
        assert "steam_id" not in queued[1]
        assert all(type(one["attempt_id"]) is type(one["queued_at"]) is type(one["command"]) is str for one in queued)

    @EACH
    async def test_finds_commands_of_the_player_who_is_online(self, shop: Shop, plugin: Plugin, official: Official) -> None:
        server, player = await shop.server(), await shop.customer(**PLAYER)
        product = await shop.product("give", servers=[server["id"]], online_only=True)
        await shop.buy(player["id"], product["id"])

        (queued,) = (await speaker(plugin, server, official).poll(official.player)).json()

        assert (queued["command"], queued["online_only"]) == ("give", True)

    @DO_NOT_CHECK
    async def test_holds_back_what_needs_a_player_from_clients_that_do_not_check(
        self, shop: Shop, plugin: Plugin, official: Official
    ) -> None:
        server, player = await shop.server(), await shop.customer(**PLAYER)
        product = await shop.product("give", servers=[server["id"]], online_only=True)
        await shop.buy(player["id"], product["id"])

        answer = await speaker(plugin, server, official).poll()

        assert answer.json() == []

    async def test_of_fivem_overlaps_with_the_next_one_and_never_shares_a_command(self, shop: Shop, plugin: Plugin) -> None:
        server, _ = await shop.sell("give", quantity=5)
        mine = speaker(plugin, server, FIVEM)

        polls = await asyncio.gather(*(mine.poll() for _ in range(3)))

        ids = [one["attempt_id"] for answer in polls for one in answer.json()]
        assert len(ids) == len(set(ids)) == 5

    async def test_of_fivem_finds_digits_inside_its_own_placeholder(self, shop: Shop, plugin: Plugin) -> None:
        server, _ = await shop.sell("give {player.source_from:{customer.steam.id}}")

        (queued,) = (await speaker(plugin, server, FIVEM).poll()).json()

        assert re.fullmatch(r"give \{player\.source_from:\d{17}\}", queued["command"])

    async def test_of_gmod_asks_with_get_whether_its_token_is_good(
        self, shop: Shop, plugin: Plugin, client: ClientFactory
    ) -> None:
        server, off = await shop.server(), await shop.server(enabled=False)

        answers = [await one.get(QUEUE) for one in (plugin(server), plugin(off), client("Gameserver wrong"))]

        assert [answer.status_code in (401, 403) for answer in answers] == [False, True, True]

    async def test_with_head_takes_no_command_away(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give")

        answer = await plugin(server).head(QUEUE)

        assert answer.status_code == 200
        assert await commands(plugin(server)) == ["give"]

    async def test_of_the_java_clients_needs_no_slash_less_address(self, shop: Shop, plugin: Plugin) -> None:
        mine = plugin(await shop.server())

        answers = [await mine.request(method, path, json=[] if method == "DELETE" else {}) for path in (QUEUE, f"{QUEUE}/")
                   for method in ("GET", "POST", "DELETE")]  # fmt: skip

        assert [answer.status_code for answer in answers] == [200, 200, 204] * 2
        assert not any(answer.has_redirect_location for answer in answers)


class TestAcknowledgement:
    @EACH
    async def test_uses_the_item_up(self, shop: Shop, plugin: Plugin, official: Official) -> None:
        server, alice = await shop.sell("give")
        mine = speaker(plugin, server, official)
        ids = [one["attempt_id"] for one in (await mine.poll()).json()]

        answer = await mine.acknowledge(ids)

        assert (answer.status_code, answer.content, answer.history) == (204, b"", [])
        assert [item["state"] for item in await shop.items(alice["id"])] == ["used"]

    @EACH
    async def test_may_be_empty_repeated_or_about_what_is_gone(self, shop: Shop, plugin: Plugin, official: Official) -> None:
        server, _ = await shop.sell("give")
        mine = speaker(plugin, server, official)
        (id,) = [one["attempt_id"] for one in (await mine.poll()).json()]

        answers = [await mine.acknowledge(ids) for ids in ([], [id], [id, id], ["411486491630370816"], [])]

        assert [answer.status_code for answer in answers] == [204] * 5

    @EACH
    async def test_of_a_disabled_server_is_refused_so_that_its_commands_wait(
        self, shop: Shop, plugin: Plugin, official: Official
    ) -> None:
        answer = await speaker(plugin, await shop.server(enabled=False), official).acknowledge(["1"])

        assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")
