"""Codes on the checkout page, over HTTP."""

from typing import Any

import httpx2
import pytest

from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import add_customer, add_product, checkout, line, open_checkout
from tests.make.promotions import made_coupon, made_link

SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
async def token(api: ContractClient, store: SeededStore, inside: Inside) -> str:
    """A checkout of one product for 14.99."""
    async with inside(store.id) as context:
        customer: Customer = await add_customer(context)
        product: Product = await add_product(context)
    opened: str = (await open_checkout(api, store.id, checkout(customer.id, line(product.id))))["token"]
    return opened


async def enter(visitor: httpx2.AsyncClient, token: str, code: str, **headers: Any) -> httpx2.Response:
    """Send the form as the page does."""
    return await visitor.post("/checkout/code", data={"token": token, "code": code}, headers=SAME | headers)


async def shown(visitor: httpx2.AsyncClient, token: str) -> str:
    """The page."""
    return (await visitor.get("/checkout/", params={"t": token})).text


class TestEnter:
    async def test_takes_it_off_the_total_until_it_is_taken_off(
        self, api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, token: str
    ) -> None:
        coupon = await made_coupon(api, store.id, code="TEN")

        entered = await enter(visitor, token, " ten ")
        with_it = await shown(visitor, token)
        form = {"token": token, "code": coupon["id"]}
        await visitor.post("/checkout/code/remove", data=form, headers=SAME)
        without = await shown(visitor, token)

        assert entered.status_code == 303
        assert ["$13.50" in page for page in (with_it, without)] == [True, False]
        assert "The coupon TEN takes off $1.49, which leaves $13.50." in with_it
        assert "Take<span" not in without

    async def test_lets_the_buyer_of_an_affiliate_say_who_brought_them(
        self, api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, token: str
    ) -> None:
        await made_link(api, store.id, code="ADA")
        link = await made_link(api, store.id, discount_type="percentage", discount_amount=100)

        entered = [(await enter(visitor, token, code)).status_code for code in ("ada", " eve ")]
        order = await paid(api, store.id, token)

        assert (entered, order["affiliate_id"], order["total_amount"]) == ([303, 303], link["id"], 1350)

    @pytest.mark.parametrize(("percent", "amount"), [(100, "-$1.49"), (0, "says who brought you")])
    async def test_shows_the_code_of_an_affiliate_until_it_is_taken_off(
        self, api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, token: str, percent: int, amount: str
    ) -> None:
        discount = {"discount_type": "percentage", "discount_amount": percent} if percent else {}
        link = await made_link(api, store.id, **discount)

        await enter(visitor, token, "eve")
        with_it = await shown(visitor, token)
        await visitor.post("/checkout/code/remove", data={"token": token, "code": link["id"]}, headers=SAME)
        without = await shown(visitor, token)
        order = await paid(api, store.id, token)

        said = f"<strong>{link['code']}</strong> <span>{amount}</span>"
        assert [said in page for page in (with_it, without)] == [True, False]
        assert (order.get("affiliate_id"), order["total_amount"]) == (None, 1499)

    async def test_says_beside_the_field_why_a_code_cannot_be_used(
        self, api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, token: str
    ) -> None:
        await made_coupon(api, store.id, code="TEN", minimum_order_value=9000)

        unknown, early = await enter(visitor, token, '"><b>'), await enter(visitor, token, "TEN")

        assert (unknown.status_code, early.status_code) == (400, 400)
        assert 'aria-describedby="code-problem"' in unknown.text
        assert "<b>" not in unknown.text
        assert "TEN is for orders of at least $90.00; this one comes to $14.99." in early.text
        assert "$14.99" in await shown(visitor, token)

    async def test_stops_whoever_tries_code_after_code(self, visitor: httpx2.AsyncClient, token: str) -> None:
        answers = [(await enter(visitor, token, f"guess {number}")).status_code for number in range(12)]

        assert answers == [400] * 10 + [429] * 2

    async def test_changes_nothing_from_another_site_or_when_it_is_paid(
        self, api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, token: str
    ) -> None:
        await made_coupon(api, store.id, code="TEN")

        elsewhere = await enter(visitor, token, "TEN", **{"Sec-Fetch-Site": "cross-site"})
        order = await paid(api, store.id, token)
        late = await enter(visitor, token, "TEN")

        assert (elsewhere.status_code, order["discount_amount"], late.status_code) == (403, 0, 303)
        assert "Take<span" not in await shown(visitor, token)
