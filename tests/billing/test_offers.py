"""Sales, coupons, gift cards and affiliates from the shop window to the books."""

import asyncio
from typing import Any

import httpx2
import pytest

from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.stores.ledger.service import balances, check
from sutler.stores.stores.models import Store
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import attempt, paid
from tests.make.checkout import add_customer, add_product, checkout, line, open_checkout, signed_in
from tests.make.gift_cards import made_gift_card
from tests.make.promotions import made_coupon, made_link, made_sale


@pytest.fixture
async def stacking(inside: Inside, store: SeededStore) -> None:
    """The store lets buyers use as many codes as they like."""
    async with inside(store.id) as context:
        await context.change(await context.get(Store, store.id), {"promo_code_stacking_behavior": "enabled"})


async def ordered(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, **changes: Any
) -> dict[str, Any]:
    """The order of a customer who bought two units with these codes."""
    body = checkout(customer.id, line(product.id, quantity=2), **changes)
    return await paid(api, store.id, (await open_checkout(api, store.id, body))["token"])


async def books(inside: Inside, store: SeededStore) -> dict[str, int]:
    """What every account holds; the books are in order."""
    async with inside(store.id) as context:
        assert await check(context) == []
        return {account: total for (account, _), total in (await balances(context)).items() if total}


def refusal(answer: httpx2.Response) -> tuple[int, str, str]:
    """Status, code and message."""
    refused = answer.json()
    return answer.status_code, refused["code"], refused["message"]


