"""Checkouts that nobody pays in time."""

from datetime import datetime, timedelta

from sutler.billing.orders.models import Order
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.checkouts.service import hold
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import EventRow
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import attempt, paid
from tests.make.checkout import checkout, line, open_checkout

DAY = timedelta(hours=24)


async def move_clock(inside: Inside, store: SeededStore, moment: datetime) -> None:
    """Give the store a test clock that stands at this moment."""
    async with inside(store.id) as context:
        await set_clock(context, moment)


async def state_of(inside: Inside, store: SeededStore, checkout_id: FlakeId) -> str:
    """The state of a checkout."""
    async with inside(store.id) as context:
        return (await context.get(Checkout, checkout_id)).state


class TestExpiry:
    async def test_comes_after_a_day_of_the_stores_time_and_not_before(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        opens = clock.real_now()
        await move_clock(inside, store, opens)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        await move_clock(inside, store, opens + DAY - timedelta(seconds=1))
        await worker.drain()
        before = await state_of(inside, store, opened["id"])
        await move_clock(inside, store, opens + DAY)
        await worker.drain()

        assert (before, await state_of(inside, store, opened["id"])) == ("open", "expired")
        async with inside(store.id) as context:
            (told,) = await context.all(context.rows(EventRow).where(EventRow.c.kind == "checkout_timed_out"))
        assert told.body == {"checkout_id": opened["id"]}

    async def test_leaves_a_checkout_alone_that_is_paid(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        opens = clock.real_now()
        await move_clock(inside, store, opens)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        await paid(api, store.id, opened["token"])

        await move_clock(inside, store, opens + 2 * DAY)
        await worker.drain()

        assert await state_of(inside, store, opened["id"]) == "completed"
        async with inside(store.id) as context:
            assert not await context.exists(context.rows(EventRow).where(EventRow.c.kind == "checkout_timed_out"))

    async def test_waits_for_a_payment_in_progress(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        opens, payment_id = clock.real_now(), new_id()
        await move_clock(inside, store, opens)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        async with inside(store.id) as context:
            assert await hold(context, opened["token"], payment_id)

        await move_clock(inside, store, opens + DAY)
        await worker.drain()
        while_held = await state_of(inside, store, opened["id"])
        async with inside(store.id) as context:
            await context.change(await context.get(Checkout, opened["id"]), {"held_by": None})
        await move_clock(inside, store, opens + DAY + timedelta(minutes=1))
        await worker.drain()

        assert (while_held, await state_of(inside, store, opened["id"])) == ("open", "expired")

    async def test_cancels_an_order_that_was_never_paid(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        opens = clock.real_now()
        await move_clock(inside, store, opens)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        order = await paid(api, store.id, opened["token"], "decline")

        await move_clock(inside, store, opens + DAY)
        await worker.drain()

        async with inside(store.id) as context:
            assert (await context.get(Order, order["id"])).status == "canceled"
        refused = await attempt(api, store.id, opened["token"])
        assert (refused.status_code, refused.json()["code"]) == (409, "CheckoutExpired")

    async def test_holds_from_the_moment_it_is_due_even_before_the_worker_comes(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        opens = clock.real_now()
        await move_clock(inside, store, opens)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        await move_clock(inside, store, opens + DAY)
        refused = await attempt(api, store.id, opened["token"])

        assert (refused.status_code, refused.json()["code"]) == (409, "CheckoutExpired")
