"""Two servers and one worker on one PostgreSQL behave like one."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

import httpx2
import pytest

from tests.make.demo import PATIENCE, QUEUE, DemoStore, must
from tests.make.webhooks import new_webhook, receiving
from tests.postgres import Cluster
from tests.processes import PLAIN, Process, ServerProcess, run, started, wait_until

pytestmark = pytest.mark.xdist_group("two servers")  # they share the installation, which takes seconds to start
SECONDS = 5.0  # how long a signal may take at most; credentials are remembered for three seconds without one
WAITING = 20.0
AT_ONCE = 64


@dataclass(frozen=True)
class Installation:
    """The store as seen through each of its two servers, and the worker between them."""

    first: DemoStore
    second: DemoStore
    worker: Process
    settings: dict[str, str]


@pytest.fixture(scope="module")
def installation_of_two(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """`sutler demo`, `sutler serve` and `sutler worker` with one key."""
    name, folder = f"two_{uuid4().hex[:12]}", tmp_path_factory.mktemp("two")
    settings = {
        "SUTLER_DATABASE_URL": cluster.create_database(name),
        "SUTLER_DATA": str(folder / "data"),
        "SUTLER_WORKER": "0",
        "SUTLER_WEBHOOKS_ALLOW_PRIVATE": "1",
    }
    first, second = (
        ServerProcess(folder, "demo", "--json", "--no-history", **settings),
        ServerProcess(folder, "serve", **settings),
    )
    worker = Process(folder, "worker", **settings)
    with started(first, second, worker):
        demo = DemoStore.of(first)
        yield Installation(demo, demo.at(second.url), worker, settings)
    cluster.drop_database(name)


def take(shop: DemoStore, wait: float = 0) -> list[dict[str, str]]:
    """The commands that come within so many seconds, acknowledged so that nobody else gets them."""
    with shop.plugin() as plugin:
        commands: list[dict[str, str]] = must(plugin.get(QUEUE, params={"wait": wait}))
        answer = plugin.request("DELETE", QUEUE, json=[{"attempt_id": command["attempt_id"]} for command in commands])
    assert answer.status_code == 204, answer.text
    return commands


class TestRevokedKey:
    def test_stops_working_at_both_servers(self, installation_of_two: Installation) -> None:
        first, second, settings = installation_of_two.first, installation_of_two.second, installation_of_two.settings
        token = run("key", "create", "--name", "Lost", settings=settings).stdout.strip()
        (line,) = [line for line in run("key", "list", settings=settings).stdout.splitlines() if line.endswith("Lost")]

        with first.manager(token) as here, second.manager(token) as there:
            assert [one.get(first.path).status_code for one in (here, there)] == [200, 200]
            revoked = run("key", "revoke", line.split()[0], settings=settings)

            assert revoked.returncode == 0
            wait_until(lambda: here.get(first.path).status_code == 401, "the first server still takes the key", SECONDS)
            wait_until(lambda: there.get(first.path).status_code == 401, "the second server still takes the key", SECONDS)
        with first.manager() as here, second.manager() as there:
            assert [one.get(first.path).status_code for one in (here, there)] == [200, 200]


class TestIdentity:
    @pytest.mark.parametrize(
        ("identity", "code"),
        [({"steam_id": "76561197960287931"}, "SteamIdTaken"),
         ({"minecraft_uuid": "069a79f4-44e9-4726-a5be-fca90e38aaf5"}, "MinecraftUuidTaken")],
    )  # fmt: skip
    async def test_goes_to_one_of_many_who_ask_at_both_servers_at_once(
        self, installation_of_two: Installation, identity: dict[str, str], code: str
    ) -> None:
        first, second = installation_of_two.first, installation_of_two.second
        headers = {"Authorization": f"APIKey {first.api_key}"}
        async with httpx2.AsyncClient(headers=headers, timeout=PATIENCE, verify=PLAIN) as client:
            urls = [f"{server.url}{server.path}/customers" for server in (first, second)] * (AT_ONCE // 2)
            answers = await asyncio.gather(*(client.post(url, json=identity) for url in urls))

        assert Counter(answer.json().get("code", "made") for answer in answers) == {"made": 1, code: AT_ONCE - 1}


class TestPurchase:
    def test_at_one_server_reaches_a_game_server_that_waits_at_the_other(self, installation_of_two: Installation) -> None:
        def wait_at_the_second() -> tuple[list[dict[str, str]], float]:
            return take(installation_of_two.second, WAITING), time.monotonic()

        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(wait_at_the_second)
            time.sleep(1)  # so that the poll has found nothing and waits
            assert not waiting.done()
            installation_of_two.first.buy()
            paid = time.monotonic()
            commands, arrived = waiting.result()

        assert [command["command"] for command in commands] == ["oxide.usergroup add 76561197960287930 vip"]
        assert arrived - paid < SECONDS

    async def test_is_told_to_a_webhook_once(self, installation_of_two: Installation) -> None:
        first, second = installation_of_two.first, installation_of_two.second
        async with receiving() as receiver:
            with second.client() as client:
                client.webhooks.create_subscription(**new_webhook(receiver.url))

            orders = [await asyncio.to_thread(one.buy) for one in (first, second)]
            both = lambda: len(receiver.received) == len(orders)  # noqa: E731 - used on the next line only
            await asyncio.to_thread(wait_until, both, "the webhooks did not come", WAITING)
            await asyncio.sleep(2)  # for anything that would come again

        assert len(take(second)) == len(orders)
        assert sorted(told.json["body"]["id"] for told in receiver.received) == sorted(order["id"] for order in orders)


class TestWorker:
    def test_finds_what_was_bought_while_it_was_stopped(self, installation_of_two: Installation) -> None:
        worker = installation_of_two.worker
        wait_until(lambda: "runs jobs" in worker.output, "the worker did not begin")
        assert (worker.stop(), worker.complaints) == (0, "")
        installation_of_two.first.buy()

        assert take(installation_of_two.second, 0.5) == []
        worker.start()
        assert len(take(installation_of_two.second, WAITING)) == 1
