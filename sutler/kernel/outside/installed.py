"""The one guarded HTTP client of this process, for whatever calls the world."""

from sutler.kernel.outside.http import Outside
from sutler.kernel.outside.leaving import leave

_installed: list[Outside] = []


def use(client: Outside | None) -> None:
    """Make this the client of the process; None takes it away."""
    _installed[:] = [client] if client else []


def outside() -> Outside:
    """The client of this process; those that serve and those that work have one. Ask for it just before each call."""
    leave()
    if not _installed:
        message = "This process has no HTTP client: only a running server or worker calls the world."
        raise RuntimeError(message)
    return _installed[0]
