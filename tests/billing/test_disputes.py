"""Disputes, as the simulated bank opens and decides them: what they take, and that they take it once."""

import asyncio
from datetime import timedelta

import httpx2
import pytest

from sutler.billing.orders.models import Order
from sutler.catalog.products.models import Product
from sutler.customers.customers.models import Customer
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import set_clock
from sutler.kernel.ids import new_id, pretty_id
from sutler.kernel.work.runner import Worker
from sutler.stores.stores.models import Store
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.billing import bought, paid
from tests.make.checkout import checkout, line, open_checkout
from tests.make.disputes import Case
from tests.make.promotions import made_link

SOLD, FEE = 1499, 1500
CHARGEBACKS = "chargeback_opened", "chargeback_closed"


@pytest.fixture
async def case(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
) -> Case:
    """A delivered order at 14.99, paid with the simulator."""
    order = await bought(api, store.id, customer.id, product.id)
    await worker.drain()
    return await Case.of(api, store.id, inside, worker, order)


class TestDispute:
    async def test_takes_the_money_and_the_items_at_once(self, case: Case) -> None:
        payment = await case.dispute("pending", fee_amount=FEE)
        await case.worker.drain()

        assert (payment["status"], payment["chargeback_status"]) == ("chargeback", "pending")
        assert payment["chargeback_at"] == payment["chargeback_status_updated_at"] is not None
        assert (await case.order())["status"] == "chargeback"
        assert {(item["state"], item["revoke_reason"]) for item in await case.items()} == {("revoked", "chargeback")}
        assert await case.balances() == {"disputed": SOLD, "fees": FEE, "gateway:simulator": -FEE, "sales": -SOLD}

    @pytest.mark.parametrize(
        ("outcome", "books"),
        [
            ("won", {"gateway:simulator": SOLD - FEE, "fees": FEE, "sales": -SOLD}),
            ("lost", {"gateway:simulator": -FEE, "fees": FEE, "chargebacks": SOLD, "sales": -SOLD}),
        ],
    )
    async def test_is_decided_once_and_gives_no_items_back(self, case: Case, outcome: str, books: dict[str, int]) -> None:
        await case.dispute("pending", fee_amount=FEE)
        payments = [await case.dispute(outcome) for _ in range(2)]
        await case.worker.drain()

        otherwise = await case.try_to_dispute("lost" if outcome == "won" else "won")

        (found,) = await case.disputes()
        assert payments[0] == payments[1]
        assert (payments[0]["status"], payments[0]["chargeback_status"]) == ("chargeback", outcome)
        assert (found["state"], found["amount"], found["fee_amount"]) == (outcome, SOLD, FEE)
        assert (otherwise.status_code, otherwise.json()["code"]) == (409, "DecidedOtherwise")
        assert {item["state"] for item in await case.items()} == {"revoked"}
        assert await case.balances() == books
        assert await case.events(*CHARGEBACKS) == ["chargeback_opened", "chargeback_closed"]

    async def test_that_is_won_leaves_money_that_can_be_given_back(self, case: Case) -> None:
        await case.dispute("pending", fee_amount=FEE)
        early = await case.refund()
        await case.dispute("won")

        part = await case.refund(amount=500)
        between = (await case.order())["status"]
        rest = await case.refund()
        await case.worker.drain()

        assert (early.status_code, early.json()["code"]) == (409, "PaymentDisputed")
        assert ([part.status_code, rest.status_code], between) == ([200, 200], "chargeback")
        assert (await case.order())["status"] == "refunded"
        assert (await case.payment())["status"] == "refunded"
        assert await case.balances() == {"gateway:simulator": -FEE, "fees": FEE}

    async def test_that_is_heard_of_when_it_is_won_takes_nothing(self, case: Case) -> None:
        payment = await case.dispute("won", fee_amount=FEE)
        await case.worker.drain()

        assert (payment["status"], payment["chargeback_status"]) == ("completed", "won")
        assert {item["state"] for item in await case.items()} <= {"usable", "active", "used"}
        assert await case.balances() == {"gateway:simulator": SOLD - FEE, "fees": FEE, "sales": -SOLD}
        assert await case.events(*CHARGEBACKS) == ["chargeback_closed"]

    async def test_that_is_heard_of_when_it_is_lost_takes_everything(self, case: Case) -> None:
        payment = await case.dispute("lost")
        await case.worker.drain()

        assert (payment["status"], payment["chargeback_status"]) == ("chargeback", "lost")
        assert {item["revoke_reason"] for item in await case.items()} == {"chargeback"}
        assert await case.balances() == {"chargebacks": SOLD, "sales": -SOLD}

    async def test_before_the_delivery_leaves_nothing_to_deliver(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        case = await Case.of(api, store.id, inside, worker, await bought(api, store.id, customer.id, product.id))

        await case.dispute("pending")
        await worker.drain()

        assert {item["state"] for item in await case.items()} == {"revoked"}

    async def test_is_refused_in_live_mode_and_without_money(
        self, case: Case, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        pay = f"/v1/stores/{store.id}/simulator/checkouts/{opened['token']}/pay"
        await api.post(pay, json={"outcome": "succeed_later", "after_seconds": 60})
        waiting = (await api.get(f"/v1/stores/{store.id}/payments", params={"status": "pending"})).json()[0]["id"]
        answers = [await case.try_to_dispute("pending", waiting), await case.try_to_dispute("pending", new_id())]
        async with inside(store.id) as context:
            await context.change(await context.get(Store, store.id), {"live_mode": True})
        answers.append(await case.try_to_dispute("pending"))

        assert [(one.status_code, one.json()["code"]) for one in answers] == [
            (409, "NotCharged"), (404, "NotFound"), (403, "LiveMode"),
        ]  # fmt: skip
        assert await case.disputes() == []


class TestScripts:
    async def test_dispute_and_decide_at_their_times(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        beginning = clock.real_now().replace(microsecond=0)
        async with inside(store.id) as context:
            await set_clock(context, beginning)
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
        body = {"outcome": "succeed", "dispute": "lost", "dispute_after_seconds": 3600, "decide_after_seconds": 86_400}
        order = (await api.post(f"/v1/stores/{store.id}/simulator/checkouts/{opened['token']}/pay", json=body)).json()
        case = await Case.of(api, store.id, inside, worker, order)
        seen = []
        for seconds in (3599, 3600, 89_999, 90_000):
            async with inside(store.id) as context:
                await set_clock(context, beginning + timedelta(seconds=seconds))
            await worker.drain()
            seen.append((await case.payment())["chargeback_status"])

        assert seen == ["none", "pending", "pending", "lost"]

    async def test_are_found_by_asking_when_nobody_tells(self, case: Case, inside: Inside, store: SeededStore) -> None:
        """The bank's own notice is lost, and so is that of the decision: the daily question finds it."""
        async with inside(store.id) as context:
            await set_clock(context, clock.real_now())
        await case.dispute("pending")
        await case.worker.drain()
        await case.decide_silently("lost")
        await case.worker.drain()
        before = (await case.payment())["chargeback_status"]
        async with inside(store.id) as context:
            await set_clock(context, clock.real_now() + timedelta(days=1, minutes=1))
        await case.worker.drain()

        assert (before, (await case.payment())["chargeback_status"]) == ("pending", "lost")

    @pytest.mark.parametrize("outcome", ["decline", "authenticate"])
    async def test_cannot_dispute_what_is_not_taken(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, outcome: str
    ) -> None:
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))

        path = f"/v1/stores/{store.id}/simulator/checkouts/{opened['token']}/pay"
        answer = await api.post(path, json={"outcome": outcome, "dispute": "pending"})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "dispute")
        assert (await api.get(f"/v1/stores/{store.id}/payments")).json() == []


