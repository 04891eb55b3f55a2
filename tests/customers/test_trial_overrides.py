"""Exceptions that let single customers try what they otherwise could not: used once, one at a time."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sutler.kernel import clock
from tests.billing.test_trials import NEW_ONLY, REFUSED
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.trials import Trials


@pytest.fixture
def shop(api: ContractClient, store: SeededStore, inside: Inside) -> Trials:
    """The store that a test is about."""
    return Trials(api, store.id, inside)


class TestOverrides:
    async def test_let_a_customer_try_once_more(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product(**NEW_ONLY)
        await shop.tried(alex, knight["id"])
        await shop.later("P30D")
        made = await shop.excepted(alex, knight["id"], note="Was ill.")

        order = await shop.tried(alex, knight["id"])

        (used,) = (await shop.api.get(shop.overrides(alex))).json()
        assert (made["product_name"], made["note"], made["created_by"]["type"]) == ("Knight", "Was ill.", "api_key")
        assert (used["id"], used["used_on_trial_id"]) == (made["id"], order["lines"][0]["trial_id"])
        assert used["used_at"] is not None
        await shop.later("P30D")
        assert await shop.refused(alex, knight["id"]) == REFUSED

    async def test_lift_no_second_trial_at_a_time(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product()
        await shop.tried(alex, knight["id"])

        await shop.excepted(alex, knight["id"])

        assert await shop.refused(alex, knight["id"]) == REFUSED

    async def test_are_one_at_a_time_for_a_customer_and_a_product(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product()
        body = {"product_id": knight["id"], "expires_at": "2100-01-01T00:00:00Z"}

        answers = await asyncio.gather(*(shop.api.post(shop.overrides(alex), json=body) for _ in range(3)))

        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        assert len((await shop.api.get(shop.overrides(alex))).json()) == 1

    async def test_make_room_when_they_are_over_or_deleted(self, shop: Trials) -> None:
        alex, knight = await shop.customer(), await shop.product()
        over = await shop.excepted(alex, knight["id"], expires_at=(clock.real_now() + timedelta(days=1)).isoformat())
        await shop.later("P2D")
        first = await shop.excepted(alex, knight["id"])
        gone = await shop.api.delete(f"{shop.overrides(alex)}/{first['id']}")
        again = await shop.api.delete(f"{shop.overrides(alex)}/{first['id']}")

        second = await shop.excepted(alex, knight["id"])

        listed = (await shop.api.get(shop.overrides(alex))).json()
        assert (gone.status_code, again.status_code) == (204, 404)
        assert [one["id"] for one in listed] == [second["id"], first["id"], over["id"]]
        assert [one["deleted_at"] is None for one in listed] == [True, False, False]

    @pytest.mark.parametrize(
        ("changes", "path"),
        [({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"), ({"product_id": "7"}, "product_id"),
         ({"note": "x" * 1001}, "note")],
    )  # fmt: skip
    async def test_name_what_does_not_pass(self, shop: Trials, changes: dict[str, Any], path: str) -> None:
        alex, knight = await shop.customer(), await shop.product()
        body = {"product_id": knight["id"], "expires_at": "2100-01-01T00:00:00Z"} | changes

        answer = await shop.api.post(shop.overrides(alex), json=body)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])
        assert (await shop.api.get(shop.overrides(alex))).json() == []

    async def test_are_of_customers_of_the_store(
        self, shop: Trials, client: ClientFactory, other: SeededStore, inside: Inside
    ) -> None:
        theirs = Trials(client(f"APIKey {other.api_key}"), other.id, inside)
        stranger, alex, knight = await theirs.customer(), await shop.customer(), await shop.product()
        mine = await shop.excepted(alex, knight["id"])
        body = {"product_id": knight["id"], "expires_at": "2100-01-01T00:00:00Z"}

        answers = [
            await shop.api.post(shop.overrides(stranger), json=body),
            await shop.api.get(shop.overrides(stranger)),
            await shop.api.delete(f"{shop.overrides(await shop.customer('Steve'))}/{mine['id']}"),
        ]

        assert [answer.status_code for answer in answers] == [404, 404, 404]
