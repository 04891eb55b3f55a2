"""What a game server does with its commands, and when; decisions that both kinds of client share."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sutler_sdk.errors import ApiError, SutlerError, is_api_error

if TYPE_CHECKING:
    from sutler_sdk._generated.gameserver.models.delivery import LinkGameServerResponseDto, QueuedCommandDto
    from sutler_sdk.journal import Journal

log = logging.getLogger("sutler_sdk")

UNAUTHORIZED, FORBIDDEN, BAD_REQUEST = 401, 403, 400
ANSWERING_TIME = 10.0  # seconds beyond the wait that was asked for
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between attempts to reach a server that is away
LONGEST_WAIT = 30.0  # seconds that servers are willing to hold a poll

DidItRun = Callable[["QueuedCommandDto"], "bool | None"]


@dataclass(frozen=True)
class Players:
    """Who is online, by whichever ids the game knows them."""

    steam_ids: Sequence[str] = ()
    minecraft_uuids: Sequence[str] = ()
    customer_names: Sequence[str] = ()

    @property
    def body(self) -> dict[str, Sequence[str]]:
        """As it is posted."""
        return {
            "steam_ids": self.steam_ids,
            "minecraft_uuids": self.minecraft_uuids,
            "customer_names": self.customer_names,
        }


class Work:
    """Which of the commands that a server offers are to be run. The journal decides, not the server."""

    def __init__(self, journal: Journal, did_it_run: DidItRun | None) -> None:
        self.journal, self._did_it_run = journal, did_it_run
        self._held: set[str] = set()

    def to_run(self, offered: Iterable[QueuedCommandDto]) -> Iterator[QueuedCommandDto]:
        """Those that did not run; what ran before is only to be acknowledged once more."""
        for command in offered:
            state = self.journal.state(command.attempt_id)
            if state is None:
                yield command
            elif state == "begun":
                yield from self._in_doubt(command)
            elif state == "acknowledged":
                self.journal.ran(command.attempt_id)  # the server has not heard

    def _in_doubt(self, command: QueuedCommandDto) -> Iterator[QueuedCommandDto]:
        """The process ended while this one ran: ask whether it did, and without an answer leave it alone."""
        ran = self._did_it_run(command) if self._did_it_run else None
        if ran is None and command.attempt_id not in self._held:
            self._held.add(command.attempt_id)
            log.error(
                "Nobody knows whether command %s (%s) ran before this program ended. It is neither run nor acknowledged; "
                "did_it_run can say what happened.",
                command.attempt_id,
                command.command,
            )
        if ran:
            self.journal.ran(command.attempt_id)
        elif ran is not None:
            yield command

    def finish(self, command: QueuedCommandDto, outcome: object) -> bool:
        """Write down that a command ran, unless its handler says that it did not; answers which."""
        if outcome is False:
            self.journal.drop(command.attempt_id)
            return False
        self.journal.ran(command.attempt_id)
        return True

    def failed(self, command: QueuedCommandDto, error: Exception) -> None:
        """Write down that a command did not run, because its handler raised an exception."""
        text = "Command %s (%s) failed; it will be tried again."
        log.error(text, command.attempt_id, command.command, exc_info=error)
        self.journal.drop(command.attempt_id)


class Pace:
    """How long a server is asked to wait for a command, and how long to wait before asking it."""

    def __init__(self, interval: float) -> None:
        """`interval`: seconds between polls where nothing happens."""
        if interval <= 0:
            message = "The interval must be more than 0 seconds."
            raise ValueError(message)
        self._interval = interval
        self._can_wait = True
        self._failures = 0

    @property
    def wait(self) -> float:
        """Seconds that a poll may be held. Servers that cannot wait ignore it, or say so once."""
        return min(self._interval, LONGEST_WAIT) if self._can_wait else 0.0

    def after_round(self, elapsed: float, *, progress: bool) -> float:
        """Seconds until the next poll: none when something was done or the server has waited."""
        self._failures = 0
        return 0.0 if progress else max(self._interval - elapsed, 0.0)

    def after_failure(self, error: SutlerError) -> float:
        """Seconds until the next attempt; raises the error if another one would be pointless."""
        if is_api_error(error) and error.status in {UNAUTHORIZED, FORBIDDEN}:
            raise error
        if is_api_error(error, status=BAD_REQUEST) and self._can_wait:
            self._can_wait = False  # perhaps it was that
            return 0.0
        if not self._failures:  # once for each time that it is away
            log.warning("The store's server cannot be reached. Trying again … (%s)", error)
        pause = min(FIRST_PAUSE * 2.0**self._failures, LONGEST_PAUSE) * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load
        self._failures = min(self._failures + 1, 10)
        return max(pause, (error.retry_after or 0.0) if isinstance(error, ApiError) else 0.0)


def tell_linked(link: LinkGameServerResponseDto) -> None:
    """Log as which server, and whether the token was used elsewhere."""
    server, before = link.gameserver, link.previously_linked
    log.info("Linked as %s (%s).", server.name if server else "?", server.id if server else "?")
    if before:
        log.warning("This token was used from %s (%s) before.", before.host_name, before.ip)
