"""`sutler clock`: what can be typed to stop and move the time of a store in test mode."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
OfStore = Annotated[str | None, typer.Option("--store", help="The store's id or slug; needed when there are several.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    clocks = typer.Typer(help="The time of a store in test mode.", no_args_is_help=True, pretty_exceptions_enable=False)
    for command in (show, freeze, advance, to, release):
        clocks.command(command.__name__)(command)
    app.add_typer(clocks, name="clock")


def show(store: OfStore = None, data: Data = None) -> None:
    """Show a store's time, and whether it stands still."""
    from sutler.commands import ground, moving

    ground.use(data=data)
    typer.echo(ground.run(moving.told(store)))


def freeze(store: OfStore = None, data: Data = None) -> None:
    """Stop a store's clock where it is."""
    from sutler.commands import ground, moving

    ground.use(data=data)
    typer.echo(ground.run(moving.frozen(store)))


def advance(
    duration: Annotated[str, typer.Argument(help="How far: 40d, 1y6mo, 2w, 12h30min, or P40D.")],
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Move a store's clock forward. What becomes due on the way happens in its order; a server may run meanwhile.

    The clock is stopped first if it is not. What is interrupted goes on with `sutler clock to`.
    """
    from sutler.commands import ground, moving

    ground.use(data=data)
    typer.echo(ground.run(moving.moved(store, moving.later(duration))))


def to(
    moment: Annotated[str, typer.Argument(help="Where to: 2027-01-31, or 2027-01-31T12:30:00Z (UTC if no zone is given).")],
    store: OfStore = None,
    data: Data = None,
) -> None:
    """Move a store's clock forward to a moment, in the same way."""
    from sutler.commands import ground, moving

    ground.use(data=data)
    typer.echo(ground.run(moving.moved(store, moving.until(moment))))


def release(store: OfStore = None, data: Data = None) -> None:
    """Let a store's clock go with real time again. One that is ahead of it cannot go back."""
    from sutler.commands import ground, moving

    ground.use(data=data)
    typer.echo(ground.run(moving.released(store)))
