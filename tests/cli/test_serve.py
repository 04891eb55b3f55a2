"""`sutler serve`: what it prints, how it begins and how it ends."""

import json
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.cli.conftest import Installation
from tests.make.demo import QUEUE, DemoStore, must
from tests.processes import started, wait_until

KEY = re.compile(r"pnapi_v1_\w{44}")
QUICK = 5.0  # seconds, where a poll that is not cut short takes much longer
LONG = 25.0


class TestServe:
    def test_makes_a_demo_store_when_there_is_no_store_and_never_again(self, place: Installation) -> None:
        first, again = place.server("serve", "--demo"), place.server("serve", "--demo")
        with started(first):
            wait_until(lambda: "not shown again" in first.output, "nothing was said")
            (key,) = KEY.findall(first.output)
            stores = httpx2.get(f"{first.url}/v1/stores", headers={"Authorization": f"APIKey {key}"}).json()
        with started(again):
            wait_until(lambda: "sutler key create" in again.output, "nothing was said")

        assert [(store["slug"], store["live_mode"], store["platform"]) for store in stores] == [("demo", False, "steam")]
        assert stores[0]["id"] in first.output
        assert first.url in first.output
        assert again.url in again.output
        assert not KEY.findall(again.output)

    def test_sends_the_date_and_does_not_say_what_it_is_made_of(self, place: Installation) -> None:
        server = place.server("serve")
        with started(server):
            headers = httpx2.get(f"{server.url}/healthz").headers

        assert "date" in headers
        assert "server" not in headers

    @pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
    def test_answers_what_was_asked_before_it_stops(self, empty_place: Installation, kind: signal.Signals) -> None:
        server = empty_place.server("demo", "--json", "--no-history")
        with started(server), ThreadPoolExecutor() as threads:
            demo = DemoStore.of(server)
            polls = [threads.submit(poll, demo) for _ in range(3)]
            time.sleep(1)  # so that all of them wait
            assert not any(poll.done() for poll in polls)

            began = time.monotonic()
            server.signal(kind)
            code = server.running.wait(LONG)
            took = time.monotonic() - began

            assert [poll.result() for poll in polls] == [[], [], []]
        assert (code, server.complaints) == (0, "")
        assert took < QUICK

    def test_finishes_a_request_that_is_still_arriving(self, empty_place: Installation) -> None:
        server = empty_place.server("demo", "--json", "--no-history")
        with started(server), ThreadPoolExecutor(1) as threads:
            demo, half = DemoStore.of(server), threading.Event()

            with demo.manager() as manager:
                asked = threads.submit(
                    lambda: manager.post(
                        f"{demo.path}/checkouts", content=Slowly(json.dumps(demo.new_checkout).encode(), half),
                        headers={"Content-Type": "application/json"},
                    )
                )  # fmt: skip
                half.wait(LONG)
                server.signal(signal.SIGTERM)

                assert asked.result().status_code == 200
            assert server.running.wait(LONG) == 0

    def test_is_reached_through_a_proxy_that_it_trusts(self, empty_place: Installation) -> None:
        server = empty_place.server("demo", "--json", "--no-history")
        with started(server):
            demo = DemoStore.of(server)
            with demo.game_server() as plugin:
                behind_a_proxy = plugin.with_options(headers={"X-Forwarded-For": "203.0.113.9"})
                behind_a_proxy.delivery.get_queued_commands_with_online_players()
            with demo.client() as client:
                (shown,) = client.game_servers.get_game_server(demo.gameserver_id)

        assert shown.linked_to
        assert shown.linked_to.last_fetched_commands_from_ip == "203.0.113.9"


class Slowly:
    """A body whose second half comes a second after the first."""

    def __init__(self, body: bytes, half: threading.Event) -> None:
        self._body, self._half = body, half

    def __iter__(self) -> "Slowly":
        return self

    def __next__(self) -> bytes:
        if not self._body:
            raise StopIteration
        if self._half.is_set():
            time.sleep(1)
            part, self._body = self._body, b""
            return part
        self._half.set()
        part, self._body = self._body[:10], self._body[10:]
        return part


def poll(demo: DemoStore) -> list[object]:
    """A long poll to its end."""
    with demo.plugin() as plugin:
        found: list[object] = must(plugin.post(QUEUE, params={"wait": LONG}, json={}))
    return found
