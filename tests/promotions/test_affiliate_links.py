"""Affiliate links over the management API, whom they bring, and what they earn."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.money import percent_floor
from sutler.promotions.affiliate_links.models import AffiliateLink, CommissionStep
from sutler.promotions.affiliate_links.queries import find_affiliate
from sutler.promotions.commissions.service import commission
from sutler.promotions.referrals.service import follow, referred_by
from tests.conftest import ClientFactory, Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.promotions import made_link
from tests.make.stores import counted

ALL_SAID = {
    "wallet_id": "Eve's wallet", "enabled": True, "code": "Eve-1", "referer_type": "first_referer",
    "tracking_length_days": 14, "apply_for_subscriptions": True, "discount_type": "fixed", "discount_amount": 250,
    "commission_type": "percentage", "commission_amount": 125,
    "commission_amount_steps": [
        {"billing_cycle_sequence": 1, "commission_amount": 200}, {"billing_cycle_sequence": 3, "commission_amount": 50},
    ],
    "last_commission_amount_step_repeats": True,
}  # fmt: skip


def step(cycle: int, amount: int = 10) -> dict[str, int]:
    """What a billing cycle earns."""
    return {"billing_cycle_sequence": cycle, "commission_amount": amount}


class TestCreate:
    async def test_keeps_all_that_is_said(self, api: ContractClient, store: SeededStore) -> None:
        link = await made_link(api, store.id, **ALL_SAID)

        assert link.items() >= ALL_SAID.items()
        assert (await api.get(f"/v1/stores/{store.id}/affiliate-links/{link['id']}")).json() == link

    async def test_gives_what_is_left_out_its_usual_value(self, api: ContractClient, store: SeededStore) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/affiliate-links", json={})

        link = answer.json()
        assert (link["wallet_id"], link["enabled"], link["referer_type"]) == (link["code"], True, "last_referer")
        assert (link["tracking_length_days"], link["commission_type"], link["discount_type"]) == (30, "none", "none")

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({"code": "a b"}, "code"), ({"wallet_id": " "}, "wallet_id"), ({"wallet_id": "a/b"}, "wallet_id"),
            ({"wallet_id": ".."}, "wallet_id"), ({"wallet_id": "a" * 101}, "wallet_id"),
            ({"referer_type": "invalid"}, "referer_type"), ({"tracking_length_days": -1}, "tracking_length_days"),
            ({"discount_amount": 1}, "discount_amount"), ({"commission_amount": 1001}, "commission_amount"),
            ({"discount_type": "fixed", "discount_amount": -1}, "discount_amount"),
            ({"commission_amount_steps": [step(0)]}, "commission_amount_steps[0].billing_cycle_sequence"),
            ({"commission_amount_steps": [step(2), step(2)]}, "commission_amount_steps[1].billing_cycle_sequence"),
            ({"commission_amount_steps": [step(1), step(2, 1001)]}, "commission_amount_steps[1].commission_amount"),
        ],
    )  # fmt: skip
    async def test_refuses_what_cannot_be(
        self, api: ContractClient, store: SeededStore, body: dict[str, Any], path: str
    ) -> None:
        valid = {"commission_type": "percentage", "commission_amount": 100}

        answer = await api.post(f"/v1/stores/{store.id}/affiliate-links", json=valid | body)

        assert (answer.status_code, [error["path"] for error in answer.json()["errors"]]) == (400, [path])

    async def test_lets_a_code_be_used_once_in_a_store_in_whatever_case(
        self, api: ContractClient, store: SeededStore
    ) -> None:
        link = await made_link(api, store.id)

        taken = await api.post(f"/v1/stores/{store.id}/affiliate-links", json={"code": "eve"})
        await api.delete(f"/v1/stores/{store.id}/affiliate-links/{link['id']}")

        assert (taken.status_code, taken.json()["code"]) == (409, "AffiliateCodeTaken")
        assert (await made_link(api, store.id, code="eve"))["code"] == "eve"


class TestUpdate:
    async def test_keeps_what_is_left_out(self, api: ContractClient, store: SeededStore) -> None:
        link = await made_link(api, store.id, **ALL_SAID)
        at = f"/v1/stores/{store.id}/affiliate-links/{link['id']}"

        changed = (await api.patch(at, json={"enabled": False, "wallet_id": "other"})).json()
        without = (await api.patch(at, json={"commission_type": "none", "discount_type": "none"})).json()

        varying = {"enabled", "wallet_id", "updated_at", "updated_by"}
        assert {name: changed[name] for name in link.keys() - varying} == {n: link[n] for n in link.keys() - varying}
        assert (changed["enabled"], changed["wallet_id"]) == (False, "other")
        assert (without["commission_amount"], without["commission_amount_steps"], without["discount_amount"]) == (0, [], 0)

    async def test_refuses_what_cannot_be_and_changes_nothing(self, api: ContractClient, store: SeededStore) -> None:
        link = await made_link(api, store.id)
        at = f"/v1/stores/{store.id}/affiliate-links/{link['id']}"

        answer = await api.patch(at, json={"enabled": False, "commission_amount": -1})

        assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "commission_amount")
        assert (await api.get(at)).json() == link


class TestListAndDelete:
    async def test_shows_the_newest_first_without_those_that_are_deleted(
        self, api: ContractClient, client: ClientFactory, store: SeededStore, other: SeededStore
    ) -> None:
        first, second, third = [await made_link(api, store.id, code=code) for code in "abc"]
        await made_link(client(f"APIKey {other.api_key}"), other.id)

        at = f"/v1/stores/{store.id}/affiliate-links/{second['id']}"
        answers = [await api.delete(at), await api.delete(at), await api.get(at), await api.patch(at, json={})]

        assert [answer.status_code for answer in answers] == [204, 404, 404, 404]
        assert (await api.get(f"/v1/stores/{store.id}/affiliate-links")).json() == [third, first]


class TestFollow:
    async def test_lets_the_last_link_or_the_first_win_as_the_link_says(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        await made_link(api, store.id, code="LAST", referer_type="last_referer", tracking_length_days=10)
        await made_link(api, store.id, code="FIRST", referer_type="first_referer", tracking_length_days=10)
        begin, day = clock.now(), timedelta(days=1)
        visits = [("NONE", 0), ("first", 0), ("LAST", 1), (" FIRST ", 2), ("NONE", 3), ("FIRST", 12)]

        async with inside(store.id) as context:
            found = [await follow(context, "1", code, begin + days * day) for code, days in visits]
            after = [await referred_by(context, "1", begin + days * day) for days in (12, 22, 23)]
            nobody = await referred_by(context, "2", begin)

        assert [link and link.code for link in found] == [None, "FIRST", "LAST", "LAST", "LAST", "FIRST"]
        assert [link and link.code for link in after] == ["FIRST", "FIRST", None]
        assert nobody is None

    async def test_earns_nothing_while_the_link_is_off_or_gone(
        self, api: ContractClient, inside: Inside, store: SeededStore, other: SeededStore, database: Database
    ) -> None:
        link = await made_link(api, store.id)
        at = f"/v1/stores/{store.id}/affiliate-links/{link['id']}"
        async with inside(store.id) as context:
            await follow(context, "1", "EVE")

        async def known() -> tuple[bool, bool]:
            async with inside(store.id) as context:
                with counted(database) as statements:
                    followed = await referred_by(context, "1", clock.now())
                    found = await find_affiliate(context, " eve ")
            assert len(statements) == 2
            return followed is not None, found is not None

        on = await known()
        await api.patch(at, json={"enabled": False})
        off = await known()
        await api.patch(at, json={"enabled": True})
        await api.delete(at)

        assert [on, off, await known()] == [(True, True), (False, False), (False, False)]
        async with inside(other.id) as elsewhere:
            assert await find_affiliate(elsewhere, "EVE") is None


STEPS = st.dictionaries(st.integers(1, 12), st.integers(0, 1000), max_size=5).map(
    lambda steps: [CommissionStep(cycle, amount) for cycle, amount in sorted(steps.items())]
)
LINKS = st.builds(
    AffiliateLink, id=st.just("1"), wallet_id=st.just("eve"), enabled=st.just(True), code=st.just("EVE"),
    referer_type=st.just("last_referer"), tracking_length_days=st.just(30), apply_for_subscriptions=st.booleans(),
    discount_type=st.just("none"), discount_amount=st.just(0),
    commission_type=st.sampled_from(["none", "fixed", "percentage"]), commission_amount=st.integers(0, 1000),
    commission_amount_steps=STEPS, last_commission_amount_step_repeats=st.booleans(), deleted_at=st.none(),
    created_at=st.none(), created_by=st.none(), updated_at=st.none(), updated_by=st.none(), store_id=st.just("1"),
)  # fmt: skip


class TestCommission:
    @given(link=LINKS, paid=st.integers(-1000, 10**9), cycle=st.integers(1, 20))
    def test_is_never_less_than_nothing_nor_more_than_was_paid_and_goes_by_its_step(
        self, link: AffiliateLink, paid: int, cycle: int
    ) -> None:
        earned, steps = commission(link, paid, cycle), link.commission_amount_steps
        named = {step.billing_cycle_sequence: step.commission_amount for step in steps}

        assert 0 <= earned <= max(paid, 0)
        if link.commission_type == "none" or (cycle > 1 and not link.apply_for_subscriptions):
            assert earned == 0
        elif cycle in named or not steps:
            rate = named.get(cycle, link.commission_amount)
            full = rate if link.commission_type == "fixed" else percent_floor(max(paid, 0), rate)
            assert earned == min(full, max(paid, 0))
        elif cycle > max(named) and link.last_commission_amount_step_repeats:
            assert earned == commission(link, paid, max(named)) or max(named) == 1
        elif cycle > 1:
            assert earned == 0

    @pytest.mark.parametrize(("cycle", "earned"), [(1, 124), (2, 0), (3, 249), (4, 0), (5, 49), (6, 49), (60, 49)])
    def test_repeats_the_last_step_and_leaves_gaps_unpaid(self, cycle: int, earned: int) -> None:
        link = AffiliateLink(
            id="1", wallet_id="eve", enabled=True, code="EVE", referer_type="last_referer", tracking_length_days=30,
            apply_for_subscriptions=True, discount_type="none", discount_amount=0, commission_type="percentage",
            commission_amount=125, commission_amount_steps=[CommissionStep(3, 250), CommissionStep(5, 50)],
            last_commission_amount_step_repeats=True,
        )  # fmt: skip

        assert commission(link, 999, cycle) == earned
