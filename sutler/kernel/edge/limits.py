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


class Allowances:
    """What every caller has left, of whatever is counted. Two processes count apart."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._full_at: dict[tuple[str, str], float] = {}  # when a caller's allowance is full again

    def wait(self, caller: tuple[str, str], rate: Rate) -> float:
        """For how many seconds a caller may do nothing more; zero while something is left."""
        now, each = self._now(), rate.seconds / rate.requests
        left = max(self._full_at.get(caller, now), now) + each - now - rate.seconds
        return left if left > each / 2 else 0  # half a request for what floats lose

    def spend(self, caller: tuple[str, str], rate: Rate) -> None:
        """Take one away from what a caller has left."""
        now = self._now()
        if len(self._full_at) >= MOST_CALLERS:
            self._forget(now)
        self._full_at[caller] = max(self._full_at.get(caller, now), now) + rate.seconds / rate.requests

    def _forget(self, now: float) -> None:
        """Make room: whoever has a full allowance loses nothing by being forgotten."""
        self._full_at = {caller: full_at for caller, full_at in self._full_at.items() if full_at > now}
        if len(self._full_at) >= MOST_CALLERS:
            self._full_at.clear()


class Limits:
    """Counts the requests of each caller. Two processes count apart, so a caller of both has twice the allowance."""

    def __init__(
        self, rates: Mapping[ActorType, Rate] = RATES, *, enabled: bool = True, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._rates, self._enabled, self._allowances = rates, enabled, Allowances(now)

    def count(self, grant: Grant, address: str) -> None:
        """Count one request; TooManyRequests, which tells how long to wait, when the caller's allowance is spent."""
        if not self._enabled:
            return
        kind, caller = grant.actor.type, grant.actor.id or address
        rate = self._rates.get(kind)
        if rate is None:
            return
        wait = self._allowances.wait((kind, caller), rate)
        if wait:
            raise TooManyRequests(retry_after=wait)
        self._allowances.spend((kind, caller), rate)


class Guesses:
    """Counts what somebody tried in vain, such as codes that nobody has, so that nothing can be found by trying.

    Unlike `Limits` it cannot be switched off, and whoever knows what they ask for never notices it.
    """

    def __init__(self, rates: Mapping[str, Rate], now: Callable[[], float] = time.monotonic) -> None:
        """`rates` say how many wrong guesses are allowed to each kind of guesser."""
        self._rates, self._allowances = rates, Allowances(now)

    def refuse(self, guessers: Mapping[str, str]) -> None:
        """TooManyRequests when one of these, such as an address, has guessed wrong too often; even a right guess waits."""
        wait = max(self._allowances.wait((kind, name), self._rates[kind]) for kind, name in guessers.items())
        if wait:
            message = "Too many wrong codes; wait as long as `Retry-After` says."
            raise TooManyRequests(message, retry_after=wait)

    def count(self, guessers: Mapping[str, str]) -> None:
        """One more guess of all of these was wrong."""
        for kind, name in guessers.items():
            self._allowances.spend((kind, name), self._rates[kind])
