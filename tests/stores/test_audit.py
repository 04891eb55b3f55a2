"""The audit log: what is recorded, who may read it, and that tampering with it shows."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.data.records import Actor, Flake
from sutler.stores.audit import service
from sutler.stores.audit.models import AuditEntry, AuditLink
from sutler.stores.audit.service import Verdict, chain, chain_audit, verify
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.customers import made_customer, new_customer, signed_in
from tests.make.stores import counted, key

ID = param("row_id", type_=Flake())
ALTER = Statement(update(AuditEntry.table).where(AuditEntry.c.id == ID).values(address="198.51.100.1"))
TAKE_OUT = Statement(delete(AuditEntry.table).where(AuditEntry.c.id == ID))
UNLINK = Statement(delete(AuditLink.table).where(AuditLink.c.entry_id == ID))


def path(store: SeededStore) -> str:
    """Where the log is."""
    return f"/v1/stores/{store.id}/audit-log"


async def log(api: ContractClient, store: SeededStore, **query: Any) -> list[dict[str, Any]]:
    """What the API shows of the log."""
    answer = await api.get(path(store), params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


class TestRecording:
    async def test_tells_who_changed_what_from_where(self, api: ContractClient, store: SeededStore) -> None:
        customer = await made_customer(api, store.id)

        (entry,) = await log(api, store)

        assert entry["operation"] == "Customers_CreateCustomer"
        assert (entry["method"], entry["path"], entry["status"]) == ("POST", f"/v1/stores/{store.id}/customers", 200)
        assert entry["target_ids"] == [customer["id"]]
        assert entry["members"] == ["metadata", "name", "steam_id"]
        assert entry["actor"]["type"] == "api_key"
        assert entry["address"] == "127.0.0.1"

    async def test_names_the_request_as_its_answer_does(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/customers", json=new_customer())

        (entry,) = await log(api, store)

        assert entry["trace_id"] == answer.headers["x-trace-id"]

    async def test_keeps_no_value_and_no_name_that_the_operation_does_not_know(
        self, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        await api.post(f"/v1/stores/{store.id}/customers", json={"name": "Quintessa", "quintessa@example.com": 1})

        async with inside(store.id) as context:
            (entry,) = await context.all(context.rows(AuditEntry))

        assert entry.members == ["name"]
        assert b"uintessa" not in service.canonical(entry)

    async def test_takes_one_statement(self, api: ContractClient, store: SeededStore, database: Database) -> None:
        await made_customer(api, store.id)

        with counted(database) as statements:
            await made_customer(api, store.id)

        assert [sql for sql in statements if "audit" in sql] == statements[1:]
        assert len(statements) == 2

    async def test_leaves_out_reads_and_what_was_refused(self, api: ContractClient, store: SeededStore) -> None:
        customer = await made_customer(api, store.id)
        await api.get(f"/v1/stores/{store.id}/customers/{customer['id']}")
        refused = await api.post(f"/v1/stores/{store.id}/customers", json={"steam_id": customer["steam_id"]})

        assert refused.status_code == 409
        assert len(await log(api, store)) == 1

    async def test_leaves_out_what_customers_do(
        self, api: ContractClient, store: SeededStore, client: ClientFactory
    ) -> None:
        customer = await made_customer(api, store.id)
        token = await signed_in(api, store.id, customer["id"])
        await client(token).post("/v1/checkouts", json={"lines": []})

        assert [entry["operation"] for entry in await log(api, store)] == [
            "Customers_CreateCustomerToken", "Customers_CreateCustomer",
        ]  # fmt: skip

    async def test_happens_once_for_a_request_that_is_repeated_with_its_key(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        body, headers = new_customer(), {"Idempotency-Key": "once"}
        first = await api.post(f"/v1/stores/{store.id}/customers", json=body, headers=headers)
        again = await api.post(f"/v1/stores/{store.id}/customers", json=body, headers=headers)

        assert first.content == again.content
        assert len(await log(api, store)) == 1


class TestReading:
    async def test_goes_page_by_page_newest_first(self, api: ContractClient, store: SeededStore) -> None:
        made = [(await made_customer(api, store.id))["id"] for _ in range(3)]

        first = await log(api, store, limit=2)
        second = await log(api, store, limit=2, before=first[-1]["id"])

        assert [entry["target_ids"][0] for entry in first + second] == made[::-1]

    async def test_finds_an_operation_and_an_actor(
        self, api: ContractClient, store: SeededStore, client: ClientFactory, inside: Inside
    ) -> None:
        customer = await made_customer(api, store.id)
        updater = client(await key(inside, store.id, "customer_update"))
        await updater.post(f"/v1/stores/{store.id}/customers/{customer['id']}/tokens")

        (token_made,) = await log(api, store, operation="Customers_CreateCustomerToken")
        own = await log(api, store, actor_id=token_made["actor"]["id"])

        assert own == [token_made]
        assert await log(api, store, operation="Products_CreateProduct") == []

    async def test_needs_the_permission(
        self, client: ClientFactory, store: SeededStore, other: SeededStore, inside: Inside
    ) -> None:
        lesser = client(await key(inside, store.id, "customer_read"))
        stranger = client(f"APIKey {other.api_key}")

        assert (await lesser.get(path(store))).status_code == 403
        assert (await stranger.get(path(store))).status_code == 403
        assert (await client().get(path(store))).status_code == 401

    async def test_shows_nothing_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        await made_customer(api, store.id)

        assert await log(client(f"APIKey {other.api_key}"), other) == []


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries are linked however new they are."""
    monkeypatch.setattr(service, "SETTLED", timedelta(seconds=-1))


