"""What Discord takes, and how it says no."""

from typing import Final

import msgspec
from msgspec import UNSET, Struct, UnsetType

from sutler.kernel.wire import Wire

MOST_TITLE: Final = 256
MOST_DESCRIPTION: Final = 4096
MOST_CONTENT: Final = 2000
FOR_GOOD: Final = frozenset({400, 401, 403, 404})  # message or address are wrong; who asks again anyway gets blocked


class AllowedMentions(Wire):
    """Whom a message may ping: nobody, because buyers choose part of its text."""

    parse: tuple[str, ...] = ()


class Embed(Wire):
    """The box of a message."""

    title: str
    description: str | UnsetType = UNSET
    color: int


class Message(Wire):
    """A message of a channel's webhook."""

    content: str | UnsetType = UNSET
    embeds: list[Embed] | UnsetType = UNSET
    allowed_mentions: AllowedMentions


class _Limited(Struct):
    """The body of a 429."""

    retry_after: float = 0


def retry_after(body: bytes) -> float:
    """The seconds to wait, to the fraction, of an answer that says so in its body; 0 of any other."""
    try:
        seconds = msgspec.json.decode(body, type=_Limited).retry_after
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return 0
    return min(max(seconds, 0), 10**8)
