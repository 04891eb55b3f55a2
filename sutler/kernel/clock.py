"""The only source of time. Inside a store with a test clock it is that store's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_store_time: ContextVar[datetime | None] = ContextVar("store_time", default=None)
_MICROSECOND = timedelta(microseconds=1)


def now() -> datetime:
    """The current moment in UTC, or the moment at which the current store's test clock stands.

    The wire trims trailing zeros of fractions. A real moment never ends in one here (it is moved by a
    microsecond), so that the JSON encoder's plain output is already exact.
    """
    return _store_time.get() or real_now()


def real_now() -> datetime:
    """The wall clock, whatever a store's test clock says: for leases, caches and other things between processes."""
    moment = datetime.now(UTC)
    return moment if moment.microsecond % 10 else moment + _MICROSECOND


def is_test_time() -> bool:
    """Whether the current store's clock is moved by hand."""
    return _store_time.get() is not None


@contextmanager
def standing_at(moment: datetime | None) -> Iterator[None]:
    """Everything inside happens at this moment of a test clock; None leaves the real time."""
    if moment is None:
        yield
        return
    token = _store_time.set(moment)
    try:
        yield
    finally:
        _store_time.reset(token)
