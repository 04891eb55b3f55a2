"""Offers on the checkout page, over HTTP."""

import asyncio
from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser, expect

from sutler.billing.orders.models import OrderLine
from sutler.checkout.checkouts.models import Checkout
from sutler.customers.customers.models import Customer
from sutler.kernel.ids import new_id
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import attempt, bought, paid
from tests.make.catalog import changed, limit, made_variable
from tests.make.checkout import add_customer, line
from tests.make.trials import MONTHLY
from tests.make.upsells import Upseller, bought_lines, recommended, upseller
from tests.pages.conftest import ON_ONE_FILE

HALF: dict[str, Any] = {"discount_type": "percentage", "discount_amount": 500}
MONTH: dict[str, Any] = dict(MONTHLY)


@pytest.fixture
async def shop(api: ContractClient, visitor: httpx2.AsyncClient, store: SeededStore, inside: Inside) -> Upseller:
    """A store with upselling on, where a Knight for $10.00 is sold beside a Potion for $5.00."""
    return await upseller(api, visitor, store.id, inside)


class TestOffers:
    async def test_are_those_of_the_products_then_the_stores_then_what_others_bought(
        self, shop: Upseller, api: ContractClient, store: SeededStore
    ) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        torch, map_, rope = [await shop.product(name) for name in ("Torch", "Map", "Rope")]
        for extra in (map_, rope, map_):
            await shop.opened(line(knight["id"]), line(extra["id"]))
            await paid(api, store.id, shop.token)
        await shop.recommends(knight, recommended(potion["id"]), recommended(knight["id"]))
        overrides = [recommended(torch["id"]), recommended(potion["id"], **HALF)]
        for one in overrides:
            one.pop("minimum_recommended_product_quantity", None)
        await shop.settings(recommendation_overrides_enabled=True, recommendation_overrides=overrides)
        await shop.opens(knight)

        without = await shop.offers()
        await shop.settings(automatic_recommendations_enabled=True)
        both = await shop.offers()
        await changed(api, torch, upselling={"enabled": False})
        await changed(api, potion, enabled_at="2999-01-01T00:00:00Z")
        neither = await shop.offers()
        await shop.settings(enabled=False)

        assert (without, both, neither) == (["Potion", "Torch"], ["Potion", "Torch", "Map"], ["Map", "Rope"])
        assert await shop.offers() == []

    async def test_need_the_products_own_switch_and_enough_of_it(self, shop: Upseller, api: ContractClient) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        await shop.recommends(knight, recommended(potion["id"], minimum_base_product_quantity=2))

        await shop.opens(knight)
        one = await shop.offers()
        await shop.opens(knight, quantity=2)
        two = await shop.offers()
        await changed(api, knight, upselling={"enabled": False})

        assert (one, two, await shop.offers()) == ([], ["Potion"], [])

    async def test_are_nothing_that_needs_a_choice_or_cannot_be_had(
        self, shop: Upseller, api: ContractClient, store: SeededStore
    ) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        colour = await made_variable(api, store.id)
        await shop.product("Choice", custom_variable_ids=[colour["id"]])
        await shop.product("Placed", single_game_server_only=True)
        await shop.product("Scarce", store_stock_limit=limit(0))
        await shop.product("Rationed", customer_stock_limit=limit(1))
        await shop.product("Demanding", required_product_ids=[potion["id"]])
        await shop.product("Member", **MONTH | {"allow_one_time_purchase": False})
        await bought(api, store.id, shop.customer_id, shop.products["Rationed"]["id"])
        names = ("Choice", "Placed", "Scarce", "Rationed", "Demanding", "Member")
        await shop.recommends(knight, *(recommended(shop.products[name]["id"]) for name in names))
        await shop.opens(knight)

        assert await shop.offers() == ["Member"]

    async def test_are_subscribed_to_where_that_is_preferred_and_fits(self, shop: Upseller, inside: Inside) -> None:
        knight = shop.products["Knight"]
        either = await shop.product("Either", **MONTH | {"subscription_interval_value": 2})
        yearly = await shop.product("Yearly", **MONTH | {"subscription_interval_scale": "year"})
        await shop.recommends(knight, recommended(either["id"], prefer_as_subscription=True))

        await shop.opens(knight)
        alone = await shop.page()
        await shop.opened(line(knight["id"]), line(yearly["id"], subscription=True))
        beside = await shop.page()

        assert "every 2 months until you cancel" in alone
        assert "Either" in beside
        assert "every 2 months" not in beside


