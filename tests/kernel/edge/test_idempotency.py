"""`Idempotency-Key` on writes."""

import asyncio

import httpx2
import pytest

from sutler.kernel.data.database import Database
from sutler.kernel.edge.asgi import Application
from tests.kernel.tiny import OTHER, OTHER_KEY, STORE, tiny_client

TINY = f"/v1/stores/{STORE}/tiny"
KEY = {"Idempotency-Key": "order-1"}


async def count(database: Database, table: str) -> int:
    """How many rows a table has."""
    async with database.reading() as connection:
        return int((await connection.fetch(f"SELECT count(*) FROM {table}", ()))[0][0])


class TestOnce:
    async def test_a_second_request_gets_the_first_answer_byte_for_byte(
        self, caller: httpx2.AsyncClient, open_database: Database
    ) -> None:
        first, second = [await caller.post(TINY, json={"name": "Alice"}, headers=KEY) for _ in range(2)]

        assert (second.status_code, second.content) == (first.status_code, first.content)
        assert "idempotent-replayed" not in first.headers
        assert second.headers["idempotent-replayed"] == "true"
        assert await count(open_database, "customers") == 1

    async def test_another_body_under_the_key_is_refused(self, caller: httpx2.AsyncClient) -> None:
        await caller.post(TINY, json={"name": "Alice"}, headers=KEY)
        refused = await caller.post(TINY, json={"name": "Bob"}, headers=KEY)

        assert (refused.status_code, refused.json()["code"]) == (409, "IdempotencyKeyReused")

    async def test_another_path_under_the_key_is_refused(self, caller: httpx2.AsyncClient) -> None:
        await caller.post(TINY, json={"name": "Alice"}, headers=KEY)
        refused = await caller.post(f"{TINY}/slowly", json={"name": "Alice"}, headers=KEY)

        assert refused.json()["code"] == "IdempotencyKeyReused"

    async def test_senders_at_once_have_one_effect(self, caller: httpx2.AsyncClient, open_database: Database) -> None:
        sent = [caller.post(f"{TINY}/slowly", json={"name": "Alice"}, headers=KEY) for _ in range(20)]
        answers = await asyncio.gather(*sent)

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        assert await count(open_database, "customers") == 1

    async def test_failures_are_not_kept(self, caller: httpx2.AsyncClient, open_database: Database) -> None:
        first = (await caller.post(TINY, json={"steam_id": "7"})).json()
        refused = await caller.post(TINY, json={"steam_id": "7"}, headers=KEY)
        await caller.delete(f"{TINY}/{first['id']}")
        again = await caller.post(TINY, json={"steam_id": "7"}, headers=KEY)

        assert (refused.status_code, again.status_code) == (409, 200)
        assert await count(open_database, "idempotent_answers") == 1

    async def test_an_answer_without_a_body_is_replayed_too(self, caller: httpx2.AsyncClient) -> None:
        created = (await caller.post(TINY, json={})).json()
        answers = [await caller.delete(f"{TINY}/{created['id']}", headers=KEY) for _ in range(2)]

        assert [(a.status_code, a.content) for a in answers] == [(204, b""), (204, b"")]

    async def test_keys_of_two_stores_never_meet(self, caller: httpx2.AsyncClient, tiny: Application) -> None:
        mine = (await caller.post(TINY, json={"name": "Alice"}, headers=KEY)).json()
        async with tiny_client(tiny, f"APIKey {OTHER_KEY}") as other:
            theirs = (await other.post(f"/v1/stores/{OTHER}/tiny", json={"name": "Alice"}, headers=KEY)).json()

        assert mine["id"] != theirs["id"]

    @pytest.mark.parametrize("key", ["", "x" * 256])
    async def test_an_impossible_key_is_refused(self, caller: httpx2.AsyncClient, key: str) -> None:
        refused = await caller.post(TINY, json={}, headers={"Idempotency-Key": key})

        assert (refused.status_code, refused.json()["code"]) == (400, "InvalidInput")

    async def test_work_in_several_transactions_is_replayed_too(
        self, caller: httpx2.AsyncClient, open_database: Database
    ) -> None:
        first, second = [await caller.post(f"{TINY}/steps", headers=KEY) for _ in range(2)]
        other = await caller.post(f"{TINY}/steps?x=1", headers=KEY)

        assert (second.content, second.headers["idempotent-replayed"]) == (first.content, "true")
        assert other.json()["code"] == "IdempotencyKeyReused"
        assert await count(open_database, "customers") == 1

    async def test_reads_do_not_mind_a_key(self, caller: httpx2.AsyncClient) -> None:
        answers = [await caller.get(TINY, headers=KEY) for _ in range(2)]

        assert [a.status_code for a in answers] == [200, 200]
