"""Modules: how they are set, and what visitors see of a store without saying who they are."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sutler.billing.modules.queries import RECENT, RECENTLY_PAID, REVENUE, TOP
from sutler.billing.modules.service import beginning
from sutler.billing.orders.models import Order
from sutler.kernel.data.database import Database
from sutler.kernel.data.prepared import Prepared
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import new_id
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import bought
from tests.make.checkout import add_customer, add_product
from tests.make.stores import key

NOON = datetime(2030, 5, 15, 12, tzinfo=UTC)  # a Wednesday
MAY = datetime(2030, 5, 1, tzinfo=UTC)


def at(store: SeededStore, path: str = "") -> str:
    """A path of the modules."""
    return f"/v1/webstores/{store.id}/modules{path}"


async def put(api: ContractClient, store: SeededStore, type: str, **values: Any) -> dict[str, Any]:
    """A module that is made or replaced."""
    answer = await api.put(at(store), json={"type": type} | values)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def seen(client: ClientFactory, store: SeededStore) -> list[dict[str, Any]]:
    """What somebody sees who sends neither a token nor the header with the store."""
    answer = await client().get(at(store, "/prepared"))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def order(inside: Inside, store: SeededStore, customer_id: str, moment: datetime, **changes: Any) -> None:
    """A completed order of 10.00, of which 2.00 are tax, unless told otherwise."""
    fields: dict[str, Any] = {
        "customer_id": customer_id, "checkout_id": new_id(), "checkout_token_sealed": b"", "type": "one_time",
        "status": "completed", "currency": "usd", "subtotal_amount": 800, "discount_amount": 0, "tax_amount": 200,
        "total_amount": 1000, "giftcard_usage_amount": 0, "tax_inclusive": False, "billing_name": "Secret Name",
        "billing_email": "secret@example.org", "billing_country": "US", "billing_tax_id": None, "customer_ip": "192.0.2.7",
        "completed_at": moment,
    }  # fmt: skip
    async with inside(store.id) as context:
        await context.add(Order(**(fields | changes)))


class TestPut:
    async def test_makes_the_module_of_a_type_with_the_defaults_of_its_settings(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        made = await put(api, store, "payment_goal", settings={"goalTarget": 500_00, "period": "week"})

        assert made["settings"] == {
            "header": "Goal", "period": "week", "goalTarget": 500_00, "barStyle": "normal", "animateGoalBar": False,
            "allowPercentageOverflow": False, "displayAbsoluteGoalAmount": True,
        }  # fmt: skip
        assert (made["webstore_id"], made["enabled"], made["sort_order"]) == (store.id, True, 0)
        assert (await put(api, store, "text_box"))["sort_order"] == 1
        assert (await api.get(at(store))).json()[0] == made

    async def test_replaces_the_one_there_is(self, api: ContractClient, store: SeededStore) -> None:
        first = await put(api, store, "text_box", settings={"header": "News", "content": "<b>!</b>"}, sort_order=7)

        second = await put(api, store, "text_box", enabled=False, settings={"content": "<i>?</i>"})

        assert (second["id"], second["sort_order"], second["enabled"]) == (first["id"], 7, False)
        assert second["settings"] == {"header": "", "content": "<i>?</i>"}
        assert [one["id"] for one in (await api.get(at(store))).json()] == [first["id"]]

    @pytest.mark.parametrize(
        ("body", "paths"),
        [
            ({"type": "top_customer", "settings": {"limit": 0, "field": "luck"}}, ["settings.field", "settings.limit"]),
            ({"type": "payment_goal", "settings": {"goalTarget": 0}}, ["settings.goalTarget"]),
            ({"type": "payment_goal", "settings": {"goal_target": 5}}, ["settings.goal_target"]),
            ({"type": "text_box", "starts_at": "2030-01-02T00:00:00Z", "ends_at": "2030-01-02T00:00:00Z"}, ["ends_at"]),
            ({"type": "banner"}, ["type"]),
        ],
    )
    async def test_refuses_what_the_type_does_not_have(
        self, api: ContractClient, store: SeededStore, body: dict[str, Any], paths: list[str]
    ) -> None:
        answer = await api.put(at(store), json=body)

        assert answer.status_code == 400
        assert sorted(error["path"] for error in answer.json()["errors"]) == paths
        assert (await api.get(at(store))).json() == []

    async def test_needs_a_permission_and_the_own_store(
        self, client: ClientFactory, api: ContractClient, store: SeededStore, other: SeededStore, inside: Inside
    ) -> None:
        reader = client(await key(inside, store.id, "webstore_read"))

        assert (await reader.put(at(store), json={"type": "text_box"})).status_code == 403
        assert (await reader.get(at(store))).status_code == 200
        assert (await api.get(at(other))).status_code == 403


class TestUpdate:
    async def test_changes_what_is_given_and_nothing_else(self, api: ContractClient, store: SeededStore) -> None:
        made = await put(api, store, "text_box", settings={"header": "News"}, starts_at="2030-01-01T00:00:00Z")
        path = at(store, f"/{made['id']}")

        changed = (await api.patch(path, json={"enabled": False, "starts_at": None})).json()

        assert changed == made | {"enabled": False, "starts_at": None, "updated_at": changed["updated_at"]}
        early = await api.patch(path, json={"starts_at": "2030-01-02T00:00:00Z", "ends_at": "2030-01-01T00:00:00Z"})
        assert early.status_code == 400
        assert (await api.patch(path, json={"settings": {"limit": 3}})).status_code == 400
        assert (await api.patch(at(store, "/1"), json={})).status_code == 404


class TestDelete:
    async def test_takes_the_module_away_and_is_written_down(
        self, api: ContractClient, store: SeededStore, client: ClientFactory
    ) -> None:
        made = await put(api, store, "giftcard_balance")

        assert (await api.delete(at(store, f"/{made['id']}"))).status_code == 204

        assert (await api.delete(at(store, f"/{made['id']}"))).status_code == 404
        assert await seen(client, store) == []
        log = (await api.get(f"/v1/stores/{store.id}/audit-log")).json()
        assert {"Modules_PutModule", "Modules_DeleteModule"} <= {entry["operation"] for entry in log}


class TestPrepared:
    async def test_shows_what_is_enabled_and_due_in_its_order(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside
    ) -> None:
        await put(api, store, "text_box", settings={"header": "News", "content": "<b>!</b>"}, sort_order=2)
        await put(api, store, "giftcard_balance", sort_order=1, starts_at=NOON.isoformat())
        await put(api, store, "recent_payments", enabled=False)
        await put(api, store, "payment_goal", ends_at=NOON.isoformat(), sort_order=3)
        async with inside(store.id) as context:
            await set_clock(context, NOON - timedelta(seconds=1))

        before = [one["id"] for one in await seen(client, store)]
        async with inside(store.id) as context:
            await set_clock(context, NOON)
        after = await seen(client, store)

        assert before == ["text_box", "payment_goal"]
        assert [one["id"] for one in after] == ["giftcard_balance", "text_box"]
        assert after[1] == {"id": "text_box", "data": {"settings": {"header": "News", "content": "<b>!</b>"}}}

    async def test_shows_the_latest_purchases_as_a_shop_reads_them(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside
    ) -> None:
        await put(api, store, "recent_payments")
        async with inside(store.id) as context:
            player = {"steam_id": "76561197960287930", "steam_name": "Robin", "steam_avatar_url": "https://a.example/1.png"}
            buyer = await add_customer(context, email="secret@example.org", metadata={"note": "secret"}, **player)
            product = await add_product(context, name="Crown", price=250)
        paid = await bought(api, store.id, buyer.id, product.id, quantity=2)

        answer = await client().get(at(store, "/prepared"))

        ((module,),) = (answer.json(),)
        ((shown,),) = (module["data"]["orders"],)
        assert (shown["total_amount"], shown["total_amount_str"], shown["currency"]) == (500, "$5.00", "usd")
        assert shown["completed_at"] == paid["completed_at"]
        assert (shown["customer"]["id"], shown["customer"]["name"]) == (buyer.id, "Alex")
        for profile in ("profile", "steam"):
            assert shown["customer"][profile] == {"name": "Robin", "avatar_url": "https://a.example/1.png"}
        assert [(line["product_name"], line["quantity"]) for line in shown["lines"]] == [("Crown", 2)]
        assert "secret" not in answer.text
        assert player["steam_id"] not in answer.text
        assert answer.headers["access-control-allow-origin"] == "*"

    async def test_leaves_out_what_is_free_or_not_to_be_shown_or_was_refunded(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside
    ) -> None:
        async with inside(store.id) as context:
            buyer = await add_customer(context)
            await set_clock(context, NOON)
        await put(api, store, "recent_payments", settings={"displayPurchasedProduct": False, "displayLimit": 2})
        kinds: list[dict[str, Any]] = [{"total_amount": amount} for amount in (1, 2, 3)]
        for minute, changes in enumerate([*kinds, {"status": "refunded"}, {"total_amount": 0}]):
            await order(inside, store, buyer.id, NOON - timedelta(hours=1) + timedelta(minutes=minute), **changes)

        (paid,) = await seen(client, store)
        await put(api, store, "recent_payments", settings={"displayFreePayments": True, "displayLimit": 2})
        (free,) = await seen(client, store)

        assert [(one["total_amount"], "lines" in one) for one in paid["data"]["orders"]] == [(3, False), (2, False)]
        assert [(one["total_amount_str"], one["lines"]) for one in free["data"]["orders"]] == [("$0.00", []), ("$0.03", [])]

    @pytest.mark.parametrize(
        ("period", "revenue"), [("day", 1000), ("week", 2000), ("month", 3000), ("year", 4000), ("all_time", 5000)]
    )
    async def test_adds_up_the_revenue_of_a_period_in_utc(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside, period: Any, revenue: int
    ) -> None:
        async with inside(store.id) as context:
            buyer = await add_customer(context)
            await set_clock(context, NOON)
        for began in ("day", "week", "month", "year"):
            await order(inside, store, buyer.id, beginning(began, NOON))
        await order(inside, store, buyer.id, beginning("year", NOON) - timedelta(microseconds=1))
        for status in ("refunded", "chargeback"):
            await order(inside, store, buyer.id, NOON, status=status)
        await order(inside, store, buyer.id, NOON, status="created", completed_at=None)
        await put(api, store, "payment_goal", settings={"period": period})

        (goal,) = await seen(client, store)

        assert goal["data"]["revenue"] == str(revenue)

    @pytest.mark.parametrize(
        ("field", "names"),
        [
            ("total_spend_amount_gross", ["Bea", "Ann", "Cay"]),
            ("total_spend_amount_net", ["Cay", "Bea", "Ann"]),
            ("average_spend_amount_gross", ["Cay", "Bea", "Ann"]),
            ("total_payments", ["Ann", "Bea", "Cay"]),
        ],
    )
    async def test_ranks_the_customers_of_a_period(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, inside: Inside, field: str, names: list[str]
    ) -> None:
        spent = {"Ann": [500, 500, 550], "Bea": [800, 801], "Cay": [1500], "Dee": []}
        async with inside(store.id) as context:
            await set_clock(context, NOON)
            people = {name: await add_customer(context, name=name) for name in spent}
        for name, amounts in spent.items():
            for amount in amounts:
                tax = 0 if name == "Cay" else amount // 10
                await order(inside, store, people[name].id, NOON, total_amount=amount, tax_amount=tax)
        await order(inside, store, people["Dee"].id, MAY - timedelta(seconds=1), total_amount=9999)
        settings = {"field": field, "limit": 3, "displayCustomerSpendAmount": field == "total_spend_amount_gross"}
        await put(api, store, "top_customer", settings=settings)

        (top,) = await seen(client, store)

        assert [one["name"] for one in top["data"]["customers"]] == names
        if field == "total_spend_amount_gross":
            assert top["data"]["customers"][0]["stats"] == {
                "total_spend_amount_gross": 1601, "total_spend_amount_gross_str": "$16.01",
                "total_spend_amount_net": 1441, "total_spend_amount_net_str": "$14.41",
                "average_spend_amount_gross": 801, "average_spend_amount_gross_str": "$8.01",
                "average_spend_amount_net": 721, "average_spend_amount_net_str": "$7.21", "total_payments": 2,
            }  # fmt: skip
        else:
            assert all("stats" not in one for one in top["data"]["customers"])

    async def test_knows_the_store_from_the_path(
        self, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        visitor = client()

        assert (await visitor.get("/v1/webstores/1/modules/prepared")).status_code == 404
        assert (await visitor.get(at(store, "/prepared"), headers={"x-paynow-store-id": store.id})).status_code == 200
        assert (await visitor.get(at(store, "/prepared"), headers={"x-paynow-store-id": other.id})).status_code == 400
        assert (await client(f"APIKey {other.api_key}").get(at(store, "/prepared"))).status_code == 403

    @pytest.mark.parametrize("statement", [RECENT, RECENTLY_PAID, REVENUE, *TOP.values()])
    async def test_looks_only_at_what_was_completed_in_the_period(
        self, database: Database, store: SeededStore, statement: Any
    ) -> None:
        """No plan goes through the table: the index answers, and knows where the period begins."""
        sqlite = database.dialect.name == "sqlite"
        ready = Prepared(statement.statement, database.dialect)
        arguments = ready.arguments({"store_id": store.id, "since": MAY, "limit": 5})
        async with database.writing() as connection:
            if not sqlite:
                await connection.fetch("TRUNCATE orders", ())  # as if it were new: its size decides about the plan
                await connection.fetch("SET LOCAL enable_seqscan = off", ())
            rows = await connection.fetch(f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{ready.sql}", arguments)
        plan = " ".join(str(tuple(row)) for row in rows)

        index = "orders_completed" if statement is RECENT else "orders_paid"
        if not sqlite and statement in TOP.values():
            index = "orders_"  # of an empty table PostgreSQL rather takes what is sorted by customer
        assert index in plan, plan
        if statement in (RECENT, RECENTLY_PAID):
            assert "Sort" not in plan, plan
            assert "TEMP B-TREE" not in plan, plan
        elif sqlite:
            assert "COVERING INDEX" in plan, plan
            assert "completed_at>" in plan, plan
