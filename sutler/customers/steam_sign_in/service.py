"""Sign-in with Steam by OpenID 2.0: Steam itself is asked about each answer, and each answer counts once."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from msgspec import structs
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from sutler.customers.identities import service as identities
from sutler.customers.identities.service import BadIdentity
from sutler.customers.steam_sign_in.models import SteamNonce
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, param
from sutler.kernel.data.records import Timestamp
from sutler.kernel.errors import RetryLater, Unauthorized
from sutler.kernel.outside.http import CallFailed
from sutler.kernel.outside.installed import outside
from sutler.settings import settings

NAMESPACE: Final = "http://specs.openid.net/auth/2.0"
ANYONE: Final = "http://specs.openid.net/auth/2.0/identifier_select"
CLAIMED_ID: Final = re.compile(r"https://steamcommunity\.com/openid/id/([0-9]{17})")
NONCE: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})Z[!-~]{0,235}")
SIGNED: Final = frozenset({"op_endpoint", "claimed_id", "identity", "return_to", "response_nonce", "assoc_handle"})
BELIEVED: Final = timedelta(minutes=5)  # how far the moment of an answer may be from ours, either way
PATIENCE: Final = 5.0
MOST_FIELDS: Final = 40
FORM: Final = {"content-type": "application/x-www-form-urlencoded"}
FORGET: Final = Statement(delete(SteamNonce.table).where(SteamNonce.c.expires_at < param("now", type_=Timestamp())))


def _use(dialect: str) -> Statement:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    once = insert(SteamNonce.table).on_conflict_do_nothing(index_elements=["digest"])
    return Statement(once.returning(SteamNonce.c.id))


USE: Final = {dialect: _use(dialect) for dialect in ("sqlite", "postgresql")}


class SteamSignInRefused(Unauthorized):
    """Steam did not confirm this sign-in; start again."""


class SteamUnreachable(RetryLater):
    """Steam does not answer just now; try to sign in again shortly."""


def begin(return_to: str, realm: str) -> str:
    """Where to send the browser. Steam sends it back to `return_to`, which must lie below `realm`.

    Put something into `return_to` that only this browser knows, and give `verify` the same address: else somebody could
    be signed in with an answer that another person began.
    """
    if not return_to.startswith(realm.rstrip("/") + "/"):
        message = "return_to must lie below realm, or Steam refuses it."
        raise ValueError(message)
    fields = {
        "ns": NAMESPACE, "mode": "checkid_setup", "return_to": return_to, "realm": realm, "identity": ANYONE,
        "claimed_id": ANYONE,
    }  # fmt: skip
    return f"{settings().steam_openid_url}?{urlencode({f'openid.{name}': value for name, value in fields.items()})}"


async def verify(database: Database, given: Iterable[tuple[str, str]], return_to: str) -> str:
    """The SteamID64 of whoever came back to `return_to` with these parameters, in their order, repeated ones included.

    SteamSignInRefused says why it cannot be believed; SteamUnreachable when Steam cannot be asked. Never call it inside
    a transaction.
    """
    fields = _fields(given)
    steam_id, moment = _claimed(fields, return_to), _moment(fields)
    await _confirm(fields)
    nonce = hashlib.sha256(f"{fields['op_endpoint']}\n{fields['response_nonce']}".encode()).digest()
    row = SteamNonce(digest=nonce, expires_at=moment + 2 * BELIEVED)
    async with database.writing() as connection:
        first = await USE[connection.dialect.name].run(connection, **structs.asdict(row))
    if not first:
        raise SteamSignInRefused("This answer of Steam has been used already; start again.")
    return steam_id


def _fields(given: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The OpenID fields without their prefix. Each may come once, for of two nobody could say which one was signed."""
    fields: dict[str, str] = {}
    for name, value in given:
        if name.startswith("openid."):
            if name[7:] in fields or len(fields) >= MOST_FIELDS or "\n" in name + value:
                raise SteamSignInRefused("This is no answer of Steam; start again.")
            fields[name[7:]] = value
    return fields


def _claimed(fields: Mapping[str, str], return_to: str) -> str:
    """Who the answer says it is about, after everything that can be judged without asking Steam."""
    if fields.get("ns") != NAMESPACE or fields.get("mode") != "id_res":
        text = "Signing in was cancelled." if fields.get("mode") == "cancel" else "This is no answer of Steam; start again."
        raise SteamSignInRefused(text)
    if fields.get("op_endpoint") != settings().steam_openid_url:
        raise SteamSignInRefused("This answer does not come from Steam.")
    if fields.get("return_to") != return_to:
        raise SteamSignInRefused("This answer was meant for another page; start again.")
    signed = fields.get("signed", "").split(",")
    if SIGNED - set(signed) or not fields.get("sig") or any(name not in fields for name in signed):
        raise SteamSignInRefused("Steam did not sign all of this answer; start again.")
    claim = CLAIMED_ID.fullmatch(fields["claimed_id"])
    if claim is None or fields["identity"] != fields["claimed_id"]:
        raise SteamSignInRefused("This answer names no Steam account.")
    try:
        return identities.steam_id(claim[1])
    except BadIdentity as error:
        raise SteamSignInRefused(str(error)) from None


def _moment(fields: Mapping[str, str]) -> datetime:
    """When Steam answered; it must be about now."""
    nonce = NONCE.fullmatch(fields["response_nonce"])
    try:
        moment = datetime.fromisoformat(nonce[1]).replace(tzinfo=UTC) if nonce else None
    except ValueError:
        moment = None
    if moment is None or abs(clock.real_now() - moment) > BELIEVED:
        raise SteamSignInRefused("This answer of Steam is too old, or the clock of this server is wrong; start again.")
    return moment


async def _confirm(fields: Mapping[str, str]) -> None:
    """Ask Steam whether the answer is its own."""
    question = {f"openid.{name}": value for name, value in fields.items()} | {"openid.mode": "check_authentication"}
    body = urlencode(question).encode()
    try:
        reply = await outside().send("POST", settings().steam_openid_url, headers=FORM, body=body, timeout=PATIENCE)
    except CallFailed:
        raise SteamUnreachable from None
    if reply.status == 429 or reply.status >= 500:
        raise SteamUnreachable
    lines = [line.partition(":") for line in reply.body.decode("utf-8", "replace").splitlines()]
    said = [(name, value) for name, _, value in lines if name in ("ns", "is_valid")]
    if reply.status != 200 or sorted(said) != [("is_valid", "true"), ("ns", NAMESPACE)]:
        raise SteamSignInRefused


async def forget_used(database: Database) -> None:
    """Drop answers that are too old to be believed anyway."""
    async with database.writing() as connection:
        await FORGET.run(connection, now=clock.real_now())
