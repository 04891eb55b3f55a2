"""Polls that find nothing cost nothing, and nothing hides behind that."""

import asyncio
import time
from datetime import timedelta

import pytest

from sutler.delivery.commands import service
from sutler.delivery.commands.models import OFFER_LEASE
from sutler.delivery.commands.service import QUIET
from sutler.delivery.polls import service as polls
from sutler.delivery.polls.service import QUIET_SECONDS, SEEN_SECONDS, Quiet, Seen
from sutler.kernel import clock
from sutler.kernel.data.connect import database as database_at
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from tests.conftest import INTERNAL
from tests.delivery.conftest import Plugin
from tests.make.delivery import NOON, QUEUE, STEAM_ID, Shop, acknowledge, attempt, commands, poll
from tests.make.stores import counted


def touching_the_queue(statements: list[str]) -> list[str]:
    """Those of the statements that read or write what polls are about; credentials and clocks have caches of their own."""
    return [sql for sql in statements if "command_attempts" in sql or "game_servers" in sql]


class TestEmptyPoll:
    async def test_costs_no_statement_for_a_while(self, shop: Shop, plugin: Plugin, database: Database) -> None:
        mine = plugin(await shop.server())
        await poll(mine)

        with counted(database) as seen:
            await poll(mine)
            await poll(mine, steam_ids=[STEAM_ID])
            await mine.get(QUEUE)

        assert seen == []

    async def test_costs_two_short_reads_and_no_write_at_first(self, shop: Shop, plugin: Plugin, database: Database) -> None:
        server = await shop.server()
        await poll(plugin(server))
        QUIET.disturb(server["id"])

        with counted(database) as seen:
            await poll(plugin(server), steam_ids=[STEAM_ID])

        assert len(touching_the_queue(seen)) == 2
        assert all(sql.lstrip().startswith("SELECT") for sql in seen)

    async def test_writes_nothing_while_a_command_waits_for_its_player(
        self, shop: Shop, plugin: Plugin, database: Database
    ) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give", online_only=True, steam_id=STEAM_ID)
        await poll(plugin(server))

        with counted(database) as seen:
            for _ in range(3):
                assert await poll(plugin(server), steam_ids=["76561197960287999"]) == []

        assert all(sql.lstrip().startswith("SELECT") for sql in seen)
        assert await commands(plugin(server), steam_ids=[STEAM_ID]) == ["give"]

    async def test_costs_no_statement_while_everything_is_leased(
        self, shop: Shop, plugin: Plugin, database: Database
    ) -> None:
        server = await shop.server()
        await shop.queue(server["id"], "give")
        offered = [await poll(plugin(server)), await poll(plugin(server))]

        with counted(database) as seen:
            offered += [await poll(plugin(server))]

        assert ([len(one) for one in offered], seen) == ([1, 0, 0], [])


