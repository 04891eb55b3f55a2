"""Checks that a webhook is genuine, recent and new, and makes a typed event of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias, cast

import msgspec

from sutler_sdk import _wire
from sutler_sdk._generated.webhooks.events import EVENTS, Event, UnknownEvent
from sutler_sdk.errors import SutlerError

__all__ = [
    "Event",
    "Memory",
    "Outdated",
    "Replayed",
    "Replays",
    "UnknownEvent",
    "Unreadable",
    "Unsigned",
    "WebhookError",
    "WrongSignature",
    "verify",
]

Headers: TypeAlias = Mapping[str, str] | Iterable[tuple[str | bytes, str | bytes]]

STANDARD_SECRET = "whsec_"  # noqa: S105 - how such secrets begin


class WebhookError(SutlerError):
    """A request that is not to be trusted, or not to be acted upon. Answer it with 400."""


class Unsigned(WebhookError):
    """There is no signature, or only half of one."""


class WrongSignature(WebhookError):
    """The signature fits neither the body nor any of the secrets."""


class Outdated(WebhookError):
    """The signature was made too long ago, or one of the two clocks is wrong."""


class Replayed(WebhookError):
    """Exactly this request came before. Answer it with 200: it is known, and the sender has no reason to repeat it."""


class Unreadable(WebhookError):
    """The signature is right, but the body is no event."""


class Replays(Protocol):
    """Remembers which requests came; where several processes receive webhooks, keep that in a place they share."""

    def is_new(self, fingerprint: str, seconds: float, /) -> bool:
        """Whether this is the first time; forget it after so many seconds. In Redis: SET NX EX."""
        raise NotImplementedError


class Memory:
    """Remembers requests within this process."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def is_new(self, fingerprint: str, seconds: float, /) -> bool:
        """Whether this is the first time."""
        now = time.monotonic()
        with self._lock:
            while self._until and next(iter(self._until.values())) < now:  # the oldest is the first
                del self._until[next(iter(self._until))]
            if fingerprint in self._until:
                return False
            self._until[fingerprint] = now + seconds
            return True


MEMORY = Memory()
_ENVELOPE = msgspec.json.Decoder(UnknownEvent)


class _Signed(NamedTuple):
    """What a request claims: when it was signed, what exactly was signed, and the signatures."""

    moment: float
    message: bytes
    signatures: list[str]
    is_standard: bool


def verify(  # noqa: PLR0913 - one parameter for each thing that decides
    body: bytes,
    headers: Headers,
    secret: str | Iterable[str],
    tolerance: float = 300,
    *,
    replays: Replays | None = MEMORY,
    now: float | None = None,
) -> Event:
    """The event that a webhook tells of; WebhookError if it is not genuine, not recent or not new.

    `body`: exactly the bytes that came. `headers`: of the request, in any case, also as pairs. `secret`: of the
    subscription, or several of them while one replaces the other. `tolerance`: seconds that the signature may be away
    from this clock, or from `now` (Unix time). `replays`: where requests are remembered, this process unless given;
    None where that is not wanted. When handling an event fails, the sender signs it anew and it is not a replay;
    `event.event_id` stays the same, so that what was handled can be recognised.
    """
    signed = _signed(body, _by_name(headers))
    secrets = [secret] if isinstance(secret, str) else list(secret)
    if not all(secrets) or not secrets:
        message = "The secret must not be empty."
        raise ValueError(message)
    if not any(_fits(signed, one) for one in secrets):
        message = "The signature fits neither the body nor any of the secrets."
        raise WrongSignature(message)
    age = (time.time() if now is None else now) - signed.moment
    if not abs(age) <= tolerance:
        message = f"The signature is {age:.0f} seconds old; {tolerance:g} are tolerated."
        raise Outdated(message)
    fingerprint = f"{int(signed.moment)}.{hashlib.sha256(body).hexdigest()}"  # the same for both kinds of headers
    if replays is not None and not replays.is_new(fingerprint, 2 * tolerance):
        message = "Exactly this request came before."
        raise Replayed(message)
    return _event(body)


def _by_name(headers: Headers) -> dict[str, str]:
    pairs: Any = cast("Mapping[str, str]", headers).items() if isinstance(headers, Mapping) else headers
    return {_as_text(name).lower(): _as_text(value) for name, value in pairs}


def _as_text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")


def _signed(body: bytes, headers: Mapping[str, str]) -> _Signed:
    """PayNow's headers if they are there, else those of Standard Webhooks."""
    try:
        if "paynow-signature" in headers:
            stamp = headers["paynow-timestamp"]
            signatures = [one.strip() for one in headers["paynow-signature"].split(",")]
            return _Signed(_number(stamp) / 1000, f"{stamp}.".encode() + body, signatures, is_standard=False)
        stamp, id = headers["webhook-timestamp"], headers["webhook-id"]
        versions = [one.partition(",") for one in headers["webhook-signature"].split()]
        signatures = [signature for version, _, signature in versions if version == "v1"]
        return _Signed(_number(stamp), f"{id}.{stamp}.".encode() + body, signatures, is_standard=True)
    except KeyError as missing:
        message = f"The header {missing} is missing."
        raise Unsigned(message) from missing


def _number(stamp: str) -> int:
    if stamp.isascii() and stamp.isdecimal() and len(stamp) < 20:
        return int(stamp)
    message = f"The timestamp is no number: {stamp[:30]!r}"
    raise Unsigned(message)


def _fits(signed: _Signed, secret: str) -> bool:
    key = _standard_key(secret) if signed.is_standard else secret.encode()
    expected = base64.b64encode(hmac.digest(key, signed.message, "sha256"))
    return any(hmac.compare_digest(expected, one.encode()) for one in signed.signatures)


def _standard_key(secret: str) -> bytes:
    """After `whsec_` comes Base64; a secret that is none is used as it is, just as the sender does it."""
    if secret.startswith(STANDARD_SECRET):
        try:
            return base64.b64decode(secret.removeprefix(STANDARD_SECRET), validate=True)
        except binascii.Error:
            pass  # it looks like one by chance
    return secret.encode()


def _event(body: bytes) -> Event:
    try:
        envelope = _ENVELOPE.decode(body)
    except msgspec.DecodeError as error:
        message = f"The body is no event: {error}"
        raise Unreadable(message) from error
    kind: Any = EVENTS.get(envelope.event_type)
    if kind is None:
        return envelope
    event: Event = _wire.decode(msgspec.json.Decoder(kind), body)
    return event
