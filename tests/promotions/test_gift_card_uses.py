"""Paying with gift cards: never below zero, never lost, and the books always say what the balance says."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutler.doctor.examination import Outcome
from sutler.doctor.gift_cards import CHECKS
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.database import Database
from sutler.kernel.errors import NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.promotions.gift_card_uses.models import GiftCardNotUsable, GiftCardTooLow, GiftCardUse, GiftCardUsedTwice
from sutler.promotions.gift_card_uses.service import give_back, release, reserve, spend
from sutler.promotions.gift_cards.models import GiftCard, GiftCardCanceled
from sutler.promotions.gift_cards.schemas import UpdateGiftCardDto
from sutler.promotions.gift_cards.service import cancel, update
from sutler.stores.ledger.service import check
from tests.conftest import Inside, SeededStore
from tests.make.gift_cards import add_gift_card, in_books

BUYERS = 64


async def cards(inside: Inside, store: SeededStore, *values: int) -> list[FlakeId]:
    """The ids of new cards with so much on them."""
    async with inside(store.id) as context:
        return [(await add_gift_card(context, balance)).id for balance in values]


async def left(store: StoreContext, ids: Sequence[FlakeId]) -> list[int]:
    """What is on these cards."""
    return [(await store.get(GiftCard, id)).balance for id in ids]


async def faultless(store: StoreContext) -> None:
    """Raises unless balances, histories, reservations and books agree."""
    assert await check(store) == []
    for rule in CHECKS.values():
        assert await rule(store.connection) == Outcome()


class TestReserve:
    async def test_takes_from_all_cards(self, store: SeededStore, inside: Inside) -> None:
        ids, checkout_id = await cards(inside, store, 500, 300), new_id()

        async with inside(store.id) as context:
            uses = await reserve(context, checkout_id, [(ids[1], 300), (ids[0], 120)])

            assert [(use.card_id, use.amount, use.state) for use in uses] == [
                (ids[1], 300, "reserved"), (ids[0], 120, "reserved"),
            ]  # fmt: skip
            assert await left(context, ids) == [380, 0]
            assert await in_books(context) == {"giftcard": -380, "giftcards_issued": 800, "giftcards_reserved": -420}
            await faultless(context)

    async def test_takes_nothing_where_one_card_has_not_enough(self, store: SeededStore, inside: Inside) -> None:
        ids = await cards(inside, store, 500, 300)

        async with inside(store.id) as context:  # the caller may go on in the same transaction
            with pytest.raises(GiftCardTooLow, match=r"ends in \w{4} has only \$3.00 left") as refused:
                await reserve(context, new_id(), [(ids[0], 500), (ids[1], 301)])

        async with inside(store.id) as context:
            assert [error.path for error in refused.value.errors or ()] == ["giftcards[1]"]
            assert await left(context, ids) == [500, 300]
            assert await context.count(context.rows(GiftCardUse)) == 0
            await faultless(context)

    @pytest.mark.parametrize(
        "changes",
        [
            {"enabled": False}, {"expires_at": clock.real_now()}, {"usable_at": clock.real_now().replace(year=2090)},
        ],
    )  # fmt: skip
    async def test_refuses_a_card_that_cannot_pay_now(
        self, store: SeededStore, inside: Inside, changes: dict[str, object]
    ) -> None:
        ids = await cards(inside, store, 500)
        async with inside(store.id) as context:
            await context.change(await context.get(GiftCard, ids[0]), changes)

            with pytest.raises(GiftCardNotUsable):
                await reserve(context, new_id(), [(ids[0], 1)])

    async def test_refuses_a_canceled_card_and_one_of_another_store(
        self, store: SeededStore, other: SeededStore, inside: Inside
    ) -> None:
        (canceled,), (theirs,) = await cards(inside, store, 500), await cards(inside, other, 500)
        async with inside(store.id) as context:
            await cancel(context, canceled)

            with pytest.raises(GiftCardNotUsable):
                await reserve(context, new_id(), [(canceled, 1)])
            with pytest.raises(NotFound):
                await reserve(context, new_id(), [(theirs, 1)])

    async def test_is_done_once_for_a_checkout(self, store: SeededStore, inside: Inside) -> None:
        ids, checkout_id = await cards(inside, store, 500), new_id()
        async with inside(store.id) as context:
            await reserve(context, checkout_id, [(ids[0], 100)])

        with pytest.raises(GiftCardUsedTwice):
            async with inside(store.id) as context:
                await reserve(context, checkout_id, [(ids[0], 100)])

        async with inside(store.id) as context:
            assert await left(context, ids) == [400]
            await faultless(context)

    @pytest.mark.parametrize("wanted", [[("1", 0)], [("1", -5)], [("1", 5), ("1", 5)]])
    async def test_wants_each_card_once_and_more_than_nothing(
        self, store: SeededStore, inside: Inside, wanted: list[tuple[str, int]]
    ) -> None:
        async with inside(store.id) as context:
            with pytest.raises(ValueError, match="once"):
                await reserve(context, new_id(), wanted)


class TestRelease:
    async def test_gives_back_once(self, store: SeededStore, inside: Inside) -> None:
        ids, checkout_id = await cards(inside, store, 500, 300), new_id()
        async with inside(store.id) as context:
            await reserve(context, checkout_id, [(ids[0], 500), (ids[1], 1)])

            assert [await release(context, checkout_id), await release(context, checkout_id)] == [501, 0]
            assert await left(context, ids) == [500, 300]
            assert await in_books(context) == {"giftcard": -800, "giftcards_issued": 800}
            await reserve(context, checkout_id, [(ids[0], 500)])  # the next attempt to pay
            await faultless(context)

    async def test_forfeits_what_returns_to_a_canceled_card(self, store: SeededStore, inside: Inside) -> None:
        ids, checkout_id = await cards(inside, store, 500), new_id()
        async with inside(store.id) as context:
            await reserve(context, checkout_id, [(ids[0], 200)])
            await cancel(context, ids[0])

            assert await release(context, checkout_id) == 200
            assert await left(context, ids) == [0]
            assert await in_books(context) == {"giftcards_issued": 500, "giftcards_forfeited": -500}
            await faultless(context)


class TestSpend:
    async def test_makes_sales_of_what_was_reserved_once(self, store: SeededStore, inside: Inside) -> None:
        ids, checkout_id, order_id = await cards(inside, store, 500, 300), new_id(), new_id()
        async with inside(store.id) as context:
            await reserve(context, checkout_id, [(ids[0], 500), (ids[1], 100)])

            assert [await spend(context, checkout_id, order_id, tax_amount=50) for _ in range(2)] == [600, 0]
            assert await release(context, checkout_id) == 0
            assert await in_books(context) == {"giftcard": -200, "giftcards_issued": 800, "sales": -550, "tax": -50}
            await faultless(context)


class TestGiveBack:
    async def test_returns_to_the_cards_in_the_reverse_order_and_never_more_than_they_paid(
        self, store: SeededStore, inside: Inside
    ) -> None:
        ids, checkout_id, order_id = await cards(inside, store, 500, 300), new_id(), new_id()
        first, second, third = new_id(), new_id(), new_id()
        async with inside(store.id) as context:
            await reserve(context, checkout_id, [(ids[0], 500), (ids[1], 300)])
            await spend(context, checkout_id, order_id, tax_amount=80)

            assert await give_back(context, order_id, 400, first, tax_amount=40) == 400
            assert await left(context, ids) == [100, 300]
            assert await give_back(context, order_id, 400, first, tax_amount=40) == 400  # the same refund again
            assert await left(context, ids) == [100, 300]
            assert await give_back(context, order_id, 1000, second, tax_amount=40) == 400
            assert await give_back(context, order_id, 1, third) == 0
            assert await left(context, ids) == [500, 300]
            assert await in_books(context) == {"giftcard": -800, "giftcards_issued": 800}
            await faultless(context)

    async def test_forfeits_what_returns_to_a_canceled_card(self, store: SeededStore, inside: Inside) -> None:
        ids, checkout_id, order_id = await cards(inside, store, 500), new_id(), new_id()
        async with inside(store.id) as context:
            await reserve(context, checkout_id, [(ids[0], 500)])
            await spend(context, checkout_id, order_id)
            await cancel(context, ids[0])

            assert await give_back(context, order_id, 500, new_id()) == 500
            assert await left(context, ids) == [0]
            await faultless(context)


class TestRaces:
    async def race(self, store: SeededStore, inside: Inside, rounds: int) -> None:
        """Every round, many checkouts want a tenth of the same card, some of them another card as well."""
        for _ in range(rounds):
            ids = await cards(inside, store, 1000, 10_000)

            async def buy(number: int, ids: list[FlakeId] = ids) -> int:
                wanted = [(ids[0], 100)] if number % 2 else [(ids[1], 50), (ids[0], 100)]
                try:
                    async with inside(store.id) as context:
                        return sum(use.amount for use in await reserve(context, new_id(), wanted) if use.card_id == ids[0])
                except GiftCardTooLow:
                    return 0

            got = await asyncio.gather(*(buy(number) for number in range(BUYERS)))

            async with inside(store.id) as context:
                assert (sum(got), (await left(context, ids))[0]) == (1000, 0)
                await faultless(context)

    async def test_give_nobody_what_is_not_there(self, store: SeededStore, inside: Inside) -> None:
        await self.race(store, inside, rounds=2)

    @pytest.mark.soak
    async def test_give_nobody_what_is_not_there_for_long(self, store: SeededStore, inside: Inside) -> None:
        await self.race(store, inside, rounds=100)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["issue", "reserve", "reserve", "spend", "spend", "release", "give_back", "edit", "cancel"]),
        st.integers(0, 3), st.integers(0, 3), st.integers(1, 400),
    ),
    max_size=25,
)  # fmt: skip


class TestHistories:
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=STEPS)
    async def test_of_any_kind_keep_balances_and_books_the_same(
        self, store: SeededStore, inside: Inside, database: Database, steps: list[tuple[str, int, int, int]]
    ) -> None:
        async with inside(store.id) as context:
            ids = [(await add_gift_card(context, 500)).id for _ in range(2)]
            checkouts = [new_id() for _ in range(4)]
            for step in steps:
                await act(context, ids, checkouts, *step)

            assert min(await left(context, ids)) >= 0
            uses = await context.all(context.rows(GiftCardUse))
            assert all(0 <= use.refunded_amount <= (use.amount if use.state == "spent" else 0) for use in uses)
            await faultless(context)


async def act(
    store: StoreContext, ids: list[FlakeId], checkouts: list[FlakeId], what: str, card: int, place: int, amount: int
) -> None:
    """One step of a history; what is refused changes nothing. An order has the id of its checkout."""
    one, checkout_id = ids[card % len(ids)], checkouts[place]
    used = await store.exists(store.rows(GiftCardUse).where(GiftCardUse.c.checkout_id == checkout_id))
    with suppress(GiftCardTooLow, GiftCardNotUsable, GiftCardCanceled, NotFound):
        if what == "issue":
            ids.append((await add_gift_card(store, amount)).id)
        elif what == "reserve" and not used:
            await reserve(store, checkout_id, [(one, amount)])
        elif what == "spend":
            await spend(store, checkout_id, checkout_id)
        elif what == "release":
            await release(store, checkout_id)
        elif what == "give_back":
            await give_back(store, checkout_id, amount, new_id())
        elif what == "edit":
            await update(store, one, UpdateGiftCardDto(balance=amount))
        elif what == "cancel":
            await cancel(store, one)
