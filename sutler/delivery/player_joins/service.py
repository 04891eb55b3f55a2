"""Reading what game servers report, however it is spelled, and keeping who joined."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Final

import msgspec
from msgspec import Raw

from sutler.customers.identities.service import BadIdentity, minecraft_uuid, steam_id
from sutler.delivery.placeholders.service import plain
from sutler.delivery.player_joins.models import PlayerJoin
from sutler.delivery.player_joins.queries import known, owners
from sutler.delivery.player_joins.schemas import ReportGameServerEventsEntryDto
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId

PLAYER_JOIN: Final = "player_join"
LONGEST_NAME: Final = 128
MILLISECONDS: Final = 10**11  # a Unix time beyond this one in seconds is meant in milliseconds
WITH_PORT: Final = re.compile(r"\[(?P<six>[^\]]*)\](:\d*)?|(?P<four>[^:]*)(:\d*)?")


async def report(store: StoreContext, server_id: FlakeId, entries: Sequence[ReportGameServerEventsEntryDto]) -> None:
    """Keep who joined this server. Unknown events, unusable entries and what was reported before change nothing."""
    joins = [join for entry in entries if (join := _join(entry, server_id))]
    if not joins:
        return
    told = await known(store, server_id, joins)
    news = {
        (join.player, join.joined_at): join for join in joins if (join.player, join.joined_at) not in told
    }  # fmt: skip
    people = await owners(store, list(news.values())) if news else {}
    for join in news.values():
        join.customer_id = people.get(join.steam_id or "") or people.get(join.minecraft_uuid or "")
    await store.add_all(list(news.values()))


def _join(entry: ReportGameServerEventsEntryDto, server_id: FlakeId) -> PlayerJoin | None:
    """What an entry tells of; None for another event, or if it does not say who joined."""
    told = entry.player_join
    if told is None or text(entry.event) != PLAYER_JOIN:
        return None
    steam, uuid = _identity(steam_id, told.steam_id), _identity(minecraft_uuid, told.minecraft_uuid)
    name = plain(text(told.minecraft_name)).strip()[:LONGEST_NAME] or None
    player = steam or uuid or (name or "").lower()
    if not player:
        return None
    return PlayerJoin(
        gameserver_id=server_id,
        player=player,
        customer_id=None,
        steam_id=steam,
        minecraft_uuid=uuid,
        minecraft_name=name,
        ip=address(text(told.ip_address)),
        joined_at=moment(text(entry.timestamp)) or clock.now(),
    )


def text(value: Raw) -> str:
    """A text or a number as text; empty for anything else, and for a number beyond all bounds."""
    try:
        found = msgspec.json.decode(value)
    except msgspec.DecodeError:
        return ""
    return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else ""


def _identity(read: Callable[[str], str], value: Raw) -> str | None:
    try:
        return read(text(value))
    except BadIdentity:
        return None


def address(told: str) -> str | None:
    """The address in it, without port, zone, brackets or what Java writes before the slash; None if there is none."""
    bare = told.strip().rpartition("/")[2].partition("%")[0]
    parts = WITH_PORT.fullmatch(bare)
    for candidate in (bare, parts and (parts["six"] or parts["four"])):
        try:
            return str(ip_address(candidate or ""))
        except ValueError:
            continue
    return None


def moment(told: str) -> datetime | None:
    """The time that it names, in any spelling of ISO 8601 or as a Unix time; UTC without a zone, None if it is no time."""
    try:
        number = float(told)
    except ValueError:
        number = None
    try:
        if number is not None:
            return datetime.fromtimestamp(number / 1000 if number > MILLISECONDS else number, UTC)
        found = datetime.fromisoformat(told.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return None
