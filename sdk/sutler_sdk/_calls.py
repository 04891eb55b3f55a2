"""Calls without their input and output: what to send, and what an answer means. Both kinds of client share this."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, cast
from urllib.parse import SplitResult, urlsplit

import msgspec

from sutler_sdk import _wire
from sutler_sdk._version import __version__
from sutler_sdk.errors import ApiError, FieldError, UnreadableAnswer
from sutler_sdk.retries import Retries, asked_to_wait

T = TypeVar("T")

REFERENCE = "https://api.paynow.gg"
USER_AGENT = f"sutler-sdk/{__version__} python/{sys.version_info[0]}.{sys.version_info[1]}"
KEY = "Idempotency-Key"


class Operation(Generic[T]):
    """One operation of an API: its method and path, and what it answers."""

    def __init__(self, method: str, path: str, answer: type[T], *, repeatable: bool = False) -> None:
        """`repeatable`: doing it twice is the same as doing it once, so it needs no key."""
        self.method, self.path, self.answer = method, path, answer
        self.repeatable = repeatable or method == "GET"

    @cached_property
    def decoder(self) -> msgspec.json.Decoder[T]:
        """Reads its answers; made when the first one comes."""
        return msgspec.json.Decoder(self.answer)

    @property
    def is_silent(self) -> bool:
        """Whether it answers nothing."""
        return self.answer is type(None)


@dataclass(frozen=True)
class Profile:
    """All that a client's calls have in common."""

    base_url: str
    headers: Mapping[str, str]
    path: Mapping[str, str]
    timeout: float = 30.0
    retries: Retries = field(default_factory=Retries)

    @cached_property
    def repeats_writes(self) -> bool:
        """Whether the server can be trusted to act once on calls with the same key."""
        if self.retries.repeat_writes is not None:
            return self.retries.repeat_writes
        host = urlsplit(self.base_url).hostname or ""
        return host != "paynow.gg" and not host.endswith(".paynow.gg")


@dataclass(frozen=True)
class Call:
    """One request, ready to be sent as often as it takes. `safe`: sending it again cannot act twice."""

    method: str
    url: str
    headers: dict[str, str]
    content: bytes | None
    safe: bool


@dataclass(frozen=True)
class Arguments:
    """What one call is given, by where it goes."""

    path: Mapping[str, str] | None = None
    query: Mapping[str, Any] | None = None
    body: Mapping[str, Any] | Sequence[Any] | None = None
    headers: Mapping[str, str | None] | None = None
    idempotency_key: str | None = None


def root(base_url: str) -> str:
    """The address under which `/v1/…` lies; ValueError if it is none."""
    address = base_url.rstrip("/").removesuffix("/v1")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment or not _has_port(parts):
        message = f"base_url must look like {REFERENCE}, not like {base_url!r}."
        raise ValueError(message)
    return address


def _has_port(parts: SplitResult) -> bool:
    """Whether the port, given or not, is one."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def prepare(profile: Profile, operation: Operation[Any], given: Arguments) -> Call:
    """The request of a call. A write gets a key of its own unless it is given one."""
    url = profile.base_url + _wire.path_of(operation.path, {**profile.path, **(given.path or {})})
    if given.query and (query := _wire.query_of(given.query)):
        url = f"{url}?{query}"
    headers = {"Accept": "application/json", "User-Agent": USER_AGENT, **profile.headers}
    headers.update({name: value for name, value in (given.headers or {}).items() if value is not None})
    content = None if given.body is None else _wire.body_of(given.body)
    if content is not None:
        headers["Content-Type"] = "application/json"
    if not operation.repeatable or given.idempotency_key:
        headers[KEY] = given.idempotency_key or os.urandom(16).hex()
    return Call(operation.method, url, headers, content, operation.repeatable or profile.repeats_writes)


def conclude(operation: Operation[T], status: int, headers: Mapping[str, str], content: bytes) -> T:
    """What an answer means: the typed result, or an ApiError that says what the server said."""
    if not 200 <= status < 300:
        raise error_of(status, headers, content)
    if operation.is_silent:
        return None  # type: ignore[return-value]  # the type of such an answer is None
    try:
        return _wire.decode(operation.decoder, content or (b"[]" if _is_list(operation.answer) else b""))
    except msgspec.DecodeError as failure:
        raise UnreadableAnswer(status, content.decode("utf-8", "replace")) from failure


def error_of(status: int, headers: Mapping[str, str], content: bytes) -> ApiError:
    """An answer that is not success as an exception, whatever its body looks like."""
    try:
        said = msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = {}
    errors = cast("list[object]", said["errors"]) if isinstance(said.get("errors"), list) else []
    text = content[:500].decode("utf-8", "replace").strip()
    return ApiError(
        status,
        str(said.get("code") or "HttpError"),
        str(said.get("message") or text or "The server gave no reason."),
        trace_id=str(said["trace_id"]) if said.get("trace_id") else None,
        errors=tuple(map(_field_error, errors)),
        retry_after=asked_to_wait(headers.get("retry-after")),
    )


def _field_error(entry: object) -> FieldError:
    """One entry of `errors`. Its path may be a text or a list of texts."""
    said = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {"message": entry}
    path: Any = said.get("path") or ""
    texts = {name: str(said.get(name) or "") for name in ("code", "message", "validation")}
    joined = ".".join(map(str, cast("list[object]", path))) if isinstance(path, list) else str(path)
    return FieldError(**texts, path=joined)


def _is_list(answer: object) -> bool:
    return getattr(answer, "__origin__", None) is list
