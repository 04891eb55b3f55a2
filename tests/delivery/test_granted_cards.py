"""Products that come with a gift card."""

import httpx2
import pytest

from sutler.doctor.examination import Outcome
from sutler.doctor.gift_cards import CHECKS
from sutler.kernel.edge.asgi import Application
from sutler.kernel.work.runner import Worker
from sutler.promotions.gift_card_codes.service import opened
from sutler.promotions.gift_cards.models import GiftCard
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.delivery import Shop
from tests.make.gift_cards import in_books


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, worker: Worker, inside: Inside) -> Shop:
    """The store, its worker at hand."""
    return Shop(api, store.id, worker, inside)


async def cards(shop: Shop) -> list[GiftCard]:
    """All there are, oldest first."""
    async with shop.inside(shop.store_id) as store:
        for rule in CHECKS.values():
            assert await rule(store.connection) == Outcome()
        return await store.all(store.rows(GiftCard))


class TestBuying:
    async def test_brings_a_card_for_each_unit_worth_what_it_cost(self, shop: Shop) -> None:
        customer = await shop.customer()
        product = await shop.product(price=2500, deliverable_actions={"grant_giftcard": True})

        order = await shop.buy(customer["id"], product["id"], quantity=2)
        await shop.worker.drain()

        first, second = await cards(shop)
        shown = (await shop.api.get(f"/v1/stores/{shop.store_id}/orders/{order['id']}")).json()
        assert [(card.balance, card.starting_balance, card.customer_id) for card in (first, second)] == [
            (2500, 2500, customer["id"])
        ] * 2
        assert {first.item_id, second.item_id} == {item["id"] for item in await shop.items(customer["id"])}
        assert [line["created_giftcard_id"] for line in shown["lines"]] == [first.id]
        async with shop.inside(shop.store_id) as store:
            books = await in_books(store)
        assert (books["giftcard"], books["giftcards_granted"]) == (-5000, 5000)

    async def test_shows_its_buyer_the_code_on_the_page_that_thanks_them(self, shop: Shop, app: Application) -> None:
        customer, friend = await shop.customer(), await shop.customer(name="Friend")
        product = await shop.product(price=2500, deliverable_actions={"grant_giftcard": True})
        own = await shop.buy(customer["id"], product["id"])
        given = await shop.buy(customer["id"], product["id"], gift_to_customer_id=friend["id"])
        await shop.worker.drain()

        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as browser:
            pages = [(await browser.get(f"/checkout/?t={order['checkout_token']}")).text for order in (own, given)]

        async with shop.inside(shop.store_id) as store:
            codes = [opened(card.id, card.code_sealed) for card in await store.all(store.rows(GiftCard))]
        assert [[code in page for code in codes] for page in pages] == [[True, False], [False, False]]
        assert "Your gift card over $25.00" in pages[0]

    async def test_brings_none_with_other_products_or_for_nothing(self, shop: Shop) -> None:
        customer = await shop.customer()
        for changes in ({"price": 2500}, {"price": 0, "deliverable_actions": {"grant_giftcard": True}}):
            product = await shop.product(**changes)
            await shop.buy(customer["id"], product["id"])

        assert await cards(shop) == []

    async def test_by_hand_brings_a_card_over_the_price(self, shop: Shop) -> None:
        customer = await shop.customer()
        product = await shop.product(price=1200, deliverable_actions={"grant_giftcard": True})
        path = f"/v1/stores/{shop.store_id}/customers/{customer['id']}/delivery/items"

        answer = await shop.api.post(path, json={"product_id": product["id"]})

        assert answer.status_code == 200, answer.text
        assert [card.balance for card in await cards(shop)] == [1200]


class TestTakingBack:
    async def test_takes_what_is_left_of_the_card(self, shop: Shop) -> None:
        customer = await shop.customer()
        product = await shop.product(
            price=2500, deliverable_actions={"grant_giftcard": True}, remove_after_enabled=True,
        )  # fmt: skip
        await shop.buy(customer["id"], product["id"], quantity=2)
        items = await shop.items(customer["id"])
        path = f"/v1/stores/{shop.store_id}/customers/{customer['id']}/delivery/items/{items[0]['id']}"

        answer = await shop.api.delete(path)

        assert answer.status_code in (200, 204), answer.text
        gone, kept = sorted(await cards(shop), key=lambda card: card.item_id != items[0]["id"])
        assert (gone.balance, gone.canceled_at is not None) == (0, True)
        assert (kept.balance, kept.canceled_at) == (2500, None)
