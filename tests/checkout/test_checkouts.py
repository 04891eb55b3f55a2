"""Creating checkouts with an API key."""

from datetime import timedelta
from typing import Any

import pytest

from sutler.catalog.products.models import Product
from sutler.checkout.checkouts.models import Checkout, CheckoutLine
from sutler.checkout.checkouts.queries import by_token, lines_of, store_of
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.tokens import digest, shape
from sutler.stores.api_keys.service import create_key
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import add_customer, add_product, add_server, checkout, line, open_checkout


async def refusal(api: ContractClient, store: SeededStore, body: dict[str, Any]) -> tuple[int, str, list[str]]:
    """Status, code and the paths of a request that must not pass."""
    answer = await api.post(f"/v1/stores/{store.id}/checkouts", json=body)
    refused = answer.json()
    return answer.status_code, refused["code"], [error["path"] for error in refused.get("errors") or []]


class TestCreate:
    async def test_answers_where_to_pay(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        assert set(opened) == {"id", "token", "url"}
        assert shape(opened["token"]) == ("checkout",)
        assert opened["url"] == f"http://test/checkout/?t={opened['token']}"

    async def test_keeps_everything_it_was_given(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        address = {"country": "nl", "city": "Delft", "postal_code": "2611", "line_1": "Markt 1", "line_2": None, "state": ""}
        details = {
            "billing_name": "A. Buyer",
            "billing_email": "a@example.com",
            "billing_address": address,
            "billing_tax_id": "NL1",
        }
        body = checkout(
            customer.id, line(product.id, quantity=3, metadata={"slot": "1"}),
            metadata={"campaign": "spring"}, customer_details=details, return_url="https://shop.example/done",
            cancel_url="http://localhost:3000/", auto_redirect=True, affiliate_code="NOBODY",
        )  # fmt: skip

        opened = await open_checkout(api, store.id, body)

        async with inside(store.id) as context:
            kept = await by_token(context, opened["token"])
            (kept_line,) = await lines_of(context, kept.id)
        assert (kept.id, kept.state, kept.currency, kept.held_by) == (opened["id"], "open", "usd", None)
        assert (kept.metadata, kept.auto_redirect) == ({"campaign": "spring"}, True)
        assert (kept.return_url, kept.cancel_url) == ("https://shop.example/done", "http://localhost:3000/")
        assert (kept.billing_name, kept.billing_email, kept.billing_tax_id) == ("A. Buyer", "a@example.com", "NL1")
        assert kept.billing_address is not None
        assert (kept.billing_address.country, kept.billing_address.city) == ("NL", "Delft")
        assert (kept_line.product_id, kept_line.product_version_id) == (product.id, product.version_id)
        assert (kept_line.price, kept_line.quantity, kept_line.metadata) == (1499, 3, {"slot": "1"})

    async def test_gives_the_lines_the_ids_after_its_own(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, *(line(product.id) for _ in range(5))))

        async with inside(store.id) as context:
            ids = [int(one.id) for one in await lines_of(context, opened["id"])]
        assert ids == [int(opened["id"]) + n for n in range(1, 6)]

    async def test_keeps_no_token_in_the_clear(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        async with inside(store.id) as context:
            kept = await context.get(Checkout, opened["id"])
        assert kept.token_digest == digest(opened["token"])
        assert opened["token"].encode() not in kept.token_sealed

    async def test_can_be_found_by_its_token_alone(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, database: Database
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        async with database.reading() as connection:
            assert await store_of(connection, opened["token"]) == store.id
            assert await store_of(connection, "0" * 28) is None

    async def test_takes_the_price_of_the_moment(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        async with inside(store.id) as context:
            await context.change(await context.get(Product, product.id), {"price": 9999})
            (kept,) = await lines_of(context, opened["id"])
        assert (kept.price, kept.product_version_id) == (1499, product.version_id)

    async def test_ignores_members_that_it_does_not_know_and_flags_that_are_off(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        wanted = line(product.id, subscription=False, trial=None, custom_variables={}, payout_splits=[], inline_product=None)
        body = checkout(customer.id, wanted, subscription=False, promo_codes=[], coupon_id=None, surprise=1)

        assert (await open_checkout(api, store.id, body))["id"]

    async def test_replays_its_answer_to_the_same_idempotency_key(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        path, body = f"/v1/stores/{store.id}/checkouts", checkout(customer.id, line(product.id))

        answers = [await api.post(path, json=body, headers={"Idempotency-Key": "cart-7"}) for _ in range(2)]

        async with inside(store.id) as context:
            assert await context.count(context.rows(Checkout)) == 1
        assert answers[0].json() == answers[1].json()


class TestValidation:
    @pytest.mark.parametrize(
        ("changes", "paths"),
        [
            ({"lines": []}, ["lines"]),
            ({"lines": [{"product_id": "1", "quantity": 1}] * 101}, ["lines"]),
            ({"return_url": "javascript:alert(1)"}, ["return_url"]),
            ({"return_url": "//evil.example"}, ["return_url"]),
            ({"return_url": "https://"}, ["return_url"]),
            ({"return_url": "https://a b"}, ["return_url"]),
            ({"return_url": "https://[::1"}, ["return_url"]),
            ({"return_url": "https://a/" + "x" * 2000}, ["return_url"]),
            ({"cancel_url": "ftp://example.com"}, ["cancel_url"]),
            ({"auto_redirect": True}, ["return_url"]),
            ({"metadata": {str(n): "" for n in range(51)}}, ["metadata"]),
            ({"metadata": {"k" * 41: ""}}, ["metadata"]),
            ({"metadata": {"k": "v" * 501}}, ["metadata"]),
            ({"customer_details": {"billing_email": "nobody"}}, ["customer_details.billing_email"]),
            (
                {"customer_details": {"billing_address": {"country": "Holland"}}},
                ["customer_details.billing_address.country"],
            ),
            ({"subscription": True}, ["lines[0].subscription"]),
        ],
    )
    async def test_of_the_checkout_names_what_does_not_pass(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, changes: Any, paths: list[str]
    ) -> None:
        body = checkout(customer.id, line(product.id)) | changes

        status, code, found = await refusal(api, store, body)

        assert (status, code) == (400, "InvalidInput")
        assert [path.partition("[")[0] if path.startswith("metadata") else path for path in found] == paths

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"quantity": 0}, "quantity"),
            ({"quantity": -1}, "quantity"),
            ({"quantity": 101}, "quantity"),
            ({"quantity": "2"}, "quantity"),
            ({"product_id": None}, "product_id"),
            ({"subscription": True}, "subscription"),
            ({"trial": True}, "trial"),
            ({"custom_variables": {"rank": "gold"}}, "custom_variables.rank"),
            ({"inline_product": {"name": "A thing"}}, "inline_product"),
            ({"payout_splits": [{"payout_id": "p", "percentage": 10}]}, "payout_splits"),
            ({"gift_to_customer_id": "1"}, "gift_to_customer_id"),
            ({"gift_to": {"platform": "steam", "id": "not a number"}}, "gift_to"),
            ({"gift_to": {"platform": "minecraft_uuid", "id": "1234"}}, "gift_to"),
            ({"gift_to": {"platform": "invalid", "id": "1234"}}, "gift_to"),
            ({"gift_to": {"platform": "paynow_name", "id": "  "}}, "gift_to.id"),
            ({"gift_to": {"platform": "paynow_name", "id": "A"}, "gift_to_customer_id": "1"}, "gift_to"),
            ({"selected_gameserver_id": "1"}, "selected_gameserver_id"),
        ],
    )
    async def test_of_a_line_names_what_does_not_pass(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, changes: Any, path: str
    ) -> None:
        body = checkout(customer.id, line(product.id), line(product.id) | changes)

        assert await refusal(api, store, body) == (400, "InvalidInput", [f"lines[1].{path}"])

    async def test_refuses_promo_codes_that_nobody_gave_out(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        body = checkout(customer.id, line(product.id), promo_codes=[" SAVE10 ", "  "], coupon_id="7", affiliate_code="ME")

        answer = (await api.post(f"/v1/stores/{store.id}/checkouts", json=body)).json()

        assert (answer["status"], answer["code"]) == (400, "InvalidPromoCode")
        assert [error["path"] for error in answer["errors"]] == ["promo_codes[0]", "coupon_id"]
        assert answer["message"] == "There is no such code in this store. Look whether it is typed correctly."

    async def test_names_every_problem_at_once_and_shows_the_first(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product
    ) -> None:
        shared = line(product.id, payout_splits=[{"payout_id": "1"}])
        nothing = line(product.id, gift_to_customer_id=customer.id) | {"product_id": None}
        body = checkout(customer.id, shared, nothing, return_url="x")

        answer = (await api.post(f"/v1/stores/{store.id}/checkouts", json=body)).json()

        paths = [error["path"] for error in answer["errors"]]
        assert paths == ["lines[0].payout_splits", "return_url", "lines[1].product_id"]
        assert answer["message"] == "`payout_splits` is not supported yet; leave it out."

    async def test_limits_what_a_checkout_may_come_to(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            dear = await add_product(context, price=500_000)
            odd = await add_product(context, price=999_99)
        most = [line(dear.id, quantity=100), line(dear.id, quantity=98), line(dear.id, quantity=1)]

        refused = await api.post(
            f"/v1/stores/{store.id}/checkouts", json=checkout(customer.id, *most, line(dear.id), line(odd.id))
        )

        assert refused.json()["message"] == "One checkout may come to $999999.99 at most; this one comes to $1000999.99."
        assert (await open_checkout(api, store.id, checkout(customer.id, *most)))["id"]


class TestProducts:
    async def test_must_exist_in_this_store_and_be_sold_now(
        self,
        api: ContractClient,
        store: SeededStore,
        other: SeededStore,
        customer: Customer,
        product: Product,
        inside: Inside,
    ) -> None:
        now = clock.real_now()
        async with inside(store.id) as context:
            draft = await add_product(context, enabled_at=None)
            over = await add_product(context, enabled_until=now - timedelta(seconds=1))
            soon = await add_product(context, enabled_at=now + timedelta(hours=1))
        async with inside(other.id) as context:
            foreign = await add_product(context)
        wanted = [product.id, "1", draft.id, over.id, soon.id, foreign.id]

        found = await refusal(api, store, checkout(customer.id, *(line(id) for id in wanted)))

        assert found == (400, "ProductUnavailable", [f"lines[{n}].product_id" for n in range(1, 6)])

    async def test_that_are_hidden_can_be_bought_by_whoever_knows_them(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            hidden = await add_product(context, is_hidden=True)

        assert (await open_checkout(api, store.id, checkout(customer.id, line(hidden.id))))["id"]


class TestServers:
    async def test_must_be_picked_for_a_product_that_goes_to_one(
        self, api: ContractClient, store: SeededStore, other: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(other.id) as context:
            foreign = await add_server(context)
        async with inside(store.id) as context:
            mine, another = await add_server(context), await add_server(context)
            single = await add_product(context, single_game_server_only=True, gameserver_ids=[mine.id])
            anywhere = await add_product(context, single_game_server_only=True)
        bad = [line(single.id), line(single.id, selected_gameserver_id=another.id), line(anywhere.id)]
        bad += [line(anywhere.id, selected_gameserver_id=id) for id in (foreign.id, "1")]
        good = [line(single.id, selected_gameserver_id=mine.id), line(anywhere.id, selected_gameserver_id=another.id)]

        found = await refusal(api, store, checkout(customer.id, *bad))
        opened = await open_checkout(api, store.id, checkout(customer.id, *good))

        assert found == (400, "InvalidInput", [f"lines[{n}].selected_gameserver_id" for n in range(5)])
        async with inside(store.id) as context:
            kept = [one.selected_gameserver_id for one in await lines_of(context, opened["id"])]
        assert kept == [mine.id, another.id]

    async def test_have_no_say_for_a_product_that_goes_to_all_of_its_servers(
        self, api: ContractClient, store: SeededStore, customer: Customer, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            mine, another = await add_server(context), await add_server(context)
            both = await add_product(context, gameserver_ids=[mine.id, another.id])

        opened = await open_checkout(api, store.id, checkout(customer.id, line(both.id, selected_gameserver_id=mine.id)))

        async with inside(store.id) as context:
            assert [one.selected_gameserver_id for one in await lines_of(context, opened["id"])] == [None]


class TestCustomers:
    async def test_must_be_of_this_store(
        self, api: ContractClient, store: SeededStore, other: SeededStore, product: Product, inside: Inside
    ) -> None:
        async with inside(other.id) as context:
            foreign = await add_customer(context)

        for id in (foreign.id, "1"):
            answer = await api.post(f"/v1/stores/{store.id}/checkouts", json=checkout(id, line(product.id)))

            assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


class TestAccess:
    async def test_needs_the_permission_and_a_key_of_this_store(
        self,
        client: ClientFactory,
        store: SeededStore,
        other: SeededStore,
        customer: Customer,
        product: Product,
        inside: Inside,
    ) -> None:
        async with inside(store.id) as context:
            _, reader = await create_key(context, "reader", ["order_read"])
            _, creator = await create_key(context, "creator", ["checkout_create"])
        body, path = checkout(customer.id, line(product.id)), f"/v1/stores/{store.id}/checkouts"
        tries = [(None, 401), (f"APIKey {reader}", 403), (f"APIKey {other.api_key}", 403), (f"APIKey {creator}", 200)]

        for authorization, status in tries:
            assert (await client(authorization).post(path, json=body)).status_code == status

    async def test_leaves_nothing_behind_when_it_is_refused(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        gift = line(product.id, gift_to={"platform": "paynow_name", "id": "Somebody New"})

        await refusal(api, store, checkout(customer.id, gift, line(product.id, gift_to_customer_id="1")))

        async with inside(store.id) as context:
            assert await context.count(context.rows(Customer)) == 1
            assert await context.count(context.rows(CheckoutLine)) == 0


class TestStatements:
    async def test_are_as_few_for_many_lines_as_for_one(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, database: Database
    ) -> None:
        counts, observed = [], list[str]()
        await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        database.observe = observed.append

        for many in (1, 50):
            observed.clear()
            await open_checkout(api, store.id, checkout(customer.id, *[line(product.id)] * many))
            counts.append(len(observed))

        database.observe = None
        assert counts[0] == counts[1] <= 10
