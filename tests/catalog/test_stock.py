"""Taking units of products, giving them back, and what is left of them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.catalog.products.models import Product, StockLimit
from sutler.catalog.stock.models import OutOfStock, PurchaseLimitReached, StockUsage, TakenTwice
from sutler.catalog.stock.queries import Left, Used, left, remaining, window
from sutler.catalog.stock.service import Wanted, release, take
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import InvalidInput
from sutler.kernel.ids import FlakeId, new_id
from tests.conftest import Inside, SeededStore
from tests.contract.client import ContractClient
from tests.make.catalog import limit, made_product

BUYERS, UNITS = 64, 10


async def product(store: StoreContext, made: dict[str, Any]) -> Product:
    """The row of a product that the API has made; nothing is locked."""
    found = await store.peek(store.rows(Product).where(Product.c.id == made["id"]))
    assert found is not None
    return found


async def bought(
    store: StoreContext, made: dict[str, Any], quantity: int = 1, customer_id: FlakeId = "1", at: datetime | None = None,
    *, trial: bool = False,
) -> FlakeId:  # fmt: skip
    """Take units for a line of a checkout, whose id is the answer."""
    line = Wanted(product=await product(store, made), quantity=quantity, checkout_line_id=new_id(), trial=trial)
    await take(store, [line], customer_id, at)
    return line.checkout_line_id


async def available(
    store: StoreContext, made: dict[str, Any], customer_id: FlakeId | None = "1", at: datetime | None = None
) -> tuple[int | None, int | None]:
    """What is left in the store and for the customer."""
    found = (await left(store, [await product(store, made)], customer_id, at))[made["id"]]
    return found.in_store, found.for_customer


async def tries(inside: Inside, store_id: FlakeId, wanted: Sequence[Wanted], customer_id: FlakeId) -> bool:
    """Whether a customer gets all of these units, in a transaction of their own."""
    try:
        async with inside(store_id) as store:
            await take(store, wanted, customer_id)
    except InvalidInput:
        return False
    return True


class TestTake:
    async def test_sells_no_more_than_there_are_however_many_come_at_once(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id, store_stock_limit=limit(UNITS))
        async with inside(store.id) as context:
            row = await product(context, made)
        lines = [Wanted(product=row, quantity=1, checkout_line_id=new_id()) for _ in range(BUYERS)]

        got = await asyncio.gather(*(tries(inside, store.id, [line], new_id()) for line in lines))

        assert sum(got) == UNITS
        async with inside(store.id) as context:
            taken = {usage.checkout_line_id for usage in await context.all(context.rows(StockUsage))}
            assert await available(context, made) == (0, None)
        assert taken == {line.checkout_line_id for line, is_theirs in zip(lines, got, strict=True) if is_theirs}

    async def test_lets_nobody_wait_for_each_other_in_a_circle(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = [await made_product(api, store.id, store_stock_limit=limit(UNITS)) for _ in range(2)]
        async with inside(store.id) as context:
            rows = [await product(context, one) for one in made]
        carts = [
            [Wanted(product=row, quantity=1, checkout_line_id=new_id()) for row in (rows if number % 2 else rows[::-1])]
            for number in range(16)
        ]

        got = await asyncio.gather(*(tries(inside, store.id, cart, new_id()) for cart in carts))

        assert sum(got) == UNITS

    async def test_lets_a_customer_who_comes_many_times_at_once_have_their_share(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id, customer_stock_limit=limit(3))
        async with inside(store.id) as context:
            row = await product(context, made)

        got = await asyncio.gather(*(
            tries(inside, store.id, [Wanted(product=row, quantity=2, checkout_line_id=new_id())], str(1 + number % 2))
            for number in range(10)
        ))  # fmt: skip

        assert sum(got) == 2
        async with inside(store.id) as context:
            assert [await available(context, made, id) for id in ("1", "2", "3")] == [(None, 1), (None, 1), (None, 3)]

    @pytest.mark.parametrize(
        ("limits", "kind", "words"),
        [({"store_stock_limit": limit(4)}, OutOfStock, "Only 1 of Knight left."),
         ({"customer_stock_limit": limit(4)}, PurchaseLimitReached, "Only 1 of Knight left for this customer for now.")],
    )  # fmt: skip
    async def test_names_the_first_line_that_cannot_be_had(
        self, api: ContractClient, inside: Inside, store: SeededStore, limits: dict[str, Any],
        kind: type[InvalidInput], words: str,
    ) -> None:  # fmt: skip
        made = await made_product(api, store.id, **limits)

        async with inside(store.id) as context:
            row = await product(context, made)
            lines = [Wanted(product=row, quantity=number, checkout_line_id=new_id()) for number in (3, 2, 1)]
            with pytest.raises(kind) as refused:
                await take(context, lines, "1")

        assert [error.path for error in refused.value.errors or ()] == ["lines[1].quantity"]
        assert str(refused.value) == words

    async def test_takes_a_line_once(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_product(api, store.id)

        with pytest.raises(TakenTwice):
            async with inside(store.id) as context:
                line = Wanted(product=await product(context, made), quantity=1, checkout_line_id="7")
                await take(context, [line], "1")
                await take(context, [line], "1")

    async def test_goes_by_the_limit_of_this_moment_not_by_the_one_that_the_buyer_saw(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id, store_stock_limit=limit(5))
        async with inside(store.id) as context:
            seen = await product(context, made)
        await api.patch(f"/v1/stores/{store.id}/products/{made['id']}", json={"store_stock_limit": limit(1)})

        assert not await tries(inside, store.id, [Wanted(product=seen, quantity=2, checkout_line_id=new_id())], "1")


class TestLeft:
    async def test_counts_what_was_sold_before_there_was_a_limit(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id)
        async with inside(store.id) as context:
            await bought(context, made, 3)
        await api.patch(f"/v1/stores/{store.id}/products/{made['id']}", json={"store_stock_limit": limit(2)})

        async with inside(store.id) as context:
            assert await available(context, made) == (0, None)

    async def test_grows_back_as_the_window_moves_on(self, api: ContractClient, inside: Inside, store: SeededStore) -> None:
        made = await made_product(
            api, store.id, store_stock_limit=limit(5, 2, "day"), customer_stock_limit=limit(2, 1, "week")
        )
        begin, day = clock.now(), timedelta(days=1)
        moments = [begin, begin + day, begin + 2 * day, begin + 3 * day, begin + 7 * day, begin + 8 * day]

        async with inside(store.id) as context:
            await bought(context, made, 1, at=begin)
            await bought(context, made, 1, at=begin + day)
            found = [await available(context, made, at=moment) for moment in moments]

        assert found == [(3, 0), (3, 0), (4, 0), (5, 0), (5, 1), (5, 2)]

    async def test_is_as_before_when_units_are_given_back(
        self, api: ContractClient, inside: Inside, store: SeededStore
    ) -> None:
        made = await made_product(api, store.id, store_stock_limit=limit(5), customer_stock_limit=limit(3))

        async with inside(store.id) as context:
            lines = [await bought(context, made), await bought(context, made, 2)]
            before = await available(context, made)
            await release(context, lines[1:])
            await release(context, lines[1:])
            after = await available(context, made)
            row = await product(context, made)
            await take(context, [Wanted(product=row, quantity=2, checkout_line_id=lines[1])], "1")

            assert (before, after, await available(context, made)) == ((2, 0), (4, 2), (2, 0))

    @pytest.mark.parametrize(("but_removed", "rest"), [(True, 3), (False, 1)])
    async def test_counts_removed_units_unless_the_product_says_otherwise(
        self, api: ContractClient, inside: Inside, store: SeededStore, but_removed: bool, rest: int
    ) -> None:
        made = await made_product(
            api, store.id, stock_limit_do_not_include_removed=but_removed, store_stock_limit=limit(4),
            customer_stock_limit=limit(2),
        )  # fmt: skip

        async with inside(store.id) as context:
            line = await bought(context, made, 2)
            await bought(context, made, 1, customer_id="2")
            (usage,) = await context.all(context.rows(StockUsage).where(StockUsage.c.checkout_line_id == line))
            await context.change(usage, {"removed": 2})

            assert await available(context, made, "2") == (rest, 1)
            assert (await available(context, made))[1] == (2 if but_removed else 0)

    @pytest.mark.parametrize("include_trials", [True, False])
    async def test_counts_trials_where_the_limit_includes_them(
        self, api: ContractClient, inside: Inside, store: SeededStore, include_trials: bool
    ) -> None:
        made = await made_product(api, store.id, store_stock_limit=limit(1, include_trials=include_trials))

        async with inside(store.id) as context:
            await bought(context, made, trial=True)
            rest, _ = await available(context, made)

        assert rest == (0 if include_trials else 1)

    async def test_is_apart_in_each_store(
        self, api: ContractClient, inside: Inside, store: SeededStore, other: SeededStore
    ) -> None:
        made = await made_product(api, store.id, store_stock_limit=limit(5))
        async with inside(store.id) as context:
            row = await product(context, made)
            await bought(context, made, 2)

        async with inside(other.id) as context:
            assert await left(context, [row]) == {row.id: Left(5, None)}


LIMITS = st.builds(
    StockLimit, enabled=st.just(True), quantity=st.integers(0, 9), time_value=st.integers(1, 60),
    time_scale=st.sampled_from(["day", "week", "month"]), include_trials=st.booleans(),
)  # fmt: skip
PAIRS = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)  # of so many units, so many are removed


class TestArithmetic:
    @given(limit=LIMITS, bought=PAIRS, tried=PAIRS, but_removed=st.booleans())
    def test_never_lets_less_than_none_or_more_than_the_limit(
        self, limit: StockLimit, bought: list[int], tried: list[int], but_removed: bool
    ) -> None:
        used = Used(bought[1], bought[0], tried[1], tried[0])

        rest = remaining(limit, used, but_removed=but_removed)

        assert rest is not None
        assert 0 <= rest <= limit.quantity
        assert rest == 0 or rest + used.counted(limit, but_removed=but_removed) == limit.quantity
        assert rest >= (remaining(limit, used, but_removed=False) or 0)

    @given(value=st.integers(1, 100))
    def test_knows_how_long_the_scales_are(self, value: int) -> None:
        lengths = [window(StockLimit(time_value=value, time_scale=scale)).days for scale in ("day", "week", "month", "year")]

        assert lengths == [value, 7 * value, 30 * value, 365 * value]

    @given(
        limit=LIMITS,
        sales=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 5)), max_size=30).map(sorted),
    )
    def test_leaves_no_stretch_of_time_with_more_than_the_limit(
        self, limit: StockLimit, sales: list[tuple[int, int]]
    ) -> None:
        length, sold = window(limit).days, list[tuple[int, int]]()

        for day, quantity in sales:
            counted = sum(units for then, units in sold if then > day - length)
            rest = remaining(limit, Used(counted), but_removed=False) or 0
            sold += [(day, quantity)] if quantity <= rest else []

        for begin, _ in sold:
            assert sum(units for then, units in sold if begin <= then < begin + length) <= limit.quantity
