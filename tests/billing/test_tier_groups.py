"""Ladders that customers subscribe to: up at once, down with the renewal, and never without a code from their mail."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from sutler.billing.subscriptions.models import Subscription
from sutler.kernel.ids import FlakeId
from sutler.kernel.secrets import sealer
from sutler.kernel.work.runner import Worker
from sutler.stores.mails.models import Mail, Text, text_context
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import checkout, line, signed_in
from tests.make.subscriptions import Club


@dataclass
class Ladder:
    """A club with three steps, and a customer who subscribes to the one in the middle since half a month."""

    club: Club
    customer: ContractClient
    group_id: FlakeId
    steps: list[FlakeId]
    subscription_id: FlakeId = ""

    async def change(self, step: int, code: str | None = None, *, preview: bool = False, status: int = 200) -> Any:
        """The answer to going to a step; jobs have run."""
        path = f"/v1/store/tier-groups/{self.group_id}/change" + ("/preview" if preview else "")
        body = {"target_product_id": self.steps[step]} | ({"verification_code": code} if code else {})
        answer = await self.customer.post(path, json=body)
        assert answer.status_code == status, answer.text
        await self.club.worker.drain()
        return answer.json()

    async def confirmed(self, step: int) -> Any:
        """The answer once it is confirmed with the code that was mailed."""
        await self.change(step)
        return await self.change(step, (await self.codes())[-1])

    async def codes(self) -> list[str]:
        """The codes that were mailed, oldest first."""
        async with self.club.inside(self.club.store.id) as context:
            mails = await context.all(context.rows(Mail).where(Mail.c.kind == "verification_code"))
        texts = [sealer().open(one.text_sealed, text_context(one.id)) for one in mails]
        return [msgspec.json.decode(text, type=Text).codes[0][1] for text in texts]

    async def products(self) -> Any:
        """What the customer sees in the shop."""
        return (await self.customer.get("/v1/store/products")).json()

    async def shown(self) -> Any:
        """Where the customer stands."""
        return (await self.customer.get("/v1/store/tier-groups")).json()


@pytest.fixture
async def ladder(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker, client: ClientFactory) -> Ladder:
    """Bronze, Silver and Gold for 5, 10 and 20; Silver is subscribed to."""
    club = await Club(api, store, inside, worker).open()
    group = (await api.post(f"{club.path}/tier-groups", json={"name": "Ranks"})).json()["id"]
    steps = [
        await club.product(price=price, name=name, tier_group_id=group, sort_order=number)
        for number, (name, price) in enumerate([("Bronze", 500), ("Silver", 1000), ("Gold", 2000)])
    ]
    details = {"customer_details": {"billing_email": "alex@example.com"}}
    order = await club.paid(await club.opened(line(steps[1], subscription=True), **details))
    await club.after(15)
    return Ladder(club, await signed_in(client, inside, store.id, club.customer_id), group, steps, order["subscription_id"])


class TestList:
    async def test_is_empty_for_visitors(self, ladder: Ladder, client: ClientFactory) -> None:
        answer = await client(None).get("/v1/store/tier-groups", headers={"x-paynow-store-id": ladder.club.store.id})

        assert answer.json() == []

    async def test_says_where_a_customer_stands(self, ladder: Ladder) -> None:
        (found,) = await ladder.shown()

        assert (found["tier_group_id"], found["active_product_id"]) == (ladder.group_id, ladder.steps[1])
        assert (found["next_billing_amount"], found["currency"]) == (1000, "usd")
        assert "pending_change_product_id" not in found
        assert {str(one["active_tier_group"]) for one in await ladder.products()} == {str(found)}


class TestChange:
    async def test_up_is_charged_and_made_at_once_when_the_code_confirms_it(self, ladder: Ladder) -> None:
        asked = await ladder.change(2)
        mid = (await ladder.shown())[0]["active_product_id"]
        done = await ladder.change(2, (await ladder.codes())[0])

        assert asked["subscription_change"]["status"] == "pending_verification"
        assert asked["subscription_change"]["prorated_amount"]["prorated_amount"] == 500
        assert asked["verification"] == {"destination_hint": "a***@e***.com"}
        assert mid == ladder.steps[1]
        assert (done["subscription_change"]["status"], "verification" in done) == ("applied", False)
        assert done["subscription_change"]["off_session"] is False
        assert (await ladder.shown())[0]["active_product_id"] == ladder.steps[2]
        assert (await ladder.club.orders(type="subscription_proration"))[-1]["total_amount"] == 500

    async def test_down_waits_for_the_renewal_and_is_undone_by_the_step_where_they_stand(self, ladder: Ladder) -> None:
        down = await ladder.confirmed(0)
        (waits,) = await ladder.shown()
        await ladder.club.after(0.01)
        back = await ladder.confirmed(1)
        (undone,) = await ladder.shown()

        assert down["subscription_change"]["status"] == "pending_renewal"
        assert (waits["active_product_id"], waits["pending_change_product_id"]) == (ladder.steps[1], ladder.steps[0])
        assert waits["next_billing_amount"] == 500
        assert back["subscription_change"]["status"] == "canceled"
        assert ("pending_change_product_id" in undone, undone["next_billing_amount"]) == (False, 1000)

    async def test_takes_no_other_code_nor_one_that_was_tried_too_often(self, ladder: Ladder) -> None:
        await ladder.change(2)
        (code,) = await ladder.codes()
        wrong = f"{(int(code) + 1) % 10**6:06}"

        other = await ladder.change(0, code, status=403)
        refused = [await ladder.change(2, wrong, status=403) for _ in range(5)]
        late = await ladder.change(2, code, status=403)

        assert {one["code"] for one in (other, *refused, late)} == {"WrongCode"}
        assert late["errors"][0]["path"] == "verification_code"

    async def test_takes_no_code_after_a_quarter_of_an_hour_nor_twice(self, ladder: Ladder) -> None:
        await ladder.change(0)
        await ladder.club.after(minutes=15)
        late = await ladder.change(0, (await ladder.codes())[0], status=403)
        await ladder.confirmed(0)
        again = await ladder.change(1, (await ladder.codes())[-1], status=403)

        assert (late["code"], again["code"]) == ("WrongCode", "WrongCode")

    async def test_mails_a_code_a_minute_and_five_a_day_at_most(self, ladder: Ladder) -> None:
        for _ in range(2):
            await ladder.change(2)
        first = len(await ladder.codes())
        for _ in range(4):
            await ladder.club.after(minutes=2)
            await ladder.change(2)
        await ladder.club.after(minutes=2)
        answer = await ladder.change(2, status=429)

        assert (first, answer["code"], len(await ladder.codes())) == (1, "TooManyCodes", 5)

    async def test_that_waits_for_its_payment_is_shown_again(self, ladder: Ladder) -> None:
        async with ladder.club.inside(ladder.club.store.id) as context:
            await context.change(await context.get(Subscription, ladder.subscription_id), {"payment_method_id": None})

        first = await ladder.confirmed(2)
        await ladder.club.after(minutes=2)
        second = await ladder.confirmed(2)

        assert first["pending_payment"]["checkout_url"]
        assert second == first

    async def test_previews_what_it_would_cost_and_writes_nothing(self, ladder: Ladder) -> None:
        seen = await ladder.change(2, preview=True)

        assert seen["subscription_change"]["prorated_amount"]["prorated_amount"] == 500
        assert await ladder.codes() == []

    async def test_refuses_what_is_no_step_and_whoever_subscribes_to_none(
        self, ladder: Ladder, client: ClientFactory, inside: Inside
    ) -> None:
        ladder.steps.append(await ladder.club.product(price=1))
        strange = await ladder.change(3, status=400)
        ladder.customer = await signed_in(client, inside, ladder.club.store.id, await ladder.club.stranger())
        stranger = await ladder.change(2, status=404)

        assert (strange["errors"][0]["path"], stranger["code"]) == ("target_product_id", "NotFound")

    async def test_needs_somebody_to_mail_to(self, ladder: Ladder) -> None:
        async with ladder.club.inside(ladder.club.store.id) as context:
            await context.change(await context.get(Subscription, ladder.subscription_id), {"billing_email": ""})

        assert (await ladder.change(2, status=409))["code"] == "NoBillingEmail"

    async def test_is_refused_within_the_hour_before_the_renewal(self, ladder: Ladder) -> None:
        await ladder.club.after(timedelta(days=14, hours=23, minutes=30) / timedelta(days=1))

        assert (await ladder.change(2, status=409))["code"] == "ChangeTooLate"


class TestASecondSubscription:
    async def test_on_the_same_ladder_is_refused_until_the_first_has_ended(self, ladder: Ladder) -> None:
        club, wanted = ladder.club, checkout(ladder.club.customer_id, line(ladder.steps[2], subscription=True))

        refused = (await club.api.post(f"{club.path}/checkouts", json=wanted)).json()
        await club.api.post(
            f"{club.path}/subscriptions/{ladder.subscription_id}/cancel", json={"cancel_at_period_end": False}
        )
        opened = await club.api.post(f"{club.path}/checkouts", json=wanted)

        assert (refused["code"], refused["errors"][0]["path"]) == ("StepOwned", "lines[0].product_id")
        assert "change that one" in refused["message"]
        assert opened.status_code == 200

    async def test_is_refused_as_well_when_the_first_was_paid_in_the_meantime(self, ladder: Ladder) -> None:
        club = ladder.club
        await club.api.post(
            f"{club.path}/subscriptions/{ladder.subscription_id}/cancel", json={"cancel_at_period_end": False}
        )
        both = [await club.opened(line(step, subscription=True)) for step in ladder.steps[1:]]
        await club.paid(both[0])

        answer = await club.api.post(f"{club.path}/simulator/checkouts/{both[1]['token']}/pay", json={"outcome": "succeed"})

        assert (answer.status_code, answer.json()["code"]) == (400, "StepOwned")

    @pytest.mark.parametrize("many", [6, pytest.param(48, marks=pytest.mark.soak)])
    async def test_does_not_begin_beside_one_that_is_paid_at_the_same_moment(self, ladder: Ladder, many: int) -> None:
        club = ladder.club
        club.customer_id = await club.stranger()
        opened = [await club.opened(line(ladder.steps[number % 3], subscription=True)) for number in range(many)]

        pay = [f"{club.path}/simulator/checkouts/{one['token']}/pay" for one in opened]
        answers = await asyncio.gather(*(club.api.post(path, json={"outcome": "succeed"}) for path in pay))

        assert sorted(answer.status_code for answer in answers) == [200, *[400] * (many - 1)]
        assert {answer.json()["code"] for answer in answers if answer.status_code == 400} == {"StepOwned"}
        begun = (await club.api.get(f"{club.path}/subscriptions", params={"customer_id": club.customer_id})).json()
        assert len(begun) == 1
