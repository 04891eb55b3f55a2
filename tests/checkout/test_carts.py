"""Carts, as storefronts fill them and check them out."""

import asyncio
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from sutler.catalog.products.models import Product
from sutler.checkout.carts.models import CartLine
from sutler.checkout.checkouts.queries import by_token, lines_of
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import paid
from tests.make.checkout import add_customer, add_product, add_server, dropdown, made_variable, signed_in, text

CART = "/v1/store/cart"
LINES = f"{CART}/lines"


@pytest.fixture
async def mine(client: ClientFactory, store: SeededStore, customer: Customer, inside: Inside) -> ContractClient:
    """A client with the customer's own token."""
    return await signed_in(client, inside, store.id, customer.id)


async def put(mine: ContractClient, product_id: str, **settings: Any) -> int:
    """The status of a change to the cart, sent as the official clients do: all of it in the query."""
    answer = await mine.put(f"{LINES}?{urlencode({'product_id': product_id} | settings)}")
    return answer.status_code


async def refused(mine: ContractClient, product_id: str, **settings: Any) -> tuple[int, str, list[str]]:
    """Status, code and paths of a change that must not pass."""
    answer = await mine.put(f"{LINES}?{urlencode({'product_id': product_id} | settings)}")
    return answer.status_code, answer.json()["code"], [error["path"] for error in answer.json().get("errors") or []]


async def lines(mine: ContractClient) -> list[dict[str, Any]]:
    """The lines of the cart."""
    answer = await mine.get(CART)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["lines"]
    return found


async def quantities(mine: ContractClient) -> list[int]:
    """How many units the lines have."""
    return [line["quantity"] for line in await lines(mine)]


