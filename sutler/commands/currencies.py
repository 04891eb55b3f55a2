"""`sutler currency`: what one currency is worth in another."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
OfStore = Annotated[str | None, typer.Option("--store", help="The store's id or slug; needed when there are several.")]
Base = Annotated[str, typer.Argument(help="The currency of which one unit is worth so much, such as eur.")]
Other = Annotated[str, typer.Argument(metavar="CURRENCY", help="The other currency, such as usd.")]

currency = typer.Typer(help="Exchange rates.", no_args_is_help=True, pretty_exceptions_enable=False)


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(currency, name="currency")


@currency.command("import")
def take_in(
    file: Annotated[str, typer.Argument(help="The file, or - for standard input: XML or CSV, zipped or not.")],
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Take in the European Central Bank's reference rates, such as its eurofxref-daily.xml."""
    from sutler.commands import exchanging, ground

    ground.use(data=data)
    typer.echo(ground.run(exchanging.take_in(store, exchanging.content_of(file))))


@currency.command()
def pin(
    base: Base,
    other: Other,
    rate: Annotated[str, typer.Argument(help="How much of the other currency that is, such as 1.10.")],
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Fix a rate, whatever is imported, in both directions."""
    from sutler.commands import exchanging, ground

    ground.use(data=data)
    typer.echo(ground.run(exchanging.pin(store, base, other, rate)))


@currency.command()
def unpin(base: Base, other: Other, store: OfStore = None, data: Data = None) -> None:
    """Let imported rates count again between two currencies."""
    from sutler.commands import exchanging, ground

    ground.use(data=data)
    ground.run(exchanging.unpin(store, base, other))


@currency.command("list")
def show(store: OfStore = None, data: Data = None) -> None:
    """List what is pinned, and the newest imported rates."""
    from sutler.commands import exchanging, ground

    ground.use(data=data)
    ground.run(exchanging.show(store))
