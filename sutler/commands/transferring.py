"""`sutler customers import` and `export`: what they do and what they say."""

import os
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Self, TextIO, TypeVar

import msgspec
import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from sutler.commands import customer_files, ground
from sutler.commands.recording import record
from sutler.commands.refusal import Refusal
from sutler.commands.stores import chosen
from sutler.customers.customers.models import Customer
from sutler.customers.transfer import service
from sutler.customers.transfer.models import CustomerImport, ImportRuns
from sutler.customers.transfer.schemas import FileRecord, Unmade
from sutler.kernel.data.database import Database
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

T = TypeVar("T")
ATTEMPTS: Final = 3  # at a batch in which an identity was taken by somebody at the same moment


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end; a file that cannot be read or written is refused in a sentence."""
    try:
        return ground.run(work)
    except OSError as error:
        raise Refusal(str(error)) from error


async def import_customers(file: Path, name: str | None, *, again: bool = False) -> CustomerImport:
    """Import a file into a store, from where it has got to, and say how far that is."""
    form, digest = customer_files.form_of(file), customer_files.digest(file)
    async with ground.at_hand() as database:
        async with database.writing() as connection:
            store = await chosen(connection, name)
            context = ground.inside(connection, store.id)
            progress = await service.begin(context, digest, again=again)
            if not progress.is_complete:
                await record(context, "customers import", progress.id)
        if progress.is_complete:
            return progress
        with file.open("rb") as raw, Refusals(refusals_of(file), progress) as refusals, bar(DownloadColumn()) as moving:
            lines = customer_files.Counting(raw)
            rest = islice(customer_files.records(lines, form), progress.records, None)
            size = os.fstat(raw.fileno()).st_size
            for batch in batches(rest, service.BATCH):
                progress = await made(database, store.id, progress, batch, refusals)
                moving(f"{progress.made:,} made", lines.done, size)
        async with database.writing() as connection:
            return await service.complete(ground.inside(connection, store.id), progress)


async def made(
    database: Database, store_id: FlakeId, progress: CustomerImport, records: Sequence[FileRecord], refusals: "Refusals"
) -> CustomerImport:
    """One batch, whose refusals are written down before it is committed: what is counted can be read."""
    for attempt in range(ATTEMPTS):
        try:
            async with database.writing() as connection:
                batch = await service.take(ground.inside(connection, store_id), progress, records)
                refusals.write(batch.unmade)
        except ImportRuns as error:
            raise Refusal(str(error)) from error
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            refusals.keep()
            return batch.progress
    raise AssertionError  # the last attempt returns or raises


def batches(records: Iterable[FileRecord], size: int) -> Iterator[list[FileRecord]]:
    """Records in lists of this many."""
    batch: list[FileRecord] = []
    try:
        for record in records:
            batch.append(record)
            if len(batch) == size:
                yield batch
                batch = []
    except Refusal:  # the file is broken here; what comes before is good
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def refusals_of(file: Path) -> Path:
    """Where the records of a file go of which no customer was made."""
    return file.with_name(f"{file.name}.refused.jsonl")


class Refusals:
    """The file of refusals: as many lines as the import counts, even after an interruption."""

    def __init__(self, path: Path, progress: CustomerImport) -> None:
        self._path, self._count = path, progress.known + progress.refused

    def __enter__(self) -> Self:
        """Open it, and take off what was written for a batch that was not committed."""
        self._path.touch(mode=0o600)
        self._file: BinaryIO = self._path.open("r+b")
        for _ in islice(iter(self._file.readline, b""), self._count):
            pass
        self.keep()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no empty file behind."""
        self._file.truncate(self._kept)
        self._file.close()
        if not self._kept:
            self._path.unlink()

    def write(self, unmade: Sequence[Unmade]) -> None:
        """The refusals of a batch, instead of those of an earlier attempt at it."""
        self._file.seek(self._kept)
        self._file.truncate()
        self._file.writelines(msgspec.json.encode(told) + b"\n" for told in unmade)
        self._file.flush()

    def keep(self) -> None:
        """What was written is committed."""
        self._kept = self._file.tell()


async def export_customers(file: Path, name: str | None, *, force: bool = False) -> int:
    """Write all customers of a store to a file, and say how many there are."""
    form = customer_files.form_of(file)
    async with ground.at_hand() as database, database.reading(slow=True) as connection:
        store = ground.inside(connection, (await chosen(connection, name)).id, writes=False)
        total = await store.count(store.rows(Customer))
        with bar(MofNCompleteColumn()) as moving:

            async def counted() -> Any:
                number = 0
                async for one in service.everyone(store):
                    number += 1
                    moving("Exporting", number, total)
                    yield one

            with finished(file, force=force) as opened:
                return await customer_files.write(counted(), opened, form)


@contextmanager
def finished(file: Path, *, force: bool) -> Iterator[TextIO]:
    """A file for its owner's eyes only that appears under its name once it is complete; Refusal if there is one."""
    if file.exists() and not force:
        raise Refusal(f"There is a file {file} already. Choose another name, or replace it with --force.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as opened:
            yield opened
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def show(progress: CustomerImport, file: Path) -> None:
    """Say what became of a file."""
    typer.echo(
        f"{progress.records:,} records: {progress.made:,} customers made, {progress.known:,} known already, "
        f"{progress.refused:,} refused.",
        err=True,
    )
    if progress.known + progress.refused and refusals_of(file).exists():
        typer.echo(f"Why, line by line: {refusals_of(file)}", err=True)


@contextmanager
def bar(amount: ProgressColumn) -> Iterator[Any]:
    """A bar on the terminal."""
    columns = TextColumn("{task.description}"), BarColumn(), amount, TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda text, done, total: progress.update(task, description=text, completed=done, total=total)