class TestRaces:
    async def test_take_the_money_once(self, case: Case) -> None:
        """Two notices, the owner's own question, the daily one and a decision at the same time."""
        await case.dispute("pending")
        asked = [case.ask() for _ in range(3)]

        answers = await asyncio.gather(
            *asked, case.try_to_dispute("lost"), case.worker.drain(), *[case.ask() for _ in range(3)]
        )

        await case.worker.drain()
        assert {one.status_code for one in answers if isinstance(one, httpx2.Response)} == {200}
        assert await case.balances() == {"chargebacks": SOLD, "sales": -SOLD}
        assert await case.events(*CHARGEBACKS) == ["chargeback_opened", "chargeback_closed"]

    async def test_with_a_refund_never_give_the_money_twice(self, case: Case) -> None:
        answers = await asyncio.gather(case.refund(), case.try_to_dispute("lost"), case.ask())
        await case.worker.drain()

        books = await case.balances()
        gone = books.get("chargebacks", 0) + sum((await case.refunded()).values())
        assert {one.status_code for one in answers[1:]} == {200}
        assert gone == SOLD
        assert books.get("gateway:simulator", 0) == 0
        assert {item["state"] for item in await case.items()} == {"revoked"}


class TestAfterRefunds:
    async def test_only_the_rest_is_disputed(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker
    ) -> None:
        opened = await open_checkout(
            api, store.id, checkout(customer.id, line(product.id), line(product.id, quantity=2))
        )  # fmt: skip
        pay = f"/v1/stores/{store.id}/simulator/checkouts/{opened['token']}/pay"
        order = (await api.post(pay, json={"outcome": "succeed"})).json()
        case = await Case.of(api, store.id, inside, worker, order)
        await worker.drain()
        (await case.refund(order_line_id=order["lines"][0]["id"])).raise_for_status()
        await worker.drain()

        payment = await case.dispute("lost")
        await worker.drain()

        (found,) = await case.disputes()
        assert (found["amount"], payment["status"]) == (2 * SOLD, "chargeback")
        assert (await case.balances())["chargebacks"] == 2 * SOLD
        assert {(item["state"], item["revoke_reason"]) for item in await case.items()} == {
            ("revoked", "refund"), ("revoked", "chargeback"),
        }  # fmt: skip

    async def test_nothing_is_left_of_a_refunded_payment_but_the_fee(self, case: Case) -> None:
        (await case.refund()).raise_for_status()
        await case.worker.drain()

        payment = await case.dispute("lost", fee_amount=FEE)

        (found,) = await case.disputes()
        assert (payment["status"], payment["chargeback_status"], found["amount"]) == ("refunded", "lost", 0)
        assert (await case.order())["status"] == "refunded"
        assert (await case.balances()).get("chargebacks") is None
        assert (await case.balances())["fees"] == FEE


