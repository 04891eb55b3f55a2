"""The published SDKs and the headless template talk to a store: it understands them, and they can read its answers."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from sutler.app import routes
from sutler.kernel.edge.http import Route
from sutler.kernel.work.runner import Worker
from tests.conftest import ClientFactory, Inside, SeededStore, make_store
from tests.contract.client import ContractClient
from tests.contract.reference import document, find
from tests.make.billing import paid
from tests.make.catalog import command, made_product, made_variable
from tests.make.customers import made_customer
from tests.make.platforms import Platforms, java_player, platforms
from tests.make.servers import made_game_server
from tests.make.shop_clients import Java, Template, TypeScript, is_paynow_error
from tests.make.tags import made_node, made_tag
from tests.make.world import LAST, OUTCOMES, World, is_known, world

only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What is written and what is read on the wire does not depend on the database; each operation has tests on both."""
STEAM_ID, FRIEND = "76561197960287930", "76561197960287931"
MANY = 60  # operations
CARDS = ("FIRST-CARD", "SECOND-CARD")


class TestTypeScriptSdk:
    async def test_manages_a_store(self, client: ClientFactory, store: SeededStore) -> None:
        sdk = TypeScript.of_management(client, store.id, store.api_key)

        made = [await sdk.call("Customers_CreateCustomer", data={"name": name}) for name in ("Alice", "Bob", "Carol")]
        ids = [one.json()["id"] for one in made]
        some = await sdk.call("Customers_GetCustomers", {"customer_id": ids[:2], "limit": 10, "after": None})
        token = await sdk.call("Customers_CreateCustomerToken", customerId=ids[0])  # no body, and said to be JSON
        gone = await sdk.call("Customers_InvalidateCustomerTokens", customerId=ids[0])
        product = await sdk.call(
            "Products_CreateProduct", data={"name": "Knight", "description": "A rank.", "price": 1499, "commands": []}
        )
        sold = await sdk.call("Products_UpdateProduct", data={"price": 999}, productId=product.json()["id"])
        shop = await sdk.call("Store_GetStore")

        assert {one["name"] for one in some.json()} == {"Alice", "Bob"}
        assert [one.status_code for one in (*made, some, token, gone, sold, shop)] == [200] * 5 + [204] + [200] * 2
        assert (sold.json()["price"], shop.json()["id"], gone.content) == (999, store.id, b"")

    async def test_manages_subscriptions(self, client: ClientFactory, api: ContractClient, store: SeededStore) -> None:
        sdk = TypeScript.of_management(client, store.id, store.api_key)
        monthly = {
            "name": "Monthly VIP", "price": 999, "allow_subscription": True, "subscription_interval_value": 1,
            "subscription_interval_scale": "month", "remove_after_enabled": True, "remove_after_time_value": 30,
            "remove_after_time_scale": "day",
        }  # fmt: skip
        product = (await sdk.call("Products_CreateProduct", data=monthly)).json()
        buyer = (await sdk.call("Customers_CreateCustomer", data={"name": "Alice"})).json()
        lines = [{"product_id": product["id"], "quantity": 1, "subscription": True}]
        body = {"customer_id": buyer["id"], "lines": lines}
        token = (await sdk.call("StoreCheckouts_CreateCheckoutSession", data=body)).json()["token"]
        await paid(api, store.id, token)

        (listed,) = (await sdk.call("Subscriptions_GetSubscriptions")).json()
        canceled = await sdk.call(
            "Subscriptions_CancelSubscription", subscriptionId=listed["id"]
        )  # no body, said to be JSON
        known = (await sdk.call("Subscriptions_GetSubscriptionById", subscriptionId=listed["id"])).json()

        assert (listed["status"], listed["total_amount"], listed["cancel_at_period_end"]) == ("active", 999, False)
        assert (canceled.status_code, canceled.content) == (204, b"")
        assert (known["status"], known["cancel_at_period_end"]) == ("active", True)

    async def test_tells_its_own_errors_from_others(self, client: ClientFactory, store: SeededStore) -> None:
        stranger = TypeScript.of_management(client, store.id, "pnapi_v1_nothing")
        sdk = TypeScript.of_management(client, store.id, store.api_key)

        thrown = [
            await stranger.call("Store_GetStore"),
            await sdk.call("Customers_GetCustomerById", customerId="1"),
            await sdk.call("Customers_LookupCustomer", {"steam_id": STEAM_ID}),
            await sdk.call("Products_CreateProduct", data={"name": 5}),
            await sdk.call("StoreCheckouts_CreateCheckoutSession"),
        ]

        assert [answer.status_code for answer in thrown] == [401, 404, 404, 400, 400]
        assert all(is_paynow_error(answer) and answer.json()["message"] for answer in thrown)

    async def test_shows_a_store_to_a_visitor_who_becomes_a_customer(
        self, client: ClientFactory, api: ContractClient, store: SeededStore
    ) -> None:
        size = await made_variable(api, store.id)
        product = await made_product(api, store.id, custom_variable_ids=[size["id"]])
        buyer = await made_customer(api, store.id)
        visitor = TypeScript.of_storefront(client, store.id)
        token = (await api.post(f"/v1/stores/{store.id}/customers/{buyer['id']}/tokens")).json()["token"]
        sdk = TypeScript.of_storefront(client, store.id, token)
        wanted = {
            "product_id": product["id"], "quantity": 2, "increment": True, "subscription": False,
            "custom_variables": {"colour": "red"}, "promo_code": None,
        }  # fmt: skip

        looked = [
            await visitor.call(name) for name in ("StorefrontStore_GetStorefrontStore", "StorefrontTags_GetStorefrontTags")
        ]
        unknown = await visitor.call("StorefrontCustomer_GetStorefrontCustomer")
        me = await sdk.call("StorefrontCustomer_GetStorefrontCustomer")
        put = await sdk.call("StorefrontCart_AddLine", wanted)
        cart = await sdk.call("StorefrontCart_GetCart")
        checkout = await sdk.call("StorefrontCart_CreateCartCheckout")
        cleared = await sdk.call("StorefrontCart_ClearCart")

        assert [answer.status_code for answer in looked] == [200, 200]
        assert (unknown.status_code, is_paynow_error(unknown)) == (401, True)
        assert put.is_success, put.text
        assert (me.json()["id"], cleared.is_success) == (buyer["id"], True)
        (line,) = cart.json()["lines"]
        assert (line["quantity"], line["custom_variables"][0]["value"], cart.json()["total"]) == (2, "red", 2 * 1599)
        assert checkout.json()["token"] in checkout.json()["url"]


