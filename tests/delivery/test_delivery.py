"""From a paid order to the game, as customers and plugins see it."""

import asyncio
from datetime import UTC, datetime, timedelta

from sutler.delivery.commands.models import OFFER_LEASE
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.delivery.conftest import Plugin
from tests.make.delivery import QUEUE, STEAM_ID, Shop, acknowledge, poll

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


class TestPurchase:
    async def test_reaches_the_game_with_its_placeholders_filled_in(
        self, shop: Shop, plugin: Plugin, worker: Worker
    ) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product(
            "give {customer.steam.id} {product.slug} {quantity} {nobody.knows}", servers=[server["id"]]
        )

        await shop.buy(alice["id"], product["id"])
        await worker.drain()
        (queued,) = await poll(plugin(server))

        assert queued["command"] == f"give {STEAM_ID} vip 1 {{nobody.knows}}"
        assert queued["steam_id"] == STEAM_ID
        assert queued["customer_name"] == "Alice"
        assert queued["minecraft_uuid"] is None

    async def test_gives_one_item_for_each_unit(self, shop: Shop, plugin: Plugin, worker: Worker) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", "b", servers=[server["id"]])

        order = await shop.buy(alice["id"], product["id"], quantity=3)
        await worker.drain()
        items = await shop.items(alice["id"])

        assert [item["quantity_index"] for item in items] == [1, 2, 3]
        assert {item["state"] for item in items} == {"usable"}
        assert {item["order_id"] for item in items} == {order["id"]}
        assert [[a["command"] for a in item["command_attempts"]] for item in items] == [["a", "b"]] * 3
        assert [one["command"] for one in await poll(plugin(server))] == ["a", "b"] * 3

    async def test_runs_on_every_server_of_the_product_or_on_the_chosen_one(
        self, shop: Shop, plugin: Plugin, worker: Worker
    ) -> None:
        first, second, alice = await shop.server("First"), await shop.server("Second"), await shop.customer()
        both = [first["id"], second["id"]]
        everywhere = await shop.product("all {gameserver.name}", servers=both)
        chosen = await shop.product("one", servers=both, single_game_server_only=True, slug="one")

        await shop.buy(alice["id"], everywhere["id"])
        await shop.buy(alice["id"], chosen["id"], selected_gameserver_id=second["id"])
        await worker.drain()

        assert [one["command"] for one in await poll(plugin(first))] == ["all First"]
        assert sorted(one["command"] for one in await poll(plugin(second))) == ["all Second", "one"]

    async def test_goes_to_whom_it_was_given(self, shop: Shop, worker: Worker) -> None:
        alice = await shop.customer()
        bob = await shop.customer(steam_id="76561197960287931", name="Bob")
        product = await shop.product(servers=[])

        await shop.buy(alice["id"], product["id"], gift_to_customer_id=bob["id"])
        await worker.drain()

        assert await shop.items(alice["id"]) == []
        (item,) = await shop.items(bob["id"])
        assert (item["gift"], item["order_customer_id"], item["customer"]["name"]) == (True, alice["id"], "Bob")

    async def test_without_commands_is_used_at_once(self, shop: Shop, worker: Worker) -> None:
        alice, product = await shop.customer(), await shop.product(servers=[])

        await shop.buy(alice["id"], product["id"])
        await worker.drain()

        assert [item["state"] for item in await shop.items(alice["id"])] == ["used"]
        assert await shop.items(alice["id"], activeOnly="true") == []

    async def test_text_of_buyers_cannot_end_a_console_line(self, shop: Shop, plugin: Plugin, worker: Worker) -> None:
        server = await shop.server()
        mallory = await shop.customer(name="M\nop me\r\u2028{customer.id}")
        product = await shop.product("say {customer.name}", servers=[server["id"]])

        await shop.buy(mallory["id"], product["id"])
        await worker.drain()

        assert [one["command"] for one in await poll(plugin(server))] == ["say Mop me{customer.id}"]


