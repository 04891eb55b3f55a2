"""Rate limits: how often each caller may ask, counted in this process.

The generic cell rate algorithm (ITU-T I.371): a caller's allowance refills evenly, and a full allowance may be
spent at once. One number a caller is all that is kept.
"""

import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from sutler.kernel.data.records import ActorType
from sutler.kernel.edge.auth import Grant
from sutler.kernel.errors import TooManyRequests

MOST_CALLERS = 50_000  # remembered at a time; those whose allowance is full again are forgotten first


class Rate(NamedTuple):
    """So many requests in so many seconds, all of them at once if need be."""

    requests: int
    seconds: float


RATES: Mapping[ActorType, Rate] = {
    "anonymous": Rate(600, 60),  # per address, and for tokens that nobody knows
    "api_key": Rate(1200, 60),
    "user": Rate(600, 60),
    "customer": Rate(300, 60),
    "game_server": Rate(1200, 60),  # a plugin that polls every two seconds and acknowledges needs a tenth of this
}


class Limits:
    """Counts the requests of each caller. Two processes count apart, so a caller of both has twice the allowance."""

    def __init__(
        self, rates: Mapping[ActorType, Rate] = RATES, *, enabled: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rates, self._enabled, self._now = rates, enabled, now
        self._full_at: dict[tuple[str, str], float] = {}  # when a caller's allowance is full again

    def count(self, grant: Grant, address: str) -> None:
        """Count one request; TooManyRequests, which tells how long to wait, when the caller's allowance is spent."""
        if not self._enabled:
            return
        kind, caller = grant.actor.type, grant.actor.id or address
        rate = self._rates.get(kind)
        if rate is None:
            return
        now, each = self._now(), rate.seconds / rate.requests
        full_at = max(self._full_at.get((kind, caller), now), now) + each
        if full_at - now > rate.seconds + each / 2:  # half a request for what floats lose
            raise TooManyRequests(retry_after=full_at - now - rate.seconds)
        if len(self._full_at) >= MOST_CALLERS:
            self._forget(now)
        self._full_at[kind, caller] = full_at

    def _forget(self, now: float) -> None:
        """Make room: whoever has a full allowance loses nothing by being forgotten."""
        self._full_at = {caller: full_at for caller, full_at in self._full_at.items() if full_at > now}
        if len(self._full_at) >= MOST_CALLERS:
            self._full_at.clear()
