"""The checkout page for what renews: what it says of trials, and what it asks for though nothing is to be paid."""

import httpx2
import pytest

from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import made_product
from tests.make.checkout import checkout, line, open_checkout
from tests.make.promotions import TENTH
from tests.make.subscriptions import Club
from tests.make.trials import MONTHLY, Trials
from tests.pages.test_checkout import order, pay, shown


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, inside: Inside) -> Trials:
    """The store that a test is about."""
    return Trials(api, store.id, inside)


class TestPage:
    async def test_says_how_long_a_trial_is_free_and_begins_it_with_a_card(
        self, visitor: httpx2.AsyncClient, shop: Trials, inside: Inside, store: SeededStore
    ) -> None:
        token = await shop.opened(await shop.customer(), (await shop.product(period_value=1, period_scale="week"))["id"])

        page = await shown(visitor, token)
        await pay(visitor, token, "decline", fields={"total": "0"})
        declined = (await order(inside, store)).status
        await pay(visitor, token, fields={"total": "0"})

        for part in ("Free for 1 week; then $14.99 every month until you cancel.", "Begin with a card (test)",
                     "Nothing is charged now.", "is kept for renewals"):  # fmt: skip
            assert part in page
        assert "Complete the order" not in page
        assert (declined, (await order(inside, store)).status) == ("created", "completed")

    async def test_says_that_a_line_renews(self, visitor: httpx2.AsyncClient, shop: Trials) -> None:
        product = await made_product(shop.api, shop.store_id, **MONTHLY | {"subscription_interval_value": 3})
        body = checkout(await shop.customer(), line(product["id"], subscription=True))

        page = await shown(visitor, (await open_checkout(shop.api, shop.store_id, body))["token"])

        assert "Then $14.99 every 3 months until you cancel." in page
        assert "Nothing is charged now." not in page

    async def test_says_that_somebody_has_begun_a_trial_elsewhere(self, visitor: httpx2.AsyncClient, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product()
        first, second = [await shop.opened(alex, knight["id"]) for _ in range(2)]
        await shop.pay(first)

        answer = await pay(visitor, second, fields={"total": "0"})

        assert answer.status_code == 400
        assert "Knight is being tried already." in answer.text

    async def test_says_what_renewals_will_cost_and_what_a_renewal_is_for(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker
    ) -> None:
        club = await Club(api, store, inside, worker).open()
        await api.post(f"{club.path}/coupons", json={"code": "TENTH", "usable_on_subscription": True} | TENTH)
        opened = await club.opened(line(await club.product(), subscription=True), promo_codes=["TENTH"])

        before = await shown(visitor, opened["token"])
        await club.paid(opened, renewal="decline")
        thanks = await shown(visitor, opened["token"])
        await club.after(30)
        token = (await club.orders())[1]["checkout_token"]
        waits = await shown(visitor, token)
        code = {"token": token, "code": "TENTH"}
        refused = await visitor.post("/checkout/code", data=code, headers={"Sec-Fetch-Site": "same-origin"})

        assert "$9.00" in before  # what is paid now, a tenth less
        assert all("Then $9.99 every month until you cancel." in page for page in (before, thanks))
        assert "This renews your subscription from" in waits
        assert "Enter a code" not in waits
        assert refused.status_code == 400

    async def test_says_what_a_change_costs_now_and_from_the_renewal_on(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, inside: Inside, worker: Worker
    ) -> None:
        club = await Club(api, store, inside, worker).open()
        begun, gold = await club.subscribe(renewal="decline"), await club.product(price=1999, name="Gold")
        await club.after(15)

        wanted = {"lines": [{"product_id": gold, "custom_variables": {}}], "proration_behavior": "immediate"}
        answer = (await api.post(f"{club.path}/subscriptions/{begun['id']}/change", json=wanted)).json()
        page = await shown(visitor, answer["pending_payment"]["checkout_url"].rpartition("?t=")[2])

        assert "$5.00" in page
        assert "This changes your subscription until it renews on" in page
        assert "Then $19.99 every month until you cancel." in page
        assert "Enter a code" not in page
