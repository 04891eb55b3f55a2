"""Questions about players to Steam, Mojang and GeyserMC. Nothing here asks a database; never call it in a transaction."""

from time import monotonic
from typing import Final, Literal, NamedTuple, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from sutler.customers.identities import service as identities
from sutler.customers.identities.service import BadIdentity
from sutler.customers.player_lookups.schemas import Gamertag, MojangPlayer, MojangRefusal, SteamAnswer, Xuid
from sutler.kernel.outside.http import CallFailed, Reply
from sutler.kernel.outside.installed import outside
from sutler.settings import settings

PATIENCE: Final = 5.0  # seconds for one answer, when only a job waits for it
REST: Final = 30.0  # seconds for which this process leaves a service alone that did not answer
LONGEST_NAME: Final = 100
LONGEST_URL: Final = 500
NO_CONTENT: Final = 204
NOT_FOUND: Final = 404
T = TypeVar("T")
Platform = Literal["steam", "minecraft", "xbox"]
_resting: dict[str, float] = {}


class CannotTell(Exception):
    """The service did not answer, or not in a way that says anything about the player."""


class Player(NamedTuple):
    """Somebody on a platform: a SteamID64, a dashed UUID or an XUID, and the name and picture that go with it."""

    platform: Platform
    id: str
    name: str
    avatar_url: str | None = None


async def steam_player(steam_id: str, patience: float = PATIENCE) -> Player | None:
    """Who has this Steam account; None when nobody has. It takes the Steam Web API key of the settings."""
    question = urlencode({"key": settings().steam_api_key or "", "steamids": steam_id})
    url = f"{settings().steam_api_url}/ISteamUser/GetPlayerSummaries/v2/?{question}"
    answer = _read(await _ask(settings().steam_api_url, url, patience), SteamAnswer)
    found = next((player for player in answer.response.players if player.steamid == steam_id), None)
    if found is None:
        return None
    picture = found.avatarfull if found.avatarfull.startswith("https://") else ""
    return Player("steam", steam_id, _plain(found.personaname), picture[:LONGEST_URL] or None)


async def java_player(name: str, patience: float = PATIENCE) -> Player | None:
    """Who plays Minecraft for Java under this name; None when Mojang says that nobody does."""
    found = await _mojang(f"name/{quote(name, safe='')}", patience)
    if found is not None and found.name.lower() != name.lower():
        raise CannotTell("Mojang answered about another player than the one asked for.")
    return found


async def java_player_with(uuid: str, patience: float = PATIENCE) -> Player | None:
    """Who has this UUID; None when Mojang says that nobody has."""
    found = await _mojang(quote(uuid, safe=""), patience)
    if found is not None and found.id != uuid:
        raise CannotTell("Mojang answered about another player than the one asked for.")
    return found


async def bedrock_player(gamertag: str, patience: float = PATIENCE) -> Player | None:
    """Who has this gamertag, blanks included; None when nobody has."""
    found = await _geyser(f"xuid/{quote(gamertag, safe='')}", Xuid, patience)
    if found is None or found.xuid is None:
        return None
    try:
        return Player("xbox", identities.xbox_xuid(str(found.xuid)), gamertag)
    except BadIdentity as error:
        raise CannotTell(f"GeyserMC answered with something that is no player: {error}") from None


async def bedrock_player_with(xuid: str, patience: float = PATIENCE) -> Player | None:
    """Who has this Xbox user id; None when nobody has."""
    found = await _geyser(f"gamertag/{quote(xuid, safe='')}", Gamertag, patience)
    name = _plain(found.gamertag or "") if found else ""
    return Player("xbox", xuid, name) if name else None


async def _mojang(path: str, patience: float) -> Player | None:
    reply = await _ask(settings().mojang_api_url, f"{settings().mojang_api_url}/minecraft/profile/lookup/{path}", patience)
    if reply.status == NO_CONTENT:
        return None
    if reply.status == NOT_FOUND:
        _decoded(reply, MojangRefusal)
        return None
    found = _read(reply, MojangPlayer)
    try:
        uuid = identities.minecraft_uuid(found.id)
        name = identities.player_name(found.name, bedrock=False)
    except BadIdentity as error:
        raise CannotTell(f"Mojang answered with something that is no player: {error}") from None
    avatar = settings().minecraft_avatar_url
    return Player("minecraft", uuid, name, avatar.replace("{uuid}", uuid).replace("{name}", name) if avatar else None)


async def _geyser(path: str, kind: type[T], patience: float) -> T | None:
    reply = await _ask(settings().geyser_api_url, f"{settings().geyser_api_url}/v2/xbox/{path}", patience)
    return None if reply.status == NO_CONTENT else _read(reply, kind)


async def _ask(service: str, url: str, patience: float) -> Reply:
    """One GET. A service that is silent, failing or tired of us is then left alone for a while by this process."""
    if _resting.get(service, 0.0) > monotonic():
        raise CannotTell("This service did not answer a moment ago.")
    try:
        reply = await outside().send("GET", url, timeout=patience)
    except CallFailed as error:
        _resting[service] = monotonic() + REST
        raise CannotTell(str(error)) from None
    if reply.status == 429 or reply.status >= 500:
        _resting[service] = monotonic() + REST
        raise CannotTell(f"The service answered with status {reply.status}.")
    return reply


def forget_failures() -> None:
    """Ask every service again, whatever it did before."""
    _resting.clear()


def _read(reply: Reply, kind: type[T]) -> T:
    if reply.status != 200:
        raise CannotTell(f"The service answered with status {reply.status}.")
    return _decoded(reply, kind)


def _decoded(reply: Reply, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(reply.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise CannotTell("The service's answer is not what it should be.") from None


def _plain(text: str) -> str:
    """A name without control characters and of a bounded length."""
    return "".join(c for c in text if c.isprintable()).strip()[:LONGEST_NAME]