class TestByHand:
    async def test_a_transfer_is_disputed_and_decided(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker,
        visitor: httpx2.AsyncClient,
    ) -> None:  # fmt: skip
        case = await transferred(api, store, customer, product, inside, worker, visitor)
        path = f"{case.path}/payments/{case.payment_id}/disputes"
        unpaid = await api.post(path, json={})
        await api.post(f"{case.path}/payments/{case.payment_id}/settle", json={"outcome": "received"})
        await worker.drain()

        too_much = await api.post(path, json={"amount": SOLD + 1})
        opened = [(await api.post(path, json={"fee_amount": 300, "reason": "recalled"})).json() for _ in range(2)]
        close = f"{path}/{opened[0]['id']}/close"
        closed = [await api.post(close, json={"outcome": outcome, "fee_amount": 500}) for outcome in ("lost", "lost", "won")]
        await worker.drain()

        assert (unpaid.status_code, unpaid.json()["code"]) == (409, "NotDisputable")
        assert (too_much.status_code, too_much.json()["errors"][0]["path"]) == (400, "amount")
        assert opened[0] == opened[1]
        assert (opened[0]["state"], opened[0]["amount"], opened[0]["reason"]) == ("pending", SOLD, "recalled")
        assert [one.status_code for one in closed] == [200, 200, 409]
        assert await case.balances() == {"gateway:manual": -500, "fees": 500, "chargebacks": SOLD, "sales": -SOLD}
        assert {item["revoke_reason"] for item in await case.items()} == {"chargeback"}

    async def test_what_gateways_tell_is_not_said(self, case: Case, api: ContractClient) -> None:
        await case.dispute("pending")
        path = f"{case.path}/payments/{case.payment_id}/disputes"
        (dispute,) = await case.disputes()

        answers = [
            await api.post(path, json={}),
            await api.post(f"{path}/{dispute['id']}/close", json={"outcome": "won"}),
        ]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "GatewayTells")] * 2


