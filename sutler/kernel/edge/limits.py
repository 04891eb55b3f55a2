"""Rate limits: how often each caller may ask, counted in this process.

The generic cell rate algorithm (ITU-T I.371): a caller's allowance refills evenly, and a full allowance may be
spent at once. One number a caller is all that is kept.
"""

import ipaddress
import time
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from sutler.kernel.data.records import ActorType
from sutler.kernel.edge.auth import Grant
from sutler.kernel.edge.requests import Answer, Endpoint, Request
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

Visit = Literal["page", "form", "file", "upload", "document", "notification", "asking", "asking_store"]
VISITS: Mapping[Visit, Rate] = {
    "page": Rate(600, 60),
    "form": Rate(120, 60),  # one of them begins a payment, for which a gateway is asked
    "file": Rate(1200, 60),  # a page of a shop may show a hundred images
    "upload": Rate(120, 60),
    "document": Rate(120, 60),  # a new one takes a tenth of a second to typeset
    "notification": Rate(1200, 60),  # of all stores of an installation; what is refused is sent again
    "asking": Rate(200, 60),  # per address and store: notifications about which their gateway is asked
    "asking_store": Rate(600, 60),  # the same, of all addresses: more than one may send
}
"""What is asked without credentials, so that only an address can be counted."""


def household(address: str) -> str:
    """Whose allowance an address spends. Who has an IPv6 address has at least the 2^64 beside it (RFC 6177)."""
    if ":" not in address:
        return address
    try:
        found = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or ipaddress.IPv6Network((int(found) >> 64 << 64, 64)))


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
        self,
        rates: Mapping[ActorType, Rate] = RATES,
        visits: Mapping[Visit, Rate] = VISITS,
        *,
        enabled: bool = True,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rates, self._visits, self._enabled, self._allowances = rates, visits, enabled, Allowances(now)

    def count(self, grant: Grant, address: str) -> None:
        """Count one request; TooManyRequests, which tells how long to wait, when the caller's allowance is spent."""
        if not self._enabled:
            return
        kind, caller = grant.actor.type, grant.actor.id or household(address)
        rate = self._rates.get(kind)
        if rate is None:
            return
        wait = self._allowances.wait((kind, caller), rate)
        if wait:
            raise TooManyRequests(retry_after=wait)
        self._allowances.spend((kind, caller), rate)

    def visit(self, visits: Mapping[Visit, str]) -> None:
        """Count one visit without credentials against each of these callers, unless one of them has nothing left."""
        if not self._enabled:
            return
        callers = {(kind, caller): self._visits[kind] for kind, caller in visits.items()}
        wait = max(self._allowances.wait(caller, rate) for caller, rate in callers.items())
        if wait:
            raise TooManyRequests(retry_after=wait)
        for caller, rate in callers.items():
            self._allowances.spend(caller, rate)


class Counted:
    """An endpoint that asks nobody for credentials: what it is asked counts against the address that asks."""

    def __init__(self, endpoint: Endpoint, limits: Limits, kind: Visit) -> None:
        self._endpoint, self._limits, self._kind = endpoint, limits, kind
        self.method, self.path, self.cors = endpoint.method, endpoint.path, endpoint.cors

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """What the endpoint answers; TooManyRequests, before anything is read, when the address asks too often."""
        self._limits.visit({self._kind: household(request.client_ip)})
        return await self._endpoint.answer(request, path_values)


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