class TestOffers:
    async def test_are_leased_so_that_polls_that_overlap_never_share_one(
        self, shop: Shop, plugin: Plugin, worker: Worker
    ) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]])
        await shop.buy(alice["id"], product["id"], quantity=20)
        await worker.drain()

        polls = await asyncio.gather(*(poll(plugin(server)) for _ in range(10)))
        ids = [one["attempt_id"] for got in polls for one in got]

        assert len(ids) == len(set(ids)) == 20
        assert await poll(plugin(server)) == []

    async def test_come_again_after_the_lease_until_they_are_acknowledged(
        self, shop: Shop, plugin: Plugin, worker: Worker, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            await set_clock(context, NOON)
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]])
        await shop.buy(alice["id"], product["id"])
        await worker.drain()
        first = await poll(plugin(server))

        async with inside(store.id) as context:
            await set_clock(context, NOON + OFFER_LEASE + timedelta(seconds=1))
        again = await poll(plugin(server))
        await acknowledge(plugin(server), again)
        async with inside(store.id) as context:
            await set_clock(context, NOON + 3 * OFFER_LEASE)

        assert [one["attempt_id"] for one in first] == [one["attempt_id"] for one in again]
        assert await poll(plugin(server)) == []

    async def test_wait_for_players_who_must_be_online(self, shop: Shop, plugin: Plugin, worker: Worker) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]], online_only=True)
        await shop.buy(alice["id"], product["id"])
        await worker.drain()

        assert await poll(plugin(server)) == []
        assert await poll(plugin(server), steam_ids=["76561197960287999"]) == []
        assert len(await poll(plugin(server), steam_ids=[int(STEAM_ID)])) == 1

    async def test_of_a_get_are_everything_with_its_flag(self, shop: Shop, plugin: Plugin, worker: Worker) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]], online_only=True)
        await shop.buy(alice["id"], product["id"])
        await worker.drain()

        answer = await plugin(server).get(QUEUE)

        assert [one["online_only"] for one in answer.json()] == [True]

    async def test_know_a_player_by_uuid_with_or_without_dashes_and_by_name_in_any_case(
        self, shop: Shop, plugin: Plugin, worker: Worker
    ) -> None:
        server = await shop.server()
        steve = await shop.customer(minecraft_uuid="853c80ef3c3749fdaa49938b674adae6", name="jeb_")
        product = await shop.product("a", servers=[server["id"]], online_only=True)
        for _ in range(3):
            await shop.buy(steve["id"], product["id"])
        await worker.drain()

        found = [
            await poll(plugin(server), minecraft_uuids=["853C80EF3C3749FDAA49938B674ADAE6"]),
            await poll(plugin(server), hytale_uuids=["853c80ef-3c37-49fd-aa49-938b674adae6"]),
            await poll(plugin(server), customer_names=["JEB_"]),
        ]

        assert [len(got) for got in found] == [3, 0, 0]
        assert {one["minecraft_uuid"] for one in found[0]} == {"853c80ef-3c37-49fd-aa49-938b674adae6"}

    async def test_of_an_empty_queue_cost_no_statement(self, shop: Shop, plugin: Plugin, database: object) -> None:
        server = await shop.server()
        await poll(plugin(server))
        seen: list[str] = []

        database.observe = seen.append  # type: ignore[attr-defined]  # of either engine
        await poll(plugin(server))
        await poll(plugin(server))

        assert [sql for sql in seen if "command_attempts" in sql or "game_servers" in sql] == []

    async def test_come_at_once_to_a_poll_that_waits(self, shop: Shop, plugin: Plugin, worker: Worker) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]])
        waiting = asyncio.create_task(plugin(server).post(f"{QUEUE}?wait=20", json={}))
        await asyncio.sleep(0.2)

        await shop.buy(alice["id"], product["id"])
        await worker.drain()
        answer = await asyncio.wait_for(waiting, 10)

        assert [one["command"] for one in answer.json()] == ["a"]


