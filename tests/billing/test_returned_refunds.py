"""Refunds whose money comes back to the store, with everything that an order can be paid with, and the bank's own page."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.billing.refunds.models import Refund
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.work.runner import Worker
from sutler.stores.stores.models import Store
from tests.acceptance.living import AFFILIATE
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.backup import complaints
from tests.make.checkout import checkout, line, open_checkout
from tests.make.disputes import Case
from tests.make.gift_cards import made_gift_card
from tests.make.promotions import made_link
from tests.make.refunds import assert_that_money_is_in_order

BEGINNING = clock.real_now().replace(microsecond=0)
SOLD, LATER = 1499, 3600  # the price, and the seconds after which a refund comes back


class Bank:
    """A store whose clock stands, with a customer, a product at 14.99, and a bank that hands no refund out in the end."""

    def __init__(self, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> None:
        self.api, self.store, self.inside, self.worker = api, store, inside, worker

    async def sell(self, customer: Customer, *products: Product, **said: Any) -> Case:
        """A delivered order; its refunds come back an hour after they succeeded, unless told otherwise."""
        lines = (line(product.id) for product in products)
        opened = await open_checkout(self.api, self.store.id, checkout(customer.id, *lines, **said))
        script = {"outcome": "succeed", "refund": "comes_back", "refund_after_seconds": LATER}
        path = f"/v1/stores/{self.store.id}/simulator/checkouts/{opened['token']}/pay"
        order = (await self.api.post(path, json=script)).json()
        await self.worker.drain()
        return await Case.of(self.api, self.store.id, self.inside, self.worker, order)

    async def at(self, **passed: float) -> None:
        """So much of the store's time after the beginning, everything has happened that was due."""
        async with self.inside(self.store.id) as context:
            await set_clock(context, BEGINNING + timedelta(**passed))
        await self.worker.drain()

    async def give_back(self, case: Case, **body: Any) -> tuple[int, Any]:
        """What is answered to the owner who gives money back on the bank's own page."""
        answer = await self.api.post(f"{case.path}/simulator/payments/{case.payment_id}/refund", json=body)
        return answer.status_code, answer.json()

    async def assert_that_all_is_in_order(self) -> None:
        """The money is where it ought to be."""
        async with self.inside(self.store.id) as context:
            await assert_that_money_is_in_order(context)


@pytest.fixture
async def bank(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> Bank:
    """The bank, at the beginning."""
    found = Bank(api, store, inside, worker)
    await found.at()
    return found


async def stands(case: Case) -> tuple[str, str, str]:
    """The order, its payment, and what the bank has done about it."""
    payment = await case.payment()
    return (await case.order())["status"], payment["status"], payment["chargeback_status"]


class TestComingBack:
    async def test_leaves_gift_cards_what_they_got_and_gives_it_to_them_only_once(
        self, bank: Bank, customer: Customer, product: Product
    ) -> None:
        card = await made_gift_card(bank.api, bank.store.id, code="SPRING-24", balance=1000)
        case = await bank.sell(customer, product, product, promo_codes=["SPRING-24"])
        first, second = (await case.order())["lines"]

        await case.refund(order_line_id=first["id"])
        await bank.at(hours=2)
        again = (await case.refund(order_line_id=first["id"])).json()
        await bank.at(hours=3)
        await bank.at(hours=4)
        rest = (await case.refund()).json()

        async with bank.inside(bank.store.id) as context:
            refunds = await context.all(context.rows(Refund))
        assert again["amount"] == first["total_amount"]
        assert rest["amount"] == first["total_amount"] + second["total_amount"]
        on_cards = [first["giftcard_usage_amount"], 0, second["giftcard_usage_amount"]]
        assert [(one.status, one.giftcard_amount) for one in refunds] == [
            ("failed", on_cards[0]), ("failed", 0), ("completed", on_cards[2]),
        ]  # fmt: skip
        assert (await case.shown(f"giftcards/{card['id']}"))["balance"] == 1000 == sum(on_cards)
        await bank.assert_that_all_is_in_order()

    async def test_gives_an_affiliate_the_commission_again(self, bank: Bank, customer: Customer, product: Product) -> None:
        await made_link(bank.api, bank.store.id, code=AFFILIATE, wallet_id=AFFILIATE)
        case = await bank.sell(customer, product, promo_codes=[AFFILIATE])
        earned = (await case.balances())["commissions"]

        for amount in (333, 777):
            await case.refund(amount=amount)
        await bank.at(hours=2)

        assert earned == (await case.balances())["commissions"] > 0
        await bank.assert_that_all_is_in_order()

    @pytest.mark.parametrize("state", ["pending", "lost", "won"])
    async def test_leaves_the_money_to_a_bank_that_wants_it(
        self, bank: Bank, customer: Customer, product: Product, state: str
    ) -> None:
        case = await bank.sell(customer, product)
        await case.refund()
        await case.dispute("pending" if state == "lost" else state)

        await bank.at(hours=2)
        came_back = await stands(case)
        if state == "lost":
            await case.dispute("lost")
        await bank.at(hours=3)

        open_or_won = ("chargeback", "chargeback", "pending") if state != "won" else ("completed", "refund_failed", "won")
        assert came_back == open_or_won
        assert await stands(case) == (*open_or_won[:2], state)
        assert (await case.balances()).get("gateway:simulator", 0) == (0 if state == "lost" else SOLD)
        await bank.assert_that_all_is_in_order()


class TestRefundPayment:
    async def test_is_told_and_comes_back_like_any_other(
        self, bank: Bank, customer: Customer, product: Product, database: Database
    ) -> None:
        case = await bank.sell(customer, product)

        parts = [await bank.give_back(case, amount=500), await bank.give_back(case), await bank.give_back(case)]
        early = await stands(case)
        await bank.at(hours=2)

        (_, last), (status, refused) = parts[1:]
        assert [one["amount"] for one in last["refunds"]] == [500, 999]
        assert (status, refused["code"]) == (409, "NothingLeft")
        assert early == ("refunded", "refunded", "none")
        assert await stands(case) == ("completed", "refund_failed", "none")
        assert await complaints(database) == {}
        await bank.assert_that_all_is_in_order()

    async def test_is_refused_in_live_mode(self, bank: Bank, customer: Customer, product: Product) -> None:
        case = await bank.sell(customer, product)
        async with bank.inside(bank.store.id) as context:
            await context.change(await context.get(Store, bank.store.id), {"live_mode": True})

        status, told = await bank.give_back(case)

        assert (status, told["code"]) == (403, "LiveMode")