async def verified(inside: Inside, store: SeededStore, noted: str | None = None) -> Verdict:
    """What a check of the store's log says."""
    async with inside(store.id) as context:
        return await verify(context, noted)


async def entries(inside: Inside, store: SeededStore) -> list[AuditEntry]:
    """The log, oldest first."""
    async with inside(store.id) as context:
        return await context.all(context.rows(AuditEntry))


async def tamper(database: Database, statement: Statement, id: str) -> None:
    """Do to the log what nobody may."""
    async with database.writing() as connection:
        await statement.run(connection, row_id=id)


@pytest.fixture
async def chained(
    api: ContractClient, store: SeededStore, database: Database, inside: Inside, at_once: None
) -> list[AuditEntry]:
    """Five linked entries."""
    for _ in range(5):
        await made_customer(api, store.id)
    await chain_audit(database)
    return await entries(inside, store)


class TestChaining:
    async def test_waits_until_no_older_entry_can_appear(
        self, api: ContractClient, store: SeededStore, database: Database, inside: Inside
    ) -> None:
        await made_customer(api, store.id)
        await chain_audit(database)

        assert await verified(inside, store) == Verdict(0, 1, bytes(32).hex())

    async def test_links_every_entry_once_in_its_order(
        self, chained: list[AuditEntry], api: ContractClient, store: SeededStore, database: Database, inside: Inside
    ) -> None:
        await made_customer(api, store.id)
        await chain_audit(database)
        await chain_audit(database)

        async with inside(store.id) as context:
            links = await context.all(context.rows(AuditLink))
        assert [link.position for link in links] == [1, 2, 3, 4, 5, 6]
        assert [link.entry_id for link in links] == [entry.id for entry in await entries(inside, store)]

    async def test_goes_on_after_a_full_batch(
        self, api: ContractClient, store: SeededStore, database: Database, inside: Inside, at_once: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(service, "BATCH", 2)
        for _ in range(5):
            await made_customer(api, store.id)
        await chain_audit(database)

        assert (await verified(inside, store)).linked == 5

    async def test_by_several_at_once_makes_one_chain(
        self, api: ContractClient, store: SeededStore, database: Database, inside: Inside, at_once: None
    ) -> None:
        for _ in range(20):
            await made_customer(api, store.id)

        await asyncio.gather(*(chain(database, store.id) for _ in range(8)))

        assert (await verified(inside, store)) == Verdict(20, 0, (await verified(inside, store)).digest)

    async def test_keeps_stores_apart(
        self, chained: list[AuditEntry], client: ClientFactory, other: SeededStore, database: Database, inside: Inside
    ) -> None:
        await made_customer(client(f"APIKey {other.api_key}"), other.id)
        await chain_audit(database)

        assert (await verified(inside, other)).linked == 1


class TestVerifying:
    async def test_is_content_with_an_untouched_log(
        self, chained: list[AuditEntry], store: SeededStore, inside: Inside
    ) -> None:
        verdict = await verified(inside, store)

        assert (verdict.linked, verdict.waiting, verdict.problem) == (5, 0, None)
        assert (await verified(inside, store, verdict.digest)).problem is None

    @pytest.mark.parametrize(
        ("tampering", "said"), [(ALTER, "is not what it was"), (TAKE_OUT, "is missing"), (UNLINK, "is missing")]
    )
    async def test_names_the_entry_that_was_touched(
        self, chained: list[AuditEntry], store: SeededStore, database: Database, inside: Inside, tampering: Statement,
        said: str,
    ) -> None:  # fmt: skip
        await tamper(database, tampering, chained[2].id)

        verdict = await verified(inside, store)

        assert verdict.linked == 2
        assert verdict.problem is not None
        assert said in verdict.problem
        assert chained[3 if tampering is UNLINK else 2].id in verdict.problem

    async def test_names_an_entry_that_was_put_in(
        self, chained: list[AuditEntry], store: SeededStore, inside: Inside, database: Database
    ) -> None:
        between = str(int(chained[1].id) + 1)
        async with inside(store.id) as context:
            context.actor = Actor("user", "7")
            await context.add(forged(chained[1], between))
        await chain_audit(database)

        verdict = await verified(inside, store)

        assert verdict.linked == 2
        assert verdict.problem == f"Entry {between} was put in later: it has no place in the chain."

    async def test_notices_a_chain_that_was_made_anew(
        self, chained: list[AuditEntry], store: SeededStore, database: Database, inside: Inside
    ) -> None:
        noted = (await verified(inside, store)).digest
        await tamper(database, ALTER, chained[2].id)
        for entry in chained:
            await tamper(database, UNLINK, entry.id)
        await chain_audit(database)

        assert (await verified(inside, store)).problem is None
        assert noted in str((await verified(inside, store, noted)).problem)


def forged(entry: AuditEntry, id: str) -> AuditEntry:
    """Another entry like this one."""
    values = {name: getattr(entry, name) for name in entry.__struct_fields__}
    return AuditEntry(**(values | {"id": id}))
