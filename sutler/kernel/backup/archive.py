"""The inside of a backup: lines of JSON in gzip, so that `zcat FILE` shows everything there is.

First a line that says what it is. Then for each table a line with its columns, a line for each row in the order of their
keys, and a line with their number and SHA-256. Then a line that says that this was all, and the seal of the file.
"""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Literal, Self

import msgspec

from sutler.kernel.backup.errors import BadBackup
from sutler.kernel.backup.files import HashedFile, check_seal
from sutler.kernel.backup.shapes import LARGEST_PAGE, Shape

FORMAT: Final = 1
LEVEL: Final = 5  # of gzip; more costs much time for little


class Sealing(msgspec.Struct, frozen=True, kw_only=True):
    """With which key the store seals its secrets, and a sealed nothing to try a key on."""

    key_id: str
    probe: bytes
    keys: str | None = None  # the keys themselves, if the owner wished so


class Start(msgspec.Struct, frozen=True, kw_only=True, tag="sutler-backup", tag_field="is"):
    """As much of the header as every version of the form has."""

    format: int
    sutler: str


class Header(msgspec.Struct, frozen=True, kw_only=True, tag="sutler-backup", tag_field="is"):
    """What the backup is of. `high_water_ms` and `nodes`: no id is from a later millisecond or a higher node number."""

    format: int
    sutler: str
    revision: str
    engine: Literal["sqlite", "postgresql"]
    created_at: datetime
    high_water_ms: int
    nodes: int
    sealing: Sealing | None


class TableEnd(msgspec.Struct, frozen=True, tag="end", tag_field="is"):
    """What was written of a table."""

    rows: int
    sha256: str


class Footer(msgspec.Struct, frozen=True, tag="footer", tag_field="is"):
    """That nothing follows."""

    tables: int
    rows: int


class Contents(msgspec.Struct, frozen=True):
    """What a checked backup holds."""

    header: Header
    tables: tuple[tuple[Shape, TableEnd], ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(end.rows for _, end in self.tables)


class Summing:
    """Counts the lines of a table and sums them up."""

    def __init__(self) -> None:
        self._rows, self._digest = 0, hashlib.sha256()

    def add(self, lines: Sequence[bytes]) -> None:
        """Lines in their order."""
        self._rows += len(lines)
        self._digest.update(b"".join(lines))

    def end(self) -> TableEnd:
        """All of them."""
        return TableEnd(self._rows, self._digest.hexdigest())


class Writer(AbstractContextManager["Writer"]):
    """Writes a backup, part by part in their order."""

    def __init__(self, file: HashedFile) -> None:
        self._gzip = gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=LEVEL, mtime=0)
        self._tables = self._rows = 0
        self._table = Summing()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._gzip.close()

    def begin(self, header: Header) -> None:
        """Say what it is."""
        self._write(header)

    def begin_table(self, shape: Shape) -> None:
        """Say which table the next lines are of."""
        self._write(shape)
        self._table = Summing()

    def add(self, lines: Sequence[bytes]) -> None:
        """Rows of this table."""
        self._table.add(lines)
        self._gzip.write(b"".join(lines))

    def end_table(self) -> TableEnd:
        """There are no more; answers what was written."""
        end = self._table.end()
        self._write(end)
        self._tables, self._rows = self._tables + 1, self._rows + end.rows
        return end

    def end(self) -> None:
        """There are no more tables."""
        self._write(Footer(self._tables, self._rows))

    def _write(self, part: msgspec.Struct) -> None:
        self._gzip.write(msgspec.json.encode(part) + b"\n")


class Reader:
    """Reads a backup, part by part in their order; BadBackup when it does not say what it should."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._end: TableEnd | None = None

    def __enter__(self) -> Self:
        self._file = gzip.open(self._path, "rb")
        try:
            self.header = self._header()
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def end(self) -> TableEnd:
        """What was written of the current table, once all its pages were taken."""
        if self._end is None:
            raise RuntimeError("Take all pages of the table first.")
        return self._end

    def tables(self) -> Iterator[Shape]:
        """One table after the other; the pages of each have to be taken before the next."""
        tables, rows = 0, 0
        while isinstance(part := self._understood(self._line(), Shape | Footer), Shape):
            self._end = None
            yield part
            tables, rows = tables + 1, rows + self.end.rows
        if part != Footer(tables, rows):
            raise self._bad("the number of its rows is wrong")

    def pages(self) -> Iterator[list[bytes]]:
        """The lines of the current table; at the end it is sure that they are what was written."""
        summing = Summing()
        while self._end is None:
            page = self._page()
            summing.add(page)
            yield page
        if summing.end() != self._end:
            raise self._bad("the rows of a table are not those that were written")

    def _page(self) -> list[bytes]:
        lines: list[bytes] = []
        while len(lines) < LARGEST_PAGE:
            line = self._line()
            if not line.startswith(b"["):
                self._end = self._understood(line, TableEnd)
                break
            lines.append(line)
        return lines

    def _header(self) -> Header:
        line = self._line()
        start: Start = self._understood(line, Start)
        if start.format > FORMAT:
            raise BadBackup(
                f"{self._path} was made by Sutler {start.sutler}, which writes backups in a newer form. "
                "Use that version or a newer one."
            )
        header: Header = self._understood(line, Header)
        return header

    def _line(self) -> bytes:
        try:
            return self._file.readline()
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise self._bad(str(error)) from error

    def _understood(self, line: bytes, kind: Any) -> Any:
        try:
            return msgspec.json.decode(line, type=kind)
        except msgspec.MsgspecError as error:
            raise self._bad(str(error)) from error

    def _bad(self, reason: str) -> BadBackup:
        return BadBackup(f"{self._path} cannot be understood as a backup: {reason}. Use another copy.")


def inspect(path: Path, progress: Callable[[int], None] | None = None) -> Contents:
    """Read all of a backup and answer what it holds; BadBackup when a single byte is wrong.

    `progress` is told the number of rows after each thousand.
    """
    check_seal(path)
    ends, done = [], 0
    with Reader(path) as reader:
        for shape in reader.tables():
            for page in reader.pages():
                done += len(page)
                if progress is not None:
                    progress(done)
            ends.append((shape, reader.end))
        return Contents(reader.header, tuple(ends))
