"""What a game server gets when it asks for commands."""

import asyncio
from datetime import timedelta

import pytest

from sutler.delivery.commands.models import MOST_PER_POLL, OFFER_LEASE
from tests.conftest import ClientFactory
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.delivery import NOON, QUEUE, STEAM_ID, UUID, Shop, acknowledge, commands, poll

STRANGER = "76561197960287999"
AT_ONCE = 64
ALMOST = OFFER_LEASE - timedelta(seconds=1)


class TestGetQueuedCommands:
    async def test_offers_everything_with_its_flag_whoever_is_online(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "online", online_only=True, steam_id=STEAM_ID)
        await shop.queue(server["id"], "anyway")

        answer = await plugin(server).get(QUEUE)

        assert [(one["command"], one["online_only"]) for one in answer.json()] == [("online", True), ("anyway", False)]

    async def test_leases_what_it_offers_as_a_poll_does(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give")

        first, second = await plugin(server).get(QUEUE), await plugin(server).get(f"{QUEUE}/")

        assert (len(first.json()), second.json(), await poll(plugin(server))) == (1, [], [])


class TestGetQueuedCommandsWithOnlinePlayers:
    async def test_offers_each_command_with_what_identifies_its_player(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        (id,) = await shop.queue(
            server["id"],
            "give",
            steam_id=STEAM_ID,
            minecraft_uuid=UUID,
            customer_name="jeb_",
            online_only=True,
            created_at=NOON,
        )

        (queued,) = await poll(plugin(server), customer_names=["jeb_"])

        assert queued == {
            "attempt_id": id, "steam_id": STEAM_ID, "minecraft_uuid": UUID, "customer_name": "jeb_", "command": "give",
            "online_only": True, "queued_at": "2030-01-01T12:00:00Z",
        }  # fmt: skip

    async def test_leaves_out_players_steam_id_that_there_is_not(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give")

        (queued,) = await poll(plugin(server))

        assert "steam_id" not in queued
        assert (queued["minecraft_uuid"], queued["customer_name"]) == (None, None)

    async def test_leaves_out_commands_of_players_who_must_be_online_and_are_not(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give", online_only=True, steam_id=STEAM_ID)

        assert await poll(plugin(server)) == []
        assert await poll(plugin(server), steam_ids=[STRANGER]) == []
        assert len(await poll(plugin(server), steam_ids=[STRANGER, STEAM_ID])) == 1

    @pytest.mark.parametrize(
        ("who", "online"),
        [
            ({"steam_id": STEAM_ID}, {"steam_ids": [STEAM_ID]}),
            ({"steam_id": STEAM_ID}, {"steam_ids": [int(STEAM_ID)]}),
            ({"steam_id": STEAM_ID}, {"steam_ids": [None, "BOT", -1, f" {STEAM_ID} "]}),
            ({"minecraft_uuid": UUID}, {"minecraft_uuids": [UUID]}),
            ({"minecraft_uuid": UUID}, {"minecraft_uuids": [UUID.upper()]}),
            ({"minecraft_uuid": UUID}, {"minecraft_uuids": ["", None, "not a UUID", UUID.replace("-", "")]}),
            ({"minecraft_uuid": UUID}, {"hytale_uuids": [UUID.replace("-", "").upper()]}),
            ({"customer_name": "jeb_"}, {"customer_names": ["JEB_"]}),
            ({"customer_name": "Jeb_"}, {"customer_names": ["", None, "jeb_"]}),
            ({"customer_name": "Ünal"}, {"customer_names": ["Ünal"]}),
        ],
    )
    async def test_knows_players_in_every_form_that_plugins_send(
        self, shop: Shop, plugin: Plugin, who: dict[str, str], online: dict[str, list[object]]
    ) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give", online_only=True, **who)

        assert await commands(plugin(server), **online) == ["give"]

    async def test_offers_the_commands_of_players_who_are_online_first_and_then_the_oldest(
        self, shop: Shop, plugin: Plugin
    ) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "absent 1", "absent 2")
        await shop.queue(server["id"], "never", steam_id=STRANGER, online_only=True)
        await shop.queue(server["id"], "here 1", "here 2", steam_id=STEAM_ID)

        assert await commands(plugin(server), steam_ids=[STEAM_ID]) == ["here 1", "here 2", "absent 1", "absent 2"]

    async def test_offers_no_more_than_a_hundred_at_once(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], *(f"absent {number}" for number in range(MOST_PER_POLL)))
        await shop.queue(server["id"], *(f"here {number}" for number in range(5)), steam_id=STEAM_ID)

        first = await commands(plugin(server), steam_ids=[STEAM_ID])
        rest = await commands(plugin(server), steam_ids=[STEAM_ID])

        assert len(first) == MOST_PER_POLL
        assert first == [*(f"here {number}" for number in range(5)), *(f"absent {number}" for number in range(95))]
        assert rest == [f"absent {number}" for number in range(95, 100)]

    @pytest.mark.parametrize(
        "body", ["{}", "", '{"steam_ids":null,"minecraft_uuids":null,"hytale_uuids":null,"customer_names":null}']
    )
    async def test_takes_lists_that_are_null_or_missing_for_an_empty_server(
        self, shop: Shop, plugin: Plugin, body: str
    ) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give")

        answer = await plugin(server).post(QUEUE, content=body, headers={"Content-Type": "application/json"})

        assert [one["command"] for one in answer.json()] == ["give"]

    async def test_takes_members_that_it_does_not_know(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()

        answer = await plugin(server).post(QUEUE, json={"steam_ids": [], "xbox_ids": [1], "tps": 19.8})

        assert (answer.status_code, answer.json()) == (200, [])

    @pytest.mark.parametrize("name", ["steam_ids", "minecraft_uuids", "hytale_uuids", "customer_names"])
    async def test_refuses_lists_that_are_too_long_and_says_how_long_they_may_be(
        self, shop: Shop, plugin: Plugin, name: str
    ) -> None:
        mine = plugin(await shop.server())

        fits = await mine.post(QUEUE, json={name: ["1"] * 10_000})
        refused = await mine.post(QUEUE, json={name: ["1"] * 10_001})

        assert fits.status_code == 200
        assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, name)
        assert refused.json()["message"] == f"`{name}` has 10001 entries; send at most 10000 at once."

    async def test_offers_nothing_of_other_servers_and_other_stores(
        self, shop: Shop, plugin: Plugin, client: ClientFactory
    ) -> None:
        server, neighbour = await shop.server(), await shop.server("Neighbour")
        await shop.queue(server["id"], "give")

        assert await poll(plugin(neighbour)) == []
        assert await commands(plugin(server)) == ["give"]

    async def test_needs_the_token_of_an_enabled_server(
        self, shop: Shop, plugin: Plugin, client: ClientFactory, api: ContractClient
    ) -> None:
        off = await shop.server(enabled=False)

        answers = [
            await client().post(QUEUE, json={}),
            await client("Gameserver 1234").post(QUEUE, json={}),
            await plugin(off).post(QUEUE, json={}),
            await api.post(QUEUE, json={}),
            await api.get(QUEUE),
        ]

        assert [answer.status_code for answer in answers] == [401, 401, 403, 403, 403]


class TestLease:
    async def test_keeps_a_command_from_polls_that_overlap(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], *["give"] * 150)

        polls = await asyncio.gather(*(poll(plugin(server)) for _ in range(AT_ONCE)))
        ids = [one["attempt_id"] for got in polls for one in got]

        assert len(ids) == len(set(ids)) <= 150
        rest = [one["attempt_id"] for one in await poll(plugin(server))]
        assert (len({*ids, *rest}), len(ids) + len(rest)) == (150, 150)
        assert {one.offers for one in await shop.attempts()} == {1}

    async def test_lets_a_command_come_again_when_it_is_over(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        (id,) = await shop.queue(server["id"], "give")

        offered = []
        for moment in (NOON, NOON + ALMOST, NOON + OFFER_LEASE, NOON + OFFER_LEASE + ALMOST, NOON + 2 * OFFER_LEASE):
            await shop.is_at(moment)
            offered.append([one["attempt_id"] for one in await poll(plugin(server))])
        (attempt,) = await shop.attempts()

        assert offered == [[id], [], [id], [], [id]]
        assert (attempt.offers, attempt.first_offered_at, attempt.executed_at) == (3, NOON, None)

    async def test_ends_for_good_with_the_acknowledgement(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        await shop.queue(server["id"], "give")
        first = await poll(plugin(server))

        await shop.is_at(NOON + OFFER_LEASE)
        again = await poll(plugin(server))
        await acknowledge(plugin(server), first)
        await shop.is_at(NOON + 3 * OFFER_LEASE)

        assert first == again
        assert await poll(plugin(server)) == []

    async def test_of_one_command_does_not_hold_up_another(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "first")
        before = await commands(plugin(server))
        between = await commands(plugin(server))

        await shop.queue(server["id"], "second")

        assert (before, between, await commands(plugin(server))) == (["first"], [], ["second"])
