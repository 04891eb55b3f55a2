"""Orders as their store sees them."""

from typing import Any

import pytest

from sutler.billing.orders.models import Order
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.stores.api_keys.service import create_key
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import bought, paid
from tests.make.checkout import add_customer, add_product, add_server, checkout, line, open_checkout


async def listed(api: ContractClient, store: SeededStore, **filters: Any) -> list[FlakeId]:
    """The ids of the orders that pass these filters, in the order of the answer."""
    answer = await api.get(f"/v1/stores/{store.id}/orders", params=filters)
    assert answer.status_code == 200, answer.text
    return [order["id"] for order in answer.json()]


class TestGet:
    async def test_shows_what_was_bought_by_whom_and_for_whom(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            server, friend = await add_server(context), await add_customer(context, name="Sam")
            single = await add_product(
                context, price=250, name="Crate", single_game_server_only=True, image_url="https://i/c.png"
            )
        lines = [
            line(product.id, gift_to_customer_id=friend.id),
            line(single.id, quantity=4, selected_gameserver_id=server.id),
        ]
        opened = await open_checkout(api, store.id, checkout(customer.id, *lines))
        shown = await paid(api, store.id, opened["token"])

        order = (await api.get(f"/v1/stores/{store.id}/orders/{shown['id']}")).json()

        first, second = order["lines"]
        assert order == shown
        assert (order["pretty_id"], order["store_id"]) == (pretty_id(order["id"]), store.id)
        assert (order["customer_id"], order["customer"]["id"], order["customer"]["name"]) == (
            customer.id,
            customer.id,
            "Alex",
        )
        assert (order["checkout_id"], order["checkout_token"]) == (opened["id"], opened["token"])
        assert (order["type"], order["is_subscription"], order["billing_cycle_sequence"]) == ("one_time", False, 0)
        assert (order["applied_coupons"], order["applied_giftcards"], order["tax_jurisdictions"]) == ([], [], [])
        assert (first["gift"], first["gift_to_customer_id"], first["gift_to_customer"]["name"]) == (True, friend.id, "Sam")
        assert (first["product_id"], first["product_version_id"]) == (product.id, product.version_id)
        assert (second["gift"], "gift_to_customer_id" in second, "gift_to_customer" in second) == (False, False, False)
        assert (second["product_name"], second["product_image_url"]) == ("Crate", "https://i/c.png")
        assert (second["selected_gameserver_id"], second["quantity"]) == (server.id, 4)
        assert int(first["id"]) == int(order["id"]) + 1
        assert int(second["id"]) == int(order["id"]) + 2

    async def test_shows_every_amount_twice_and_for_people_too(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        order = await bought(api, store.id, customer.id, product.id, quantity=2)
        expected = {"subtotal": 2998, "discount": 0, "giftcard_usage": 0, "tax": 0, "total": 2998}

        for shown in (order, order["lines"][0]):
            for name, amount in expected.items():
                for prefix in ("", "presentment_"):
                    text = "$29.98" if amount else "$0.00"
                    assert shown[f"{prefix}{name}_amount"] == amount
                    assert shown[f"{prefix}{name}_amount_str"] == text
        assert (order["currency"], order["presentment_currency"]) == ("usd", "usd")
        assert (order["lines"][0]["price"], order["lines"][0]["price_str"]) == (1499, "$14.99")

    async def test_keeps_what_was_bought_whatever_becomes_of_the_product(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        async with inside(store.id) as context:
            await context.change(await context.get(Product, product.id), {"name": "Baron", "price": 5})

        order = await paid(api, store.id, opened["token"])
        await api.delete(f"/v1/stores/{store.id}/products/{product.id}")
        (bought_line,) = (await api.get(f"/v1/stores/{store.id}/orders/{order['id']}")).json()["lines"]

        assert (bought_line["product_name"], bought_line["price"]) == ("Knight", 1499)
        assert bought_line["product_version_id"] == product.version_id

    async def test_knows_no_order_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore, customer: Customer,
        product: Product,
    ) -> None:  # fmt: skip
        order = await bought(api, store.id, customer.id, product.id)
        elsewhere = client(f"APIKey {other.api_key}")

        answers = [
            await elsewhere.get(f"/v1/stores/{other.id}/orders/{order['id']}"),
            await api.get(f"/v1/stores/{store.id}/orders/1"),
            await elsewhere.get(f"/v1/stores/{store.id}/orders/{order['id']}"),
        ]

        assert [answer.status_code for answer in answers] == [404, 404, 403]
        assert await listed(elsewhere, other) == []

    async def test_needs_the_permission(self, client: ClientFactory, store: SeededStore, inside: Inside) -> None:
        async with inside(store.id) as context:
            _, writer = await create_key(context, "writer", ["checkout_create", "payment_read"])
            _, reader = await create_key(context, "reader", ["order_read"])
        path = f"/v1/stores/{store.id}/orders"

        for authorization, status in ((None, 401), (f"APIKey {writer}", 403), (f"APIKey {reader}", 200)):
            assert (await client(authorization).get(path)).status_code == status


class TestList:
    async def test_comes_newest_first_and_ten_at_a_time(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        ids = [(await bought(api, store.id, customer.id, product.id))["id"] for _ in range(12)]

        assert await listed(api, store) == ids[:1:-1]
        assert await listed(api, store, before=ids[2]) == [ids[1], ids[0]]
        assert await listed(api, store, asc="true", after=ids[9]) == ids[10:]
        assert len(await listed(api, store, limit=100)) == 12

    async def test_is_narrowed_by_every_filter(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            crate, friend = await add_product(context, name="Crate"), await add_customer(context)
        details = {"billing_email": "Friend@Example.com"}
        opened = await open_checkout(
            api, store.id, checkout(friend.id, line(crate.id), line(product.id), customer_details=details)
        )
        declined = await paid(api, store.id, opened["token"], "decline")
        done = await bought(api, store.id, customer.id, product.id)
        async with inside(store.id) as context:
            await context.change(await context.get(Order, done["id"]), {"customer_ip": "192.0.2.9"})
        cases: list[tuple[dict[str, Any], list[FlakeId]]] = [
            ({}, [done["id"], declined["id"]]),
            ({"status": "completed"}, [done["id"]]),
            ({"status": ["created", "completed"]}, [done["id"], declined["id"]]),
            ({"status": "refunded"}, []),
            ({"order_id": declined["id"]}, [declined["id"]]),
            ({"customer_id": friend.id}, [declined["id"]]),
            ({"checkout_id": opened["id"]}, [declined["id"]]),
            ({"billing_email": "friend@example.COM"}, [declined["id"]]),
            ({"billing_email": "friend"}, []),
            ({"customer_ip": "192.0.2.9"}, [done["id"]]),
            ({"product_id": crate.id}, [declined["id"]]),
            ({"product_id": product.id}, [done["id"], declined["id"]]),
            ({"product_id": product.id, "status": "created"}, [declined["id"]]),
            ({"is_subscription": "false"}, [done["id"], declined["id"]]),
            ({"is_subscription": "true"}, []),
            *(({name: "7"}, []) for name in ("subscription_id", "affiliate_id", "coupon_id", "giftcard_id", "sale_id")),
        ]

        for filters, ids in cases:
            assert await listed(api, store, **filters) == ids, filters

    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "status=paid", "order_id=pn-x", "is_subscription=perhaps"])
    async def test_refuses_a_filter_that_makes_no_sense(self, api: ContractClient, store: SeededStore, query: str) -> None:
        answer = await api.get(f"/v1/stores/{store.id}/orders?{query}")

        assert answer.status_code == 400
        assert [error["path"].partition("[")[0] for error in answer.json()["errors"]] == [query.partition("=")[0]]
