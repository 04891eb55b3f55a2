"""Forgetting a person: nothing of them is left in the database, in its log or in a later backup, and the books add up."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import select

from sutler import settings
from sutler.billing.orders.models import Order
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.commands import persons
from sutler.customers.bans.models import Ban, BanIdentity
from sutler.customers.customers.models import Customer
from sutler.customers.profiles.models import CustomerName, PlayerProfile
from sutler.customers.trial_overrides.models import TrialOverride
from sutler.delivery.player_joins.models import PlayerJoin
from sutler.doctor.checks import doctor
from sutler.kernel import clock
from sutler.kernel.backup.files import emerging
from sutler.kernel.backup.save import back_up
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import new_id
from sutler.kernel.work.runner import Worker
from sutler.privacy.erasure import erase
from sutler.stores.ledger.models import LedgerEntry
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import checkout, line, open_checkout
from tests.make.customers import steam_id
from tests.make.delivery import Shop, poll
from tests.make.webhooks import new_webhook

NOBODY = "http://127.0.0.1:9/"  # the discard port, where no receiver listens
PERSON: dict[str, str] = {
    "name": "Quillon Zarbeck", "email": "quillon@zarbeck.example", "steam_id": steam_id(), "rank": "zarbeck-rank-value",
    "billing_name": "Q. Zarbeckson-Hale", "billing_email": "bills@zarbeckhale.example", "city": "Zarbeckville",
    "street": "17 Quillonstreet", "tax_id": "ZB778812345", "ip": "203.0.113.177", "player": "zarbeckian_q",
    "order_note": "quillon-line-note",
}  # fmt: skip
AMOUNTS = ("subtotal_amount", "discount_amount", "tax_amount", "total_amount", "status", "currency", "completed_at")
BOOKS = Statement(select(LedgerEntry.table).order_by(LedgerEntry.c.id))


@pytest.fixture(autouse=True)
def at_this_database(database_url: str, installation: None) -> None:
    """Commands work on the database of the test."""
    settings.install(replace(settings.settings(), database_url=database_url))


async def purchase(api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside, worker: Worker) -> str:
    """A purchase that leaves all of the person's texts wherever a purchase can; returns the customer's id."""
    shop = Shop(api, store.id, worker, inside)
    server = await shop.server()
    await api.patch(f"/v1/stores/{store.id}/invoice-settings", json={"enabled": False})  # invoices have to be kept
    for event in ("OnOrderCompleted", "OnPaymentCompleted", "OnDeliveryItemAdded"):
        await shop.post("webhooks", new_webhook(NOBODY, event))
    said = {name: PERSON[name] for name in ("name", "email", "steam_id")} | {"metadata": {"rank": PERSON["rank"]}}
    key = {"Idempotency-Key": "make the person"}
    made = (await api.post(f"/v1/stores/{store.id}/customers", json=said, headers=key)).json()
    product = await shop.product("grant {customer.name} {customer.steam_id}", servers=[server["id"]])
    billed = {
        "billing_name": PERSON["billing_name"], "billing_email": PERSON["billing_email"],
        "billing_tax_id": PERSON["tax_id"],
        "billing_address": {"country": "DE", "city": PERSON["city"], "line_1": PERSON["street"]},
    }  # fmt: skip
    for pays in (True, True, False):
        one = line(product["id"], metadata={"note": PERSON["order_note"]})
        body = checkout(made["id"], one, customer_details=billed, metadata=said["metadata"])
        opened = await open_checkout(api, store.id, body)
        if pays:
            await paid(api, store.id, opened["token"])
    await worker.drain()
    await poll(client(f"Gameserver {server['token']}"))
    await _more(inside, store, made["id"])
    return str(made["id"])


async def _more(inside: Inside, store: SeededStore, customer_id: str) -> None:
    """What browsers, platforms and moderators leave of the person."""
    async with inside(store.id) as context:
        for order in await context.all(context.rows(Order)):
            await context.change(order, {"customer_ip": PERSON["ip"]})
        customer = await context.get(Customer, customer_id)
        await context.change(customer, {"steam_name": PERSON["player"], "steam_avatar_url": f"https://a/{PERSON['player']}"})
        name, now = PERSON["player"], clock.now()
        await context.add(CustomerName(customer_id=customer_id, platform="steam", name=name, seen_at=now))
        await context.add(PlayerProfile(player_id=PERSON["steam_id"], platform="steam", name=name, fetched_at=now))
        ban = await context.add(Ban(reason=f"{PERSON['name']} was rude", enabled=True))
        ip, email = PERSON["ip"], PERSON["email"]
        joined = PlayerJoin(
            gameserver_id="1", player=PERSON["steam_id"], customer_id=customer_id, steam_id=PERSON["steam_id"],
            minecraft_uuid=None, minecraft_name=name, ip=ip, joined_at=now,
        )  # fmt: skip
        await context.add(joined)
        exception = TrialOverride(
            customer_id=customer_id, product_id="1", product_name="", product_image_url=None, expires_at=now,
            note=PERSON["order_note"],
        )  # fmt: skip
        await context.add(exception)
        for reference in (name, f"{name}-2"):
            await context.add(PaymentMethod(
                customer_id=customer_id, gateway="stripe", gateway_customer_id=name, gateway_reference=reference,
                method_type="card", method_details=PaymentMethodDetailsDto(),
            ))  # fmt: skip
        await context.add(BanIdentity(ban_id=ban.id, ban_type="ip", value=ip, key=f"ip:{ip}"))
        await context.add(BanIdentity(ban_id=ban.id, ban_type="email", value=email, key=f"email:{email}"))


async def dump(url: str) -> bytes:
    """All bytes of a SQLite file and its log, or all rows of all PostgreSQL tables as text."""
    if url.startswith("sqlite:"):
        path = Path(url.removeprefix("sqlite:"))
        return b"".join(file.read_bytes() for file in (path, Path(f"{path}-wal")) if file.exists())
    connection = await asyncpg.connect(url)
    tables = [row[0] for row in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
    rows = [str(row[0]) for table in tables for row in await connection.fetch(f'SELECT t::text FROM "{table}" t')]
    blobs = await connection.fetch("SELECT payload FROM webhook_deliveries UNION ALL SELECT body FROM idempotent_answers")
    await connection.close()
    return "\n".join(rows).encode() + b"".join(row[0] for row in blobs)


def found_in(content: bytes) -> list[str]:
    """Which of the person's texts are in it."""
    return [name for name, text in PERSON.items() if text.encode() in content]