def asked_for(route: Route) -> bool:
    """Whether an operation is one of the SDK's that a world answers, again and again."""
    lasting = route.method != "DELETE" and route.operation not in (*LAST, *OUTCOMES)
    return lasting and is_known(route) and find(route.method, route.path) is not None and audience(route) != "user"


def audience(route: Route) -> str:
    """Who asks."""
    of = route.signature.access.audience
    return "management" if of == "manager" else of


class TestJavaSdk:
    @only_sqlite
    async def test_can_read_every_answer(
        self, client: ClientFactory, inside: Inside, worker: Worker, store: SeededStore
    ) -> None:
        here = await world(client, inside, worker, store, "Java")
        mine = {route: find(route.method, route.path) for route in routes() if asked_for(route)}

        complaints, read = [], 0
        for route, operation in mine.items():
            assert operation is not None
            answer = await ask(client, here, route)
            assert answer.is_success, f"{route.operation}: {answer.text}"
            complaints += Java(document(operation.api)).complaints(operation, answer)
            read += 1

        assert complaints == []
        assert read > MANY

    def test_would_complain_of_what_it_cannot_read(self) -> None:
        operation = find("GET", "/v1/store")
        assert operation is not None
        contract = document(operation.api)

        found = list(Java(contract)._read({"$ref": "#/components/schemas/CartDto"}, {"lines": None}, "cart"))

        assert "cart.lines: no list but None" in found
        assert "cart.total: missing" in found


async def ask(client: ClientFactory, here: World, route: Route) -> Any:
    """The token goes into the header as it is, without a word before it."""
    token = here.credentials.get(audience(route), "").rpartition(" ")[2]
    caller = client(token or None, **{"x-paynow-store-id": here.store.id})
    body = here.body(route.operation)
    sent = {} if body is None else {"json": body}
    return await caller.request(route.method, here.path(route.path), params=here.query(route.operation), **sent)


@pytest.fixture
async def known_players() -> AsyncIterator[Platforms]:
    """Mojang knows one player."""
    async with platforms() as said:
        nobody = said.answer
        said.answer = lambda asked: java_player("Notch") if "notch" in asked.lower() else nobody(asked)
        yield said


