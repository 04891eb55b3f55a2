"""Follows a stream of commands: what its lines say, and for whom a command is."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from sutler_sdk import QueuedCommandDto

DECODER = msgspec.json.Decoder(QueuedCommandDto)


def commands_in(lines: Iterable[str]) -> Iterator[QueuedCommandDto | None]:
    """The commands that server-sent events tell of, and None for each sign of life between them."""
    name = ""
    for line in lines:
        field, _, value = line.partition(":")
        if not field:  # a comment, or the end of an event
            yield None
        elif field == "event":
            name = value.strip()
        elif field == "data" and name == "command":
            yield DECODER.decode(value)


def is_here(command: QueuedCommandDto, players: Sequence[str]) -> bool:
    """Whether the player of a command is one of these, who are known by ids or names, in any case."""
    known = (command.steam_id, command.minecraft_uuid, command.customer_name)
    return not {plain(player) for player in players}.isdisjoint(plain(one) for one in known if one)


def plain(player: str) -> str:
    """How players are compared: without the dashes of UUIDs, in lower case."""
    return player.replace("-", "").lower()
