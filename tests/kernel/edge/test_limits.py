"""Rate limits."""

import asyncio

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.kernel.data.database import Database
from sutler.kernel.data.records import Actor, ActorType
from sutler.kernel.edge.auth import ANONYMOUS, Grant
from sutler.kernel.edge.limits import MOST_CALLERS, Limits, Rate, household
from sutler.kernel.errors import TooManyRequests
from tests.kernel.tiny import KEY, READ_ONLY, STORE, tiny_app, tiny_client

TINY = f"/v1/stores/{STORE}/tiny"
THREE: dict[ActorType, Rate] = {"api_key": Rate(3, 60), "anonymous": Rate(2, 60)}
ALICE, BOB = (Grant(Actor("api_key", id), STORE, frozenset()) for id in ("1", "2"))


class Watch:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """The time in seconds."""
        return self.now


def admitted(limits: Limits, grant: Grant, tries: int, address: str = "192.0.2.1") -> int:
    """How many of so many requests at once pass."""
    passed = 0
    for _ in range(tries):
        try:
            limits.count(grant, address)
            passed += 1
        except TooManyRequests:
            pass
    return passed


class TestCount:
    def test_admits_exactly_the_allowance_at_once(self) -> None:
        assert admitted(Limits(THREE, now=Watch()), ALICE, 10) == 3

    def test_refills_evenly(self) -> None:
        watch = Watch()
        limits = Limits(THREE, now=watch)
        admitted(limits, ALICE, 3)

        watch.now += 20
        assert admitted(limits, ALICE, 3) == 1
        watch.now += 60
        assert admitted(limits, ALICE, 10) == 3

    def test_tells_how_long_to_wait(self) -> None:
        limits = Limits(THREE, now=Watch())
        admitted(limits, ALICE, 3)

        with pytest.raises(TooManyRequests) as refused:
            limits.count(ALICE, "")
        assert refused.value.retry_after == pytest.approx(20)

    def test_counts_callers_apart_and_visitors_by_address(self) -> None:
        limits = Limits(THREE, now=Watch())

        assert [admitted(limits, who, 5) for who in (ALICE, BOB)] == [3, 3]
        assert [admitted(limits, ANONYMOUS, 5, ip) for ip in ("192.0.2.1", "192.0.2.2")] == [2, 2]

    def test_can_be_switched_off(self) -> None:
        assert admitted(Limits(THREE, enabled=False), ALICE, 100) == 100

    def test_remembers_a_bounded_number_of_callers(self) -> None:
        watch = Watch()
        limits = Limits(THREE, now=watch)
        for number in range(MOST_CALLERS + 10):
            watch.now += 0.01
            limits.count(ANONYMOUS, str(number))

        assert len(limits._allowances._full_at) <= MOST_CALLERS

    @given(st.lists(st.floats(0, 30), max_size=60))
    def test_never_admits_more_than_the_allowance_twice_over_in_any_window(self, pauses: list[float]) -> None:
        watch = Watch()
        limits, passed = Limits(THREE, now=watch), list[float]()
        for pause in pauses:
            watch.now += pause
            passed += [watch.now] * admitted(limits, ALICE, 1)

        assert all(sum(start <= moment < start + 60 for moment in passed) <= 6 for start in passed)


class TestHousehold:
    @pytest.mark.parametrize(
        ("address", "spends"),
        [
            ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::9", "2001:db8:1:2::/64"), ("2001:db8:1:3::9", "2001:db8:1:3::/64"), ("", ""), ("a:b", "a:b"),
        ],
    )  # fmt: skip
    def test_of_ipv6_has_one_allowance(self, address: str, spends: str) -> None:
        assert household(address) == spends

    def test_cannot_ask_more_often_with_more_addresses(self) -> None:
        limits = Limits(THREE, now=Watch())

        assert sum(admitted(limits, ANONYMOUS, 1, f"2001:db8::{last}") for last in range(1, 9)) == 2


class TestOverHttp:
    async def test_is_429_with_retry_after_and_the_error_object(self, open_database: Database) -> None:
        async with tiny_client(tiny_app(open_database, limits=Limits(THREE))) as caller:
            answers = await asyncio.gather(*(caller.get(TINY) for _ in range(10)))

        refused = [answer for answer in answers if answer.status_code == 429]
        assert len(refused) == 7
        assert refused[0].json()["code"] == "TooManyRequests"
        assert 1 <= int(refused[0].headers["retry-after"]) <= 60

    async def test_another_key_is_not_held_up(self, open_database: Database) -> None:
        app = tiny_app(open_database, limits=Limits(THREE))
        async with tiny_client(app, f"APIKey {KEY}") as busy, tiny_client(app, f"APIKey {READ_ONLY}") as calm:
            for _ in range(5):
                await busy.get(TINY)
            answer = await calm.get(TINY)

        assert answer.status_code == 200

    async def test_guessing_tokens_counts_against_the_address(self, open_database: Database) -> None:
        app = tiny_app(open_database, limits=Limits(THREE))
        statuses = []
        for number in range(4):
            async with tiny_client(app, f"APIKey guess{number}") as thief:
                statuses.append((await thief.get(TINY)).status_code)

        assert statuses == [401, 401, 429, 429]

    async def test_off_means_off(self, open_database: Database) -> None:
        async with tiny_client(tiny_app(open_database, limits=Limits(THREE, enabled=False))) as caller:
            answers: list[httpx2.Response] = [await caller.get(TINY) for _ in range(20)]

        assert {answer.status_code for answer in answers} == {200}