class TestBans:
    @pytest.mark.parametrize(
        ("chosen", "banned"),
        [
            ([], []),
            (["identity"], [("steam", "76561198152492642")]),
            (["customer", "email", "ip"], [("customer", "CUSTOMER"), ("ip", "192.0.2.7")]),
        ],
    )
    async def test_are_for_what_the_owner_chose(
        self, case: Case, api: ContractClient, inside: Inside, customer: Customer, chosen: list[str],
        banned: list[tuple[str, str]],
    ) -> None:  # fmt: skip
        settings = f"{case.path}/payment-settings"
        answer = await api.patch(settings, json={"ban_on_chargeback": chosen})
        assert answer.status_code in (200, 204), answer.text
        async with inside(case.store_id) as context:
            await context.change(await context.get(Order, case.order_id), {"customer_ip": "192.0.2.7"})

        for state in ("pending", "pending", "lost"):
            await case.dispute(state)

        found = (await api.get(f"{case.path}/bans")).json()
        identities = [(one["ban_type"], one["ban_type_value"]) for ban in found for one in ban["identities"]]
        assert (await case.shown("payment-settings"))["ban_on_chargeback"] == chosen
        assert sorted(identities) == sorted((kind, value.replace("CUSTOMER", customer.id)) for kind, value in banned)
        assert all(pretty_id(case.payment_id) in ban["reason"] for ban in found)


async def transferred(
    api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker,
    visitor: httpx2.AsyncClient,
) -> Case:  # fmt: skip
    """An order that waits for a bank transfer."""
    on = {"enabled": True, "settings": {"instructions": "NL91 ABNA 0417 1643 00"}}
    await api.patch(f"/v1/stores/{store.id}/gateways/manual", json=on)
    opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id)))
    form = {"token": opened["token"], "instrument": "manual"}
    await visitor.post("/checkout/pay", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    (order,) = (await api.get(f"/v1/stores/{store.id}/orders")).json()
    return await Case.of(api, store.id, inside, worker, order)


class TestCommission:
    @pytest.mark.parametrize(("outcome", "kept"), [("won", 109), ("lost", 0)])
    async def test_is_taken_back_once_when_the_money_is_lost(
        self, api: ContractClient, store: SeededStore, customer: Customer, product: Product, inside: Inside, worker: Worker,
        outcome: str, kept: int,
    ) -> None:  # fmt: skip
        await made_link(api, store.id)  # earns ten percent
        opened = await open_checkout(api, store.id, checkout(customer.id, line(product.id), affiliate_code="EVE"))
        case = await Case.of(api, store.id, inside, worker, await paid(api, store.id, opened["token"]))

        earned = [(await case.balances())["wallet:eve"]]
        await case.refund(amount=399)
        await case.dispute("pending")
        earned.append((await case.balances())["wallet:eve"])
        for _ in range(2):
            await case.dispute(outcome)
        earned.append((await case.balances()).get("wallet:eve", 0))

        assert earned == [-149, -109, -kept]
