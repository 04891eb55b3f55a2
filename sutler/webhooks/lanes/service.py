"""Lanes: what keeps a slow or failing address from holding up deliveries to others, and other work of a worker."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sutler.kernel.ids import FlakeId

PLACES: Final = 48  # requests in flight in all, of the 64 calls that a worker makes at once
AT_ONCE: Final = 8  # to one address
AT_ONCE_IF_SLOW: Final = 1  # an address that fails is asked, not besieged; a slow one keeps places from the others
SLOW: Final = 2.0  # seconds for one answer
SHORTEST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(minutes=5)


@dataclass
class Lane:
    """The traffic to one address."""

    in_flight: int = 0
    failing: bool = False
    seconds: float = 0.5  # how long the last attempt took
    promised: datetime | None = None  # the last turn that was given away

    @property
    def is_quick(self) -> bool:
        """Whether the last answer was a good one and came soon."""
        return not self.failing and self.seconds < SLOW

    @property
    def capacity(self) -> int:
        """How many requests it may have in flight."""
        return AT_ONCE if self.is_quick else AT_ONCE_IF_SLOW

    def next_turn(self, now: datetime) -> datetime:
        """A turn behind those already given away, at the pace at which the address answers."""
        pace = timedelta(seconds=self.seconds / self.capacity)
        turn = max(now + SHORTEST_PAUSE, (self.promised or now) + pace)
        if turn > now + LONGEST_PAUSE:  # so many wait that an exact order is not worth a longer wait
            return now + LONGEST_PAUSE * random.uniform(0.5, 1)  # noqa: S311 - spreads load, guards nothing
        self.promised = turn
        return turn


@dataclass
class Lanes:
    """All lanes of a worker: what finds its lane full comes back later."""

    _lanes: defaultdict[FlakeId, Lane] = field(default_factory=lambda: defaultdict(Lane))
    _in_flight: int = 0

    def enter(self, endpoint_id: FlakeId) -> bool:
        """Take a place, if one is free; a lane may not have more of them than it leaves to all others."""
        lane = self._lanes[endpoint_id]
        if lane.in_flight >= min(lane.capacity, PLACES - self._in_flight):
            return False
        lane.in_flight, self._in_flight = lane.in_flight + 1, self._in_flight + 1
        return True

    def leave(self, endpoint_id: FlakeId, *, arrived: bool, seconds: float) -> None:
        """Give the place back. A lane in good order that nobody uses is forgotten."""
        lane = self._lanes[endpoint_id]
        self._in_flight -= 1
        lane.in_flight, lane.failing, lane.seconds = lane.in_flight - 1, not arrived, seconds
        if not lane.in_flight and lane.is_quick:
            del self._lanes[endpoint_id]

    def turn(self, endpoint_id: FlakeId, now: datetime) -> datetime:
        """When to come back."""
        return self._lanes[endpoint_id].next_turn(now)


LANES = Lanes()
