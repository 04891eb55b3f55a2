"""`sutler backup`, `restore`, `drill` and `doctor`: what they do and what they say."""

import os
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from sutler import settings
from sutler.commands import ground, showing
from sutler.commands.refusal import Refusal
from sutler.doctor.checks import doctor
from sutler.doctor.drill import rehearse
from sutler.doctor.examination import Result
from sutler.doctor.report import show_comparisons, show_results
from sutler.kernel import logs, secrets
from sutler.kernel.backup import restore as restoring
from sutler.kernel.backup import save
from sutler.kernel.backup.archive import Contents, inspect
from sutler.kernel.backup.errors import BackupError
from sutler.kernel.backup.files import emerging
from sutler.kernel.backup.keys import Keys, sealing
from sutler.kernel.backup.walk import Progress as Told

T = TypeVar("T")


def use(data: Path | None) -> Keys:
    """Settle the settings and answer where the keys are; Refusal if they are bad.

    Unlike other commands these never make a key: whoever restores a store without its own must notice.
    """
    given = {} if data is None else {"data": str(data)}
    try:
        chosen = settings.read(os.environ, **given)
        keys = Keys(chosen.secret_key, chosen.data)
        sealer = keys.sealer()
    except (settings.BadSetting, secrets.BadSecretKey, OSError) as error:
        raise Refusal(str(error)) from error
    logs.configure(chosen.log_level, chosen.log_format)
    settings.install(chosen)
    if sealer is not None:
        secrets.install(sealer)
    return keys


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; what the owner can do something about is refused in a sentence."""
    with told_in_a_sentence():
        return ground.run(work)


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """What the owner can do something about is refused in a sentence."""
    try:
        yield
    except (BackupError, OSError) as error:
        raise Refusal(str(error)) from error


def back_up(file: Path, keys: Keys, *, force: bool, with_key: bool) -> None:
    """Write a backup, and say what is in it and what is not."""
    began, sealer = perf_counter(), keys.sealer()
    sealed = sealing(sealer, keys.text if with_key else None) if sealer else None
    with bar("Backing up") as progress:
        contents = run(save.back_up(ground.database(), emerging(file, force=force), sealed, progress=progress))
    size, seconds = file.stat().st_size / 1_000_000, perf_counter() - began
    say(f"{file} holds {described(contents)}: {size:,.1f} MB in {seconds:.1f} s.")
    if sealed is not None and with_key:
        say("It holds the secret key too: whoever can read it can open every secret of the store.", "yellow")
    elif sealed is not None:
        place = "SUTLER_SECRET_KEY" if keys.is_set else keys.file
        say(f"Its secrets are sealed with the key {sealed.key_id}, which is not in it: keep {place} as well, elsewhere.")


def restore(file: Path, keys: Keys, *, without_key: bool) -> bool:
    """Bring a backup back; answers whether the doctor is content."""
    contents = checked(file)
    with told_in_a_sentence(), ExitStack() as stack:
        if not without_key and stack.enter_context(keys.made_to_fit(contents.header.sealing)):
            say(f"The backup carries its key, which is brought back to {keys.file}.")
        began = perf_counter()
        with bar("Restoring") as progress:
            run(filled(file, contents, progress))
    say(f"Restored {described(contents)} in {perf_counter() - began:.1f} s.")
    sealer = keys.sealer()
    if sealer is not None:
        secrets.install(sealer)
    return examine(as_json=False)


async def filled(file: Path, contents: Contents, progress: Told) -> None:
    """Restore into the database of the settings."""
    target = ground.database()
    with ground.opening():
        await target.open()
    try:
        await restoring.restore(target, file, contents, progress=progress)
    finally:
        await target.close()


def drill(file: Path, postgres: str | None) -> bool:
    """Rehearse a restore; answers whether the backup would bring the store back."""
    if postgres is not None and not postgres.startswith(("postgresql:", "postgres:")):
        raise Refusal("--postgres takes the address of a PostgreSQL database: postgresql://USER:PASSWORD@HOST/NAME.")
    contents = checked(file)
    with bar("Rehearsing") as progress:
        found = run(rehearse(ground.database(), file, contents, postgres=postgres, progress=progress))
    show_results(showing.out(), found.results)
    show_comparisons(showing.out(), found.comparisons, found.reason)
    say(f"Restoring {described(contents)} took {found.seconds:.1f} s.")
    if found.passed:
        say("This backup would bring the store back.", "green")
    else:
        say("This backup would not bring everything back as it should be.", "red")
    return found.passed


def examine(*, as_json: bool) -> bool:
    """Let the doctor look at the store, and answer whether everything adds up."""
    with looking("Looking …") as status:
        results = run(doctor(ground.database(), status))
    wrong = sum(bool(result.problems) for result in results)
    if as_json:
        sys.stdout.write(msgspec.json.encode({"ok": not wrong, "checks": results}).decode() + "\n")
    else:
        show_results(showing.out(), results)
        say(*verdict(results, wrong))
    return not wrong


def verdict(results: Sequence[Result], wrong: int) -> tuple[str, str]:
    """The last line, and its colour."""
    if not wrong:
        return "Everything adds up.", "green"
    return f"{wrong} of {len(results)} checks found what does not add up.", "red"


def checked(file: Path) -> Contents:
    """What is in a backup, every byte of which was looked at."""
    with told_in_a_sentence(), looking("Checking every byte …") as status:
        return inspect(file, lambda rows: status(f"Checking every byte … {rows:,} rows"))


def described(contents: Contents) -> str:
    """How much, and of when."""
    return (
        f"{contents.rows:,} rows in {len(contents.tables)} tables as of {contents.header.created_at:%Y-%m-%d %H:%M:%S} UTC"
    )


def say(text: str, style: str | None = None) -> None:
    """A line for a person."""
    showing.out().print(text, style=style, markup=False, soft_wrap=True)


@contextmanager
def looking(text: str) -> Iterator[Callable[[str], None]]:
    """A line on the terminal that says what is going on, and can be told something newer."""
    with Console(stderr=True).status(escape(text)) as status:
        yield lambda newer: status.update(escape(newer))


@contextmanager
def bar(title: str) -> Iterator[Told]:
    """A bar on the terminal, while there is something to tell."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda name, done, total: progress.update(task, description=f"{title} {name}", completed=done, total=total)
