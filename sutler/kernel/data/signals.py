"""Signals: hints that something was committed, for waking a worker or dropping what a cache holds."""

from collections.abc import Callable

import structlog

Callback = Callable[[str], None]

EVERYTHING = ""  # the payload of a signal that means: anything may have changed, look for yourself
LONGEST_PAYLOAD = 4_000  # bytes; PostgreSQL carries no more than 8,000
log = structlog.get_logger("sutler.signals")


class Signals:
    """Who wants to hear of what. A signal may be lost with a connection, so listeners also look now and then.

    A request signals with `connection.notify(channel, payload)`; it is heard after the commit, or never.
    """

    def __init__(self) -> None:
        self._callbacks: dict[str, list[Callback]] = {}

    def listen(self, channel: str, callback: Callback) -> Callable[[], None]:
        """Call back with the payload of each signal; the returned function ends that.

        A callback runs on the event loop, between other things: it sets an event or drops an entry, no more.
        The payload is empty when signals may have been missed.
        """
        callbacks = self._callbacks.setdefault(channel, [])
        callbacks.append(callback)

        def stop() -> None:
            if callback in callbacks:
                callbacks.remove(callback)

        return stop

    def deliver(self, channel: str, payload: str) -> None:
        """Tell the listeners of this process."""
        for callback in tuple(self._callbacks.get(channel, ())):
            try:
                callback(payload)
            except Exception:
                log.exception("a listener failed", channel=channel)

    def clear(self) -> None:
        """Forget all listeners."""
        self._callbacks.clear()

    def __bool__(self) -> bool:
        return bool(self._callbacks)

    def missed(self) -> None:
        """Tell everyone that signals may have been lost."""
        for channel in tuple(self._callbacks):
            self.deliver(channel, EVERYTHING)


def checked(channel: str, payload: str) -> tuple[str, str]:
    """A signal that every database can carry, or ValueError."""
    if not channel or " " in channel or len(payload.encode()) > LONGEST_PAYLOAD:
        message = f"A signal has a channel without spaces and at most {LONGEST_PAYLOAD} bytes of payload."
        raise ValueError(message)
    return channel, payload
