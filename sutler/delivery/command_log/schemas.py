"""What became of a command, as those who manage the store see it."""

from datetime import datetime

from msgspec import Struct

from sutler.delivery.command_log.models import CommandLogEntry, Step


class CommandLogEntryDto(Struct):
    """The command was handed to its game server, or the server said that it ran."""

    step: Step
    at: datetime
    ip: str | None


def shown(entry: CommandLogEntry) -> CommandLogEntryDto:
    """One step."""
    return CommandLogEntryDto(step=entry.step, at=entry.created_at, ip=entry.ip)
