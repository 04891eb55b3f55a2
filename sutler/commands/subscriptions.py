"""`sutler subscriptions`: what they come to."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sutler.billing.recurring_revenue.schemas import RecurringRevenueDto

Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
OfStore = Annotated[str | None, typer.Option("--store", help="The store's id or slug; needed when there are several.")]
PARTS = {
    "active": "paid up, and going on",
    "ending": "paid up, ending with their period",
    "past_due": "waiting for their renewal to be paid",
    "trials": "on trial, not paid for yet",
}


def register(app: typer.Typer) -> None:
    """Add these commands."""
    subscriptions = typer.Typer(
        help="What customers pay for again and again.", no_args_is_help=True, pretty_exceptions_enable=False
    )
    subscriptions.callback()(lambda: None)
    subscriptions.command("mrr")(mrr)
    app.add_typer(subscriptions, name="subscriptions")


def mrr(store: OfStore = None, data: Data = None) -> None:
    """Write what subscriptions come to in thirty days, without tax."""
    from sutler.commands import ground
    from sutler.kernel.money import formatted

    ground.use(data=data)
    found = ground.run(expected(store))
    for name, words in PARTS.items():
        part = getattr(found, name)
        typer.echo(f"{formatted(part.amount, found.currency):>16}  {part.subscriptions:>7} {words}")


async def expected(store: str | None) -> "RecurringRevenueDto":
    """What the subscriptions of a store come to."""
    from sutler.billing.recurring_revenue.queries import revenue
    from sutler.commands import ground
    from sutler.commands.stores import chosen

    async with ground.at_hand() as database, database.reading(slow=True) as connection:
        return await revenue(ground.inside(connection, (await chosen(connection, store)).id, writes=False))
