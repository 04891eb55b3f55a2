"""What the services answer, as far as it is read."""

from msgspec import Struct, field


class SteamPlayer(Struct):
    """One entry of Steam's player summaries."""

    steamid: str
    personaname: str
    avatarfull: str = ""


class SteamPlayers(Struct):
    """The list inside Steam's answer; accounts that do not exist are missing from it."""

    players: list[SteamPlayer]


class SteamAnswer(Struct):
    """Steam's answer to a question for player summaries."""

    response: SteamPlayers


class MojangPlayer(Struct):
    """A Minecraft account; its UUID comes without dashes."""

    id: str
    name: str


class MojangRefusal(Struct):
    """What Mojang says of a player whom it does not know. A page of some proxy in between has no such member."""

    error_message: str = field(name="errorMessage")


class Gamertag(Struct):
    """GeyserMC's answer to an XUID; empty when nobody has it."""

    gamertag: str | None = None


class Xuid(Struct):
    """GeyserMC's answer to a gamertag; empty when nobody has it."""

    xuid: int | None = None