class TestHeadlessTemplate:
    async def test_sells_to_a_player_of_steam(self, client: ClientFactory, api: ContractClient, store: SeededStore) -> None:
        site = Template.of(client, store.id, store.api_key)
        tag = await made_tag(api, store.id)
        await made_node(api, store.id, tag)
        server = await made_game_server(api, store.id)
        product = await made_product(
            api, store.id, tags=[tag["id"]], gameservers=[server["id"]], single_game_server_only=True, commands=[command()]
        )

        signed_out = await site.page()
        token = (await site.sign_in({"steam_id": STEAM_ID}, {"steam_id": STEAM_ID})).json()["token"]
        again = (await site.sign_in({"steam_id": STEAM_ID}, {"steam_id": STEAM_ID})).json()["token"]
        signed_in = await site.page(token)

        assert {name for name, answer in signed_out.items() if answer.status_code == 401} == {"customer", "cart"}
        assert all(answer.status_code in (200, 401) for answer in signed_out.values())
        assert {answer.status_code for answer in signed_in.values()} == {200}
        assert (await site.page(again))["customer"].json()["id"] == signed_in["customer"].json()["id"]
        shows_all_that_the_template_uses({name: answer.json() for name, answer in signed_in.items()})

        chosen, rounds = {"gameserver_id": server["id"]}, ((1, 1), (1, 1), (-1, 1), (3, 0))
        changed = [await site.change_cart(token, product["id"], *numbers, **chosen) for numbers in rounds]
        (line,) = (await site.page(token))["cart"].json()["lines"]
        checkout = await site.check_out(token)
        changed.append(await site.change_cart(token, product["id"], 0, 0, **chosen))
        emptied = (await site.page(token))["cart"].json()["lines"]

        assert set(changed) <= {200, 204}
        assert (line["quantity"], line["selected_gameserver_id"], line["price"]) == (3, server["id"], 1499)
        assert {"line_key", "name", "subscription"} <= line.keys()
        assert urlsplit(checkout.json()["url"]).query == f"t={checkout.json()['token']}"
        assert (emptied, (await site.check_out(token)).status_code) == ([], 400)

        given = await site.give(token, product["id"], "steam", FRIEND, selected_gameserver_id=server["id"])
        refused = await site.give(token, product["id"], "steam", "nobody", selected_gameserver_id=server["id"])
        assert given.json()["token"]
        assert (refused.status_code, bool(refused.json()["message"])) == (400, True)

    async def test_tells_what_is_left_on_a_gift_card(self, client: ClientFactory, store: SeededStore) -> None:
        site = Template.of(client, store.id, store.api_key)
        path = f"/v1/stores/{store.id}/giftcards"
        cards = [(await site.back.post(path, json={"code": code, "starting_balance": 2500})).json() for code in CARDS]
        await site.back.delete(f"{path}/{cards[1]['id']}")

        assert [await site.balance(code) for code in (*CARDS, "NO-SUCH-CARD")] == [2500, None, None]

    async def test_sells_to_a_player_of_minecraft(
        self, client: ClientFactory, inside: Inside, worker: Worker, known_players: Platforms
    ) -> None:
        shop = await make_store(inside, "craft", platform="minecraft_geyser", game="minecraft")
        site = Template.of(client, shop.id, shop.api_key)
        product = await made_product(site.back, shop.id, commands=[])

        def new(name: str) -> dict[str, str]:
            return {"name": name, "minecraft_platform": "java"}

        signed_in = await site.sign_in({"minecraft_java_name": "Notch"}, new("Notch"))
        token = signed_in.json()["token"]
        again = await site.sign_in({"minecraft_java_name": "Notch"}, new("Notch"))
        nobody = await site.sign_in({"minecraft_java_name": "Herobrine"}, new("Herobrine"))
        given = await site.give(token, product["id"], "paynow_name", "Alex")

        me = [(await site.page(one.json()["token"]))["customer"].json() for one in (signed_in, again)]
        assert (me[0]["id"], me[0]["name"]) == (me[1]["id"], "Notch")
        assert (nobody.status_code, is_paynow_error(nobody)) == (404, True)
        assert given.json()["token"]


def shows_all_that_the_template_uses(page: dict[str, Any]) -> None:
    """Every member that a page of the template reads."""
    (product,), (node,), (tag,) = page["products"], page["navlinks"], page["tags"]

    assert {"name", "currency", "game", "platform", "logo_square_url"} <= page["store"].keys()
    assert {
        "id", "name", "description", "image_url", "currency", "pricing", "allow_subscription", "allow_one_time_purchase",
        "single_game_server_only", "gameservers", "tags",
    } <= product.keys()  # fmt: skip
    assert {"price_original", "price_final"} <= product["pricing"].keys()  # and `active_sale`, while there is one
    assert [{"id", "name"} <= server.keys() for server in product["gameservers"]] == [True]
    assert {"node_id", "name", "tag_id", "tag_slug", "tag_query"} <= node.keys()
    assert node["children"] == []
    assert set(node["tag_query"]) <= {one["slug"] for one in product["tags"]}
    assert {"id", "name", "image_url"} <= tag.keys()
    assert {"currency", "lines"} <= page["cart"].keys()
    assert {"name", "profile"} & page["customer"].keys()
    assert page["modules"] == []