class TestGet:
    async def test_shows_an_empty_cart_in_the_currency_of_the_store(
        self, mine: ContractClient, store: SeededStore, customer: Customer
    ) -> None:
        empty = {"store_id": store.id, "customer_id": customer.id, "lines": [], "total": 0, "currency": "usd"}

        assert (await mine.get(CART)).json() == empty
        assert (await mine.get(f"{CART}?currency=USD")).json() == empty
        assert (await mine.get(f"{CART}?currency=eur")).json() == empty  # no rate of it is known

    async def test_is_for_signed_in_customers_only(self, client: ClientFactory, store: SeededStore) -> None:
        visitor = client("", **{"x-paynow-store-id": store.id})

        assert (await visitor.get(CART)).status_code == 401

    async def test_prices_each_line_with_what_was_chosen(
        self, api: ContractClient, mine: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        size, motto = [await made_variable(api, store.id, body) for body in (dropdown(), text())]
        async with inside(store.id) as context:
            product = await add_product(context, custom_variable_ids=[size["id"], motto["id"]])
        answers = {"custom_variables[size]": "xl", "custom_variables[motto]": "To arms"}

        assert await put(mine, product.id, quantity=2, **answers) == 204

        cart = (await mine.get(CART)).json()
        (line,) = cart["lines"]
        assert (line["price"], line["pricing"]["price_final"], line["quantity"], cart["total"]) == (2249, 2249, 2, 4498)
        assert (line["name"], line["slug"], line["subscription"], line["trial"]) == ("Knight", product.slug, False, False)
        chosen, words = line["custom_variables"]
        assert (chosen["value"], chosen["selected_option"]["price"], len(chosen["options"])) == ("xl", 750, 3)
        assert (words["identifier"], words["value"], words["options"]) == ("motto", "To arms", [])
        assert "selected_option" not in words

    async def test_passes_over_what_cannot_be_had_any_more(
        self, api: ContractClient, mine: ContractClient, store: SeededStore, product: Product, inside: Inside
    ) -> None:
        size = await made_variable(api, store.id, dropdown())
        async with inside(store.id) as context:
            gone = await add_product(context)
            server = await add_server(context)
            placed = await add_product(context, single_game_server_only=True, gameserver_ids=[server.id])
            sized = await add_product(context, custom_variable_ids=[size["id"]])
        for id, settings in ((gone.id, {}), (placed.id, {"gameserver_id": server.id}), (sized.id, {}), (product.id, {})):
            assert await put(mine, id, **settings) == 204

        async with inside(store.id) as context:
            await context.change(gone, {"enabled_until": clock.real_now() - timedelta(seconds=1)})
            await context.change(placed, {"gameserver_ids": ["1"]})
        only = {"options": [{"name": "L", "value": "l", "is_default": True}]}
        await api.patch(f"/v1/stores/{store.id}/custom-variables/{size['id']}", json=only)

        assert [line["product_id"] for line in await lines(mine)] == [product.id]


class TestAddLine:
    async def test_sets_adds_takes_off_and_removes(self, mine: ContractClient, product: Product) -> None:
        seen = []
        for settings in (
            {}, {"quantity": 5}, {"quantity": 2, "increment": "1"}, {"quantity": -1, "increment": "true"},
            {"quantity": 3, "increment": "yes"}, {"quantity": -9, "increment": "1"}, {"quantity": 2},
            {"quantity": 0, "increment": 0, "subscription": 0}, {"quantity": 0},
        ):  # fmt: skip
            assert await put(mine, product.id, **settings) == 204
            seen.append(sum(await quantities(mine)))

        assert seen == [1, 5, 7, 6, 3, 0, 2, 0, 0]

    async def test_tells_lines_apart_by_their_settings(
        self, api: ContractClient, mine: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        size = await made_variable(api, store.id, dropdown())
        async with inside(store.id) as context:
            servers = [await add_server(context) for _ in range(2)]
            friend = await add_customer(context, name="Friend")
            product = await add_product(context, single_game_server_only=True, custom_variable_ids=[size["id"]])
        here, there = ({"gameserver_id": server.id} for server in servers)
        settings = [
            here, there, here | {"custom_variables[size]": "l"}, here | {"gift_to_customer_id": friend.id},
            here | {"gift_to.platform": "paynow_name", "gift_to.id": "Friend"},
            here | {"custom_variables[size]": "s"}, here | {f"custom_variables[{size['id']}]": "l"},
            here | {"gift_to[platform]": "steam", "gift_to[id]": "76561198152492643"},
        ]  # fmt: skip

        for one in settings:
            assert await put(mine, product.id, increment=1, **one) == 204

        found = await lines(mine)
        assert [line["quantity"] for line in found] == [2, 1, 2, 2, 1]
        assert len({line["line_key"] for line in found}) == 5
        assert [line.get("selected_gameserver_id") == servers[0].id for line in found] == [True, False, True, True, True]
        assert [line.get("gift_to_customer", {}).get("name") for line in found] == [None, None, None, "Friend", None]
        assert found[4]["gift_to_customer"]["steam_id"] == "76561198152492643"

    @pytest.mark.parametrize(
        ("settings", "code", "path"),
        [
            ({"product_id": "1"}, "ProductUnavailable", "product_id"),
            ({"product_id": "x"}, "InvalidInput", "product_id"),
            ({"quantity": 101}, "InvalidInput", "quantity"),
            ({"quantity": -1}, "InvalidInput", "quantity"),
            ({"quantity": "many"}, "InvalidInput", "quantity"),
            ({"subscription": "1"}, "InvalidInput", "subscription"),
            ({"trial": "true"}, "InvalidInput", "trial"),
            ({"gameserver_id": "1"}, "InvalidInput", "gameserver_id"),
            ({"custom_variables[size]": "l"}, "InvalidInput", "custom_variables.size"),
            ({"gift_to_customer_id": "1"}, "InvalidInput", "gift_to_customer_id"),
            ({"gift_to.id": "Friend"}, "InvalidInput", "gift_to.platform"),
            ({"gift_to.platform": "steam", "gift_to.id": "me"}, "InvalidInput", "gift_to"),
            (
                {"gift_to.platform": "paynow_name", "gift_to.id": "A", "gift_to_customer_id": "1"},
                "InvalidInput",
                "gift_to",
            ),
        ],
    )
    async def test_refuses_what_cannot_be_and_leaves_the_cart_as_it_is(
        self, mine: ContractClient, product: Product, settings: dict[str, Any], code: str, path: str
    ) -> None:
        await put(mine, product.id, quantity=2)

        assert await refused(mine, **({"product_id": product.id} | settings)) == (400, code, [path])
        assert await quantities(mine) == [2]

    async def test_asks_for_a_server_by_the_name_of_its_own_parameter(self, mine: ContractClient, store: SeededStore,
                                                                      inside: Inside) -> None:  # fmt: skip
        async with inside(store.id) as context:
            product = await add_product(context, single_game_server_only=True)

        answer = await mine.put(f"{LINES}?product_id={product.id}")

        assert answer.json()["message"] == "Knight is delivered to one game server: choose it with `gameserver_id`."

    async def test_takes_all_lines_of_a_product_out_when_no_settings_say_which(
        self, mine: ContractClient, store: SeededStore, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            servers = [await add_server(context) for _ in range(2)]
            placed = await add_product(context, single_game_server_only=True)
            gone = await add_product(context)
        await put(mine, gone.id)
        for server in servers:
            await put(mine, placed.id, gameserver_id=server.id)
        async with inside(store.id) as context:
            await context.change(gone, {"enabled_at": None})

        assert await put(mine, placed.id, quantity=0, increment=0) == 204
        assert await put(mine, gone.id, quantity=-1, increment=1) == 204

        async with inside(store.id) as context:
            assert await context.count(context.rows(CartLine)) == 0

    async def test_counts_every_increment_of_many_at_once(self, mine: ContractClient, product: Product) -> None:
        statuses = await asyncio.gather(*(put(mine, product.id, increment=1) for _ in range(20)))

        assert (set(statuses), await quantities(mine)) == ({204}, [20])

    async def test_holds_no_more_lines_than_a_checkout_and_forgets_those_that_cannot_be_had_first(
        self, mine: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        nothing: dict[str, Any] = {"gift_to_customer_id": None, "selected_gameserver_id": None, "custom_variables": {}}
        async with inside(store.id) as context:
            gone = await add_product(context, enabled_at=None)
            sold = [await add_product(context) for _ in range(99)]
            for number, one in enumerate([gone, *sold]):
                await context.add(
                    CartLine(customer_id=customer.id, line_key=str(number), product_id=one.id, quantity=1, **nothing)
                )
            another = await add_product(context)

        assert await put(mine, product.id) == 204
        assert (await refused(mine, another.id))[:2] == (400, "CartFull")
        assert len(await lines(mine)) == 100

    async def test_changes_the_own_cart_only(
        self, mine: ContractClient, client: ClientFactory, store: SeededStore, product: Product, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            friend = await add_customer(context)
        theirs = await signed_in(client, inside, store.id, friend.id)
        await put(mine, product.id, quantity=2)

        await put(theirs, product.id, quantity=3)
        await theirs.delete(CART)

        assert (await quantities(mine), await quantities(theirs)) == ([2], [])


class TestClear:
    async def test_takes_everything_out_however_often(self, mine: ContractClient, product: Product) -> None:
        await put(mine, product.id)

        assert [(await mine.delete(CART)).status_code for _ in range(2)] == [204, 204]
        assert await lines(mine) == []


class TestCheckout:
    async def test_opens_a_checkout_for_what_is_in_the_cart(
        self, api: ContractClient, mine: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        size = await made_variable(api, store.id, dropdown())
        async with inside(store.id) as context:
            friend = await add_customer(context)
            server = await add_server(context)
            product = await add_product(context, single_game_server_only=True, custom_variable_ids=[size["id"]])
        settings = {"gameserver_id": server.id, "gift_to_customer_id": friend.id, "custom_variables[size]": "l"}
        await put(mine, product.id, quantity=3, **settings)

        answer = await mine.post(
            f"{CART}/checkout", headers={"Content-Type": "application/json", "x-paynow-customer-countrycode": "NL"}
        )

        async with inside(store.id) as context:
            kept = await by_token(context, answer.json()["token"])
            (line,) = await lines_of(context, kept.id)
        assert (kept.customer_id, kept.billing_address and kept.billing_address.country) == (customer.id, "NL")
        assert (line.quantity, line.selected_gameserver_id, line.gift_to_customer_id) == (3, server.id, friend.id)
        assert [one.value for one in line.custom_variables] == ["l"]

    async def test_empties_the_cart_of_what_was_bought_once_it_is_paid(
        self, api: ContractClient, mine: ContractClient, store: SeededStore, product: Product, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            later = await add_product(context)
        await put(mine, product.id)
        token = (await mine.post(f"{CART}/checkout", json={"return_url": "https://a.example/"})).json()["token"]
        await put(mine, later.id)

        declined = await paid(api, store.id, token, "decline")
        before = len(await lines(mine))
        completed = await paid(api, store.id, token)

        assert (declined["status"], before, completed["status"]) == ("created", 2, "completed")
        assert [line["product_id"] for line in await lines(mine)] == [later.id]

    async def test_refuses_an_empty_cart_a_bad_code_and_a_bad_address(
        self, mine: ContractClient, store: SeededStore, product: Product
    ) -> None:
        empty = await mine.post(f"{CART}/checkout")
        await put(mine, product.id)
        code = await mine.post(f"{CART}/checkout", json={"promo_codes": ["X"], "affiliate_code": "Y"})
        address = await mine.post(f"{CART}/checkout", json={"return_url": "javascript:1"})

        assert [answer.status_code for answer in (empty, code, address)] == [400, 400, 400]
        assert (code.json()["code"], address.json()["errors"][0]["path"]) == ("InvalidPromoCode", "return_url")
