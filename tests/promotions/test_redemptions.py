"""Redeeming coupons as often as their limits allow and no more, and giving redemptions back."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.errors import ServiceUnavailable
from sutler.kernel.ids import FlakeId, new_id
from sutler.promotions.coupons.models import Coupon
from sutler.promotions.coupons.queries import find_codes
from sutler.promotions.redemptions.models import CouponRedemption, PromoCodeUsedUp, RedeemedTwice
from sutler.promotions.redemptions.queries import Uses, used_up, uses
from sutler.promotions.redemptions.service import Wanted, keep, release, take
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.promotions import made_coupon
from tests.make.stores import counted

TAKERS, USES, CUSTOMERS, THEIRS = 64, 10, 4, 2
rounds = pytest.mark.parametrize("rounds", [2, pytest.param(100, marks=pytest.mark.soak)])
ONE_EACH = {"redeem_limit_customer_enabled": True, "redeem_limit_customer_amount": 1}


async def coupons(inside: Inside, store_id: FlakeId, *codes: str) -> list[Coupon]:
    """The rows behind these codes; nothing is locked."""
    async with inside(store_id) as store:
        return [coupon for coupon in (await find_codes(store, codes)).values() if coupon]


async def tries(
    inside: Inside, store_id: FlakeId, wanted: Sequence[Coupon], customer_id: FlakeId = "1", checkout_id: FlakeId = ""
) -> bool:
    """Whether a customer may redeem all of these coupons, in a transaction of their own; who finds no connection, waits."""
    while True:
        try:
            async with inside(store_id) as store:
                await redeem(store, wanted, customer_id, checkout_id or new_id())
        except PromoCodeUsedUp:
            return False
        except ServiceUnavailable:
            continue
        return True


async def redeem(store: StoreContext, wanted: Sequence[Coupon], customer_id: FlakeId, checkout_id: FlakeId) -> None:
    """Redeem them for a checkout."""
    await take(store, [Wanted(coupon=one, customer_id=customer_id, checkout_id=checkout_id) for one in wanted])


async def counts(inside: Inside, store_id: FlakeId, coupon: Coupon, customer_id: FlakeId = "1") -> Uses:
    """How often it was redeemed."""
    async with inside(store_id) as store:
        return (await uses(store, [coupon.id], customer_id)).get(coupon.id, Uses())


class TestTake:
    @rounds
    async def test_gives_out_no_more_than_the_limit_however_many_come_at_once(
        self, api: ContractClient, inside: Inside, store: SeededStore, rounds: int
    ) -> None:
        for number in range(rounds):
            await made_coupon(api, store.id, code=f"C{number}", max_uses=USES)
            wanted = await coupons(inside, store.id, f"C{number}")

            got = await asyncio.gather(*(tries(inside, store.id, wanted, new_id()) for _ in range(TAKERS)))

            assert sum(got) == USES
            assert (await counts(inside, store.id, wanted[0])).in_store == USES

    @rounds
    async def test_gives_each_customer_no_more_than_theirs(
        self, api: ContractClient, inside: Inside, store: SeededStore, rounds: int
    ) -> None:
        limit: dict[str, Any] = {"redeem_limit_customer_enabled": True, "redeem_limit_customer_amount": THEIRS}
        for number in range(rounds):
            await made_coupon(api, store.id, code=f"C{number}", **limit)
            wanted = await coupons(inside, store.id, f"C{number}")

            got = await asyncio.gather(
                *(tries(inside, store.id, wanted, str(1 + taker % CUSTOMERS)) for taker in range(TAKERS))
            )

            assert [sum(got[customer::CUSTOMERS]) for customer in range(CUSTOMERS)] == [THEIRS] * CUSTOMERS
            assert await counts(inside, store.id, wanted[0]) == Uses(CUSTOMERS * THEIRS, THEIRS)

    async def test_lets_nobody_wait_for_each_other_in_a_circle_and_takes_all_or_none(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        await made_coupon(api, store.id, code="MANY", max_uses=TAKERS)
        await made_coupon(api, store.id, code="FEW", max_uses=USES)
        wanted = await coupons(inside, store.id, "MANY", "FEW")

        got = await asyncio.gather(
            *(tries(inside, store.id, wanted if taker % 2 else wanted[::-1], new_id()) for taker in range(TAKERS))
        )

        assert sum(got) == USES
        assert [(await counts(inside, store.id, coupon)).in_store for coupon in wanted] == [USES, USES]

    async def test_names_the_code_that_is_used_up(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        await made_coupon(api, store.id, code="ONE", **ONE_EACH)
        wanted = await coupons(inside, store.id, "ONE")
        await tries(inside, store.id, wanted)

        async with inside(store.id) as context:
            with pytest.raises(PromoCodeUsedUp, match="The code ONE was redeemed as often as it may be"):
                await redeem(context, wanted, "1", "7")

        assert await tries(inside, store.id, wanted, customer_id="2")

    async def test_goes_by_the_limit_of_this_moment_and_counts_what_was_redeemed_before_there_was_one(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        coupon = await made_coupon(api, store.id, code="A")
        (free,) = await coupons(inside, store.id, "A")
        await tries(inside, store.id, [free])
        at = f"/v1/stores/{store.id}/coupons/{coupon['id']}"
        await api.patch(at, json={"redeem_limit_store_enabled": True, "redeem_limit_store_amount": 5})
        (seen,) = await coupons(inside, store.id, "A")
        await api.patch(at, json={"redeem_limit_store_amount": 1})

        assert not await tries(inside, store.id, [seen])

    async def test_is_done_once_for_a_checkout(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        await made_coupon(api, store.id, code="A")
        wanted = await coupons(inside, store.id, "A")

        with pytest.raises(RedeemedTwice):
            async with inside(store.id) as context:
                await redeem(context, wanted, "1", "7")
                await redeem(context, wanted, "1", "7")

        assert await counts(inside, store.id, wanted[0]) == Uses()


class TestRelease:
    async def test_gives_back_what_was_not_kept(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        await made_coupon(api, store.id, code="A", max_uses=2)
        wanted = await coupons(inside, store.id, "A")
        for checkout_id in ("7", "8"):
            await tries(inside, store.id, wanted, checkout_id=checkout_id)

        async with inside(store.id) as context:
            await keep(context, "7")
            for checkout_id in ("7", "8", "8", "9"):
                await release(context, checkout_id)
            await keep(context, "8")

        assert await counts(inside, store.id, wanted[0]) == Uses(1, 1)
        assert await tries(inside, store.id, wanted, checkout_id="8")
        assert not await tries(inside, store.id, wanted, checkout_id="9")
        async with inside(store.id) as context:
            rows = await context.all(context.rows(CouponRedemption))
        assert [(bool(row.released_at), bool(row.kept_at)) for row in rows] == [(False, True), (True, False), (False, False)]


class TestUsedUp:
    async def test_tells_it_for_all_coupons_with_one_statement(
        self, api: ContractClient, inside: Inside, store: SeededStore, other: SeededStore, database: Database
    ) -> None:
        bodies: dict[str, dict[str, Any]] = {"STORE": {"max_uses": 1}, "EACH": ONE_EACH, "FREE": {}, "UNUSED": ONE_EACH}
        made = [await made_coupon(api, store.id, code=code, **body) for code, body in bodies.items()]
        wanted = await coupons(inside, store.id, *bodies)
        await tries(inside, store.id, wanted[:3])

        async with inside(store.id) as context:
            with counted(database) as statements:
                theirs = await used_up(context, wanted, "1")
            nobodys = await used_up(context, wanted, None)
            assert await used_up(context, wanted[2:3], "1") == set()
        async with inside(other.id) as elsewhere:
            assert await used_up(elsewhere, wanted, "1") == set()

        assert (theirs, nobodys) == ({made[0]["id"], made[1]["id"]}, {made[0]["id"]})
        assert len(statements) == 1
