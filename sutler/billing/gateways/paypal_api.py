"""Calls of PayPal's API over the guarded client: signing in, idempotency keys, and what failures mean."""

from base64 import b64encode
from time import monotonic
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct

from sutler.billing.gateways.interface import Unanswered
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside.http import CallFailed, Reply
from sutler.kernel.outside.installed import outside
from sutler.settings import settings

PATIENCE: Final = 20.0  # seconds, for one call
EARLY: Final = 60.0  # seconds before a token's end at which it is not used any more
MOST_TOKENS: Final = 1_000
BUSY: Final = ("PREVIOUS_REQUEST_IN_PROGRESS", "DUPLICATE_REQUEST_ID", "INTERNAL_SERVER_ERROR", "RATE_LIMIT_REACHED")
"""Issues that say nothing about the money: the same call is under way, or PayPal has trouble."""
JSON: Final = "application/json"

T = TypeVar("T")


class Rejected(Exception):
    """PayPal refuses a call, so it did nothing. `issue` is its word for why, the text its sentence, for the log."""

    def __init__(self, status: int, issue: str, reason: str) -> None:
        super().__init__(reason)
        self.status, self.issue = status, issue

    @property
    def is_ours(self) -> bool:
        """Whether it is about our account or key, and not about what was asked."""
        return self.status in (401, 403)


class Detail(Struct):
    """One thing that is wrong with a call."""

    issue: str = ""
    description: str = ""


class Trouble(Struct):
    """What PayPal says with a failure; the last two come from where tokens are given out."""

    name: str = ""
    message: str = ""
    details: list[Detail] = []
    error: str = ""
    error_description: str = ""


class Grant(Struct):
    """A token and how many seconds it is good for."""

    access_token: str
    expires_in: float


class Account(Struct, frozen=True):
    """A store's account with PayPal, and where PayPal is asked about it."""

    store_id: FlakeId
    url: str
    client_id: str
    client_secret: str

    async def call(self, method: str, path: str, kind: type[T], *, body: Any = None, key: str = "") -> T:
        """One call, once. `key` is its idempotency key: the same call again does no more than the first.

        `Rejected` when PayPal refuses, `Unanswered` when nobody knows whether it did what was asked.
        """
        token = await self._token()
        reply = await self._send(method, path, body, key, token)
        if reply.status == 401:  # a token can end before its time; nothing was done with it
            token = await self._token(instead_of=token)
            reply = await self._send(method, path, body, key, token)
        return _read(reply, kind)

    async def _send(self, method: str, path: str, body: Any, key: str, token: str) -> Reply:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": JSON, "Prefer": "return=representation"}
        if key:
            headers["PayPal-Request-Id"] = key
        content = b"" if body is None else msgspec.json.encode(body)
        return await _sent(method, self.url + path, headers, content)

    async def _token(self, instead_of: str = "") -> str:
        """The store's token, kept in this process only."""
        kept = _tokens.get(self.store_id)
        if kept and kept[0] == self and kept[1] != instead_of and kept[2] > monotonic():
            return kept[1]
        signed_in = b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        headers = {"Authorization": f"Basic {signed_in}", "Content-Type": "application/x-www-form-urlencoded"}
        reply = await _sent("POST", f"{self.url}/v1/oauth2/token", headers, b"grant_type=client_credentials")
        grant = _read(reply, Grant)
        if len(_tokens) >= MOST_TOKENS:
            _tokens.clear()
        _tokens[self.store_id] = (self, grant.access_token, monotonic() + grant.expires_in - EARLY)
        return grant.access_token


_tokens: dict[FlakeId, tuple[Account, str, float]] = {}


def address(*, live_mode: bool) -> str:
    """Where PayPal is for a store: credentials of one environment are worth nothing in the other."""
    return settings().paypal_url if live_mode else settings().paypal_sandbox_url


async def _sent(method: str, url: str, headers: dict[str, str], body: bytes) -> Reply:
    try:
        return await outside().send(method, url, headers={"Accept": JSON} | headers, body=body, timeout=PATIENCE)
    except CallFailed as error:
        raise Unanswered(str(error)) from error


def _read(reply: Reply, kind: type[T]) -> T:
    """The parts of an answer that we read."""
    if reply.status not in (200, 201):
        raise _failure(reply)
    try:
        return msgspec.json.decode(reply.body, type=kind)
    except msgspec.DecodeError as error:
        raise Unanswered(f"PayPal's answer is not understood: {error}") from error


def _failure(reply: Reply) -> Exception:
    """What a failure means: a refusal, or that nothing is known."""
    try:
        told = msgspec.json.decode(reply.body, type=Trouble)
    except msgspec.DecodeError:
        told = Trouble()
    detail = told.details[0] if told.details else Detail()
    issue, reason = detail.issue or told.name or told.error, detail.description or told.message or told.error_description
    if reply.status in (400, 401, 403, 404, 422) and issue not in BUSY:
        return Rejected(reply.status, issue, f"{issue}: {reason}")
    return Unanswered(f"PayPal answered with {reply.status}: {issue} {reason}")