class TestSilence:
    async def test_ends_when_something_is_queued(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()
        assert await poll(plugin(server)) == []

        await shop.queue(server["id"], "give")

        assert await commands(plugin(server)) == ["give"]

    async def test_ends_with_the_lease_whatever_the_process_remembers(self, shop: Shop, plugin: Plugin) -> None:
        await shop.is_at(NOON)
        server = await shop.server()
        await shop.queue(server["id"], "give")
        await poll(plugin(server))
        assert await poll(plugin(server)) == []

        await shop.is_at(NOON + OFFER_LEASE)

        assert await commands(plugin(server)) == ["give"]

    async def test_hides_nothing_for_long_that_another_process_queued_without_a_signal(
        self, shop: Shop, plugin: Plugin, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(polls, "QUIET_SECONDS", 0.3)
        server = await shop.server()
        assert await poll(plugin(server)) == []
        elsewhere = database_at(database_url)
        await elsewhere.open()

        async with elsewhere.writing() as connection:
            context = StoreContext(connection, shop.store_id, INTERNAL, writes=True)
            await context.add(attempt(server["id"], "give"))
        await elsewhere.close()
        await asyncio.sleep(0.35)

        assert await commands(plugin(server)) == ["give"]

    async def test_ends_when_another_process_queues_something(self, shop: Shop, plugin: Plugin, database_url: str) -> None:
        if database_url.startswith("sqlite"):
            return  # processes that share a file do not hear each other; the two seconds above are for them
        server = await shop.server()
        assert await poll(plugin(server)) == []
        elsewhere = database_at(database_url)
        await elsewhere.open()

        async with elsewhere.writing() as connection:
            context = StoreContext(connection, shop.store_id, INTERNAL, writes=True)
            await service.queue(context, [attempt(server["id"], "give")])
        deadline, found = time.monotonic() + QUIET_SECONDS / 2, list[str]()
        while not found and time.monotonic() < deadline:
            found = await commands(plugin(server))
            await asyncio.sleep(0.02)
        await elsewhere.close()

        assert found == ["give"]


class TestQuiet:
    def test_holds_for_two_seconds_at_most(self) -> None:
        moments = iter((0.0, 0.1, QUIET_SECONDS - 0.1, QUIET_SECONDS))
        quiet = Quiet(lambda: next(moments))
        quiet.remember("1", None, quiet.signals)

        assert [quiet.holds("1"), quiet.holds("1"), quiet.holds("1"), quiet.holds("2")] == [True, True, False, False]
        assert QUIET_SECONDS <= 2

    def test_holds_no_longer_than_the_first_lease_of_the_stores_time(self) -> None:
        quiet = Quiet()
        with clock.standing_at(NOON):
            quiet.remember("1", NOON + OFFER_LEASE, quiet.signals)

        held = []
        for moment in (NOON, NOON + OFFER_LEASE - timedelta(microseconds=1), NOON + OFFER_LEASE):
            with clock.standing_at(moment):
                held.append(quiet.holds("1"))

        assert held == [True, True, False]

    def test_remembers_nothing_when_a_signal_came_while_somebody_looked(self) -> None:
        quiet = Quiet()
        before = quiet.signals

        quiet.disturb("1")
        quiet.remember("1", None, before)

        assert not quiet.holds("1")

    def test_forgets_the_server_of_a_signal_and_everything_when_signals_may_be_missing(self) -> None:
        quiet = Quiet()
        for id in ("1", "2", "3"):
            quiet.remember(id, None, quiet.signals)

        quiet.disturb("1")
        one_is_gone = [quiet.holds(id) for id in ("1", "2", "3")]
        quiet.disturb("")

        assert one_is_gone == [False, True, True]
        assert not any(quiet.holds(id) for id in ("1", "2", "3"))

    def test_stays_small_however_many_servers_ask(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(polls, "MOST_REMEMBERED", 10)
        quiet, seen = Quiet(), Seen()

        for number in range(25):
            quiet.remember(str(number), None, quiet.signals)
            assert seen.is_news(str(number))

        assert (len(quiet._silent), len(seen._next)) == (5, 5)

    async def test_rings_for_the_server_of_a_signal_only(self) -> None:
        quiet = Quiet()
        with quiet.listening("1") as mine, quiet.listening("1") as also_mine, quiet.listening("2") as other:
            quiet.disturb("1")
            rung = [mine.is_set(), also_mine.is_set(), other.is_set()]
            quiet.disturb("")

            assert (rung, other.is_set()) == ([True, True, False], True)
        assert quiet._bells == {}


class TestNoteThatTheServerLives:
    async def test_is_written_with_the_first_poll_and_then_twice_a_minute(
        self, shop: Shop, plugin: Plugin, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await shop.is_at(NOON)
        server, writes = await shop.server(), []
        moments = iter((0.0, 10.0, SEEN_SECONDS - 1, SEEN_SECONDS, SEEN_SECONDS + 10))
        monkeypatch.setattr(service, "SEEN", Seen(lambda: next(moments)))

        for _ in range(5):
            with counted(database) as seen:
                await poll(plugin(server))
            writes.append(len([sql for sql in seen if sql.startswith("UPDATE game_servers")]))

        link = (await shop.shown_server(server["id"]))["linked_to"]
        assert writes == [1, 0, 0, 1, 0]
        assert (link["last_fetched_commands_at"], link["last_fetched_commands_from_ip"]) == (
            "2030-01-01T12:00:00Z",
            "127.0.0.1",
        )

    async def test_is_no_change_that_somebody_made(self, shop: Shop, plugin: Plugin) -> None:
        server = await shop.server()

        await poll(plugin(server))
        await acknowledge(plugin(server), [])
        after = await shop.shown_server(server["id"])

        assert (after["updated_at"], after["updated_by"]) == (server["updated_at"], server["updated_by"])
