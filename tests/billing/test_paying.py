"""Paying, past the API: who pays, races, crashes between the steps, and how many statements it takes."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from msgspec import structs

from sutler.billing.gateways.interface import Canceled, Charge, Declined, Succeeded
from sutler.billing.gateways.simulator import SIMULATOR, card
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.orders.queries import shown
from sutler.billing.orders.service import Payer
from sutler.billing.payments.models import NoGateway, Payment, PaymentInProgress
from sutler.billing.payments.service import begin, pay
from sutler.billing.settlements.service import charge_of, settle
from sutler.billing.simulator.models import SimulatedCharge
from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import Checkout
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.context import by_id
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger import service as ledger
from sutler.stores.stores.models import Store
from tests.conftest import INTERNAL, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import attempt, paid
from tests.make.checkout import add_product, checkout, line, open_checkout

PAYERS = 20
MOST_STATEMENTS = 15
YES = Succeeded(method_type="card", method_details=card("4242"))


@pytest.fixture
def shop(database: Database, store: SeededStore) -> Shop:
    """The store for work in several steps."""
    return Shop(database, store.id, INTERNAL)


@pytest.fixture
async def token(api: ContractClient, store: SeededStore, customer: Customer, product: Product) -> str:
    """The token of an open checkout for one unit at 14.99."""
    details = {"billing_name": "A. Buyer", "billing_email": "a@example.com", "billing_address": {"country": "nl"}}
    opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id), customer_details=details))
    return str(opened["token"])


async def charge_for(shop: Shop, payment: Payment) -> Charge:
    """What a gateway is asked to take for a payment."""
    async with shop.reading() as store:
        return charge_of(payment, await store.get(Order, payment.order_id))


class TestPayer:
    async def test_is_who_the_checkout_says(self, shop: Shop, token: str, inside: Inside) -> None:
        order_id = (await pay(shop, token, "succeed")).order.id

        async with inside(shop.store_id) as context:
            order = await context.get(Order, order_id)
        assert (order.billing_name, order.billing_email, order.billing_country) == ("A. Buyer", "a@example.com", "NL")
        assert (order.billing_tax_id, order.customer_ip) == (None, "")

    async def test_may_say_it_better_at_each_attempt(self, shop: Shop, token: str, inside: Inside) -> None:
        first = Payer(billing_name="B. Buyer", billing_country="be", customer_ip="192.0.2.1")
        second = Payer(billing_name="C. Buyer", billing_tax_id="NL7", customer_ip="192.0.2.2")

        order_id = (await pay(shop, token, "decline", first)).order.id
        async with inside(shop.store_id) as context:
            before = await context.get(Order, order_id)
        await pay(shop, token, "succeed", second)

        async with inside(shop.store_id) as context:
            after = await context.get(Order, order_id)
        assert (before.billing_name, before.billing_country, before.customer_ip) == ("B. Buyer", "BE", "192.0.2.1")
        assert (after.billing_name, after.billing_country, after.customer_ip) == ("C. Buyer", "NL", "192.0.2.2")
        assert (after.billing_tax_id, after.billing_email) == ("NL7", "a@example.com")


class TestGateways:
    async def test_are_missing_in_live_mode(self, shop: Shop, token: str, inside: Inside) -> None:
        async with inside(shop.store_id) as context:
            await context.change_all(by_id(Store), {"live_mode": True}, id=shop.store_id)

        with pytest.raises(NoGateway):
            await pay(shop, token, "succeed")

        async with inside(shop.store_id) as context:
            assert not await context.exists(context.rows(Order))
            assert not await context.exists(context.rows(Checkout).where(Checkout.c.held_by.is_not(None)))

    async def test_are_not_needed_for_what_is_free(
        self, api: ContractClient, store: SeededStore, customer: Customer, shop: Shop, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            await context.change_all(by_id(Store), {"live_mode": True}, id=store.id)
            gift = await add_product(context, price=0)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(gift.id)))

        order_id = (await pay(shop, opened["token"], "succeed")).order.id

        async with inside(store.id) as context:
            assert (await context.get(Order, order_id)).status == "completed"

    async def test_decide_once(self, shop: Shop, token: str, inside: Inside) -> None:
        async with inside(shop.store_id) as context:
            begun = await begin(context, token)
        assert begun.payment is not None
        charge = charge_of(begun.payment, begun.order)

        first = await SIMULATOR.charge(shop, charge, "decline")
        again = [await SIMULATOR.charge(shop, charge, "succeed"), await SIMULATOR.outcome(shop, charge)]

        assert isinstance(first, Declined)
        assert again == [first, first]

    async def test_decide_once_however_many_ask_at_the_same_moment(self, shop: Shop, token: str, inside: Inside) -> None:
        async with inside(shop.store_id) as context:
            begun = await begin(context, token)
        assert begun.payment is not None
        charge = charge_of(begun.payment, begun.order)

        answers = await asyncio.gather(
            *(SIMULATOR.charge(shop, charge, wish) for wish in ("succeed", "decline") * 5),
            *(SIMULATOR.outcome(shop, charge) for _ in range(5)),
        )

        async with inside(shop.store_id) as context:
            assert await context.count(context.rows(SimulatedCharge)) == 1
        assert all(answer == answers[0] for answer in answers)


class TestBooks:
    async def test_part_what_is_earned_from_tax_and_fees(self, shop: Shop, token: str, inside: Inside) -> None:
        async with inside(shop.store_id) as context:
            payment = (await begin(context, token)).payment
            assert payment is not None
            await context.change(payment, {"tax_amount": 260})
            await settle(context, payment.id, structs.replace(YES, fee_amount=61))
            settled = await context.get(Payment, payment.id)

            assert await ledger.balances(context) == {
                ("gateway:simulator", "usd"): 1438, ("fees", "usd"): 61, ("sales", "usd"): -1239, ("tax", "usd"): -260,
            }  # fmt: skip
        assert settled.store_net_amount == 1499 - 260 - 61


class TestRaces:
    async def test_of_twenty_payers_make_one_order_and_one_payment(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        answers = await asyncio.gather(*(attempt(api, store.id, token) for _ in range(PAYERS)))

        async with inside(store.id) as context:
            orders = await context.all(context.rows(Order))
            lines = await context.all(context.rows(OrderLine))
            payments = await context.all(context.rows(Payment))
            assert await ledger.balances(context) == {("gateway:simulator", "usd"): 1499, ("sales", "usd"): -1499}
        assert Counter(one.status_code for one in answers) == {200: 1, 409: PAYERS - 1}
        assert {one.json()["code"] for one in answers if one.status_code == 409} <= {
            "PaymentInProgress",
            "CheckoutCompleted",
        }
        assert [order.status for order in orders] == ["completed"]
        assert [payment.status for payment in payments] == ["completed"]
        assert len(lines) == 1

    async def test_of_payers_whose_cards_are_declined_leave_the_checkout_open(
        self, api: ContractClient, store: SeededStore, token: str, inside: Inside
    ) -> None:
        answers = await asyncio.gather(*(attempt(api, store.id, token, "decline") for _ in range(PAYERS)))

        order = await paid(api, store.id, token)

        async with inside(store.id) as context:
            statuses = Counter(payment.status for payment in await context.all(context.rows(Payment)))
            assert await context.count(context.rows(Order)) == 1
        assert {one.status_code for one in answers} <= {200, 409}
        assert statuses == {"failed": sum(one.status_code == 200 for one in answers), "completed": 1}
        assert order["status"] == "completed"

    async def test_of_settlements_have_one_winner(self, shop: Shop, token: str, inside: Inside) -> None:
        async with inside(shop.store_id) as context:
            payment = (await begin(context, token)).payment
        assert payment is not None
        outcome = await SIMULATOR.charge(shop, await charge_for(shop, payment), "succeed")

        async def settled() -> None:
            async with inside(shop.store_id) as context:
                await settle(context, payment.id, outcome)

        await asyncio.gather(*(settled() for _ in range(10)))

        async with inside(shop.store_id) as context:
            assert await ledger.balances(context) == {("gateway:simulator", "usd"): 1499, ("sales", "usd"): -1499}


class TestInDoubt:
    """A process died after it had written its intent down, before or after the gateway decided."""

    async def begun(self, inside: Inside, shop: Shop, token: str) -> Payment:
        """A payment that nobody looks after any more, in a store whose clock stands."""
        moment = clock.real_now()
        async with inside(shop.store_id) as context:
            await set_clock(context, moment)
        with clock.standing_at(moment):
            async with inside(shop.store_id) as context:
                payment = (await begin(context, token)).payment
        assert payment is not None
        return payment

    async def later(self, inside: Inside, shop: Shop, worker: Worker, payment: Payment) -> Payment:
        """The same payment after its store's clock has moved on by a minute and the worker has come."""
        assert payment.pending_at is not None
        async with inside(shop.store_id) as context:
            await set_clock(context, payment.pending_at + timedelta(minutes=1))
        await worker.drain()
        async with inside(shop.store_id) as context:
            return await context.get(Payment, payment.id)

    @pytest.mark.parametrize(
        ("wish", "payment_status", "order_status"), [("succeed", "completed", "completed"), ("decline", "failed", "created")]
    )
    async def test_takes_what_the_gateway_decided(
        self, shop: Shop, token: str, inside: Inside, worker: Worker, wish: str, payment_status: str, order_status: str
    ) -> None:
        payment = await self.begun(inside, shop, token)
        await SIMULATOR.charge(shop, await charge_for(shop, payment), wish)

        found = await self.later(inside, shop, worker, payment)

        async with inside(shop.store_id) as context:
            assert (await context.get(Order, payment.order_id)).status == order_status
        assert found.status == payment_status

    async def test_closes_what_the_gateway_never_heard_of(
        self, shop: Shop, token: str, inside: Inside, worker: Worker
    ) -> None:
        payment = await self.begun(inside, shop, token)

        found = await self.later(inside, shop, worker, payment)
        too_late = await SIMULATOR.charge(shop, await charge_for(shop, payment), "succeed")

        assert (found.status, found.last_payment_error) == ("canceled", None)
        assert found.canceled_at is not None
        assert isinstance(too_late, Canceled)
        await pay(shop, token, "succeed")
        async with inside(shop.store_id) as context:
            assert (await context.get(Order, payment.order_id)).status == "completed"

    async def test_keeps_others_from_paying_until_it_is_resolved(self, shop: Shop, token: str, inside: Inside) -> None:
        await self.begun(inside, shop, token)

        with pytest.raises(PaymentInProgress):
            await pay(shop, token, "succeed")

    async def test_changes_nothing_when_the_answer_did_arrive(
        self, shop: Shop, token: str, inside: Inside, worker: Worker
    ) -> None:
        payment = await self.begun(inside, shop, token)
        async with inside(shop.store_id) as context:
            await settle(context, payment.id, YES)

        found = await self.later(inside, shop, worker, payment)

        async with inside(shop.store_id) as context:
            assert not await context.exists(context.rows(SimulatedCharge))
        assert found.status == "completed"


class TestStatements:
    @pytest.mark.parametrize("many", [1, 30])
    async def test_that_complete_a_checkout_are_few_however_long_it_is(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, shop: Shop, database: Database,
        many: int,
    ) -> None:  # fmt: skip
        opened = [await open_checkout(api, store.id, checkout(customer.id, *[line(product.id)] * many)) for _ in range(2)]
        await pay(shop, opened[0]["token"], "succeed")
        observed: list[str] = []

        database.observe = observed.append
        await pay(shop, opened[1]["token"], "succeed")
        database.observe = None

        assert len(observed) <= MOST_STATEMENTS, "\n".join(observed)

    async def test_that_show_orders_are_as_few_for_many_as_for_one(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, shop: Shop, inside: Inside,
        database: Database,
    ) -> None:  # fmt: skip
        for _ in range(5):
            opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
            await pay(shop, opened["token"], "succeed")
        observed: list[str] = []

        async with inside(store.id) as context:
            orders = await context.all(context.rows(Order))
            database.observe = observed.append
            answer = await shown(context, orders)
            database.observe = None

        assert len(answer) == 5
        assert len(observed) == 2
