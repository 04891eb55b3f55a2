"""`sutler simulate` and `sutler gameserver play`, beside a running server."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sutler.commands.calls import plugin
from sutler.commands.following import is_here
from sutler.commands.simulate import token_in
from sutler.play import ForPrograms, GameServer, online
from sutler_sdk import Players, QueuedCommandDto
from tests.cli.conftest import Installation
from tests.make.demo import DemoStore, must
from tests.processes import Process, ServerProcess, environment, started, wait_until

COMMAND = "oxide.usergroup add 76561197960287930 vip"
NOW = datetime(2030, 1, 1, tzinfo=UTC)
SECONDS = 20.0  # that a busy machine may take to deliver


@dataclass(frozen=True)
class Shop:
    """A demo store that is served, and the command line beside it."""

    place: Installation
    server: ServerProcess
    demo: DemoStore

    def play(self, *arguments: str) -> Process:
        """A pretend game server for programs, not started yet."""
        token = ("--token", self.demo.gameserver_token)
        return self.place.process("gameserver", "play", "--json", "--url", self.demo.url, *token, *arguments)

    def order(self) -> dict[str, Any]:
        """The newest order."""
        with self.demo.manager() as manager:
            found: dict[str, Any] = must(manager.get(f"{self.demo.path}/orders"))[0]
        return found


@pytest.fixture
def shop(place: Installation) -> Iterator[Shop]:
    """On SQLite and on PostgreSQL."""
    yield from served(place)


@pytest.fixture
def sqlite_shop(sqlite_place: Installation) -> Iterator[Shop]:
    """On SQLite only."""
    yield from served(sqlite_place)


def served(place: Installation) -> Iterator[Shop]:
    """Serve the demo store as long as it is needed."""
    server = place.server("demo", "--json", "--no-history")
    with started(server):
        yield Shop(place, server, DemoStore.of(server))


class Memory(ForPrograms):
    """A screen that remembers who came and went, and what it did not understand."""

    def __init__(self) -> None:
        self.seen: list[object] = []

    def player(self, player: str, what: str) -> None:
        """Somebody came or went."""
        self.seen.append((player, what))

    def confused(self, line: str) -> None:
        """Nobody knows what this means."""
        self.seen.append(line)


def events(player: Process) -> list[dict[str, Any]]:
    """What a pretend game server has printed."""
    return [json.loads(line) for line in player.output.splitlines()]


def commands(player: Process) -> list[str]:
    """The commands that it has run."""
    return [event["command"] for event in events(player) if event["event"] == "command"]


class TestPay:
    def test_completes_a_checkout_past_the_server_whose_game_server_then_gets_the_command(self, shop: Shop) -> None:
        player = shop.play()
        with started(player):
            wait_until(lambda: player.output, "it did not link")
            said = shop.place.says("simulate", "pay", shop.demo.checkout())
            wait_until(lambda: commands(player), f"no command came:\n{player.output}", SECONDS)

        order = shop.order()
        assert said == f"Order {order['pretty_id']} is paid: $9.99.\n"
        assert order["status"] == "completed"
        assert commands(player) == [COMMAND]

    def test_knows_who_has_which_step_of_a_ladder(self, sqlite_shop: Shop) -> None:
        shop, demo = sqlite_shop, sqlite_shop.demo
        with demo.manager() as manager:
            group = must(manager.post(f"{demo.path}/tier-groups", json={"name": "Ranks"}))
            must(manager.patch(f"{demo.path}/products/{demo.product_id}", json={"tier_group_id": group["id"]}))
        first, second = demo.checkout(), demo.checkout()

        assert "is paid: $9.99." in shop.place.says("simulate", "pay", first)
        assert "owned already" in shop.place.refuses("simulate", "pay", second)

    def test_can_be_declined_and_then_tried_again_through_the_api(self, shop: Shop) -> None:
        token = shop.demo.checkout()

        declined = shop.place.says("simulate", "pay", token, "--outcome", "decline")
        failed = shop.order()
        page = f"{shop.demo.url}/checkout/?t={token}"
        paid = shop.place.says("simulate", "pay", page, "--url", shop.demo.url, "--key", shop.demo.api_key)

        order = shop.order()
        assert declined == f"Order {order['pretty_id']} is not paid: The simulated card was declined, as asked.\n"
        assert (failed["id"], failed["status"], order["status"]) == (order["id"], "created", "completed")
        assert paid == f"Order {order['pretty_id']} is paid: $9.99.\n"

    def test_is_refused_with_the_reason(self, sqlite_shop: Shop) -> None:
        shop, token = sqlite_shop, sqlite_shop.demo.checkout()
        through = ("--url", shop.demo.url, "--key")
        shop.place.says("simulate", "pay", token)

        assert "already paid" in shop.place.refuses("simulate", "pay", token)
        assert "already paid" in shop.place.refuses("simulate", "pay", token, *through, shop.demo.api_key)
        assert "no checkout with this token" in shop.place.refuses("simulate", "pay", "nothing")
        assert "unknown or revoked" in shop.place.refuses("simulate", "pay", token, *through, "nobody")

    def test_takes_the_token_out_of_an_address(self) -> None:
        assert [token_in("abc"), token_in("https://shop.example/checkout/?t=abc&x=1")] == ["abc", "abc"]


class TestDispute:
    def test_is_opened_here_and_decided_through_the_api(self, sqlite_shop: Shop) -> None:
        shop = sqlite_shop
        shop.place.says("simulate", "pay", shop.demo.checkout())
        with shop.demo.client() as client:
            (payment, *_) = client.payments.get_payments()
        through = ("--url", shop.demo.url, "--key", shop.demo.api_key)

        opened = shop.place.says("simulate", "dispute", payment.id)
        decided = shop.place.says("simulate", "dispute", payment.id, "--state", "lost", *through)

        assert opened == f"The chargeback of payment {payment.id} is pending.\n"
        assert decided == f"The chargeback of payment {payment.id} is lost.\n"
        assert "not like this" in shop.place.refuses("simulate", "dispute", payment.id, "--state", "won")
        assert "no payment with this id" in shop.place.refuses("simulate", "dispute", "nothing")


class TestPlay:
    def test_once_runs_what_waits_and_stops(self, sqlite_shop: Shop) -> None:
        sqlite_shop.demo.buy()
        player = sqlite_shop.play("--once", "--player", "Alice")
        again = sqlite_shop.play("--once", "--interval", "0.2")
        with started(player):
            assert player.running.wait(SECONDS) == 0
        with started(again):
            assert again.running.wait(SECONDS) == 0

        linked, command = events(player)
        assert (linked["event"], linked["gameserver"]["name"]) == ("linked", "Survival")
        assert (command["command"], command["customer_name"]) == (COMMAND, "Alice")
        assert commands(again) == []  # because it was acknowledged

    def test_once_takes_what_waits_from_a_stream_but_for_whom_it_misses(self, sqlite_shop: Shop) -> None:
        sqlite_shop.demo.buy()
        player = sqlite_shop.play("--once", "--stream")
        with started(player):
            assert player.running.wait(SECONDS) == 0

        assert commands(player) == [COMMAND]
        uuid = "853C80EF-3c37-49fd-aa49-938b674adae6"
        needs = QueuedCommandDto(attempt_id="1", command="", online_only=True, queued_at=NOW, minecraft_uuid=uuid)
        assert [is_here(needs, players) for players in ([], ["Bob"], ["853c80ef3c3749fdaa49938b674adae6"])] == [
            False, False, True,
        ]  # fmt: skip

    @pytest.mark.parametrize("arguments", [(), ("--stream",)])
    def test_survives_restarts_of_the_server(self, sqlite_shop: Shop, arguments: tuple[str, ...]) -> None:
        sqlite_shop.server.stop()
        server = sqlite_shop.place.server("serve")
        shop = replace(sqlite_shop, server=server, demo=sqlite_shop.demo.at(server.url))
        player = shop.play(*arguments)
        with started(server, player):
            for ending in (server.kill, server.stop):
                shop.demo.buy()
                wait_until(lambda: commands(player).count(COMMAND) == len(away(player)) + 1, "no command came", SECONDS)
                noticed = len(away(player)) + 1
                ending()
                wait_until(lambda: len(away(player)) == noticed, "it did not notice", SECONDS)  # noqa: B023 - asked at once
                server.start()

        assert commands(player) == [COMMAND, COMMAND]

    def test_ends_when_its_token_is_replaced(self, sqlite_shop: Shop) -> None:
        player = sqlite_shop.play("--interval", "1")
        with started(player), sqlite_shop.demo.client() as client:
            wait_until(lambda: player.output, "it did not link")
            client.game_servers.reset_game_server_token(sqlite_shop.demo.gameserver_id)

            assert player.running.wait(SECONDS) == 1
        assert "unknown or revoked" in player.complaints

    def test_shows_people_what_a_server_would_run(self, sqlite_shop: Shop) -> None:
        sqlite_shop.demo.buy()

        shown = sqlite_shop.place.says(
            "gameserver", "play", "--once", "--url", sqlite_shop.demo.url, "--token", sqlite_shop.demo.gameserver_token
        )

        linked, command = shown.splitlines()
        assert f"as Survival ({sqlite_shop.demo.gameserver_id})" in linked
        assert command.endswith(f"command {COMMAND}  for Alice")

    def test_lets_players_come_and_go_and_reports_who_came(self, sqlite_shop: Shop) -> None:
        screen = Memory()
        url = sqlite_shop.demo.url
        typed = ["join Alice\n", "\n", "dance\n", "leave nobody\n", "join Bob\n", "join Bob\n", " leave  Bob \n"]

        with plugin(url, sqlite_shop.demo.gameserver_token) as client:
            pretended = GameServer(url, client, ["76561197960287930"], screen, 0.1)
            pretended.listen(typed)
            ran = pretended.play(once=True)

        assert screen.seen == [("Alice", "joined"), "dance", "leave nobody", ("Bob", "joined"), "join Bob", ("Bob", "left")]
        assert ran == 0
        with closing(sqlite3.connect(sqlite_shop.place.folder / "sutler.db")) as kept:
            joins = kept.execute("SELECT player, minecraft_name, ip FROM player_joins ORDER BY id").fetchall()
        assert joins == [
            ("76561197960287930", None, "127.0.0.1"), ("alice", "Alice", "127.0.0.1"), ("bob", "Bob", "127.0.0.1"),
        ]  # fmt: skip

    def test_reads_what_is_typed_when_asked_to(self, sqlite_shop: Shop) -> None:
        where = ("--url", sqlite_shop.demo.url, "--token", sqlite_shop.demo.gameserver_token)
        command = (sys.executable, "-m", "sutler", "gameserver", "play", "--json", "--interactive", *where)
        pipe = subprocess.PIPE

        with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment()) as player:
            assert player.stdin is not None
            assert player.stdout is not None
            player.stdin.write(b"join Alice\nleave Alice\n")
            player.stdin.flush()
            seen = [json.loads(player.stdout.readline()) for _ in range(3)]
            player.terminate()

        assert [one["player"] for one in seen if one["event"] == "joined"] == ["Alice"]
        assert [one["player"] for one in seen if one["event"] == "left"] == ["Alice"]

    def test_is_refused_with_a_token_that_nobody_knows(self, sqlite_shop: Shop) -> None:
        line = sqlite_shop.place.refuses("gameserver", "play", "--url", sqlite_shop.demo.url, "--token", "nobody")

        assert line == f"{sqlite_shop.demo.url} refuses: Missing, unknown or revoked credentials."

    def test_tells_players_apart(self) -> None:
        uuid = "069a79f4-44e9-4726-a5be-fca90e38aaf5"

        assert online(["Alice", "76561197960287930", uuid]) == Players(["76561197960287930"], [uuid], ["Alice"])


def away(player: Process) -> list[dict[str, Any]]:
    """How often it has noticed that the server is away."""
    return [event for event in events(player) if event["event"] == "away"]
