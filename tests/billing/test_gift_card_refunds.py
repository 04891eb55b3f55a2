"""Refunds of what was not, or not only, paid in money: gift cards get their part back, free orders give back their items."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from sutler.doctor import books as money
from sutler.doctor import disputes, gift_cards, refunds
from sutler.kernel.work.runner import Worker
from sutler.stores.ledger.service import balances, check
from sutler.webhooks.payloads import service as payloads
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import checkout, line, open_checkout
from tests.make.delivery import Shop
from tests.make.gift_cards import made_gift_card
from tests.make.promotions import made_coupon, made_link
from tests.make.refunds import refund
from tests.webhooks.test_payloads import said

MANY = 16
MONEY = money.CHECKS | refunds.CHECKS | disputes.CHECKS | gift_cards.CHECKS


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, worker: Worker, inside: Inside) -> Shop:
    """The store that a test is about."""
    return Shop(api, store.id, worker, inside)


async def buy(shop: Shop, *prices: int, **changes: Any) -> dict[str, Any]:
    """The delivered order of a customer who bought one product at each of these prices."""
    customer = await shop.customer(name="Alice")
    products = [await shop.product("give", price=price) for price in prices]
    body = checkout(customer["id"], *(line(product["id"]) for product in products), **changes)
    order = await paid(shop.api, shop.store_id, (await open_checkout(shop.api, shop.store_id, body))["token"])
    await shop.worker.drain()
    return order


async def given_back(shop: Shop, order: dict[str, Any], **wish: Any) -> dict[str, Any]:
    """A refund that succeeds."""
    answer = await refund(shop.api, shop.store_id, order["id"], wish)
    assert (answer.status_code, answer.json().get("status")) == (200, "completed"), answer.text
    told: dict[str, Any] = answer.json()
    return told


async def standing(shop: Shop, order: dict[str, Any], card: dict[str, Any] | None = None) -> tuple[str, list[str], int]:
    """How an order stands, what has become of its items, and what is on a gift card."""
    await shop.worker.drain()
    path = f"/v1/stores/{shop.store_id}"
    shown = (await shop.api.get(f"{path}/orders/{order['id']}")).json()
    items = (await shop.api.get(f"{path}/orders/{order['id']}/delivery/items")).json()
    left = (await shop.api.get(f"{path}/giftcards/{card['id']}")).json()["balance"] if card else 0
    return shown["status"], sorted(item["state"] for item in items), left


async def books(shop: Shop) -> dict[str, int]:
    """What the accounts hold that hold anything, gift cards as one."""
    async with shop.inside(shop.store_id) as store:
        assert await check(store) == []
        found: Counter[str] = Counter()
        for (account, _), amount in (await balances(store)).items():
            found[account.partition(":")[0]] += amount
    return {account: amount for account, amount in found.items() if amount}


async def assert_adds_up(shop: Shop) -> None:
    """The doctor finds nothing wrong with the money."""
    async with shop.inside(shop.store_id) as store:
        found = {name: await look(store.connection) for name, look in MONEY.items()}
    assert {name: outcome.examples for name, outcome in found.items() if outcome.problems} == {}


class TestOrderThatGiftCardsPaid:
    async def test_goes_back_to_the_card_as_a_whole(self, shop: Shop) -> None:
        card = await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=5000)
        order = await buy(shop, 1500, 499, promo_codes=["SPRING-24"])

        told = await given_back(shop, order)
        again = await refund(shop.api, shop.store_id, order["id"])

        assert (told["amount"], told["tax_amount"], told["store_refund_amount"]) == (0, 0, 0)
        assert await standing(shop, order, card) == ("refunded", ["revoked"] * 2, 5000)
        assert (again.status_code, again.json()["code"]) == (409, "AlreadyRefunded")
        (payment,) = (await shop.api.get(f"/v1/stores/{shop.store_id}/payments")).json()
        assert (payment["id"], payment["gateway"], payment["status"]) == (told["payment_id"], "giftcard", "refunded")
        assert (payment["amount"], payment["completed_at"]) == (0, order["completed_at"])
        evidence = await shop.api.get(f"/v1/stores/{shop.store_id}/payments/{payment['id']}/evidence")
        assert (evidence.status_code, evidence.json()["payment"]["amount"]) == (200, 0)
        assert (await books(shop)) == {"giftcard": -5000, "giftcards_issued": 5000}
        async with shop.inside(shop.store_id) as store:
            webhook = await said(store, payloads.refund_completed, told["id"])
        assert (webhook["payment_id"], webhook["gateway"], webhook["store_refund_amount"]) == (payment["id"], "giftcard", 0)
        await assert_adds_up(shop)

    async def test_goes_back_line_by_line_and_by_amounts(self, shop: Shop) -> None:
        card = await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=5000)
        order = await buy(shop, 1500, 499, 700, promo_codes=["SPRING-24"])
        first, second, _ = order["lines"]

        await given_back(shop, order, order_line_id=first["id"])
        by_line = await standing(shop, order, card)
        twice = await refund(shop.api, shop.store_id, order["id"], {"order_line_id": first["id"]})
        named = await given_back(shop, order, amount=499)
        await given_back(shop, order, amount=100)
        by_amount = await standing(shop, order, card)
        more = await refund(shop.api, shop.store_id, order["id"], {"amount": 601})
        await given_back(shop, order, amount=600)

        assert by_line == ("completed", ["revoked", "used", "used"], 5000 - 499 - 700)
        assert (twice.status_code, twice.json()["code"]) == (409, "LineRefunded")
        assert named["order_line_id"] == second["id"]
        assert by_amount == ("completed", ["revoked", "revoked", "used"], 4400)
        assert (more.json()["code"], "$6.00" in more.json()["message"]) == ("MoreThanPaid", True)
        assert await standing(shop, order, card) == ("refunded", ["revoked"] * 3, 5000)
        await assert_adds_up(shop)

    async def test_happens_once_however_many_ask(self, shop: Shop) -> None:
        card = await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=5000)
        order = await buy(shop, 1999, promo_codes=["SPRING-24"])

        answers = await asyncio.gather(*(refund(shop.api, shop.store_id, order["id"]) for _ in range(MANY)))

        assert Counter(one.status_code for one in answers) == {200: 1, 409: MANY - 1}
        assert {one.json()["code"] for one in answers if one.status_code == 409} == {"AlreadyRefunded"}
        assert await standing(shop, order, card) == ("refunded", ["revoked"], 5000)
        assert len((await shop.api.get(f"/v1/stores/{shop.store_id}/payments")).json()) == 1
        await assert_adds_up(shop)

    async def test_gets_its_tax_back_with_it(self, shop: Shop) -> None:
        settings = {"enabled": True, "home_country": "NL", "countries": ["NL"], "tax_gift_cards": True}
        assert (await shop.api.patch(f"/v1/stores/{shop.store_id}/tax-settings", json=settings)).status_code == 200
        await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=5000)
        order = await buy(shop, 1000, 500, promo_codes=["SPRING-24"])

        before = await books(shop)
        await given_back(shop, order, amount=700)
        between = await books(shop)
        report = f"/v1/stores/{shop.store_id}/tax-report?begin=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00Z"
        (row,) = (await shop.api.get(report)).json()["rows"]
        await given_back(shop, order)

        assert (before["tax"], before["sales"]) == (-315, -1500)  # 21 % of 15.00
        assert (between["tax"], between["sales"]) == (-315 + 121, -1500 + 579)  # 7.00 of 18.15: 1.21 of 3.15 is tax
        assert (row["jurisdiction"], row["tax_rate"], row["tax_amount"]) == ("Netherlands", "21", 194)
        assert await books(shop) == {"giftcard": -5000, "giftcards_issued": 5000}
        await assert_adds_up(shop)


class TestOrderThatBothPaid:
    async def test_shares_a_tax_on_the_whole_sale_between_money_and_card(self, shop: Shop) -> None:
        settings = {"enabled": True, "home_country": "NL", "countries": ["NL"], "tax_gift_cards": True}
        assert (await shop.api.patch(f"/v1/stores/{shop.store_id}/tax-settings", json=settings)).status_code == 200
        await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=1150)
        order = await buy(shop, 1000, promo_codes=["SPRING-24"])  # 12.10 with its tax: 0.60 of it in money

        await given_back(shop, order, amount=30)
        between = await books(shop)
        report = f"/v1/stores/{shop.store_id}/tax-report?begin=2020-01-01T00:00:00Z&until=2100-01-01T00:00:00Z"
        (row,) = (await shop.api.get(report)).json()["rows"]
        await given_back(shop, order)

        assert (order["tax_amount"], order["total_amount"]) == (210, 60)
        assert (between["tax"], between["sales"]) == (-210 + 5, -1000 + 25)  # 0.10 of 0.60 is tax, so is 0.05 of 0.30
        assert (row["tax_amount"], row["taxable_amount"]) == (205, 975)
        assert await books(shop) == {"giftcard": -1150, "giftcards_issued": 1150}
        await assert_adds_up(shop)

    async def test_gives_back_money_first_and_the_card_its_part_with_the_last_of_it(self, shop: Shop) -> None:
        card = await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=500)
        await made_link(shop.api, shop.store_id)  # its commission is in the same movements
        order = await buy(shop, 1500, promo_codes=["SPRING-24"], affiliate_code="EVE")

        await given_back(shop, order, amount=400)
        between = await standing(shop, order, card)
        refused = await refund(shop.api, shop.store_id, order["id"], {"amount": 601})
        await given_back(shop, order, amount=600)

        assert between == ("completed", ["used"], 0)
        assert (refused.status_code, refused.json()["code"]) == (409, "MoreThanPaid")
        assert await standing(shop, order, card) == ("refunded", ["revoked"], 500)
        assert await books(shop) == {"giftcard": -500, "giftcards_issued": 500}
        await assert_adds_up(shop)

    async def test_is_not_over_when_all_its_money_is_back(self, shop: Shop) -> None:
        card = await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=5000)
        path = f"/v1/stores/{shop.store_id}"
        customer = await shop.customer()
        dear = await shop.product("give", price=1500, is_gift_cards_disabled=True)
        other = await shop.product("give", price=700)
        body = checkout(customer["id"], line(dear["id"]), line(other["id"]), promo_codes=["SPRING-24"])
        order = await paid(shop.api, shop.store_id, (await open_checkout(shop.api, shop.store_id, body))["token"])
        await shop.worker.drain()

        await given_back(shop, order, order_line_id=order["lines"][0]["id"])
        between = await standing(shop, order, card)
        (payment,) = (await shop.api.get(f"{path}/payments")).json()
        await given_back(shop, order)

        assert (between, payment["status"]) == (("completed", ["revoked", "used"], 4300), "refunded")
        assert await standing(shop, order, card) == ("refunded", ["revoked"] * 2, 5000)
        await assert_adds_up(shop)

    async def test_makes_a_credit_note_that_tells_of_both(self, shop: Shop) -> None:
        await made_gift_card(shop.api, shop.store_id, code="SPRING-24", balance=500)
        order = await buy(shop, 1500, promo_codes=["SPRING-24"])

        await given_back(shop, order)
        await shop.worker.drain()

        found = (await shop.api.get(f"/v1/stores/{shop.store_id}/invoices?type=credit_note")).json()
        amounts = [(note["subtotal_amount"], note["giftcard_usage_amount"], note["total_amount"]) for note in found]
        assert amounts == [(1500, 500, 1000)]


class TestFreeOrder:
    async def test_gives_back_its_items_as_a_whole_or_by_line(self, shop: Shop) -> None:
        await made_coupon(shop.api, shop.store_id, code="ALL", discount_amount=1000)
        await made_link(shop.api, shop.store_id)
        order = await buy(shop, 1500, 499, promo_codes=["ALL"], affiliate_code="EVE")

        told = await given_back(shop, order, order_line_id=order["lines"][0]["id"])
        between = await standing(shop, order)
        await given_back(shop, order)
        again = await refund(shop.api, shop.store_id, order["id"])

        assert (told["amount"], between[:2]) == (0, ("completed", ["revoked", "used"]))
        assert (await standing(shop, order))[:2] == ("refunded", ["revoked"] * 2)
        assert (again.status_code, again.json()["code"]) == (409, "AlreadyRefunded")
        (payment,) = (await shop.api.get(f"/v1/stores/{shop.store_id}/payments")).json()
        assert (payment["gateway"], payment["amount"], payment["status"]) == ("free", 0, "refunded")
        notes = await shop.api.get(f"/v1/stores/{shop.store_id}/invoices?type=credit_note")
        assert (notes.json(), await books(shop)) == ([], {})
        await assert_adds_up(shop)

    async def test_is_not_disputed_by_anybody(self, shop: Shop) -> None:
        order = await buy(shop, 0)
        told = await given_back(shop, order)
        path = f"/v1/stores/{shop.store_id}/payments/{told['payment_id']}/disputes"
        bank = f"/v1/stores/{shop.store_id}/simulator/payments/{told['payment_id']}/dispute"

        assert (await shop.api.post(f"{path}/ask")).json() == []
        assert (await shop.api.post(bank, json={"state": "pending"})).status_code == 409
        assert (await shop.api.post(path, json={"reason": "recalled"})).status_code == 409


class TestGrantedCard:
    async def test_loses_what_is_left_on_it_and_not_what_was_spent(self, shop: Shop) -> None:
        customer = await shop.customer()
        product = await shop.product(price=2500, deliverable_actions={"grant_giftcard": True})
        order = await shop.buy(customer["id"], product["id"])
        await shop.worker.drain()
        (card,) = (await shop.api.get(f"/v1/stores/{shop.store_id}/giftcards")).json()
        bought = await buy(shop, 700, promo_codes=[card["code"]])

        await given_back(shop, order)
        await shop.worker.drain()
        (gone,) = (await shop.api.get(f"/v1/stores/{shop.store_id}/giftcards?include_canceled=true")).json()
        after = await books(shop)
        await given_back(shop, bought)

        assert (gone["balance"], (await standing(shop, order))[0]) == (0, "refunded")
        assert after == {"giftcards_granted": 700, "sales": -700}  # goods for 7.00 that nobody paid
        assert await books(shop) == {"giftcards_granted": 700, "giftcards_forfeited": -700}
        await assert_adds_up(shop)
