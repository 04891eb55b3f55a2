"""What webhooks say about subscriptions and trials, held against the contract event by event."""

import json
from typing import Any

import pytest

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.subscriptions.events import SubscriptionActivated, SubscriptionCanceled, SubscriptionRenewed
from sutler.billing.subscriptions.models import Subscription, SubscriptionLine
from sutler.billing.trials.events import TrialActivated, TrialCanceled, TrialCompleted
from sutler.billing.trials.models import Trial
from sutler.checkout.pricing.offers import LineToPrice
from sutler.checkout.pricing.presentment import PresentedAmounts
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.requests import encode
from sutler.kernel.exchange import Conversion
from sutler.kernel.work.events import Event, emit
from sutler.webhooks.discord.service import message
from sutler.webhooks.endpoints.models import WebhookEndpoint
from sutler.webhooks.recurring_payloads import service
from sutler.webhooks.variables.service import variables
from tests.conftest import Inside, SeededStore
from tests.make.webhooks import Receiver, Sale, sale
from tests.webhooks.conftest import Hooks
from tests.webhooks.test_payloads import EVENT_ID, Render, said

ZERO: dict[str, Any] = {
    f"{when}{name}_amount": 0 for when in ("", "initial_") for name in ("discount", "subtotal", "tax", "total")
} | {"initial_giftcard_usage_amount": 0}
SEEN = PresentedAmounts(subtotal_amount=899, discount_amount=1, giftcard_usage_amount=2, tax_amount=3, total_amount=900)
OF_SUBSCRIPTIONS = [service.subscription_activated, service.subscription_renewed, service.subscription_canceled]


async def subscribed(store: StoreContext, sold: Sale, **changes: Any) -> Subscription:
    """A subscription to what was sold, whose only line is a gift to the buyer."""
    (line,) = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == sold.order_id))
    order = await store.get(Order, sold.order_id)
    facts: dict[str, Any] = {
        "customer_id": sold.customer_id, "checkout_id": order.checkout_id, "order_id": order.id,
        "status": "active", "currency": "usd", "interval_value": 1, "interval_scale": "month", "tax_inclusive": False,
        "billing_name": "Alex", "billing_email": "alex@example.com", "billing_country": "US", "billing_tax_id": None,
        "customer_ip": "203.0.113.7", "billing_cycle_sequence": 3, "total_amount": 999,
    }  # fmt: skip
    new = await store.add(Subscription(**ZERO | facts | changes))
    await store.add(
        SubscriptionLine(
            subscription_id=new.id, checkout_line_id=line.checkout_line_id, order_line_id=line.id,
            product_id=line.product_id, product_version_id=line.product_version_id, product_name="VIP",
            product_image_url=None, price=999, wanted=LineToPrice(key=line.id, price=999, quantity=1), tax_inclusive=False,
            gift_to_customer_id=sold.customer_id, presentment=SEEN, initial_presentment=SEEN, **ZERO,
        )
    )  # fmt: skip
    return new


async def tried(store: StoreContext, sold: Sale) -> Trial:
    """A trial of what was sold, canceled by now."""
    (line,) = await store.all(store.rows(OrderLine).where(OrderLine.c.order_id == sold.order_id))
    subscription = await subscribed(store, sold)
    facts = {name: getattr(line, name) for name in (
        "order_id", "checkout_line_id", "product_id", "product_version_id", "product_name", "product_image_url",
    )}  # fmt: skip
    return await store.add(
        Trial(
            customer_id=sold.customer_id, checkout_id=subscription.checkout_id, order_line_id=line.id,
            subscription_id=subscription.id, subscription_line_id=line.id, period_value=7, period_scale="day",
            revoke_immediately_when_canceled=False, status="canceled", canceled_at=clock.now(), **facts,
        )
    )  # fmt: skip


class TestSubscriptions:
    @pytest.mark.parametrize("render", OF_SUBSCRIPTIONS)
    async def test_are_told_whole(self, inside: Inside, store: SeededStore, render: Render) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            ended = {"status": "canceled", "cancel_reason": "customer", "canceled_at": clock.now()}
            known = await subscribed(context, sold, conversion=Conversion("eur", "0.9"), **ended)

            body = await said(context, render, known.id)

        over = render is service.subscription_canceled
        assert body["status"] == ("canceled" if over else "active")
        assert (body.get("cancel_reason"), "canceled_at" in body) == (("customer", True) if over else (None, False))
        assert (body["id"], body["customer"]["id"], body["product_name"], body["product"]["name"]) == (
            known.id, sold.customer_id, "VIP", "VIP",
        )  # fmt: skip
        assert (body["billing_cycle_sequence"], body["total_amount"]) == (3, 999)
        assert body["checkout"]["metadata"] == {"campaign": "winter"}
        (line,) = body["lines"]
        assert (line["subscription_id"], line["gift_to_customer"]["id"]) == (known.id, sold.customer_id)
        assert (line["presentment_currency"], line["initial_presentment_giftcard_usage_amount"]) == ("eur", 2)


class TestTrials:
    @pytest.mark.parametrize(
        ("render", "status", "over"),
        [(service.trial_activated, "active", False), (service.trial_completed, "completed", True),
         (service.trial_canceled, "canceled", True)],
    )  # fmt: skip
    async def test_are_told_as_they_were(
        self, inside: Inside, store: SeededStore, render: Render, status: str, *, over: bool
    ) -> None:
        async with inside(store.id) as context:
            sold = await sale(context)
            trial = await tried(context, sold)

            body = await said(context, render, trial.id)

        assert (body["id"], body["status"], body["canceled_at"] is not None) == (trial.id, status, over)
        assert (body["period_value"], body["period_scale"], body["customer"]["id"]) == (7, "day", sold.customer_id)


class TestEvents:
    async def test_reach_those_who_subscribed_to_them(self, hooks: Hooks, receiver: Receiver) -> None:
        async with hooks.inside(hooks.store.id) as context:
            trial = await tried(context, hooks.sold)
        on = {"subscription_id": trial.subscription_id}
        paid, tested = on | {"order_id": trial.order_id}, {"trial_id": trial.id}
        happened: list[Event] = [
            SubscriptionActivated(**paid), SubscriptionRenewed(**paid), SubscriptionCanceled(**on),
            TrialActivated(**tested), TrialCompleted(**tested), TrialCanceled(**tested),
        ]  # fmt: skip
        names = [f"On{type(event).__name__}" for event in happened]
        for name in names:
            await hooks.subscribe(receiver.url, name)
        async with hooks.inside(hooks.store.id) as context:
            for event in happened:
                await emit(context, event)

        await hooks.deliver()

        told = sorted(one.json["event_type"].title().replace("_", "") for one in receiver.received)
        assert told == sorted(names)

    async def test_are_shown_in_a_channel(self, inside: Inside, store: SeededStore) -> None:
        async with inside(store.id) as context:
            known = await subscribed(context, await sale(context))
            payload = encode(await service.subscription_renewed(context, known.id, EVENT_ID))
        channel = WebhookEndpoint(url="", subscribed_to="OnSubscriptionRenewed", type="discord_v1", secret_sealed=b"")

        (embed,) = json.loads(message(channel, payload, "usd"))["embeds"]

        assert (embed["title"], embed["description"]) == ("Subscription renewed", "**Gaben** – VIP – $9.99")
        assert {"product_name", "interval_scale", "checkout.id"} <= set(variables()["OnSubscriptionRenewed"])
