"""Years of a store in moments: every subscription is charged for every period, once, at its moment, one after the other."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

import pytest

from sutler.billing.orders.models import Order
from sutler.billing.subscriptions.models import Subscription
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.subscriptions import Club

MONTH = timedelta(days=30)


async def pass_by(club: Club, years: int) -> None:
    """Advance the clock over HTTP, call by call, as a client does."""
    body: dict[str, Any] = {"advance": f"P{years}Y"}
    while True:
        answer = (await club.api.post(f"{club.path}/simulator/clock", json=body, timeout=60)).json()
        if answer["done"]:
            return
        body = {"to": answer["advancing_to"]}


class TestYears:
    @pytest.mark.parametrize(("years", "subscribers"), [(1, 10), pytest.param(10, 100, marks=pytest.mark.soak)])
    async def test_charge_every_period_of_every_subscription_once_and_in_order(
        self, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker, years: int, subscribers: int
    ) -> None:
        club = await Club(api, store, inside, worker).open()
        product_id = await club.product(remove_after_time_value=1)
        for _ in range(subscribers):
            await club.after(minutes=7)
            club.customer_id = await club.stranger()
            await club.subscribe(product_id)

        await pass_by(club, years)

        paid: dict[str, list[Order]] = defaultdict(list)
        async with inside(store.id) as context:
            orders = await context.all(context.rows(Order))
            subscriptions = await context.all(context.rows(Subscription))
            living = await context.count(context.rows(DeliveryItem).where(DeliveryItem.c.state == "active"))
        for order in orders:
            assert (order.status, order.subscription_id is not None) == ("completed", True)
            paid[order.subscription_id or ""].append(order)
        assert [order.created_at for order in orders] == sorted(order.created_at for order in orders)
        cycles = timedelta(days=365 * years) // MONTH + 1
        for subscription in subscriptions:
            begun = [order.created_at for order in paid[subscription.id]]
            assert begun == [begun[0] + number * MONTH for number in range(cycles)]
            assert (subscription.status, subscription.billing_cycle_sequence, subscription.past_due) == (
                "active",
                cycles,
                False,
            )
        assert (len(subscriptions), living) == (subscribers, subscribers)
