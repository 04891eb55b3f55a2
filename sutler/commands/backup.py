"""What can be typed to keep a store safe: `sutler backup`, `restore`, `drill` and `doctor`."""

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Argument(help="The file of the backup.")]
Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (backup, restore, drill, doctor):
        app.command()(command)


def backup(
    file: File,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one already.")] = False,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Put the secret key into the file too. Keep it like a password then.")
    ] = False,
    data: Data = None,
) -> None:
    """Write everything that the store has into one checked file. The store goes on running meanwhile."""
    from sutler.commands import recovery

    recovery.back_up(file, recovery.use(data), force=force, with_key=with_key)


def restore(
    file: File,
    *,
    without_key: Annotated[
        bool, typer.Option("--without-key", help="Restore although the secret key is lost, and with it what it sealed.")
    ] = False,
    data: Data = None,
) -> None:
    """Bring a backup back into an empty database of either kind, all of it or nothing; then the doctor looks at it."""
    from sutler.commands import recovery

    if not recovery.restore(file, recovery.use(data), without_key=without_key):
        raise typer.Exit(1)


def drill(
    file: File,
    *,
    postgres: Annotated[
        str | None,
        typer.Option(help="Rehearse at this PostgreSQL address, in a schema of its own, instead of in a SQLite file."),
    ] = None,
    data: Data = None,
) -> None:
    """Rehearse a restore beside the running store, let the doctor look at the copy, and compare the two.

    The copy goes into the system's folder for temporary files (TMPDIR), and is deleted afterwards.
    """
    from sutler.commands import recovery

    recovery.use(data)
    if not recovery.drill(file, postgres):
        raise typer.Exit(1)


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False, data: Data = None
) -> None:
    """Derive again what can be derived, and say what does not add up. It only reads; the store goes on running."""
    from sutler.commands import recovery

    recovery.use(data)
    if not recovery.examine(as_json=as_json):
        raise typer.Exit(1)