class TestTake:
    async def test_adds_a_line_with_its_discount_which_the_order_keeps(
        self, shop: Upseller, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        await shop.recommends(knight, recommended(potion["id"], quantity_to_add=2, **HALF))
        id = await shop.opens(knight)

        before = await shop.page()
        answers = [await shop.take((await shop.keys() or [f"{new_id()}.{potion['id']}.additional"])[0]) for _ in range(2)]
        await shop.recommends(knight)
        await changed(api, potion, price=9000)
        after, told = await shop.page(), await shop.explained(id)
        order = await paid(api, store.id, shop.token)

        assert "2 × Potion" in before
        assert '<s><span class="hidden">Instead of </span>$10.00</s> <strong class="price">$5.00</strong>' in before
        assert [answer.status_code for answer in answers] == [303, 303]
        assert "The offer at the checkout takes off $5.00, which leaves $5.00." in after
        assert [step["step"] for step in told["lines"][1]["steps"]] == ["base_price", "upsell", "tax"]
        assert told["lines"][1]["steps"][1]["source_id"] == knight["id"]
        assert (order["total_amount"], order["discount_amount"]) == (1500, 500)
        async with inside(store.id) as context:
            kept = await context.all(context.rows(OrderLine))
        assert [(one.upsell_of, one.upsell_type) for one in kept] == [(None, None), (knight["id"], "additional")]

    async def test_is_undone_by_taking_it_off(self, shop: Upseller, inside: Inside, store: SeededStore) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        await shop.recommends(knight, recommended(potion["id"]))
        await shop.opens(knight)
        before = await shop.page()

        await shop.take()
        with_it = await shop.page()
        await shop.take_off()

        assert "$15.00" in with_it
        assert await shop.page() == before
        (kept,) = await bought_lines(inside, store.id)
        await shop.send("offer/remove", line=kept.id)
        assert await shop.page() == before

    async def test_puts_an_alternative_in_the_place_of_its_line_until_it_is_taken_off(
        self, shop: Upseller, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        knight, lord = shop.products["Knight"], await shop.product("Lord", 3000)
        offer = recommended(lord["id"], "alternative", discount_type="fixed", discount_amount=500)
        await shop.recommends(knight, offer)
        await shop.opens(knight, quantity=2)
        (first,) = await bought_lines(inside, store.id)

        page = await shop.page()
        await shop.take()
        taken = await bought_lines(inside, store.id)
        await shop.take_off()
        back = await bought_lines(inside, store.id)
        await shop.take()
        order = await paid(api, store.id, shop.token)

        assert "instead of Knight" in page
        assert [(one.product_name, one.quantity, one.upsell_of) for one in taken] == [("Lord", 2, knight["id"])]
        assert [(one.id, one.quantity) for one in back] == [(first.id, 2)]
        assert [(one["product_name"], one["total_amount"]) for one in order["lines"]] == [("Lord", 5000)]

    async def test_adds_more_of_the_same_as_it_was_chosen(
        self, shop: Upseller, api: ContractClient, store: SeededStore
    ) -> None:
        colour = await made_variable(api, store.id)
        banner = await shop.product("Banner", 1000, custom_variable_ids=[colour["id"]])
        more = recommended(banner["id"], "increase_quantity", quantity_to_add=3, **HALF)
        await shop.recommends(banner, more)
        await shop.opens(banner, custom_variables={"colour": "red"})

        page = await shop.page()
        await shop.take()
        after = await shop.offers()
        order = await paid(api, store.id, shop.token)

        assert "3 more Banner" in page
        assert after == []
        assert [(one["quantity"], one["total_amount"]) for one in order["lines"]] == [(1, 1100), (3, 1650)]
        assert [one["custom_variables"]["colour"]["value"] for one in order["lines"]] == ["red", "red"]

    async def test_is_the_higher_step_of_a_ladder_only_in_the_place_of_the_lower(
        self, shop: Upseller, api: ContractClient, store: SeededStore
    ) -> None:
        group = (await api.post(f"/v1/stores/{store.id}/tier-groups", json={"name": "Ranks"})).json()["id"]
        bronze, silver = [await shop.product(name, tier_group_id=group) for name in ("Bronze", "Silver")]
        await shop.recommends(bronze, recommended(silver["id"]), recommended(silver["id"], "alternative"))
        await shop.opens(bronze)

        (key,) = await shop.keys()
        await shop.take(key)
        order = await paid(api, store.id, shop.token)

        assert key.endswith(".alternative")
        assert [one["product_name"] for one in order["lines"]] == ["Silver"]

    async def test_is_for_whoever_gets_the_line_that_it_goes_with(
        self, shop: Upseller, store: SeededStore, inside: Inside
    ) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        async with inside(store.id) as context:
            friend: Customer = await add_customer(context, name="Sam")
        await shop.recommends(knight, recommended(potion["id"]))
        await shop.opens(knight, gift_to_customer_id=friend.id)

        await shop.take()

        assert [one.gift_to_customer_id for one in await bought_lines(inside, store.id)] == [friend.id] * 2

    async def test_counts_the_units_that_the_checkout_has_against_limits(self, shop: Upseller, api: ContractClient) -> None:
        knight = shop.products["Knight"]
        await shop.recommends(knight, recommended(knight["id"], "increase_quantity", quantity_to_add=2))
        await changed(api, knight, store_stock_limit=limit(4))

        await shop.opens(knight, quantity=2)
        enough = await shop.offers()
        await shop.opens(knight, quantity=3)

        assert (enough, await shop.offers()) == (["Knight"], [])

    async def test_says_that_an_offer_is_gone(self, shop: Upseller, api: ContractClient) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        await shop.recommends(knight, recommended(potion["id"]))
        await shop.opens(knight)
        (key,) = await shop.keys()
        await changed(api, potion, store_stock_limit=limit(0))

        answers = [await shop.take(each) for each in (key, "", "1.2", f"1.{potion['id']}.alternative")]

        assert [answer.status_code for answer in answers] == [409] * 4
        assert "This offer cannot be had any more." in answers[0].text
        assert "$10.00" in await shop.page()

    async def test_changes_nothing_while_somebody_pays_or_after_they_tried(
        self, shop: Upseller, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        await shop.recommends(knight, recommended(potion["id"]))
        id = await shop.opens(knight)
        (key,) = await shop.keys()
        async with inside(store.id) as context:
            free = await context.get(Checkout, id)
            await context.change(free, {"held_by": new_id()})

        held = (await shop.take(key)).status_code, len(await bought_lines(inside, store.id))
        async with inside(store.id) as context:
            await context.change(free, {"held_by": None})
        await attempt(api, store.id, shop.token, "decline")
        tried = (await shop.take(key)).status_code, len(await bought_lines(inside, store.id)), await shop.keys()

        assert (held, tried) == ((303, 1), (303, 1, []))

    async def test_of_many_at_once_and_a_payment_leaves_an_order_of_what_is_in_the_checkout(
        self, shop: Upseller, api: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        await shop.recommends(knight, recommended(potion["id"]))
        await shop.opens(knight)
        (key,) = await shop.keys()

        work: list[Any] = [shop.take(key), attempt(api, store.id, shop.token), shop.take(key), shop.take(key)]
        await asyncio.gather(*work)

        sold = await bought_lines(inside, store.id)
        async with inside(store.id) as context:
            ordered = await context.all(context.rows(OrderLine))
        assert len(sold) in (1, 2)
        assert sorted(one.checkout_line_id for one in ordered) == sorted(one.id for one in sold)

    async def test_is_not_for_other_sites(self, shop: Upseller) -> None:
        await shop.opens(shop.products["Knight"])

        for path in ("offer", "offer/remove", "details", "offers/done"):
            form = {"token": shop.token, "offer": "1.2.additional", "line": "1"}
            answer = await shop.visitor.post(f"/checkout/{path}", data=form, headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403

    async def test_costs_its_full_price_from_the_first_renewal_on(
        self, shop: Upseller, api: ContractClient, store: SeededStore
    ) -> None:
        knight, club = shop.products["Knight"], await shop.product("Club", 2000, **MONTH)
        await shop.recommends(knight, recommended(club["id"], prefer_as_subscription=True, **HALF))
        await shop.opens(knight)

        await shop.take()
        page = await shop.page()
        order = await paid(api, store.id, shop.token)
        (subscription,) = (await api.get(f"/v1/stores/{store.id}/subscriptions")).json()

        assert "Then $20.00 every month until you cancel." in page
        assert order["total_amount"] == 2000
        assert (subscription["initial_total_amount"], subscription["total_amount"]) == (1000, 2000)


class TestStyles:
    @ON_ONE_FILE
    async def test_of_a_dialog_asks_once_more_before_it_pays(self, shop: Upseller, browser: Browser, site: str) -> None:
        await shop.recommends(shop.products["Knight"], recommended(shop.products["Potion"]["id"]))
        await shop.settings(checkout_style="inline_and_prepayment_dialog")
        await shop.opens(shop.products["Knight"])
        page = await browser.new_page()
        await page.goto(f"{site}/checkout/?t={shop.token}")
        pay, dialog = page.get_by_role("button", name="Pay $10.00 (test)"), page.get_by_role("dialog")

        await page.get_by_label("E-mail").fill("alex@example.com")
        await pay.click()
        await expect(dialog.get_by_role("button", name="No, thanks: pay $10.00")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(dialog).to_be_hidden()
        await pay.click()
        await dialog.get_by_role("button", name="Add Potion").click()
        await expect(page.get_by_label("E-mail")).to_have_value("alex@example.com")
        await page.get_by_role("button", name="Take Potion off").click()
        await pay.click()

        await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

    async def test_of_a_dialog_shows_the_offers_twice_until_one_is_taken_there(self, shop: Upseller) -> None:
        knight, potion, torch = shop.products["Knight"], shop.products["Potion"], await shop.product("Torch")
        await shop.recommends(knight, recommended(potion["id"]), recommended(torch["id"]))
        await shop.settings(checkout_style="inline_and_prepayment_dialog")
        await shop.opens(knight)

        first = await shop.offers()
        await shop.take(last="1", email="alex@example.com", name="Alex")

        assert first == ["Potion", "Torch", "Potion", "Torch"]
        assert await shop.offers() == ["Torch"]
        assert 'value="alex@example.com"' in await shop.page()

    async def test_of_an_own_step_asks_for_details_then_offers_then_payment(
        self, shop: Upseller, api: ContractClient, store: SeededStore
    ) -> None:
        knight, potion = shop.products["Knight"], shop.products["Potion"]
        await shop.recommends(knight, recommended(potion["id"]))
        await shop.settings(checkout_style="dedicated_step")
        await shop.opens(knight)

        details = await shop.page()
        wrong = await shop.send("details", email="nobody")
        await shop.send("details", email="alex@example.com", name="Alex", country="de")
        offers = await shop.page()
        await shop.send("offers/done")
        payment = await shop.page()
        order = await paid(api, store.id, shop.token)

        assert [("Go on" in page, "Potion" in page, "Pay $10.00" in page) for page in (details, offers, payment)] == [
            (True, False, False), (False, True, False), (False, False, True),
        ]  # fmt: skip
        assert "No, thanks" in offers
        assert (wrong.status_code, "This is no e-mail address" in wrong.text) == (400, True)
        assert 'value="DE"' in payment
        assert (order["billing_email"], order["billing_country"]) == ("alex@example.com", "DE")

    async def test_of_an_own_step_is_passed_over_where_nothing_is_offered(self, shop: Upseller) -> None:
        await shop.settings(checkout_style="dedicated_step")
        await shop.opens(shop.products["Knight"])

        assert "Pay $10.00" in await shop.page()
