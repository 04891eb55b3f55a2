"""Importing, pinning and listing exchange rates, for the command line."""

import sys
from pathlib import Path

from sutler.commands import showing
from sutler.commands.ground import at_hand, inside
from sutler.commands.recording import record
from sutler.commands.refusal import Refusal
from sutler.commands.stores import chosen
from sutler.kernel.outside.ecb import LARGEST_FILE
from sutler.stores.exchange_rates import queries, service


def content_of(file: str) -> bytes:
    """What is in a file, or comes from standard input; Refusal when it cannot be read."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(LARGEST_FILE + 1)
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror or error}.") from error


async def take_in(store: str | None, content: bytes) -> str:
    """Keep the days of a file, and say how many; InvalidInput for what is no file of rates."""
    async with at_hand() as database, database.writing() as connection:
        owner = await chosen(connection, store)
        context = inside(connection, owner.id)
        count = await service.take_in(context, content)
        await record(context, "currency import")
        told = await queries.shown(context)
    when = f"{told.day:%Y-%m-%d}" if told.day else "no day"
    warning = "" if told.current else " They are too old to be used."
    return (
        f"{owner.name} has taken in {count} {'day' if count == 1 else 'days'} of rates; the newest are of {when}.{warning}"
    )


async def pin(store: str | None, base: str, currency: str, rate: str) -> str:
    """Fix a rate, and say it in a sentence; InvalidInput for what is no currency or no rate."""
    async with at_hand() as database, database.writing() as connection:
        context = inside(connection, (await chosen(connection, store)).id)
        pinned = await service.pin(context, base, currency, rate)
        await record(context, "currency pin", pinned.id)
    return f"1 {pinned.base.upper()} is {pinned.rate} {pinned.currency.upper()} until you unpin it."


async def unpin(store: str | None, base: str, currency: str) -> None:
    """Take a pin back; NotFound when there is none."""
    async with at_hand() as database, database.writing() as connection:
        context = inside(connection, (await chosen(connection, store)).id)
        await service.unpin(context, base, currency)
        await record(context, "currency unpin")


async def show(store: str | None) -> None:
    """Print what counts: pins first."""
    async with at_hand() as database, database.reading() as connection:
        told = await queries.shown(inside(connection, (await chosen(connection, store)).id, writes=False))
    pinned = [(pin.base, pin.currency, pin.rate, "pinned") for pin in told.pins]
    since = f"{told.day:%Y-%m-%d}" if told.day else ""
    imported = [(told.base, code, rate, since if told.current else f"{since}, too old") for code, rate in told.rates.items()]
    showing.rows(("one", "is", "rate", "from"), [*pinned, *imported])
