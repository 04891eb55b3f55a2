"""A slow or failing address at the expense of nobody else."""

import asyncio

from sutler.kernel import clock
from sutler.kernel.work.runner import OUTSIDE_AT_ONCE
from sutler.webhooks.lanes import service
from tests.make.webhooks import Receiver, late, receiving, status
from tests.webhooks.conftest import Hooks

SLOW = 1.5  # seconds


class TestSlowAddress:
    async def test_holds_up_no_other(self, hooks: Hooks, receiver: Receiver) -> None:
        async with receiving(late(SLOW, status(200))) as slow:
            await hooks.subscribe(slow.url)
            for _ in range(80):
                await hooks.tell()
            await hooks.subscribe(receiver.url)
            await hooks.tell()

            running, began = asyncio.create_task(hooks.worker.run()), asyncio.get_running_loop().time()
            await asyncio.wait_for(receiver.first.wait(), 10)
            seconds = asyncio.get_running_loop().time() - began
            running.cancel()
            await asyncio.wait([running])

        assert seconds < SLOW
        assert slow.most_at_once == service.AT_ONCE


class TestLanes:
    def test_let_a_failing_address_have_one_request_at_a_time(self) -> None:
        lanes = service.Lanes()
        assert [lanes.enter("1") for _ in range(9)] == [True] * 8 + [False]
        for _ in range(8):
            lanes.leave("1", arrived=False, seconds=0.1)

        assert [lanes.enter("1"), lanes.enter("1")] == [True, False]
        lanes.leave("1", arrived=True, seconds=0.1)
        assert [lanes.enter("1") for _ in range(8)] == [True] * 8

    def test_give_those_that_wait_turns_one_after_the_other(self) -> None:
        lanes, now = service.Lanes(), clock.real_now()
        for _ in range(8):
            lanes.enter("1")
        lanes.leave("1", arrived=True, seconds=1.0)

        turns = [(lanes.turn("1", now) - now).total_seconds() for _ in range(3000)]

        assert turns[:3] == [1, 1.125, 1.25]
        longest = service.LONGEST_PAUSE.total_seconds()
        assert longest / 2 <= min(turns[2500:])
        assert max(turns) <= longest

    def test_let_a_slow_address_have_one_request_at_a_time(self) -> None:
        lanes = service.Lanes()
        lanes.enter("1")
        lanes.leave("1", arrived=True, seconds=service.SLOW)

        assert [lanes.enter("1"), lanes.enter("1")] == [True, False]

    def test_leave_places_for_others_however_many_addresses_are_slow(self) -> None:
        lanes = service.Lanes()
        taken = {str(id): [lanes.enter(str(id)) for _ in range(service.AT_ONCE)].count(True) for id in range(9)}

        assert [taken[str(id)] for id in range(5)] == [service.AT_ONCE] * 5
        assert min(taken.values()) == 1
        assert sum(taken.values()) <= service.PLACES < OUTSIDE_AT_ONCE

    def test_forget_addresses_in_good_order(self) -> None:
        lanes = service.Lanes()
        lanes.enter("1")
        lanes.leave("1", arrived=True, seconds=0.1)

        assert not lanes._lanes
