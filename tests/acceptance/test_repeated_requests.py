"""A request that comes again and again under one key has one effect and one answer, also when servers die meanwhile."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from sutler.kernel import secrets
from sutler.kernel.data.connect import database as database_at
from tests.acceptance.senders import Senders, Wish, wishes
from tests.make.backup import complaints, rows
from tests.make.demo import DemoStore
from tests.postgres import Cluster
from tests.processes import ServerProcess, started

KEYS, MANY_KEYS, MANY_KILLS = 10, 1_000, 12


@contextmanager
def serving(folder: Path, settings: Mapping[str, str], *, two: bool) -> Iterator[tuple[DemoStore, list[ServerProcess]]]:
    """The demo store at one server or at two, the last of which may be killed and started again."""
    demo = ServerProcess(folder, "demo", "--json", "--no-history", "--data", "data", **settings)
    server = ServerProcess(folder, "serve", "--data", "data", **settings)
    with started(demo):
        shop = DemoStore.of(demo)
        if not two:
            assert demo.stop() == 0
        with started(server):
            running = [demo, server] if two else [server]
            yield shop, running
            assert [process.stop() for process in running] == [0] * len(running)


async def sent(senders: Senders, wanted: Sequence[Wish], victim: ServerProcess, kills: int) -> None:
    """All requests, sent while a server is killed again and again and started where it was."""
    requests = len(wanted) * senders.of_each

    async def kill_now_and_then() -> None:
        for number in range(kills):
            await senders.reached(requests * (number + 1) // (kills + 2))  # while there is still much to do
            victim.kill()
            await asyncio.to_thread(victim.start)

    async with asyncio.TaskGroup() as group:
        group.create_task(senders.send(wanted))
        group.create_task(kill_now_and_then())


async def prove(folder: Path, keys: int, kills: int, *, two: bool = False, **settings: str) -> None:
    """Send requests under so many keys through so many kills, and compare what was answered with what is there."""
    url = settings.get("SUTLER_DATABASE_URL") or f"sqlite:{folder}/data/sutler.db"
    with serving(folder, settings, two=two) as (shop, servers):
        before, wanted = await made(url), wishes(shop, keys)
        senders = Senders(shop, [server.url for server in servers])
        await sent(senders, wanted, servers[-1], kills)
    after = await made(url)

    assert senders.interrupted >= kills  # the kills were felt
    assert {key: len(answers) for key, answers in senders.answers.items()} == {wish.key: senders.of_each for wish in wanted}
    assert [key for key, answers in senders.answers.items() if len(set(answers)) != 1] == []
    firsts = [answers[0] for answers in senders.answers.values()]
    assert {status for status, _ in firsts} == {200}
    assert sorted(after.ids - before.ids) == sorted(json.loads(body)["id"] for _, body in firsts)
    assert (after.audited - before.audited, after.kept - before.kept) == (keys, keys)
    secrets.install(secrets.Sealer.from_settings(None, folder / "data"))
    assert await complaints(database_at(url)) == {}


class Made:
    """What a database holds that requests have made."""

    def __init__(self, ids: Sequence[tuple[int]], audited: int, kept: int) -> None:
        self.ids, self.audited, self.kept = {str(id) for (id,) in ids}, audited, kept


async def made(url: str) -> Made:
    """Customers and checkouts, changes written down in the audit log, and answers that are kept."""
    database = database_at(url)
    ids = await rows(database, "SELECT id FROM customers UNION ALL SELECT id FROM checkouts")
    ((audited,),) = await rows(database, "SELECT count(*) FROM audit_entries")
    ((kept,),) = await rows(database, "SELECT count(*) FROM idempotent_answers")
    return Made(ids, audited, kept)


@pytest.fixture
def postgres(cluster: Cluster) -> Iterator[str]:
    """The address of a PostgreSQL database that only this test knows."""
    name = f"repeated_{uuid4().hex[:12]}"
    yield cluster.create_database(name)
    cluster.drop_database(name)


class TestRepeatedRequest:
    async def test_has_one_effect_and_one_answer_while_the_server_dies(self, tmp_path: Path) -> None:
        await prove(tmp_path, KEYS, kills=2)

    async def test_has_one_effect_and_one_answer_at_two_servers(self, tmp_path: Path, postgres: str) -> None:
        await prove(tmp_path, KEYS, kills=1, two=True, SUTLER_DATABASE_URL=postgres)


@pytest.mark.soak
class TestAThousandRepeatedRequests:
    async def test_have_one_effect_and_one_answer_each_while_the_server_dies(self, tmp_path: Path) -> None:
        await prove(tmp_path, MANY_KEYS, MANY_KILLS)

    async def test_have_one_effect_and_one_answer_each_at_two_servers(self, tmp_path: Path, postgres: str) -> None:
        await prove(tmp_path, MANY_KEYS, MANY_KILLS, two=True, SUTLER_DATABASE_URL=postgres)
