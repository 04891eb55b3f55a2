"""Flake ids: time-ordered 64-bit integers in the database, decimal strings everywhere else."""

import re
import time
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Annotated, Final

from msgspec import Meta

from sutler.kernel.errors import ServiceUnavailable

FlakeId = Annotated[str, Meta(pattern=r"^[0-9]{1,19}$", extra_json_schema={"format": "flake-id"})]

EPOCH_MS: Final = 1_645_568_542_000  # 2022-02-22T22:22:22Z, fixed by the wire
TIME_BITS: Final = 41  # milliseconds; enough until 2091
NODE_BITS: Final = 10
SEQUENCE_BITS: Final = 12
NODES: Final = 1 << NODE_BITS

_SEQUENCES = 1 << SEQUENCE_BITS
_EPOCH = datetime(2022, 2, 22, 22, 22, 22, tzinfo=UTC)
_RESERVE_MS = 1_000  # kept back when the wall clock leaps past the lease: room for four million ids until it is renewed
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PRETTY = re.compile(r"pn-([0-9a-z]{1,13})", re.IGNORECASE)
_LARGEST = 2**63 - 1


class FlakeClock:
    """Hands out ids that never repeat and never go back, even when the wall clock does.

    It works only within a grant: a node number, and the milliseconds that may be used on it. Whoever grants
    them has written their upper bound down before, so that a successor on the same node starts above it,
    whatever the clocks of the two say.
    """

    def __init__(self) -> None:
        self._lock = Lock()  # reports run in threads, and two of them must not get one id
        self._last = -1  # milliseconds and sequence in one number, so an overflow simply borrows the next ms
        self._node = 0
        self._leap = self._limit = -1
        self._lapsed = False

    def grant(self, node: int, *, above_ms: int, until_ms: int) -> None:
        """Allow ids of this node (0 to 1023) after `above_ms` up to and including `until_ms`, in Unix milliseconds."""
        if not 0 <= node < NODES:
            message = f"A node number is between 0 and {NODES - 1}; {node} is not."
            raise ValueError(message)
        with self._lock:
            self._node = node << SEQUENCE_BITS
            self._last = max(self._last, (above_ms + 1 - EPOCH_MS) * _SEQUENCES - 1)
            self._limit = min((until_ms + 1 - EPOCH_MS) * _SEQUENCES, 1 << TIME_BITS + SEQUENCE_BITS) - 1
            self._leap, self._lapsed = self._limit - _RESERVE_MS * _SEQUENCES, False

    def revoke(self) -> None:
        """Allow no more ids until the next grant."""
        with self._lock:
            self._leap, self._limit, self._lapsed = -1, -1, False

    def lapse(self) -> None:
        """Allow no ids for now: the next grant comes as soon as it can be written down."""
        with self._lock:
            self._leap, self._limit, self._lapsed = -1, -1, True

    @property
    def last_ms(self) -> int:
        """The Unix millisecond of the last id, or of the floor below the first one; never decreases."""
        return self._last // _SEQUENCES + EPOCH_MS

    def next(self) -> FlakeId:
        """A new id. ServiceUnavailable when the grant has lapsed, RuntimeError when there is none at all."""
        with self._lock:
            now = (time.time_ns() // 1_000_000 - EPOCH_MS) * _SEQUENCES
            last = self._last + 1
            if now > last:
                # A wall clock that leaps ahead must not stop the shop until the lease is renewed: stay just inside it.
                last = max(min(now, self._leap), last)
            if last > self._limit:
                raise ServiceUnavailable(_LAPSED) if self._lapsed else RuntimeError(_NO_NODE)
            self._last = last
            return str((last & -_SEQUENCES) << NODE_BITS | self._node | last & (_SEQUENCES - 1))


_NO_NODE = "This process holds no node number, so it cannot make ids: enter a NodeLease first."
_LAPSED = (
    "The database has taken no changes for a while, so nothing new can be made; nothing was changed. Try again shortly."
)

process_clock = FlakeClock()
new_id = process_clock.next


def created_at(flake_id: FlakeId) -> datetime:
    """When the id was made, in UTC, to the millisecond."""
    return _EPOCH + timedelta(milliseconds=int(flake_id) >> NODE_BITS + SEQUENCE_BITS)


def first_id_at(moment: datetime) -> FlakeId:
    """The smallest id that can be made at this moment; every older id is smaller."""
    return str(((moment - _EPOCH) // timedelta(milliseconds=1)) << NODE_BITS + SEQUENCE_BITS)


def pretty_id(flake_id: FlakeId) -> str:
    """The short form that merchants and customers quote: `pn-` and the id in base 36."""
    number, text = int(flake_id), ""
    while number:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    return f"pn-{text or '0'}"


def from_pretty_id(text: str) -> FlakeId | None:
    """The id that someone quoted in its short form, in either case; None if the text is something else."""
    match = _PRETTY.fullmatch(text.strip())
    number = int(match[1], 36) if match else _LARGEST + 1
    return str(number) if number <= _LARGEST else None
