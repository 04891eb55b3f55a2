"""Every failure a client can see: the class names the code, its docstring is the default message."""

from typing import ClassVar

from msgspec import Struct


class FieldError(Struct, frozen=True):
    """One field of a request that did not pass."""

    code: str
    message: str
    path: str
    validation: str


class ShopError(Exception):
    """Something went wrong."""

    status: ClassVar[int] = 400

    def __init__(self, message: str | None = None, errors: list[FieldError] | None = None) -> None:
        super().__init__(message or _told(errors or []) or " ".join((type(self).__doc__ or "").split()))
        self.errors = errors

    @property
    def code(self) -> str:
        """The `code` member of the wire's error object."""
        return type(self).__name__

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Headers that belong to this failure, such as `Retry-After`."""
        return []


def _told(errors: list[FieldError]) -> str:
    """The first of these in words: many clients, such as plugins of games, show the message only."""
    if not errors:
        return ""
    first, more = errors[0], len(errors) - 1
    where = f"`{first.path}`: " if first.path and first.path not in first.message else ""
    return f"{where}{first.message}{f' ({more} more in `errors`)' if more else ''}"


class InvalidInput(ShopError):
    """The request is invalid."""


class Unauthorized(ShopError):
    """Missing, unknown or revoked credentials."""

    status = 401


class Forbidden(ShopError):
    """These credentials lack the required permission."""

    status = 403


class NotFound(ShopError):
    """There is no such resource."""

    status = 404


class MethodNotAllowed(ShopError):
    """This resource does not support that method."""

    status = 405

    def __init__(self, allowed: str = "") -> None:
        super().__init__()
        self.allowed = allowed

    def headers(self) -> list[tuple[bytes, bytes]]:
        """`Allow` names the methods that would work."""
        return [(b"allow", self.allowed.encode())]


class RequestTimeout(ShopError):
    """The request body did not arrive in time."""

    status = 408


class Conflict(ShopError):
    """The request conflicts with the current state."""

    status = 409


class PayloadTooLarge(ShopError):
    """The request body is too large."""

    status = 413


class UnsupportedMediaType(ShopError):
    """The request body must be JSON: send it as `application/json`."""

    status = 415


class RetryLater(ShopError):
    """The request can be sent again after a while."""

    status = 503

    def __init__(self, message: str | None = None, retry_after: float = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after

    def headers(self) -> list[tuple[bytes, bytes]]:
        """`Retry-After`, in whole seconds, rounded up."""
        return [(b"retry-after", b"%d" % -(-self.retry_after // 1))]


class TooManyRequests(RetryLater):
    """Too many requests; wait as long as `Retry-After` says."""

    status = 429


class ServiceUnavailable(RetryLater):
    """The database cannot take this request now; nothing was changed. Try again shortly."""


class InternalError(ShopError):
    """Something went wrong on our side; the trace id finds it in the log."""

    status = 500
