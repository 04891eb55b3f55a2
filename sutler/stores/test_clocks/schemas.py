"""The wire of test clocks, Sutler's own."""

from datetime import UTC, datetime
from typing import Annotated, Final

from msgspec import Meta

from sutler.kernel.durations import BadDuration, iso_duration
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.wire import Moment, Wire

LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
TOO_LATE: Final = "A store's clock can be moved up to the year 2200."
ONE: Final = "Give one of `advance`, `to`, `freeze` and `release`."


class MoveTestClockDto(Wire):
    """What is to become of a store's clock; one of these. `advance` is a duration of ISO 8601, such as P40D or PT6H.

    `to` is a moment, `freeze` stops the clock where it is, `release` lets it go with real time again.
    """

    advance: Annotated[str, Meta(min_length=2, max_length=40)] | None = None
    to: Moment | None = None
    freeze: bool = False
    release: bool = False

    def checked(self) -> None:
        """InvalidInput unless it says one thing."""
        if [self.advance is not None, self.to is not None, self.freeze, self.release].count(True) != 1:
            raise InvalidInput(ONE, [FieldError("Invalid", ONE, "", "one")])

    def target(self, now: datetime) -> datetime:
        """Where the clock is to go from `now`; InvalidInput for what cannot be."""
        name = "to" if self.advance is None else "advance"
        try:
            wished = self.to if self.advance is None else iso_duration(self.advance).after(now)
        except BadDuration as error:
            raise _refusal(str(error), name) from error
        except (OverflowError, ValueError) as error:
            raise _refusal(TOO_LATE, name) from error
        return reachable(now if wished is None else wished, now, name)


class TestClockDto(Wire):
    """A store's time. With `frozen` it only moves when it is moved.

    `advancing_to` is where a clock was meant to go and has not come yet; `advancing` says that somebody is at it at this
    moment. After a call that moved it, `done` says whether the clock came to where it was to go, and `jobs` how much
    background work was done on the way; if not `done`, repeat the call with `to` instead of `advance`.
    """

    __test__ = False  # nothing that pytest would collect

    frozen: bool
    now: datetime
    advancing: bool = False
    advancing_to: datetime | None = None
    done: bool = True
    jobs: int = 0


def reachable(wished: datetime, now: datetime, name: str = "") -> datetime:
    """The moment in UTC, if a clock that stands at `now` may go there; else InvalidInput, for the member of that name."""
    try:
        moment = wished.astimezone(UTC)
    except OverflowError as error:
        raise _refusal(TOO_LATE, name) from error
    if moment < now:
        raise _refusal(f"The store's clock stands at {now.isoformat()} and can only be moved forward.", name)
    if moment > LATEST:
        raise _refusal(TOO_LATE, name)
    return moment


def _refusal(text: str, name: str) -> InvalidInput:
    return InvalidInput(text, [FieldError("Invalid", text, name, "time")])
