"""The checkout page over HTTP: what it shows, and what paying on it does."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from sutler.billing.orders.models import Order
from sutler.billing.payments.models import Payment
from sutler.catalog.products.models import Product, StockLimit
from sutler.checkout.checkouts.models import Checkout
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import new_id, pretty_id
from sutler.kernel.tokens import checkout_token
from sutler.kernel.work.runner import Worker
from sutler.stores.stores.models import Store
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.contract.responses import check_webhook
from tests.make.webhooks import receiving
from tests.pages.conftest import Sell

THERE = "https://shop.example/thanks?a=1&b=2"


async def shown(visitor: httpx2.AsyncClient, token: str, **headers: str) -> str:
    """The page of a checkout."""
    answer = await visitor.get("/checkout/", params={"t": token}, headers=headers)
    assert answer.status_code == 200
    return answer.text


async def pay(visitor: httpx2.AsyncClient, token: str, instrument: str = "succeed", **more: Any) -> httpx2.Response:
    """Send the form as the page does."""
    fields = {"token": token, "instrument": instrument} | more.pop("fields", {})
    return await visitor.post("/checkout/pay", data=fields, headers={"Sec-Fetch-Site": "same-origin"} | more)


async def payments(inside: Inside, store: SeededStore) -> list[str]:
    """The states of all payments, oldest first."""
    async with inside(store.id) as context:
        return [payment.status for payment in await context.all(context.rows(Payment))]


async def order(inside: Inside, store: SeededStore) -> Order:
    """The only order."""
    async with inside(store.id) as context:
        (found,) = await context.all(context.rows(Order))
    return found


class TestPage:
    async def test_shows_store_lines_and_total(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        text = await shown(visitor, await sell(price=250, quantity=3, name="Diamond"))

        assert all(part in text for part in ("Store", "Diamond", "3 × $2.50", "$7.50", "Test mode", "Pay $7.50 (test)"))

    async def test_opens_without_the_slash_too(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        assert (await visitor.get("/checkout", params={"t": await sell()})).status_code == 200

    async def test_fills_in_what_is_known_of_the_buyer(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        text = await shown(visitor, await sell(billing_email="alex@example.com", billing_name="Alex"))

        assert 'value="alex@example.com"' in text
        assert 'value="Alex"' in text

    async def test_takes_names_for_text(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"name": "<b>Shop</b>"})

        text = await shown(visitor, await sell(name="<script>alert(1)</script>", billing_name='"><img src=x>'))

        assert "&lt;script&gt;" in text
        assert "&lt;b&gt;Shop" in text
        assert not any(raw in text for raw in ("<script>alert", "<b>Shop", "<img"))

    @pytest.mark.parametrize(
        "token", ["", "x", "a" * 28, "x" * 5000, "'\0\""], ids=["none", "short", "like one", "long", "odd"]
    )
    async def test_of_an_unknown_token_is_not_found(self, visitor: httpx2.AsyncClient, sell: Sell, token: str) -> None:
        await sell()

        answer = await visitor.get("/checkout/", params={"t": token})

        assert answer.status_code == 404
        assert "There is no such checkout" in answer.text
        assert answer.headers["x-trace-id"] in answer.text

    async def test_of_an_expired_checkout_says_so(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        late = await shown(visitor, await sell(expires_at=clock.now() - timedelta(seconds=1), cancel_url=THERE))
        closed = await shown(visitor, await sell(state="expired"))

        assert all("has expired" in text and "<form" not in text for text in (late, closed))
        assert "Back to Store" in late

    async def test_expires_in_the_time_of_the_store(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell()
        async with inside(store.id) as context:
            await set_clock(context, clock.real_now() + timedelta(days=2))

        assert "has expired" in await shown(visitor, token)

    async def test_of_a_payment_under_way_asks_to_wait(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        text = await shown(visitor, await sell(held_by=new_id()))

        assert "is being confirmed" in text
        assert '<meta http-equiv="refresh" content="3">' in text
        assert "<form" not in text

    async def test_of_a_live_store_says_that_it_cannot_take_money(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})
        token = await sell()

        text = await shown(visitor, token)
        answer = await pay(visitor, token)

        assert "no way to take payments yet" in text
        assert "<form" not in text
        assert "Test mode" not in text
        assert answer.status_code == 303
        assert await payments(inside, store) == []

    async def test_may_stand_in_a_frame_of_any_shop(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        answer = await visitor.get("/checkout/", params={"t": await sell()})

        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors" not in policy
        assert "x-frame-options" not in answer.headers
        assert "set-cookie" not in answer.headers
        assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("no-store", "noindex")


class TestCompleted:
    async def test_thanks_names_the_order_and_leads_back(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell(return_url=THERE)
        await pay(visitor, token)

        text = await shown(visitor, token)

        assert pretty_id((await order(inside, store)).id) in text
        assert "Your payment of $9.99 was received" in text
        assert 'href="https://shop.example/thanks?a=1&amp;b=2" target="_top"' in text
        assert 'http-equiv="refresh"' not in text

    async def test_leaves_by_itself_if_the_shop_wants_that(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        token = await sell(return_url=THERE, auto_redirect=True)
        before = await shown(visitor, token)
        await pay(visitor, token)

        leaving = 'content="0; url=https://shop.example/thanks?a=1&amp;b=2"'
        assert leaving not in before
        assert leaving in await shown(visitor, token)
        assert leaving not in await shown(visitor, token, **{"Sec-Fetch-Dest": "iframe"})


class TestPay:
    async def test_completes_the_order_with_what_was_entered(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell()
        fields = {"email": " sam@example.com ", "name": "Sam\u202e  Doe", "country": "de"}

        answer = await pay(visitor, token, fields=fields)

        assert (answer.status_code, answer.headers["location"]) == (303, f"/checkout/?t={token}")
        bought = await order(inside, store)
        assert (bought.status, bought.total_amount) == ("completed", 999)
        assert (bought.billing_email, bought.billing_name, bought.billing_country) == ("sam@example.com", "Sam Doe", "DE")
        assert await payments(inside, store) == ["completed"]

    async def test_declines_when_asked_and_lets_the_visitor_try_again(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell()

        await pay(visitor, token, "decline")
        declined = await shown(visitor, token)
        await pay(visitor, token)

        assert 'role="alert"' in declined
        assert "declined, and nothing was charged" in declined
        assert await payments(inside, store) == ["failed", "completed"]
        assert "Thank you" in await shown(visitor, token)

    async def test_sent_many_times_at_once_pays_once(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell()

        answers = await asyncio.gather(*(pay(visitor, token) for _ in range(8)))

        assert {answer.status_code for answer in answers} == {303}
        assert await payments(inside, store) == ["completed"]
        assert (await order(inside, store)).status == "completed"

    async def test_of_nothing_needs_no_gateway(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})
        token = await sell(price=0)

        before = await shown(visitor, token)
        await pay(visitor, token)

        assert "Complete the order" in before
        assert "Decline" not in before
        assert "Your order is complete." in await shown(visitor, token)
        assert await payments(inside, store) == []

    @pytest.mark.parametrize(
        ("ban_type", "value"),
        [("email", "Sam@example.com"), ("ip", "127.0.0.0/8"), ("customer_name", "alex")],
    )
    async def test_refuses_who_is_banned_by_then_and_charges_nothing(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore, api: ContractClient,
        ban_type: str, value: str,
    ) -> None:  # fmt: skip
        token, ban = await sell(), {"identities": [{"ban_type": ban_type, "ban_type_value": value}]}
        await api.post(f"/v1/stores/{store.id}/bans", json=ban)

        answer = await pay(visitor, token, fields={"email": "sam@example.com"})

        assert (answer.status_code, "may not buy in this store" in answer.text) == (403, True)
        assert await payments(inside, store) == []

    async def test_after_the_time_is_over_charges_nothing(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell(expires_at=clock.now() - timedelta(seconds=1))

        answer = await pay(visitor, token)

        assert answer.status_code == 303
        assert await payments(inside, store) == []

    @pytest.mark.parametrize(
        ("field", "value", "text"),
        [
            ("email", "nobody", "no e-mail address"),
            ("email", "a" * 320 + "@b.c", "no e-mail address"),
            ("country", "ZZ", "Choose your country"),
            ("country", "Germany", "Choose your country"),
            ("name", "x" * 201, "longer than 200"),
        ],
    )
    async def test_says_what_is_wrong_with_a_field_and_keeps_the_others(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore, field: str, value: str, text: str
    ) -> None:
        token = await sell()
        fields = {"email": "sam@example.com", "name": "Sam", "country": "DE"} | {field: value}

        answer = await pay(visitor, token, fields=fields)

        assert answer.status_code == 400
        assert text in answer.text
        assert f'aria-describedby="{field}-problem"' in answer.text
        assert all(f'value="{kept}"' in answer.text for name, kept in fields.items() if name != "country")
        assert ('value="DE" selected' in answer.text) == (fields["country"] == "DE")
        assert await payments(inside, store) == []

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
    async def test_refuses_a_form_of_another_site(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore, site: str
    ) -> None:
        answer = await pay(visitor, await sell(), **{"Sec-Fetch-Site": site})

        assert answer.status_code == 403
        assert await payments(inside, store) == []

    @pytest.mark.parametrize(
        ("origin", "status"), [("https://evil.example", 403), ("null", 403), ("http://test", 303), ("https://test", 303)]
    )
    async def test_asks_older_browsers_for_the_origin(
        self, visitor: httpx2.AsyncClient, sell: Sell, origin: str, status: int
    ) -> None:
        fields = {"token": await sell(), "instrument": "succeed"}

        answer = await visitor.post("/checkout/pay", data=fields, headers={"Origin": origin})

        assert answer.status_code == status

    @pytest.mark.parametrize("instrument", ["", "steal"])
    async def test_refuses_other_buttons(self, visitor: httpx2.AsyncClient, sell: Sell, instrument: str) -> None:
        assert (await pay(visitor, await sell(), instrument)).status_code == 400

    async def test_of_an_unknown_token_is_not_found(self, visitor: httpx2.AsyncClient) -> None:
        assert (await pay(visitor, checkout_token())).status_code == 404

    async def test_refuses_what_is_no_form(self, visitor: httpx2.AsyncClient, sell: Sell) -> None:
        token = await sell()
        large = await pay(visitor, token, fields={"name": "x" * 20_000})
        many = await pay(visitor, token, fields={f"n{number}": "" for number in range(50)})
        json = await visitor.post("/checkout/pay", json={"token": token})
        bytes_ = await visitor.post(
            "/checkout/pay", content=b"\xff\xfe", headers={"Content-Type": "application/x-www-form-urlencoded"}
        )

        assert [answer.status_code for answer in (large, many, json, bytes_)] == [413, 400, 415, 400]

    async def test_is_no_page(self, visitor: httpx2.AsyncClient) -> None:
        answer = await visitor.get("/checkout/pay")

        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")

    async def test_leaves_the_checkout_completed(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        await pay(visitor, await sell())

        async with inside(store.id) as context:
            (checkout,) = await context.all(context.rows(Checkout))
        assert checkout.state == "completed"


class TestSoldOut:
    async def test_says_on_the_page_that_somebody_else_was_faster(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell(name="Diamond")
        async with inside(store.id) as context:
            (product,) = await context.all(context.rows(Product))
            none_left = StockLimit(enabled=True, quantity=0, time_value=1, time_scale="month")
            await context.change(product, {"store_stock_limit": none_left})

        answer = await pay(visitor, token, fields={"email": "alex@example.com"})

        assert answer.status_code == 400
        assert "Nothing was charged.</strong> None of Diamond left." in answer.text
        assert 'value="alex@example.com"' in answer.text
        assert await payments(inside, store) == []


class TestWithdrawn:
    async def test_says_on_the_page_that_it_is_not_sold_any_more(
        self, visitor: httpx2.AsyncClient, sell: Sell, inside: Inside, store: SeededStore
    ) -> None:
        token = await sell(name="Diamond")
        async with inside(store.id) as context:
            (product,) = await context.all(context.rows(Product))
            await context.change(product, {"enabled_until": clock.now()})

        answer = await pay(visitor, token)

        assert answer.status_code == 400
        assert "Nothing was charged.</strong> Diamond is no longer for sale." in answer.text
        assert await payments(inside, store) == []


class TestTelling:
    async def test_a_purchase_reaches_those_who_subscribed_to_it(
        self, visitor: httpx2.AsyncClient, api: ContractClient, store: SeededStore, sell: Sell, worker: Worker
    ) -> None:
        events = ["OnOrderCompleted", "OnPaymentCompleted", "OnPaymentFailed"]
        async with receiving() as receiver:
            await api.post(f"/v1/stores/{store.id}/webhooks", json={"url": receiver.url, "events": events})
            token = await sell()

            await pay(visitor, token, "decline")
            await worker.drain()
            first = [one.json["event_type"] for one in receiver.received]
            await pay(visitor, token)
            await worker.drain()

        assert first == ["ON_PAYMENT_FAILED"]
        told = {one.json["event_type"]: one.body for one in receiver.received}
        assert sorted(told) == ["ON_ORDER_COMPLETED", "ON_PAYMENT_COMPLETED", "ON_PAYMENT_FAILED"]
        assert len(receiver.received) == 3
        for event, body in told.items():
            check_webhook(event, body)
