"""Whether the work at hand may call the outside: not while it shares its transaction with other work."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_stays: ContextVar[bool] = ContextVar("stays", default=False)


class CallsOutside(BaseException):
    """Work that was not to call the outside was about to; whoever said so undoes it and lets it run by itself."""


def leave() -> None:
    """Called before each call of the outside; CallsOutside inside `staying`."""
    if _stays.get():
        raise CallsOutside


@contextmanager
def staying() -> Iterator[None]:
    """Nothing inside may call the outside."""
    token = _stays.set(True)
    try:
        yield
    finally:
        _stays.reset(token)
