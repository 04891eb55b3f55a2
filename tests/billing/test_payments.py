"""Payments as their store sees them."""

from typing import Any

from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel.data.database import Database
from sutler.kernel.ids import FlakeId
from sutler.stores.api_keys.service import create_key
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import bought, paid
from tests.make.checkout import add_customer, checkout, line, open_checkout


async def listed(api: ContractClient, store: SeededStore, **filters: Any) -> list[dict[str, Any]]:
    """The payments that pass these filters, in the order of the answer."""
    answer = await api.get(f"/v1/stores/{store.id}/payments", params=filters)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


class TestGet:
    async def test_shows_a_completed_payment(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        order = await bought(api, store.id, customer.id, product.id)
        (listed_one,) = await listed(api, store)

        payment = (await api.get(f"/v1/stores/{store.id}/payments/{listed_one['id']}")).json()

        assert payment == listed_one
        assert (payment["status"], payment["order_id"], payment["customer_id"]) == ("completed", order["id"], customer.id)
        assert payment["customer"]["steam_id"] == customer.steam_id
        assert (payment["gateway"], payment["gateway_entity_identifier"]) == ("simulator", f"sim_{payment['id']}")
        assert (payment["amount"], payment["tax_amount"], payment["gateway_fee_amount"]) == (1499, 0, 0)
        assert (payment["platform_fee_amount"], payment["platform_fee_rate"], payment["store_net_amount"]) == (0, 0, 1499)
        assert (payment["presentment_currency"], payment["presentment_amount"], payment["fx_rate"]) == ("usd", 1499, None)
        assert (payment["chargeback_status"], payment["refunds"]) == ("none", [])
        assert payment["pending_at"] <= payment["completed_at"]
        assert (payment["failed_at"], payment["canceled_at"], "last_payment_error" in payment) == (None, None, False)

    async def test_shows_what_was_paid_with(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        await bought(api, store.id, customer.id, product.id)

        (payment,) = await listed(api, store)

        method = payment["method"]
        assert (method["method_type"], method["gateway_type"], method["customer_id"]) == ("card", "card", customer.id)
        assert set(method["method_details"]) == {"card"}
        assert (method["method_details"]["card"]["brand"], method["method_details"]["card"]["last4"]) == ("visa", "4242")

    async def test_shows_why_a_payment_failed(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        await paid(api, store.id, opened["token"], "decline")

        (payment,) = await listed(api, store)

        assert (payment["status"], payment["completed_at"]) == ("failed", None)
        assert payment["last_payment_error"]["decline_code"] == "generic_decline"
        assert payment["method"]["method_details"]["card"]["last4"] == "0002"

    async def test_knows_no_payment_of_another_store(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore, customer: Customer,
        product: Product,
    ) -> None:  # fmt: skip
        await bought(api, store.id, customer.id, product.id)
        (payment,) = await listed(api, store)
        elsewhere = client(f"APIKey {other.api_key}")

        answers = [
            await elsewhere.get(f"/v1/stores/{other.id}/payments/{payment['id']}"),
            await api.get(f"/v1/stores/{store.id}/payments/1"),
            await elsewhere.get(f"/v1/stores/{store.id}/payments/{payment['id']}"),
        ]

        assert [answer.status_code for answer in answers] == [404, 404, 403]
        assert await listed(elsewhere, other) == []

    async def test_needs_the_permission(self, client: ClientFactory, store: SeededStore, inside: Inside) -> None:
        async with inside(store.id) as context:
            _, other = await create_key(context, "other", ["checkout_create", "order_read"])
            _, reader = await create_key(context, "reader", ["payment_read"])
        path = f"/v1/stores/{store.id}/payments"

        for authorization, status in ((None, 401), (f"APIKey {other}", 403), (f"APIKey {reader}", 200)):
            assert (await client(authorization).get(path)).status_code == status


class TestList:
    async def test_pages_newest_first_and_is_narrowed_by_every_filter(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            friend = await add_customer(context)
        opened = await open_checkout(api, store.id, checkout(friend.id, line(product.id)))
        await paid(api, store.id, opened["token"], "decline")
        second = await paid(api, store.id, opened["token"])
        third = await bought(api, store.id, customer.id, product.id)
        ids = [payment["id"] for payment in await listed(api, store, asc="true")]
        cases: list[tuple[dict[str, Any], list[FlakeId]]] = [
            ({}, ids[::-1]),
            ({"limit": 2}, [ids[2], ids[1]]),
            ({"before": ids[1]}, [ids[0]]),
            ({"after": ids[1]}, [ids[2]]),
            ({"status": "failed"}, [ids[0]]),
            ({"status": ["failed", "completed"], "order_id": second["id"]}, [ids[1], ids[0]]),
            ({"customer_id": customer.id}, [ids[2]]),
            ({"order_id": third["id"]}, [ids[2]]),
            ({"order_id": "1"}, []),
        ]

        for filters, expected in cases:
            assert [payment["id"] for payment in await listed(api, store, **filters)] == expected, filters

    async def test_takes_three_statements_however_long_it_is(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, database: Database
    ) -> None:
        for _ in range(4):
            await bought(api, store.id, customer.id, product.id)
        await listed(api, store)
        observed: list[str] = []

        database.observe = observed.append
        found = await listed(api, store)
        database.observe = None

        assert len(found) == 4
        tables = [
            name
            for sql in observed
            for name in ("payments", "customers", "refunds")
            if f"FROM {name} " in sql.replace(chr(10), " ")
        ]
        assert sorted(tables) == ["customers", "payments", "refunds"]
        assert len(observed) == 3
