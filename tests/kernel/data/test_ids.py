"""Ids: unique, growing, and told apart by everyone who reads them."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.kernel.errors import ServiceUnavailable
from sutler.kernel.ids import EPOCH_MS, FlakeClock, created_at, from_pretty_id, pretty_id

NOON = 1_790_000_000_000  # any Unix millisecond
FAR = NOON + 10**9


def at(monkeypatch: pytest.MonkeyPatch, times: Iterator[int]) -> None:
    """Let the wall clock show these milliseconds, one after the other."""
    monkeypatch.setattr(time, "time_ns", lambda: next(times) * 1_000_000)


def granted(node: int = 3, above_ms: int = 0, until_ms: int = FAR) -> FlakeClock:
    """A clock that may make ids."""
    clock = FlakeClock()
    clock.grant(node, above_ms=above_ms, until_ms=until_ms)
    return clock


class TestNext:
    def test_makes_growing_ids_of_its_node(self) -> None:
        clock = granted(until_ms=time.time_ns() // 1_000_000 + 60_000)

        ids = [int(clock.next()) for _ in range(20_000)]

        assert ids == sorted(set(ids))
        assert {id >> 12 & 0x3FF for id in ids} == {3}

    def test_tells_the_time_to_the_millisecond(self, monkeypatch: pytest.MonkeyPatch) -> None:
        at(monkeypatch, iter([NOON]))

        assert created_at(granted().next()) == datetime.fromtimestamp(NOON / 1000, UTC)

    @given(st.lists(st.integers(NOON - 10**7, NOON + 10**7), min_size=1, max_size=50), st.integers(0, 1023))
    def test_never_goes_back_when_the_wall_clock_does(self, times: list[int], node: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            at(patch, iter(times))
            clock = granted(node)

            ids = [int(clock.next()) for _ in times]

        assert ids == sorted(set(ids))
        assert {id >> 12 & 0x3FF for id in ids} == {node}
        assert created_at(str(ids[-1])) >= datetime.fromtimestamp(max(times) / 1000, UTC)

    @given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5_000, 60_000)), min_size=1, max_size=40))
    def test_never_repeats_across_successors_on_a_node(self, steps: list[tuple[int, int]]) -> None:
        """Whoever follows on a node starts above what was reserved, with whatever time its own clock shows."""
        ids, wall, reserved = [], NOON, 0
        with pytest.MonkeyPatch.context() as patch:
            for count, step in steps:
                wall += step
                at(patch, iter([wall] * (count + 1)))
                clock = granted(above_ms=reserved, until_ms=max(wall, reserved) + 30_000)
                reserved = max(wall, reserved) + 30_000
                ids += [int(clock.next()) for _ in range(count)]

        assert ids == sorted(set(ids))

    def test_stays_inside_the_grant_when_the_wall_clock_leaps_ahead(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = granted(until_ms=NOON + 30_000)
        at(monkeypatch, iter([NOON, *[NOON + 3_600_000] * 5_000]))

        ids = [clock.next() for _ in range(5_001)]

        assert len(set(ids)) == 5_001
        assert created_at(ids[-1]) <= datetime.fromtimestamp((NOON + 30_000) / 1000, UTC)

    def test_gives_each_thread_ids_of_its_own(self) -> None:
        clock = granted(until_ms=time.time_ns() // 1_000_000 + 60_000)
        made: list[list[str]] = [[] for _ in range(4)]
        threads = [threading.Thread(target=lambda own=own: own.extend(clock.next() for _ in range(5_000))) for own in made]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len({id for own in made for id in own}) == 20_000

    def test_refuses_without_a_node_number(self) -> None:
        with pytest.raises(RuntimeError, match="holds no node number"):
            FlakeClock().next()

    def test_refuses_once_the_grant_is_revoked_and_goes_on_after_the_next(self) -> None:
        clock = granted()
        first = clock.next()
        clock.revoke()
        with pytest.raises(RuntimeError, match="holds no node number"):
            clock.next()

        clock.grant(4, above_ms=0, until_ms=FAR)

        assert int(clock.next()) > int(first)

    def test_asks_for_patience_while_the_grant_has_lapsed(self) -> None:
        clock = granted()
        clock.lapse()
        with pytest.raises(ServiceUnavailable, match="nothing was changed"):
            clock.next()

        clock.grant(4, above_ms=0, until_ms=FAR)

        assert clock.next()

    def test_refuses_ids_that_do_not_fit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        last = EPOCH_MS + 2**41
        at(monkeypatch, iter([last + 5_000] * 9_000))
        clock = granted(above_ms=last - 2, until_ms=last + 10_000)

        ids = [int(clock.next()) for _ in range(4096)]

        assert max(ids) < 2**63
        with pytest.raises(RuntimeError, match="holds no node number"):
            clock.next()


class TestGrant:
    @pytest.mark.parametrize("node", [-1, 1024])
    def test_refuses_a_node_that_does_not_fit(self, node: int) -> None:
        with pytest.raises(ValueError, match="between 0 and 1023"):
            granted(node)

    def test_starts_above_the_floor(self, monkeypatch: pytest.MonkeyPatch) -> None:
        at(monkeypatch, iter([NOON]))

        first = granted(above_ms=NOON + 5_000).next()

        assert created_at(first) == datetime.fromtimestamp((NOON + 5_001) / 1000, UTC)


class TestPrettyId:
    @pytest.mark.parametrize(
        ("id", "pretty"),
        [("272138292865024000", "pn-22fkz1u9c0sg"), ("241664040164667392", "pn-1u3ir3f1fgu8"), ("0", "pn-0")],
    )
    def test_writes_base_36(self, id: str, pretty: str) -> None:
        assert pretty_id(id) == pretty

    @given(st.integers(0, 2**63 - 1).map(str))
    def test_reads_back_what_it_wrote(self, id: str) -> None:
        assert from_pretty_id(f" {pretty_id(id).upper()} ") == id

    @pytest.mark.parametrize("text", ["", "pn-", "22fkz1u9c0sg", "pn-22fkz1u9c0s!", "pn-zzzzzzzzzzzzz", "pn-00000000000000"])
    def test_reads_nothing_else(self, text: str) -> None:
        assert from_pretty_id(text) is None