class TestSales:
    async def test_show_in_the_shop_in_the_cart_and_on_the_order(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, customer: Customer, product: Product,
        inside: Inside,
    ) -> None:  # fmt: skip
        sale = await made_sale(api, store.id, discount_amount=250)
        buyer = await signed_in(client, inside, store.id, customer.id)

        shown = (await buyer.get(f"/v1/store/products/{product.slug}")).json()["pricing"]
        await buyer.put(f"/v1/store/cart/lines?product_id={product.id}&quantity=3")
        cart = (await buyer.get("/v1/store/cart")).json()
        opened = (await buyer.post("/v1/store/cart/checkout", json={})).json()
        order = await paid(api, store.id, opened["token"])

        assert (shown["price_original"], shown["sale_value"], shown["price_final"]) == (1499, 374, 1125)
        assert (shown["active_sale"]["id"], shown["active_sale"]["name"]) == (sale["id"], "Summer")
        assert (cart["lines"][0]["price"], cart["total"]) == (1125, 3375)
        (bought,) = order["lines"]
        assert (bought["sale_id"], bought["sale_version_id"]) == (sale["id"], sale["version_id"])
        assert [order[f"{name}_amount"] for name in ("subtotal", "discount", "total")] == [4497, 1122, 3375]
        assert await found_by(api, store, sale_id=sale["id"]) == [order["id"]]

    async def test_end_for_new_checkouts_only(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        sale = await made_sale(api, store.id)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        await api.delete(f"/v1/stores/{store.id}/sales/{sale['id']}")

        assert (await paid(api, store.id, opened["token"]))["discount_amount"] == 149
        assert (await ordered(api, store, customer, product))["discount_amount"] == 0


async def found_by(api: ContractClient, store: SeededStore, **wanted: str) -> list[str]:
    """The ids of the orders that a filter leaves."""
    return [order["id"] for order in (await api.get(f"/v1/stores/{store.id}/orders", params=wanted)).json()]


class TestCoupons:
    async def test_come_off_the_order_which_tells_of_them(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        coupon = await made_coupon(api, store.id, code="Ten")

        order = await ordered(api, store, customer, product, promo_codes=[" tEN "])

        usage = {"coupon_id": coupon["id"], "coupon_version_id": coupon["version_id"], "usage_amount": 298}
        assert order["applied_coupons"] == [usage]
        assert (order["coupon_id"], order["discount_amount"], order["total_amount"]) == (coupon["id"], 298, 2700)
        assert await found_by(api, store, coupon_id=coupon["id"]) == [order["id"]]
        assert await found_by(api, store, coupon_id=order["id"]) == []
        assert await books(inside, store) == {"gateway:simulator": 2700, "sales": -2700}

    async def test_may_be_named_by_their_id(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        coupon = await made_coupon(api, store.id, code="TEN")

        assert (await ordered(api, store, customer, product, coupon_id=coupon["id"]))["discount_amount"] == 298

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"enabled": False}, "The code TEN cannot be used at present."),
            ({"expires_at": "2020-01-01T00:00:00Z"}, "The code TEN has expired."),
            ({"minimum_order_value": 9000}, "TEN is for orders of at least $90.00; this one comes to $29.98."),
            ({"usable_on_one_time_purchase": False, "usable_on_subscription": True}, "TEN is for subscriptions only."),
        ],
    )
    async def test_that_do_not_apply_say_why(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, changes: dict[str, Any],
        reason: str,
    ) -> None:  # fmt: skip
        await made_coupon(api, store.id, code="TEN", **changes)

        body = checkout(customer.id, line(product.id, quantity=2), promo_codes=["TEN"])
        answer = await api.post(f"/v1/stores/{store.id}/checkouts", json=body)

        assert refusal(answer) == (400, "InvalidPromoCode", reason)
        assert answer.json()["errors"][0]["path"] == "promo_codes[0]"

    async def test_are_used_alone_unless_the_owner_allows_more(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        for code in ("TEN", "MORE"):
            await made_coupon(api, store.id, code=code)
        body = checkout(customer.id, line(product.id), promo_codes=["TEN", "MORE"])

        refused = await api.post(f"/v1/stores/{store.id}/checkouts", json=body)
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"promo_code_stacking_behavior": "enabled"})
        allowed = await open_checkout(api, store.id, body)

        assert refusal(refused)[2] == "Only one code can be used at a time. Leave out the others."
        assert (await paid(api, store.id, allowed["token"]))["discount_amount"] == 149 + 135

    async def test_are_guessed_by_one_buyer_without_locking_out_another(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        await made_coupon(api, store.id, code="TEN")
        async with inside(store.id) as context:
            friend = await add_customer(context)
        path = f"/v1/stores/{store.id}/checkouts"

        guesses = [checkout(customer.id, line(product.id), promo_codes=[f"GUESS-{number}"]) for number in range(12)]
        statuses = [(await api.post(path, json=body)).status_code for body in guesses]
        other = await api.post(path, json=checkout(friend.id, line(product.id), promo_codes=["TEN"]))

        assert (statuses, other.status_code) == ([400] * 10 + [429] * 2, 200)

    async def test_are_redeemed_no_more_often_than_they_may_be(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        limited = {"redeem_limit_store_enabled": True, "redeem_limit_store_amount": 2}
        await made_coupon(api, store.id, code="TWO", **limited)
        body = checkout(customer.id, line(product.id), promo_codes=["TWO"])
        tokens = [(await open_checkout(api, store.id, body))["token"] for _ in range(5)]

        answers = await asyncio.gather(*[attempt(api, store.id, token) for token in tokens])
        late = await api.post(f"/v1/stores/{store.id}/checkouts", json=body)

        assert sorted(answer.status_code for answer in answers) == [200, 200, 400, 400, 400]
        text = "The code TWO was redeemed as often as it may be. Take it off and try again."
        assert {refusal(one) for one in answers if one.status_code == 400} == {(400, "PromoCodeUsedUp", text)}
        assert refusal(late) == (400, "InvalidPromoCode", "The code TWO was redeemed as often as it may be.")

    async def test_are_given_back_when_the_payment_is_declined(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        limited = {"redeem_limit_customer_enabled": True, "redeem_limit_customer_amount": 1}
        await made_coupon(api, store.id, code="ONE", **limited)
        body = checkout(customer.id, line(product.id), promo_codes=["ONE"])
        first, second = [(await open_checkout(api, store.id, body))["token"] for _ in range(2)]

        assert (await paid(api, store.id, first, "decline"))["status"] == "created"
        assert (await paid(api, store.id, second))["status"] == "completed"
        assert refusal(await attempt(api, store.id, first))[1] == "PromoCodeUsedUp"


class TestGiftCards:
    async def test_pay_a_whole_order_at_once(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        card = await made_gift_card(api, store.id, code="SPRING-24", balance=5000)

        order = await ordered(api, store, customer, product, promo_codes=["spring 24"])

        assert (order["status"], order["total_amount"], order["giftcard_usage_amount"]) == ("completed", 0, 2998)
        assert order["applied_giftcards"] == [{"giftcard_id": card["id"], "usage_amount": 2998}]
        assert await found_by(api, store, giftcard_id=card["id"]) == [order["id"]]
        assert (await api.get(f"/v1/stores/{store.id}/payments")).json() == []
        assert await left_on(api, store, card) == 2002
        found = await books(inside, store)
        assert (found["sales"], found[f"giftcard:{card['id']}"]) == (-2998, -2002)

    @pytest.mark.usefixtures("stacking")
    async def test_pay_their_part_one_after_the_other(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        first = await made_gift_card(api, store.id, code="FIRST", balance=1000)
        second = await made_gift_card(api, store.id, code="SECOND", balance=500)

        order = await ordered(api, store, customer, product, promo_codes=["FIRST", "SECOND"])

        assert (order["giftcard_usage_amount"], order["total_amount"]) == (1500, 1498)
        assert [await left_on(api, store, card) for card in (first, second)] == [0, 0]
        found = await books(inside, store)
        assert (found["sales"], found["gateway:simulator"]) == (-2998, 1498)

    async def test_keep_what_a_declined_payment_would_have_used(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        card = await made_gift_card(api, store.id, code="SPRING", balance=1000)
        body = checkout(customer.id, line(product.id), promo_codes=["SPRING"])
        token = (await open_checkout(api, store.id, body))["token"]

        declined = await paid(api, store.id, token, "decline")
        after = await left_on(api, store, card)
        await api.patch(f"/v1/stores/{store.id}/giftcards/{card['id']}", json={"balance": 400})
        completed = await paid(api, store.id, token)

        assert (declined["status"], declined["giftcard_usage_amount"], after) == ("created", 1000, 1000)
        assert (completed["id"], completed["giftcard_usage_amount"]) == (declined["id"], 400)
        assert (completed["total_amount"], await left_on(api, store, card)) == (1099, 0)
        assert completed["lines"][0]["giftcard_usage_amount"] == 400

    async def test_are_not_spent_twice(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        card = await made_gift_card(api, store.id, code="SPRING", balance=1499)
        body = checkout(customer.id, line(product.id), promo_codes=["SPRING"])
        tokens = [(await open_checkout(api, store.id, body))["token"] for _ in range(4)]

        await asyncio.gather(*[attempt(api, store.id, token) for token in tokens])

        orders = (await api.get(f"/v1/stores/{store.id}/orders")).json()
        assert sum(order["giftcard_usage_amount"] for order in orders if order["status"] == "completed") == 1499
        assert await left_on(api, store, card) == 0
        await books(inside, store)

    async def test_get_back_what_they_paid_when_an_order_is_refunded(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        card = await made_gift_card(api, store.id, code="SPRING", balance=1000)
        body = checkout(customer.id, line(product.id), line(product.id, quantity=2), promo_codes=["SPRING"])
        order = await paid(api, store.id, (await open_checkout(api, store.id, body))["token"])
        first = order["lines"][0]

        await refund(api, store, order, order_line_id=first["id"])
        part = await left_on(api, store, card)
        await refund(api, store, order)

        assert (part, await left_on(api, store, card)) == (first["giftcard_usage_amount"], 1000)
        assert (await books(inside, store)).keys() == {f"giftcard:{card['id']}", "giftcards_issued"}


async def refund(api: ContractClient, store: SeededStore, order: dict[str, Any], **wish: Any) -> None:
    """Give money back."""
    answer = await api.post(f"/v1/stores/{store.id}/orders/{order['id']}/refund", json=wish)
    assert (answer.status_code, answer.json()["status"]) == (200, "completed")


async def left_on(api: ContractClient, store: SeededStore, card: dict[str, Any]) -> int:
    """What is on a gift card now."""
    balance: int = (await api.get(f"/v1/stores/{store.id}/giftcards/{card['id']}")).json()["balance"]
    return balance


class TestAffiliates:
    @pytest.mark.parametrize("how", [{"affiliate_code": "eve"}, {"promo_codes": ["eve "]}])
    async def test_earn_from_what_their_buyers_pay(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, how: Any
    ) -> None:
        link = await made_link(api, store.id, discount_type="percentage", discount_amount=100)

        order = await ordered(api, store, customer, product, **how)

        assert (order["affiliate_id"], order["discount_amount"]) == (link["id"], 298)
        assert await found_by(api, store, affiliate_id=link["id"]) == [order["id"]]
        found = await books(inside, store)
        assert (found["commissions"], found["wallet:eve"]) == (270, -270)

    async def test_earn_again_from_whoever_they_brought(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        link = await made_link(api, store.id, tracking_length_days=30)
        async with inside(store.id) as context:
            private = await add_product(context, is_affiliate_links_disabled=True)

        await ordered(api, store, customer, product, affiliate_code="EVE")
        again = await ordered(api, store, customer, product)
        without = await ordered(api, store, customer, private)

        assert (again["affiliate_id"], again["discount_amount"]) == (link["id"], 0)
        assert "affiliate_id" not in without
        assert (await books(inside, store))["commissions"] == 2 * 299

    async def test_lose_what_they_earned_when_the_money_goes_back(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        await made_link(api, store.id)
        order = await ordered(api, store, customer, product, affiliate_code="EVE")

        await refund(api, store, order, amount=1000)
        part = (await books(inside, store))["commissions"]
        await refund(api, store, order)

        assert part == 299 - 100
        assert "commissions" not in await books(inside, store)

    async def test_that_nobody_knows_are_passed_over(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        assert "affiliate_id" not in await ordered(api, store, customer, product, affiliate_code="NOBODY")


class TestExplain:
    async def test_tells_why_a_product_would_cost_that_and_why_codes_have_no_effect(
        self, api: ContractClient, store: SeededStore, product: Product
    ) -> None:
        sale = await made_sale(api, store.id, discount_amount=250)
        await made_coupon(api, store.id, code="LATER", minimum_order_value=9000)
        wanted: dict[str, Any] = {"product_id": product.id, "quantity": 2, "promo_codes": ["LATER", "NOBODY"]}

        found = (await api.get(f"/v1/stores/{store.id}/pricing/explain", params=wanted)).json()

        (explained,) = found["lines"]
        assert [(one["step"], one["change"], one["amount"]) for one in explained["steps"]] == [
            ("base_price", 2998, 2998), ("sale", -748, 2250), ("tax", 0, 2250),
        ]  # fmt: skip
        assert explained["steps"][1]["text"] == "The sale Summer takes off $7.48, which leaves $22.50."
        assert (explained["steps"][1]["source_id"], found["total_amount_str"]) == (sale["id"], "$22.50")
        assert [one["code"] for one in found["unused_codes"]] == ["NOBODY", "LATER"]
        assert found["unused_codes"][1]["reason"].startswith("LATER is for orders of at least $90.00")

    async def test_tells_it_of_checkouts_and_of_orders_as_they_were(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        sale = await made_sale(api, store.id)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        path = f"/v1/stores/{store.id}/pricing/explain"

        before = (await api.get(path, params={"checkout_id": opened["id"]})).json()
        order = await paid(api, store.id, opened["token"])
        await api.delete(f"/v1/stores/{store.id}/sales/{sale['id']}")
        after = (await api.get(path, params={"order_id": order["id"]})).json()

        assert before["lines"][0]["steps"] == after["lines"][0]["steps"]
        assert sum(step["change"] for step in after["lines"][0]["steps"]) == order["total_amount"] == 1350

    async def test_tells_buyers_of_their_cart_with_and_without_codes(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, customer: Customer, product: Product,
        inside: Inside,
    ) -> None:  # fmt: skip
        sale = await made_sale(api, store.id, discount_amount=250)
        for code in ("TEN", "MORE"):
            await made_coupon(api, store.id, code=code)
        buyer = await signed_in(client, inside, store.id, customer.id)
        empty = (await buyer.get("/v1/store/cart/explain")).json()
        await buyer.put(f"/v1/store/cart/lines?product_id={product.id}&quantity=2")
        (line,) = (await buyer.get("/v1/store/cart")).json()["lines"]

        plain = (await buyer.get("/v1/store/cart/explain")).json()
        codes = {"promo_codes": ["TEN", "MORE", "NOBODY"]}
        coded = (await buyer.get("/v1/store/cart/explain", params=codes)).json()
        guest = await client().get("/v1/store/cart/explain")

        assert (empty["lines"], empty["total_amount"]) == ([], 0)
        (explained,) = plain["lines"]
        assert (explained["line_id"], explained["product_id"]) == (line["line_key"], product.id)
        assert [(one["step"], one["change"], one["source_id"]) for one in explained["steps"]] == [
            ("base_price", 2998, None), ("sale", -748, sale["id"]), ("tax", 0, None),
        ]  # fmt: skip
        assert (plain["total_amount"], plain["total_amount_str"], plain["unused_codes"]) == (2250, "$22.50", [])
        assert [one["step"] for one in coded["lines"][0]["steps"]] == ["base_price", "coupon", "sale", "tax"]
        assert (coded["total_amount"], [one["code"] for one in coded["unused_codes"]]) == (2026, ["NOBODY", "MORE"])
        assert coded["unused_codes"][1]["reason"] == "Only one code can be used at a time. Leave out the others."
        assert guest.status_code == 401

    async def test_wants_to_know_one_thing(self, api: ContractClient, store: SeededStore, product: Product) -> None:
        path = f"/v1/stores/{store.id}/pricing/explain"

        answers = [await api.get(path, params=wanted) for wanted in ({}, {"product_id": product.id, "order_id": "1"})]
        unknown = await api.get(path, params={"product_id": store.id})

        assert [answer.status_code for answer in (*answers, unknown)] == [400, 400, 404]
