"""A game server that loses answers and acknowledgements, asks twice at once and restarts: nothing is lost or doubled."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sutler.delivery.commands.models import OFFER_LEASE
from sutler.kernel import clock
from sutler.kernel.data.store_clocks import StoreClock
from sutler.kernel.ids import FlakeId
from tests.conftest import Inside
from tests.contract.client import ContractClient
from tests.delivery.conftest import Plugin
from tests.make.delivery import STEAM_ID, Shop, acknowledge, poll

Fate = Literal["fine", "answer lost", "acknowledgement lost", "acknowledged late", "told twice"]
FATES: tuple[Fate, ...] = ("fine", "answer lost", "acknowledgement lost", "acknowledged late", "told twice")

HARMLESS: set[Fate] = {"fine", "told twice"}


class Step(msgspec.Struct, frozen=True):
    """Something is bought, polls go out at once, time goes by, or what was run is acknowledged at last."""

    what: Literal["buy", "poll", "wait", "late"]
    number: int = 1  # of commands or seconds
    polls: tuple[Fate, ...] = ()


BUY = st.builds(Step, what=st.just("buy"), number=st.integers(1, 3))
POLL = st.builds(Step, what=st.just("poll"), polls=st.lists(st.sampled_from(FATES), min_size=1, max_size=3).map(tuple))
WAIT = st.builds(Step, what=st.just("wait"), number=st.sampled_from([1, 5, 10, 29, 30, 31, 60]))
STEPS = st.lists(st.one_of(BUY, POLL, POLL, WAIT, st.just(Step("late"))), max_size=14)


class Server:
    """A game server without any memory for duplicates, and everything that must hold for what it gets."""

    def __init__(self, shop: Shop, plugin: ContractClient, id: FlakeId, now: datetime) -> None:
        self.shop, self.plugin, self.id, self.now = shop, plugin, id, now
        self.queued: list[FlakeId] = []
        self.offered_at: dict[FlakeId, datetime] = {}
        self.offers, self.runs = Counter[FlakeId](), Counter[FlakeId]()
        self.acknowledged: set[FlakeId] = set()
        self.late: list[dict[str, Any]] = []

    async def does(self, step: Step) -> None:
        """One step."""
        if step.what == "wait":
            await self.waits(timedelta(seconds=step.number))
        elif step.what == "buy":
            who = {"steam_id": STEAM_ID, "online_only": len(self.queued) % 2 == 1}
            self.queued += await self.shop.queue(self.id, *["give"] * step.number, **who)
        elif step.what == "poll":
            await self.polls(step.polls)
        else:
            await self.tells(self.late)
            self.late = []

    async def waits(self, time: timedelta) -> None:
        """Time goes by."""
        self.now += time
        await self.shop.is_at(self.now)

    async def polls(self, fates: Sequence[Fate]) -> None:
        """So many polls at once, each with its own fate."""
        answers = await asyncio.gather(*(poll(self.plugin, steam_ids=[STEAM_ID]) for _ in fates))
        ids = [one["attempt_id"] for answer in answers for one in answer]
        assert len(ids) == len(set(ids)), "two polls that overlap got the same command"
        for id in ids:
            assert id not in self.acknowledged, "a command came again after its acknowledgement"
            assert self.now - self.offered_at.get(id, self.now - OFFER_LEASE) >= OFFER_LEASE, (
                "a command came within its lease"
            )
            self.offered_at[id] = self.now
        self.offers.update(ids)
        for answer, fate in zip(answers, fates, strict=True):
            await self.runs_them(answer, fate)

    async def runs_them(self, answer: Sequence[dict[str, Any]], fate: Fate) -> None:
        """Run what came, if it came, and acknowledge it, if that works."""
        if fate == "answer lost":
            return
        self.runs.update(one["attempt_id"] for one in answer)
        if fate == "acknowledged late":
            self.late += answer
        elif fate != "acknowledgement lost":
            await self.tells(answer)
        if fate == "told twice":
            await self.tells(answer)

    async def tells(self, ran: Sequence[dict[str, Any]]) -> None:
        """Acknowledge, and be heard."""
        answer = await acknowledge(self.plugin, ran)
        assert answer.status_code == 204
        self.acknowledged |= {one["attempt_id"] for one in ran}

    async def calms_down(self) -> None:
        """All is well from now on, and every lease runs out."""
        await self.waits(OFFER_LEASE)
        await self.polls(["fine"])
        assert await poll(self.plugin, steam_ids=[STEAM_ID]) == []


async def server_of(shop: Shop, plugin: Plugin, inside: Inside) -> Server:
    """A new game server in a store whose clock stands a minute after the last one was done."""
    async with inside(shop.store_id) as context:
        known = await context.peek(context.rows(StoreClock))
    now = (known.stands_at if known else clock.real_now()) + timedelta(minutes=1)
    await shop.is_at(now)
    made = await shop.server()
    return Server(shop, plugin(made), made["id"], now)


class TestAnySchedule:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=STEPS)
    async def test_runs_every_command_and_twice_only_where_something_was_lost(
        self, shop: Shop, plugin: Plugin, inside: Inside, steps: list[Step]
    ) -> None:
        server = await server_of(shop, plugin, inside)

        for step in steps:
            await server.does(step)
        await server.calms_down()
        kept = [one for one in await shop.attempts() if one.gameserver_id == server.id]

        assert set(server.runs) == set(server.queued) == {one.id for one in kept}
        assert all(one.executed_at is not None for one in kept)
        assert {one.id: one.offers for one in kept} == server.offers
        if not {fate for step in steps for fate in step.polls} - HARMLESS:
            assert set(server.runs.values()) <= {1}
