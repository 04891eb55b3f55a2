"""What buyers are told by mail, over the life of orders and subscriptions; read where the store's owner reads it."""

from typing import Any

import pytest

from sutler.billing.trials.events import TrialEnding
from sutler.catalog.products.models import TrialTerms
from sutler.delivery.letters.service import mail_trial_ending
from sutler.kernel.work.runner import Worker
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.checkout import line
from tests.make.subscriptions import Club, moment

BUYER = "alex@example.com"
BILLED = {"billing_name": "Alex", "billing_email": BUYER}


@pytest.fixture
async def club(api: ContractClient, store: SeededStore, inside: Inside, worker: Worker) -> Club:
    """A store whose clock stands, with a customer in it."""
    return await Club(api, store, inside, worker).open()


async def mails(club: Club, *kinds: str) -> list[dict[str, Any]]:
    """The mails of these kinds with what they say, oldest first; all are for the buyer, whom none reaches in test mode."""
    found = (await club.api.get(f"{club.path}/mails", params={"kind": list(kinds), "asc": "true"})).json()
    assert {(one["recipient"], one["state"]) for one in found} <= {(BUYER, "withheld")}
    return [(await club.api.get(f"{club.path}/mails/{one['id']}")).json() for one in found]


async def bought(club: Club, *lines: dict[str, Any], **outcome: Any) -> dict[str, Any]:
    """The order of a buyer with a mail address."""
    return await club.paid(await club.opened(*lines, customer_details=BILLED), **outcome)


async def subscribed(club: Club, **outcome: Any) -> dict[str, Any]:
    """The order with which a subscription for 9.99 a month begins."""
    return await bought(club, line(await club.product(), subscription=True), **outcome)


def day(text: str) -> str:
    """A moment of the wire as mails write it."""
    found = moment(text)
    return f"{found.day} {found:%B %Y, %H:%M} UTC"


class TestReceipts:
    async def test_say_what_was_bought_and_bring_the_codes_of_gift_cards(self, club: Club) -> None:
        card = await club.product(name="Card", price=2500, allow_subscription=False, grant_giftcard=True)

        order = await bought(club, line(card, quantity=2), line(await club.product(), subscription=True))

        (mail,) = await mails(club)
        codes = [one["code"] for one in (await club.api.get(f"{club.path}/giftcards")).json()]
        assert mail["subject"] == f"Your order {order['pretty_id']} at Store"
        assert mail["customer_id"] == club.customer_id
        for words in (
            *codes,
            "2 × Card: $50.00",
            "1 × Knight: $9.99",
            "Total: $59.99",
            "renews every month",
            "$9.99 is due on",
        ):
            assert words in mail["text"]
        assert f"See your order: http://test/checkout/?t={order['checkout_token']}" in mail["text"]

    async def test_are_written_to_nobody_who_gave_no_address(self, club: Club) -> None:
        await club.subscribe()

        assert await mails(club) == []

    async def test_tell_of_each_renewal_once(self, club: Club) -> None:
        order = await subscribed(club)
        await club.after(30)
        await club.worker.drain()
        found = await club.subscription(order["subscription_id"])

        (mail,) = await mails(club, "renewal_receipt")
        assert f"to Knight at Store is renewed and paid. It runs until {day(found['current_period_end'])}." in mail["text"]


class TestDeclined:
    async def test_says_why_when_it_is_tried_again_how_to_pay_and_what_happens_otherwise(self, club: Club) -> None:
        order = await subscribed(club, renewal="decline", renewal_decline_code="insufficient_funds")
        await club.after(30)
        found = await club.subscription(order["subscription_id"])
        waiting = await club.kept((await club.orders())[-1]["id"])

        (mail,) = await mails(club, "renewal_failed")
        shown = (await club.api.get(f"{club.path}/orders/{waiting.id}")).json()
        assert "The simulated card was declined, as asked: insufficient funds." in mail["text"]
        assert f"tried again on {day(found['next_attempt_at'])}" in mail["text"]
        assert f"Pay now: http://test/checkout/?t={shown['checkout_token']}" in mail["text"]
        assert "You keep what you have until then." in mail["text"]
        assert "Amount: $9.99" in mail["text"]

    async def test_comes_for_each_attempt_but_the_last_of_which_the_end_tells(self, club: Club) -> None:
        await subscribed(club, renewal="decline")
        for _ in range(40):
            await club.after(1)

        declined, ended = await mails(club, "renewal_failed"), await mails(club, "subscription_canceled")

        assert len(declined) == 4
        assert [one["subject"] for one in ended] == ["Your subscription at Store has ended"]
        assert "It could not be paid, and the last attempt is over." in ended[0]["text"]


class TestCanceled:
    @pytest.mark.parametrize("at_once", [True, False])
    async def test_says_once_why_and_until_when_its_owner_keeps_what_it_gave(self, club: Club, at_once: bool) -> None:
        order = await subscribed(club)
        found = await club.subscription(order["subscription_id"])
        body = {"cancel_at_period_end": not at_once}
        answer = await club.api.post(f"{club.path}/subscriptions/{found['id']}/cancel", json=body)
        await club.after(1)
        (mail,) = await mails(club, "subscription_canceled")
        await club.after(40)

        until = day(found["current_period_end"])
        said = "What it gave you has ended with it." if at_once else f"ends on {until}. The store has canceled it."
        assert answer.is_success, answer.text
        assert said in mail["text"]
        assert "Nothing more is charged for it." in mail["text"]
        assert len(await mails(club, "subscription_canceled")) == 1

    async def test_is_told_of_a_second_end_that_comes_before_the_first(self, club: Club) -> None:
        order = await subscribed(club)
        path = f"{club.path}/subscriptions/{order['subscription_id']}/cancel"
        for body in (None, {"cancel_at_period_end": False}):
            await club.api.post(path, json=body)
            await club.after(1)

        ends, ended = await mails(club, "subscription_canceled")
        assert ("ends on" in ends["text"], "has ended" in ended["subject"]) == (True, True)


class TestTrialEnding:
    async def test_says_when_what_it_costs_then_and_with_what_it_is_paid(self, club: Club) -> None:
        terms = TrialTerms(enabled=True, period_value=7, period_scale="day")
        order = await bought(club, line(await club.product(trial=terms), subscription=True, trial=True))
        trial = (await club.api.get(f"{club.path}/trials/{order['lines'][0]['trial_id']}")).json()
        await club.after(5)
        async with club.inside(club.store.id) as context:  # told twice
            await mail_trial_ending(context, TrialEnding(trial_id=trial["id"]), "1")

        receipt, mail = await mails(club)
        assert f"Your trial runs until {day(trial['ends_at'])}. From then on it costs $9.99 every month" in receipt["text"]
        assert f"Your trial of Knight at Store ends on {day(trial['ends_at'])}." in mail["text"]
        assert "it costs $9.99 every month, charged to your visa card that ends in 4242." in mail["text"]


class TestRefund:
    async def test_says_how_much_goes_where(self, club: Club) -> None:
        order = await bought(club, line(await club.product(allow_subscription=False)))
        await club.api.post(f"{club.path}/orders/{order['id']}/refund", json={"amount": 300})
        await club.worker.drain()

        (mail,) = await mails(club, "refund_made")
        assert order["pretty_id"] in mail["subject"]
        assert "To what you paid with: $3.00" in mail["text"]
