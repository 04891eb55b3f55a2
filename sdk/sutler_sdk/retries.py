"""When a call is made again, and after how long; pure decisions that both kinds of client share."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timezone

TOO_MANY_REQUESTS = 429
SERVER_ERRORS = range(500, 600)


@dataclass(frozen=True)
class Retries:
    """How patient a client is.

    `attempts` counts the first one too; 1 means never again. Pauses begin at `first_pause` seconds and double, with
    jitter, up to `longest_pause`. When the server asks for a longer one with `Retry-After`, the error is raised at
    once and carries that in `retry_after`.

    `repeat_writes` says whether a write is repeated when it may have happened already (server errors, dropped
    connections, time-outs). Each write carries an `Idempotency-Key`, the same on every attempt, so that a server that
    knows such keys acts once. None: repeat, except on paynow.gg, where nothing is known of such keys.
    """

    attempts: int = 4
    first_pause: float = 0.5
    longest_pause: float = 60.0
    repeat_writes: bool | None = None

    def __post_init__(self) -> None:
        if self.attempts < 1 or self.first_pause < 0 or self.longest_pause < 0:
            message = "Retries need at least one attempt, and pauses of no less than 0 seconds."
            raise ValueError(message)

    def pause_after_status(self, attempt: int, status: int, retry_after: float | None, *, safe: bool) -> float | None:
        """Seconds until the next attempt after an answer; None if this answer is the last. Attempts count from 1.

        `safe`: making the call again cannot act twice.
        """
        refused = status == TOO_MANY_REQUESTS  # so it did not happen
        if not refused and not (safe and status in SERVER_ERRORS):
            return None
        if retry_after is not None and retry_after > self.longest_pause:
            return None
        pause = self._pause(attempt)
        return pause if pause is None else max(pause, retry_after or 0.0)

    def pause_after_failure(self, attempt: int, *, safe: bool, sent: bool) -> float | None:
        """Seconds until the next attempt after no answer; None if there is none. `sent`: the server may have got it."""
        return self._pause(attempt) if safe or not sent else None

    def _pause(self, attempt: int) -> float | None:
        if attempt >= self.attempts:
            return None
        full = min(self.first_pause * 2.0 ** (attempt - 1), self.longest_pause)
        return full * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


def asked_to_wait(retry_after: str | None, now: datetime | None = None) -> float | None:
    """What a `Retry-After` header asks for, in seconds, whether it says seconds or a date; None if it says neither."""
    text = (retry_after or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few servers send dates, and it is large

    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=timezone.utc)
    return max((date - (now or datetime.now(timezone.utc))).total_seconds(), 0.0)
