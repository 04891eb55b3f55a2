"""Renewals at the odd moments of the calendar and of clocks, as clients see them."""

import time
from datetime import datetime, timedelta

import pytest

from sutler.billing.subscriptions.jobs import renew
from sutler.kernel.data.database import Database
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.subscriptions import BEGINNING, Club, moment

MONTH = timedelta(days=30)
ON_ONE_FILE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def club(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> Club:
    """A store that reckons months and years by the calendar; its clock is not yet frozen."""
    changed = {"subscription_month_length": "calendar"}
    assert (await api.patch(f"/v1/stores/{store.id}/payment-settings", json=changed)).status_code == 204
    return Club(api, store, inside, worker)


async def charged(club: Club, begins: str, until: str, value: int, scale: str) -> list[str]:
    """When a subscription is charged that begins at a moment, while the store's clock is moved on to another, in one go."""
    await club.open(moment(begins))
    product_id = await club.product(subscription_interval_value=value, subscription_interval_scale=scale)
    await club.subscribe(product_id)
    answer = await club.api.post(f"{club.path}/simulator/clock", json={"to": until}, timeout=60)
    assert answer.json()["done"] is True
    return [one["created_at"] for one in await club.orders()]


@ON_ONE_FILE
class TestCalendar:
    @pytest.mark.parametrize(
        ("scale", "begins", "until", "days"),
        [
            ("month", "2027-01-31T12:00:00Z", "2027-06-01T00:00:00Z", ["01-31", "02-28", "03-31", "04-30", "05-31"]),
            ("year", "2028-02-29T12:00:00Z", "2032-03-01T00:00:00Z", ["02-29", "02-28", "02-28", "02-28", "02-29"]),
        ],
    )
    async def test_charges_on_the_day_it_began_or_the_last_of_the_month(
        self, club: Club, scale: str, begins: str, until: str, days: list[str]
    ) -> None:
        found = await charged(club, begins, until, 1, scale)

        assert [text[5:10] for text in found] == days
        assert {text[10:] for text in found} == {"T12:00:00Z"}

    @pytest.mark.parametrize(
        ("zone", "begins", "until"),
        [
            ("Europe/Berlin", "2027-03-27T01:30:00Z", "2027-03-30T01:30:00Z"),
            ("Europe/Berlin", "2027-10-30T00:30:00Z", "2027-11-02T00:30:00Z"),
            ("America/New_York", "2027-03-13T07:30:00Z", "2027-03-16T07:30:00Z"),
            ("America/New_York", "2027-11-06T05:30:00Z", "2027-11-09T05:30:00Z"),
        ],
    )
    async def test_knows_nothing_of_summer_time(
        self, club: Club, monkeypatch: pytest.MonkeyPatch, zone: str, begins: str, until: str
    ) -> None:
        try:
            with monkeypatch.context() as where:
                where.setenv("TZ", zone)
                time.tzset()
                found = await charged(club, begins, until, 1, "day")
        finally:
            time.tzset()

        assert found == [(moment(begins) + timedelta(days=day)).isoformat().replace("+00:00", "Z") for day in range(4)]


class TestClockThatIsPutBack:
    async def test_makes_nothing_due_early_and_nothing_due_twice(self, club: Club, database: Database) -> None:
        await club.open()
        begun = await club.subscribe(await club.product(subscription_interval_value=30, subscription_interval_scale="day"))
        await club.after(30)

        await put_back(club, database, BEGINNING + timedelta(days=10))
        async with club.inside(club.store.id) as store:
            for cycle in (1, 2, 3):
                await renew.enqueue_at(store, BEGINNING, subscription_id=begun["id"], cycle=cycle)
        await club.worker.drain()
        for days in (25, 31, 59):
            await club.at(BEGINNING + timedelta(days=days))
        before = [one["billing_cycle_sequence"] for one in await club.orders()]
        await club.at(BEGINNING + 2 * MONTH)

        assert before == [1, 2]
        orders = await club.orders()
        assert [one["billing_cycle_sequence"] for one in orders] == [1, 2, 3]
        assert [moment(one["created_at"]) - BEGINNING for one in orders] == [cycle * MONTH for cycle in range(3)]

    @pytest.mark.parametrize("answer", ["succeed_unanswered", "succeed_later"])
    async def test_lets_a_payment_in_doubt_end_once(self, club: Club, database: Database, answer: str) -> None:
        await club.open()
        product_id = await club.product(subscription_interval_value=30, subscription_interval_scale="day")
        begun = await club.subscribe(product_id, renewal=answer, renewal_after_seconds=120, notices="twice")
        await club.after(30)

        await put_back(club, database, BEGINNING + timedelta(days=29))
        await club.after(1)
        await club.after(minutes=10)

        found = await club.subscription(begun["id"])
        assert (found["billing_cycle_sequence"], found["past_due"]) == (2, False)
        assert moment(found["current_period_end"]) == BEGINNING + 2 * MONTH
        assert [one["status"] for one in await club.orders()] == ["completed", "completed"]


async def put_back(club: Club, database: Database, earlier: datetime) -> None:
    """Set the clock back, which nobody can do but an operator of a machine; here it is the store's."""
    async with database.writing() as connection:
        text = earlier.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
        await connection.fetch(f"UPDATE store_clocks SET stands_at = '{text}'", ())
    club.now = earlier
    await club.worker.drain()