class TestAcknowledgement:
    async def test_uses_up_what_is_consumed(self, shop: Shop, plugin: Plugin, worker: Worker) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]])
        await shop.buy(alice["id"], product["id"])
        await worker.drain()

        answer = await acknowledge(plugin(server), await poll(plugin(server)))
        (item,) = await shop.items(alice["id"])

        assert (answer.status_code, answer.content) == (204, b"")
        assert (item["state"], item["active_at"]) == ("used", None)
        assert item["command_attempts"][0]["executed_at"] is not None

    async def test_starts_the_time_of_what_lasts_and_its_end_takes_it_back(
        self, shop: Shop, plugin: Plugin, worker: Worker, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            await set_clock(context, NOON)
        server, alice = await shop.server(), await shop.customer()
        lasting = {"remove_after_enabled": True, "remove_after_time_value": 1, "remove_after_time_scale": "month"}
        end = [{"stage": "on_expire", "content": "take {customer.steam.id}", "online_only": False}]
        product = await shop.product("give", servers=[server["id"]], more_commands=end, **lasting)
        await shop.buy(alice["id"], product["id"])
        await worker.drain()
        await acknowledge(plugin(server), await poll(plugin(server)))
        await worker.drain()
        (active,) = await shop.items(alice["id"])

        async with inside(store.id) as context:
            await set_clock(context, NOON + timedelta(days=30))
        await worker.drain()
        (ended,) = await shop.items(alice["id"])

        assert (active["state"], active["expires_at"]) == ("active", "2030-01-31T12:00:00Z")
        assert (ended["state"], ended["removed_at"]) == ("used", "2030-01-31T12:00:00Z")
        assert [one["command"] for one in await poll(plugin(server))] == [f"take {STEAM_ID}"]

    async def test_in_any_form_is_no_error_when_it_says_nothing_new(
        self, shop: Shop, plugin: Plugin, worker: Worker
    ) -> None:
        server, alice = await shop.server(), await shop.customer()
        product = await shop.product("a", servers=[server["id"]])
        await shop.buy(alice["id"], product["id"])
        await worker.drain()
        mine = plugin(server)
        (queued,) = await poll(mine)
        id = queued["attempt_id"]

        answers = [
            await mine.request("DELETE", QUEUE, json=[]),
            await mine.request("DELETE", f"{QUEUE}/{id}"),
            await mine.post(f"{QUEUE}/acknowledge", json=[{"attempt_id": id}, {"attempt_id": id}, {"attempt_id": "7"}]),
            await mine.request("DELETE", f"{QUEUE}/", json=[{"attempt_id": "9223372036854775807"}]),
            await mine.request("DELETE", f"{QUEUE}/{id}/"),
        ]

        assert [answer.status_code for answer in answers] == [204] * 5

    async def test_of_another_servers_command_does_nothing(self, shop: Shop, plugin: Plugin, worker: Worker) -> None:
        server, thief, alice = await shop.server(), await shop.server("Thief"), await shop.customer()
        product = await shop.product("a", servers=[server["id"]])
        await shop.buy(alice["id"], product["id"])
        await worker.drain()
        queued = await poll(plugin(server))

        answer = await acknowledge(plugin(thief), queued)

        assert answer.status_code == 204
        assert [item["state"] for item in await shop.items(alice["id"])] == ["usable"]


class TestLink:
    async def test_tells_who_the_server_is_and_leaves_out_what_there_is_not(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        answer = await plugin(server).post(
            "/v1/delivery/gameserver/link",
            json={"ip": ":25565", "hostname": "", "platform": "Minecraft", "version": "1.0.1"},
        )

        assert answer.status_code == 200
        assert answer.json()["gameserver"] == {"id": server["id"], "name": "Survival", "enabled": True}
        assert answer.json()["update_available"] is False
        assert "previously_linked" not in answer.json()

    async def test_warns_only_when_the_token_came_from_elsewhere(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        here = {"ip": "192.0.2.1:27015", "hostname": "Here", "platform": "Rust", "version": "0.0.18"}
        link = "/v1/delivery/gameserver/link"
        mine = plugin(server)

        first, again = await mine.post(link, json=here), await mine.post(link, json=here)
        moved = await mine.post(link, json=here | {"ip": "192.0.2.2:27015"})

        assert "previously_linked" not in first.json() | again.json()
        assert moved.json()["previously_linked"]["ip"] == "192.0.2.1:27015"
        assert moved.json()["previously_linked"]["host_name"] == "Here"

    async def test_survives_latin_1(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        body = b'{"ip": "", "hostname": "\xa76Gold", "platform": "Minecraft", "version": "1.0.1"}'
        answer = await plugin(server).post(
            "/v1/delivery/gameserver/link", content=body, headers={"Content-Type": "application/json"}
        )
        shown = await shop.api.get(f"/v1/stores/{shop.store_id}/gameservers/{server['id']}")

        assert answer.status_code == 200
        assert shown.json()[0]["linked_to"]["hostname"] == "§6Gold"