async def amounts(inside: Inside, store: SeededStore, database: Database) -> Any:
    """The books and the orders, but for who."""
    async with database.reading() as connection:
        books = [tuple(row) for row in await BOOKS.run(connection)]
    async with inside(store.id) as context:
        orders = await context.all(context.rows(Order))
    return books, [[getattr(order, name) for name in AMOUNTS] for order in orders]


async def rows_of(file: Path, folder: Path) -> bytes:
    """A backup as it comes out again."""
    from sutler.kernel.backup import restore
    from sutler.kernel.backup.archive import inspect
    from sutler.kernel.data.connect import database as database_at

    url = f"sqlite:{folder / 'restored.db'}"
    target = database_at(url)
    await target.open()
    await restore.restore(target, file, inspect(file))
    await target.close()
    return await dump(url)


class TestErasePerson:
    async def test_leaves_nothing_of_the_person_and_all_of_the_money(
        self,
        api: ContractClient,
        client: ClientFactory,
        store: SeededStore,
        inside: Inside,
        worker: Worker,
        database: Database,
        database_url: str,
        tmp_path: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        customer_id = await purchase(api, client, store, inside, worker)
        before = await amounts(inside, store, database)
        assert found_in(await dump(database_url)) == list(PERSON)
        capfd.readouterr()

        erased = await persons.erased(customer_id, store.id)
        persons.swept()

        assert erased.deliveries >= 6
        assert found_in(await dump(database_url)) == []
        assert await amounts(inside, store, database) == before
        assert found_in("".join(capfd.readouterr()).encode()) == []
        file = tmp_path / "later.backup"
        await back_up(database, emerging(file, force=False), None)
        assert found_in(await rows_of(file, tmp_path)) == []
        assert [result for result in await doctor(database) if result.problems] == []

    async def test_leaves_a_store_that_goes_on(
        self,
        api: ContractClient,
        client: ClientFactory,
        store: SeededStore,
        inside: Inside,
        worker: Worker,
        database: Database,
    ) -> None:
        customer_id = await purchase(api, client, store, inside, worker)
        await erase(database, store.id, customer_id)

        await worker.drain()
        shown = (await api.get(f"/v1/stores/{store.id}/customers/{customer_id}")).json()
        for path in ("orders", "payments", f"customers/{customer_id}/delivery/items"):
            answer = await api.get(f"/v1/stores/{store.id}/{path}")
            assert answer.status_code == 200, answer.text
            assert len(answer.json()) == 2
            assert found_in(answer.content) == []

        assert shown["name"] is None
        assert "steam_id" not in shown
        again = await api.post(f"/v1/stores/{store.id}/customers", json={"steam_id": PERSON["steam_id"]})
        assert again.status_code == 200

    async def test_leaves_others_alone(
        self,
        api: ContractClient,
        client: ClientFactory,
        store: SeededStore,
        inside: Inside,
        worker: Worker,
        database: Database,
    ) -> None:
        shop = Shop(api, store.id, worker, inside)
        customer_id = await purchase(api, client, store, inside, worker)
        friend = await shop.customer(steam_id=steam_id(), name="Somebody else", email="else@example.com")
        before = (await api.get(f"/v1/stores/{store.id}/customers/{friend['id']}")).content

        await erase(database, store.id, customer_id)

        assert (await api.get(f"/v1/stores/{store.id}/customers/{friend['id']}")).content == before

    async def test_may_be_repeated_and_knows_no_strangers(
        self,
        api: ContractClient,
        client: ClientFactory,
        store: SeededStore,
        other: SeededStore,
        inside: Inside,
        worker: Worker,
        database: Database,
    ) -> None:
        customer_id = await purchase(api, client, store, inside, worker)

        first = await erase(database, store.id, customer_id)
        second = await erase(database, store.id, customer_id)

        assert (first.deliveries > 0, second.deliveries) == (True, 0)
        with pytest.raises(NotFound):
            await erase(database, other.id, customer_id)
        with pytest.raises(NotFound):
            await erase(database, store.id, new_id())


class TestExportPerson:
    async def test_tells_all_that_is_known(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside, worker: Worker
    ) -> None:
        customer_id = await purchase(api, client, store, inside, worker)

        text = await persons.told(customer_id, store.id)

        told = json.loads(text)
        assert found_in(text.encode()) == list(PERSON)
        assert len(told["orders"]) == 2
        assert len(told["checkouts"]) == 3
        assert told["webhook_deliveries"]
        assert not [name for rows in told.values() for row in rows for name in row if "token" in name]
