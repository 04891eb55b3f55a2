"""What can go wrong with a call, as exceptions; all of them are a `SutlerError`."""

from __future__ import annotations

from typing import TypeGuard

import msgspec


class SutlerError(Exception):
    """Anything that this package raises on purpose, but for mistakes in how it is called (ValueError, TypeError)."""


class FieldError(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one field of a request."""

    code: str = ""
    message: str = ""
    path: str = ""
    validation: str = ""


class ApiError(SutlerError):
    """The server answered, and not with success.

    `status` is the HTTP status, `code` the kind of error (`HttpError` where the answer names none), `message` says
    what to do, `trace_id` finds the call in the server's logs, `errors` name single fields, and `retry_after` is
    how many seconds the server asks to wait.
    """

    def __init__(  # noqa: PLR0913 - one parameter for each thing that the server says
        self,
        status: int,
        code: str,
        message: str,
        *,
        trace_id: str | None = None,
        errors: tuple[FieldError, ...] = (),
        retry_after: float | None = None,
    ) -> None:
        super().__init__(status, code, message)
        self.status, self.code, self.message = status, code, message
        self.trace_id, self.errors, self.retry_after = trace_id, errors, retry_after

    def __str__(self) -> str:
        fields = "".join(f" [{error.path}: {error.message}]" for error in self.errors)
        trace = f" (trace {self.trace_id})" if self.trace_id else ""
        return f"{self.status} {self.code}: {self.message}{fields}{trace}"


class ConnectionFailed(SutlerError):
    """No answer came. The exception of the HTTP library is its `__cause__`."""


class TimedOut(ConnectionFailed):
    """No answer came in time. A write may have happened all the same."""


class UnreadableAnswer(SutlerError):
    """The server reported success, but its answer is not JSON, or it is empty where there should be one."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(status, text)
        self.status, self.text = status, text

    def __str__(self) -> str:
        return f"The server reported success ({self.status}), but its answer cannot be read: {self.text[:200]!r}"


def is_api_error(error: object, *, status: int | None = None, code: str | None = None) -> TypeGuard[ApiError]:
    """Whether this is an answer of the server's that was not success, of a certain status or code if one is given."""
    return (
        isinstance(error, ApiError) and (status is None or error.status == status) and (code is None or error.code == code)
    )
