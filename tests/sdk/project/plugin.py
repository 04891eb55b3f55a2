"""What runs beside a game: one command after the other, each once."""

import threading
from pathlib import Path

from sutler_sdk import (
    AsyncGameServerClient,
    GameServerClient,
    Journal,
    JournalDamaged,
    JournalInUse,
    Players,
    QueuedCommandDto,
)


def on_command(command: QueuedCommandDto) -> bool | None:
    """Handlers are typed."""
    return None if command.command and command.attempt_id else False


async def on_command_awaited(command: QueuedCommandDto) -> None:
    """Those that are awaited as well."""
    on_command(command)


def online() -> Players:
    """Who is there."""
    return Players(steam_ids=["76561198000000000"], customer_names=("ann",))


def play(token: str, journal: Path, stop: threading.Event) -> None:
    """A plugin."""
    with GameServerClient(token) as server:
        server.run(on_command, journal=journal, players=online, stop=stop, hostname="Lobby", version="1")


async def play_along(token: str) -> None:
    """The same, awaited."""
    async with AsyncGameServerClient(token, base_url="https://store.example.com") as server:
        await server.run(on_command_awaited, journal="store.journal", did_it_run=lambda _: None, interval=5)


def by_hand(server: GameServerClient, journal: Path) -> list[str]:
    """The parts of `run`."""
    try:
        with Journal(journal) as book:
            known = book.unacknowledged()
    except (JournalDamaged, JournalInUse):
        known = []
    queued: list[QueuedCommandDto] = server.poll(online(), wait=30)
    server.delivery.mark_queued_command_executed_bulk([{"attempt_id": one.attempt_id} for one in queued])
    return [*known, *(one.attempt_id for one in queued)]
