"""What webhooks say, held against the contract event by event."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, get_args

import msgspec
import pytest

from sutler.billing.gateways.interface import Refunded
from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.billing.refund_parts.service import Wish
from sutler.billing.refund_settlements.service import settle
from sutler.billing.refunds.service import begin
from sutler.catalog.products.models import Product
from sutler.catalog.tags.models import Tag
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.edge.requests import encode
from sutler.kernel.edge.timestamps import exact
from sutler.kernel.ids import FlakeId
from sutler.webhooks.endpoints.models import EVENTS_BY_NAME, WITHOUT_PAYLOAD, payload_name
from sutler.webhooks.payloads import service
from sutler.webhooks.payloads.events import EVENTS
from sutler.webhooks.payloads.schemas import PayloadEventType
from tests.conftest import Inside, SeededStore
from tests.contract.reference import webhook_events
from tests.contract.responses import check_webhook
from tests.make.webhooks import MINECRAFT, Sale, sale

Render = Callable[[StoreContext, FlakeId, FlakeId], Awaitable[msgspec.Struct]]
EVENT_ID = "411486491630370816"


async def said(context: StoreContext, render: Render, subject_id: FlakeId) -> Any:
    """A payload as it is sent, after the contract has passed it."""
    payload = await render(context, subject_id, EVENT_ID)
    text = exact(encode(payload), payload)
    value = msgspec.json.decode(text)
    check_webhook(value["event_type"], text)
    assert value["event_id"] == EVENT_ID
    return value["body"]


class TestOrderCompleted:
    async def test_tells_the_whole_order(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)

            body = await said(context, service.order_completed, sold.order_id)

        assert (body["id"], body["store_id"], body["status"], body["total_amount"]) == (
            sold.order_id,
            store.id,
            "completed",
            999,
        )
        assert (body["product_names"], body["product_gameservers"], body["product_tags"]) == ("VIP", "Survival", "")
        assert body["checkout"]["metadata"] == {"campaign": "winter"}
        assert body["checkout"]["lines"][0]["metadata"] == {"seat": "7"}
        (line,) = body["lines"]
        assert (line["quantity"], line["gift_to_customer"]) == (1, None)
        assert line["product"]["commands"] == [
            {"stage": "on_purchase", "content": "give {customer.name} diamond", "online_only": True}
        ]
        assert line["product"]["gameservers"] == [{"id": sold.server_id, "name": "Survival", "enabled": True}]
        assert (line["product"]["remove_after_time_value"], line["product"]["remove_after_time_scale"]) == (30, "day")

    async def test_tells_the_tags_that_products_have_today(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            ranks, gone = [
                await context.add(Tag(slug=name.lower(), name=name, description=None, enabled=True))
                for name in ("Ranks", "Gone")
            ]
            (product,) = await context.all(context.rows(Product))
            await context.change(product, {"tag_ids": [ranks.id, gone.id]})
            await context.remove(gone)

            body = await said(context, service.order_completed, sold.order_id)

        (line,) = body["lines"]
        assert line["product"]["tags"] == [{"id": ranks.id, "slug": "ranks", "name": "Ranks"}]
        assert (body["product_tags"], line["product"]["tag_names"]) == ("Ranks", "Ranks")

    async def test_names_no_coupon_with_the_id_of_nothing(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            body = await said(context, service.order_completed, (await sale(context)).order_id)

        assert (body["coupon_id"], body["applied_coupons"], body["subscription_id"]) == ("0", [], None)

    async def test_tells_who_gets_a_gift(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            body = await said(context, service.order_completed, (await sale(context, gift=True)).order_id)

        assert body["lines"][0]["gift_to_customer"]["name"] == "Friend"

    async def test_tells_the_product_as_it_was_bought(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            await context.change(
                await context.get(Product, sold.product_id), {"name": "Renamed", "price": 5000, "enabled_at": None}
            )

            (line,) = (await said(context, service.order_completed, sold.order_id))["lines"]

        assert (line["product"]["name"], line["product"]["price"], line["product"]["enabled"]) == ("VIP", 999, False)

    async def test_outlives_the_product(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            await context.remove(await context.get(Product, sold.product_id))

            (line,) = (await said(context, service.order_completed, sold.order_id))["lines"]

        assert (line["product"]["name"], line["product"]["enabled"], line["product"]["metadata"]) == ("VIP", False, {})

    async def test_keeps_saying_completed_after_a_refund(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            await context.change(await context.get(Order, sold.order_id), {"status": "refunded"})

            assert (await said(context, service.order_completed, sold.order_id))["status"] == "completed"

    async def test_reads_each_kind_of_row_once(self, inside: Inside, store: SeededStore, database: Database) -> None:
        async with inside(store.id) as context:
            sold = await sale(context, gift=True)
            statements: list[str] = []
            database.observe = statements.append

            await service.order_completed(context, sold.order_id, EVENT_ID)

            database.observe = None
        assert len(statements) == 8


class TestChargebacks:
    @pytest.mark.parametrize("decided", ["won", "lost"])
    async def test_tell_the_payment_and_how_the_dispute_stands(
        self, inside: Inside, store: SeededStore, decided: str
    ) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            payment = await context.get(Payment, sold.payment_id)
            facts = {"status": "chargeback", "chargeback_status": decided, "chargeback_at": clock.now()}
            await context.change(payment, facts)

            opened = await said(context, service.chargeback_opened, sold.payment_id)
            closed = await said(context, service.chargeback_closed, sold.payment_id)

        assert (opened["id"], opened["amount"], opened["status"]) == (sold.payment_id, payment.amount, "chargeback")
        assert (opened["chargeback_status"], closed["chargeback_status"]) == ("pending", decided)
        assert opened | {"chargeback_status": decided} == closed


class TestCustomer:
    async def test_has_empty_texts_for_the_platform_that_it_lacks(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            steam = (await said(context, service.order_completed, (await sale(context)).order_id))["customer"]
            notch = (await sale(context, customer=MINECRAFT)).order_id
            minecraft = (await said(context, service.order_completed, notch))["customer"]

        empty = {"id": "", "name": "", "avatar_url": ""}
        assert steam["minecraft"] == minecraft["steam"] == empty
        assert (steam["steam"]["name"], minecraft["minecraft"]["name"]) == ("Gaben", "Notch")
        assert (steam["profile"]["platform"], minecraft["profile"]["platform"]) == ("steam", "minecraft")

    async def test_with_nothing_but_a_name_has_a_profile_too(self, inside: Inside, store: SeededStore) -> None:
        plain = {"steam_id": None, "minecraft_uuid": None, "minecraft_platform": None, "name": "Alex"}
        async with inside(store.id) as context:
            customer = (await said(context, service.order_completed, (await sale(context, customer=plain)).order_id))[
                "customer"
            ]

        assert customer["name"] == "Alex"
        assert customer["profile"] | {"platform": "paynow_name", "name": "Alex"} == customer["profile"]


class TestPayments:
    async def test_completed_tells_amounts_and_fees(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)

            body = await said(context, service.payment_completed, sold.payment_id)

        assert (body["order_id"], body["status"], body["gateway"]) == (sold.order_id, "completed", "simulator")
        assert (body["amount"], body["gateway_fee_amount"], body["platform_fee_amount"]) == (999, 59, 0)
        assert (body["store_net_amount"], body["billing_country"]) == (940, "US")

    async def test_failed_says_why(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            failed = {"status": "failed", "completed_at": None, "failed_at": clock.now()}
            await context.change(await context.get(Payment, sold.payment_id), failed)

            body = await said(context, service.payment_failed, sold.payment_id)

        assert (body["status"], body["failure_code"]) == ("failed", "generic_decline")

    async def test_without_a_country_has_null_there(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            await context.change(await context.get(Order, sold.order_id), {"billing_country": ""})

            assert (await said(context, service.payment_completed, sold.payment_id))["billing_country"] is None


class TestDeliveryItems:
    async def sold_and_over(self, context: StoreContext) -> Sale:
        """A purchase whose item has already run out when its events are told."""
        now = clock.now()
        return await sale(
            context,
            gift=True,
            state="used",
            active_at=now,
            expires_at=now + timedelta(days=30),
            removed_at=now + timedelta(days=30),
        )

    async def test_added_tells_the_item_as_it_was_when_it_was_added(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await self.sold_and_over(context)

            body = await said(context, service.item_added, sold.item_id)

        assert (body["state"], body["active_at"], body["expires_at"], body["removed_at"]) == ("usable", None, None, None)
        assert (body["customer"]["name"], body["order_customer_id"]) == ("Friend", sold.customer_id)
        assert body["execute_on_gameserver"] == {"id": sold.server_id, "name": "Survival", "enabled": True}

    async def test_activated_tells_from_when_to_when(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            body = await said(context, service.item_activated, (await self.sold_and_over(context)).item_id)

        assert (body["state"], body["removed_at"]) == ("active", None)
        assert None not in (body["active_at"], body["expires_at"])

    @pytest.mark.parametrize("render", [service.item_used, service.item_expired])
    async def test_at_its_end_tells_everything(self, inside: Inside, store: SeededStore, render: Render) -> None:
        async with inside(store.id) as context:
            body = await said(context, render, (await self.sold_and_over(context)).item_id)

        assert body["state"] == "used"
        assert None not in (body["active_at"], body["expires_at"], body["removed_at"])

    async def test_without_order_or_server_has_null_there(self, inside: Inside, store: SeededStore) -> None:
        links = ("order_id", "order_line_id", "checkout_id", "order_customer_id", "execute_on_gameserver_id")
        given: dict[str, Any] = dict.fromkeys(links)
        async with inside(store.id) as context:
            body = await said(context, service.item_added, (await sale(context, **given)).item_id)

        assert body["execute_on_gameserver"] is None
        assert {body[name] for name in given} == {None}


class TestRefund:
    async def test_tells_of_the_payment_and_what_was_given_back(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            refund = (await begin(context, sold.order_id, Wish(amount=300))).refund
            await settle(context, refund.id, Refunded())

            body = await said(context, service.refund_completed, refund.id)

        assert (body["id"], body["order_id"], body["payment_id"]) == (refund.id, sold.order_id, sold.payment_id)
        assert (body["amount"], body["gateway_fee_amount"], body["store_refund_amount"]) == (999, 59, 300)
        assert (body["customer"]["id"], body["billing_email"]) == (sold.customer_id, "alex@example.com")
        assert body["status"] == "completed"
        assert body["completed_at"] > body["created_at"]


class TestNames:
    def test_of_events_are_those_of_the_contract(self) -> None:
        sent = {payload_name(event) for event in EVENTS_BY_NAME.values() if event not in WITHOUT_PAYLOAD}

        assert sent == set(webhook_events())
        assert set(EVENTS) <= sent
        assert sent < set(get_args(PayloadEventType))
