"""`sutler backup`, `restore`, `drill` and `doctor`."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from sutler.doctor.examination import Result
    from sutler.kernel.backup.archive import Contents
    from sutler.kernel.backup.keys import Keys
    from sutler.kernel.backup.walk import Progress as Told

out, err = Console(highlight=False), Console(stderr=True, highlight=False)
File = Annotated[Path, typer.Argument(help="The file of the backup.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (backup, restore, drill, doctor):
        app.command()(command)


def backup(
    file: File,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if there is one already.")] = False,
    with_key: Annotated[
        bool, typer.Option("--with-key", help="Put the secret key into the file too. Keep it like a password then.")
    ] = False,
) -> None:
    """Write everything that the store has into one checked file. The store goes on running meanwhile."""
    with complaints():
        from sutler.kernel.backup.files import emerging
        from sutler.kernel.backup.keys import sealing
        from sutler.kernel.backup.save import back_up
        from sutler.kernel.data.database import database
        from sutler.settings import settings

        keys, began = present_keys(), perf_counter()
        sealer, source = keys.sealer(), database(settings().database_url)
        sealed = sealing(sealer, keys.text if with_key else None) if sealer else None
        with progress_bar("Backing up") as told:
            contents = asyncio.run(back_up(source, emerging(file, force=force), sealed, progress=told))
        size = file.stat().st_size / 1_000_000
        out.print(f"{escape(str(file))} holds {described(contents)}: {size:,.1f} MB in {perf_counter() - began:.1f} s.")
        tell_of_keys(contents, keys)


def restore(
    file: File,
    without_key: Annotated[
        bool, typer.Option("--without-key", help="Restore although the secret key is lost, and with it what it sealed.")
    ] = False,
) -> None:
    """Bring a backup back into an empty database of either kind, all of it or nothing; then the doctor looks at it."""
    with complaints():
        from sutler.settings import settings

        keys, contents = present_keys(), checked(file)
        with ExitStack() as stack:
            if not without_key and stack.enter_context(keys.made_to_fit(contents.header.sealing)):
                out.print(f"The backup carries its key, which will be brought back to {escape(str(keys.file))}.")
            began = perf_counter()
            with progress_bar("Restoring") as told:
                asyncio.run(restored(settings().database_url, file, contents, told))
        out.print(f"Restored {described(contents)} in {perf_counter() - began:.1f} s.")
        finish(examined())


def drill(
    file: File,
    postgres: Annotated[
        str, typer.Option(help="Rehearse at this PostgreSQL address, in a schema of its own, instead of in a SQLite file.")
    ] = "",
) -> None:
    """Rehearse a restore beside the running store, let the doctor look at the copy, and compare the two."""
    with complaints():
        from sutler.doctor.drill import rehearse
        from sutler.doctor.report import show_comparisons, show_results
        from sutler.kernel.data.database import database
        from sutler.settings import settings

        contents, running = checked(file), database(settings().database_url)
        install_sealer()
        with progress_bar("Rehearsing") as told:
            found = asyncio.run(rehearse(running, file, contents, postgres=postgres or None, progress=told))
        show_results(out, found.results)
        show_comparisons(out, found.comparisons, found.reason)
        out.print(f"Restoring {described(contents)} took {found.seconds:.1f} s.")
        if not found.passed:
            out.print("[red]This backup would not bring back everything as it should be.[/]")
            raise typer.Exit(1)
        out.print("[green]This backup would bring the store back.[/]")


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Answer with JSON, for programs.")] = False,
) -> None:
    """Derive again what can be derived, and say what does not add up. It only reads; the store goes on running."""
    with complaints():
        results = examined()
        if not as_json:
            finish(results)
            return
        import msgspec

        ok = not any(result.problems for result in results)
        typer.echo(msgspec.json.encode({"ok": ok, "checks": results}).decode())
        raise typer.Exit(0 if ok else 1)


def examined() -> "list[Result]":
    """What the doctor finds in the store."""
    from sutler.doctor.checks import doctor as look
    from sutler.kernel.data.database import database
    from sutler.settings import settings

    install_sealer()
    with err.status("Looking …") as status:
        return asyncio.run(look(database(settings().database_url), lambda title: status.update(escape(title))))


def finish(results: "list[Result]") -> None:
    """Say what was found, and end with 1 if anything does not add up."""
    from sutler.doctor.report import show_results

    show_results(out, results)
    problems = sum(bool(result.problems) for result in results)
    if problems:
        out.print(f"[red]{problems} of {len(results)} checks found what does not add up.[/]")
        raise typer.Exit(1)
    out.print("[green]Everything adds up.[/]")


def checked(file: Path) -> "Contents":
    """What is in a backup, every byte of which was looked at."""
    from sutler.kernel.backup.archive import inspect

    with err.status("Checking every byte …") as status:
        return inspect(file, lambda rows: status.update(f"Checking every byte … {rows:,} rows"))


async def restored(url: str, file: Path, contents: "Contents", told: "Told") -> None:
    """Restore into the database at an address."""
    from sutler.kernel.backup.restore import restore as bring_back
    from sutler.kernel.data.database import database

    target = database(url)
    await target.open()
    try:
        await bring_back(target, file, contents, progress=told)
    finally:
        await target.close()


def present_keys() -> "Keys":
    """Where this installation has its keys."""
    from sutler.kernel.backup.keys import Keys
    from sutler.settings import settings

    return Keys(settings().secret_key, settings().data)


def install_sealer() -> None:
    """Let this process open secrets, if there is a key; the doctor says what is missing if there is none."""
    from sutler.kernel.secrets import install

    sealer = present_keys().sealer()
    if sealer is not None:
        install(sealer)


def described(contents: "Contents") -> str:
    """How much, and of when."""
    moment = contents.header.created_at.strftime("%Y-%m-%d %H:%M:%S UTC")
    return f"{contents.rows:,} rows in {len(contents.tables)} tables as of {moment}"


def tell_of_keys(contents: "Contents", keys: "Keys") -> None:
    """A backup without its key opens no secret; one with it opens all."""
    sealing = contents.header.sealing
    if sealing is None:
        return
    if sealing.keys is not None:
        out.print("[yellow]The file holds the secret key: whoever can read it can open every secret of the store.[/]")
        return
    place = "SUTLER_SECRET_KEY" if keys.is_set else str(keys.file)
    out.print(f"Its secrets are sealed with the key {sealing.key_id}, which is not in the file: keep {escape(place)} too.")


@contextmanager
def progress_bar(title: str) -> "Iterator[Told]":
    """A bar on the terminal, while there is something to tell."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda name, done, total: progress.update(task, description=f"{title} {name}", completed=done, total=total)


@contextmanager
def complaints() -> Iterator[None]:
    """What the owner can do something about is told in a sentence, without a trace."""
    from sutler.kernel.backup.errors import BackupError
    from sutler.kernel.errors import ServiceUnavailable
    from sutler.kernel.secrets import BadSecretKey
    from sutler.settings import BadSetting

    try:
        yield
    except (BackupError, ServiceUnavailable, BadSecretKey, BadSetting, OSError) as error:
        err.print(f"[red]{escape(str(error))}[/]", soft_wrap=True)
        raise typer.Exit(1) from error
