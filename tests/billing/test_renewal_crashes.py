"""Renewals whose worker dies, is late, or is not alone."""

import asyncio
from datetime import timedelta

from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.payments.models import Payment
from sutler.billing.renewals import service as renewals
from sutler.billing.renewals.queries import revive
from sutler.billing.renewals.service import Attempt, next_step
from sutler.billing.settlements.service import charge_of
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import set_clock
from sutler.stores.stores.models import Store
from tests.conftest import INTERNAL
from tests.make.subscriptions import BEGINNING, Club

MONTH = timedelta(days=30)


class TestCrash:
    async def test_before_the_gateway_was_asked_leads_to_one_charge(self, club: Club) -> None:
        begun = await club.subscribe()
        async with club.inside(club.store.id) as context:  # the intent is written, and nothing after it happens
            await set_clock(context, BEGINNING + MONTH)
        with clock.standing_at(BEGINNING + MONTH):
            async with club.inside(club.store.id) as context:
                assert isinstance(await next_step(context, begun["id"], 2), Attempt)

        await club.at(BEGINNING + MONTH + timedelta(minutes=2))
        waits = await club.subscription(begun["id"])
        await club.after(minutes=10)

        found = await club.subscription(begun["id"])
        assert (waits["billing_cycle_sequence"], waits["attempt_count"]) == (1, 0)
        assert (found["billing_cycle_sequence"], found["past_due"]) == (2, False)
        async with club.inside(club.store.id) as context:
            payments = await context.all(context.rows(Payment))
        assert [one.status for one in payments] == ["completed", "canceled", "completed"]

    async def test_after_the_gateway_was_asked_leads_to_one_charge(self, club: Club, database: Database) -> None:
        begun = await club.subscribe()
        shop = Shop(database, club.store.id, INTERNAL)
        async with club.inside(club.store.id) as context:
            await set_clock(context, BEGINNING + MONTH)
        with clock.standing_at(BEGINNING + MONTH):
            async with club.inside(club.store.id) as context:
                attempt = await next_step(context, begun["id"], 2)
            assert isinstance(attempt, Attempt)
            assert attempt.begun.payment
            charge = charge_of(attempt.begun.payment, attempt.begun.order)
            await SIMULATOR.charge_again(shop, charge, attempt.vaulted)  # nobody hears the answer

        await club.at(BEGINNING + MONTH + timedelta(minutes=2))

        assert (await club.subscription(begun["id"]))["billing_cycle_sequence"] == 2
        async with club.inside(club.store.id) as context:
            assert [one.status for one in await context.all(context.rows(Payment))] == ["completed"] * 2

    async def test_of_several_workers_at_once_charges_once(self, club: Club, database: Database) -> None:
        begun = await club.subscribe()
        async with club.inside(club.store.id) as context:
            await set_clock(context, BEGINNING + MONTH)

        with clock.standing_at(BEGINNING + MONTH):
            shops = [Shop(database, club.store.id, INTERNAL) for _ in range(4)]
            await asyncio.gather(*(renewals.renew(shop, begun["id"], 2) for shop in shops))
        await club.after(31)

        assert [one["billing_cycle_sequence"] for one in await club.orders()] == [1, 2]

    async def test_that_had_a_job_given_up_is_made_up_for(self, club: Club, database: Database) -> None:
        begun = await club.subscribe()
        async with database.writing() as connection:
            await connection.fetch("UPDATE jobs SET run_at = NULL WHERE kind = 'renew'", ())
        await club.after(31)
        before = await club.subscription(begun["id"])

        await revive(database)
        await club.worker.drain()

        assert before["billing_cycle_sequence"] == 1
        assert (await club.subscription(begun["id"]))["billing_cycle_sequence"] == 2

    async def test_of_a_whole_store_charges_nobody_until_it_is_open_again(self, club: Club) -> None:
        begun = await club.subscribe()
        async with club.inside(club.store.id) as context:
            await context.change(await context.get(Store, club.store.id), {"deleted_at": BEGINNING})
        await club.after(31)
        async with club.inside(club.store.id) as context:
            assert await context.count(context.rows(Payment)) == 1
            await context.change(await context.get(Store, club.store.id), {"deleted_at": None})

        await club.after(1)

        assert (await club.subscription(begun["id"]))["billing_cycle_sequence"] == 2
