"""Products that renew, that can be tried, and that are steps of a ladder."""

from typing import Any

import pytest

from sutler.catalog.products.service import versions
from sutler.catalog.tier_groups.models import TierGroup
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import changed, made_product, new_product

TRIAL = {
    "enabled": True, "period_value": 2, "period_scale": "week", "revoke_immediately_when_canceled": True,
    "new_customers_only": True, "new_customer_order_lookback_value": 3, "new_customer_order_lookback_scale": "year",
    "allow_repeat_trials": True, "repeat_trial_cooldown_value": 90, "repeat_trial_cooldown_scale": "day",
}  # fmt: skip
RENEWS = {
    "allow_one_time_purchase": False, "allow_subscription": True,
    "subscription_interval_value": 3, "subscription_interval_scale": "month",
}  # fmt: skip


@pytest.fixture
def visitor(client: ClientFactory, store: SeededStore) -> ContractClient:
    """Somebody who looks at the store's shelves."""
    return client(**{"x-paynow-store-id": store.id})


async def tier_group(inside: Inside, store: SeededStore) -> str:
    """A ladder of this store."""
    async with inside(store.id) as context:
        return (await context.add(TierGroup(name="Ranks"))).id


class TestCreateProduct:
    async def test_keeps_and_shows_how_it_is_bought(
        self, api: ContractClient, visitor: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        group = await tier_group(inside, store)

        made = await made_product(api, store.id, trial=TRIAL, tier_group_id=group, **RENEWS)

        (seen,) = (await visitor.get("/v1/store/products")).json()
        async with inside(store.id) as context:
            version = (await versions(context, [made["version_id"]]))[made["version_id"]]
        assert made == made | RENEWS | {"trial": TRIAL, "tier_group_id": group}
        assert seen == seen | RENEWS | {"tier_group_id": group}
        assert seen["trial"] == {"enabled": True, "eligible": False, "period_value": 2, "period_scale": "week"}
        assert (version.allow_one_time_purchase, version.subscription_interval_value) == (False, 3)
        assert (version.trial.period_value, version.trial.repeat_trial_cooldown_value) == (2, 90)

    @pytest.mark.parametrize(
        ("changes", "path"),
        [({"allow_one_time_purchase": False}, "allow_one_time_purchase"),
         ({"allow_subscription": True, "price": 0}, "allow_subscription"),
         ({"subscription_interval_scale": "invalid"}, "subscription_interval_scale"),
         ({"subscription_interval_value": 0}, "subscription_interval_value"),
         ({"subscription_interval_value": 37}, "subscription_interval_value"),
         ({"subscription_interval_value": 4, "subscription_interval_scale": "year"}, "subscription_interval_value"),
         ({"trial": {"enabled": True}}, "trial.enabled"),
         ({**RENEWS, "trial": TRIAL | {"period_scale": "invalid"}}, "trial.period_scale"),
         ({**RENEWS, "trial": TRIAL | {"period_value": 157}}, "trial.period_value"),
         ({**RENEWS, "trial": TRIAL | {"new_customer_order_lookback_value": 101}},
          "trial.new_customer_order_lookback_value"),
         ({**RENEWS, "trial": TRIAL | {"repeat_trial_cooldown_value": -1}}, "trial.repeat_trial_cooldown_value"),
         ({"tier_group_id": "7"}, "tier_group_id")],
    )  # fmt: skip
    async def test_names_what_does_not_pass(
        self, api: ContractClient, store: SeededStore, changes: dict[str, Any], path: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/products", json=new_product(**changes))

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])

    async def test_knows_no_tier_group_of_another_store(
        self, api: ContractClient, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        theirs = await tier_group(inside, other)

        answer = await api.post(f"/v1/stores/{store.id}/products", json=new_product(tier_group_id=theirs))

        assert [error["code"] for error in answer.json()["errors"]] == ["InvalidTierGroup"]

    async def test_asks_no_sense_of_a_trial_that_is_switched_off(self, api: ContractClient, store: SeededStore) -> None:
        off = {"enabled": False, "period_value": 0, "period_scale": "invalid"}

        made = await made_product(api, store.id, trial=off)

        assert made["trial"] == (await made_product(api, store.id))["trial"]


class TestUpdateProduct:
    async def test_lets_stay_what_is_left_out(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        group = await tier_group(inside, store)
        made = await made_product(api, store.id, trial=TRIAL, tier_group_id=group, **RENEWS)

        priced = await changed(api, made, label="New", trial={"period_value": 5})
        longer = await changed(api, made, subscription_interval_value=6)

        assert priced["trial"] == TRIAL | {"period_value": 5}
        assert longer == longer | RENEWS | {"subscription_interval_value": 6, "tier_group_id": group}
        assert len({made["version_id"], priced["version_id"], longer["version_id"]}) == 3

    async def test_takes_null_for_what_is_usual(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        group = await tier_group(inside, store)
        made = await made_product(api, store.id, trial=TRIAL, tier_group_id=group, **RENEWS)

        shorter = await changed(api, made, trial={"period_value": None}, tier_group_id=None)
        plain = await changed(api, made, trial=None, **dict.fromkeys(RENEWS))

        assert shorter["trial"] == TRIAL | {"period_value": 7}
        assert "tier_group_id" not in shorter
        usual = await made_product(api, store.id)
        assert {name: plain[name] for name in (*RENEWS, "trial")} == {name: usual[name] for name in (*RENEWS, "trial")}

    async def test_makes_no_version_of_a_step(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_product(api, store.id)

        after = await changed(api, made, tier_group_id=await tier_group(inside, store))

        assert after["version_id"] == made["version_id"]
