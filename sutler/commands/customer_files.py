"""Files of customers, record by record, whatever their length: CSV, JSON, and JSON with a record on each line."""

import codecs
import csv
import hashlib
import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, TextIO

import msgspec

from sutler.commands.refusal import Refusal
from sutler.customers.transfer.schemas import FIELDS, FileRecord
from sutler.kernel.edge.requests import holds_nul

Form = Literal["csv", "json", "lines"]
FORMS: Final[dict[str, Form]] = {".csv": "csv", ".json": "json", ".jsonl": "lines", ".ndjson": "lines"}
CHUNK: Final = 1 << 16
LONGEST_RECORD: Final = 1 << 20  # characters
HEAD: Final = re.compile(r'\ufeff?\s*(\{\s*"customers"\s*:\s*)?\[')
BETWEEN: Final = re.compile(r"[\s,]*")


def form_of(file: Path) -> Form:
    """The form of a file by its name; Refusal for one that is none of them."""
    form = FORMS.get(file.suffix.lower())
    if form is None:
        raise Refusal(f"{file.name} ends in none of {', '.join(FORMS)}, so its form is not known.")
    return form


def digest(file: Path) -> bytes:
    """The SHA-256 of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").digest()


class Counting:
    """Lines of a file, and how many bytes of it were read."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw, self.done = raw, 0

    def __iter__(self) -> Iterator[str]:
        """Its lines. What is not UTF-8 is shown as the replacement character, which no identity holds."""
        for line in self._raw:
            self.done += len(line)
            yield line.decode("utf-8-sig" if self.done == len(line) else "utf-8", "replace")

    def chunks(self) -> Iterator[str]:
        """Its text in pieces, for JSON may be a single line."""
        decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        while piece := self._raw.read(CHUNK):
            self.done += len(piece)
            yield decoder.decode(piece)
        yield decoder.decode(b"", final=True)


def records(lines: Counting, form: Form) -> Iterator[FileRecord]:
    """Every record of a file in its order; Refusal when what follows cannot be told apart any more."""
    return {"csv": from_csv, "json": from_json, "lines": from_lines}[form](lines)


def from_csv(lines: Counting) -> Iterator[FileRecord]:
    """Rows below a line of names; `metadata` is JSON."""
    reader = csv.reader(lines, strict=True)
    heads = [head.strip() for head in next(reader, [])]
    if not heads or set(heads) - set(FIELDS) or len(set(heads)) < len(heads):
        raise Refusal(f"The first line of a CSV file names its columns, which can be: {', '.join(FIELDS)}.")
    line = reader.line_num + 1
    try:
        for row in reader:
            if row:
                yield csv_record(line, heads, row)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Refusal(f"Line {line} is not CSV: {error}. What came before it is done.") from error


def csv_record(line: int, heads: list[str], row: list[str]) -> FileRecord:
    """A row by the names of its columns, empty ones left out."""
    if len(row) != len(heads):
        return FileRecord(line, row, f"This row has {len(row)} values for {len(heads)} columns.")
    values: dict[str, Any] = {head: value for head, value in zip(heads, row, strict=True) if value != ""}
    if "metadata" in values:
        try:
            values["metadata"] = msgspec.json.decode(values["metadata"])
        except msgspec.DecodeError:
            return FileRecord(line, values, 'metadata is not JSON, such as {"rank": "member"}.')
    return storable(line, values)


def storable(line: int, values: Any) -> FileRecord:
    """A record whose text a database can hold."""
    try:
        if not holds_nul(msgspec.json.encode(values)):
            return FileRecord(line, values)
    except UnicodeEncodeError:
        pass
    return FileRecord(line, ascii(values)[:2000], "Its text holds a NUL character, or half of a character.")


def from_lines(lines: Counting) -> Iterator[FileRecord]:
    """A JSON object on each line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield storable(number, json.loads(line))
        except (ValueError, RecursionError) as error:
            yield FileRecord(number, line.strip()[:2000], f"This line is not JSON: {error}.")


def from_json(lines: Counting) -> Iterator[FileRecord]:
    """The items of an array, or of the array `customers` in an object, one at a time."""
    decoder, source = json.JSONDecoder(), lines.chunks()
    text, number = "", 1
    while (head := HEAD.match(text)) is None:
        more = next(source, None)
        text += more or ""
        if more is None or len(text) > CHUNK:
            raise Refusal('A JSON file of customers is an array of objects, or {"customers": [ … ]}.')
    number, text = number + text[: head.end()].count("\n"), text[head.end() :]
    while True:
        start = BETWEEN.match(text).end()  # type: ignore[union-attr]  # it matches nothing at least
        number, text = number + text[:start].count("\n"), text[start:]
        if text.startswith("]"):
            return
        found = decoded(decoder, text)
        if found is not None:
            yield storable(number, found[0])
            number, text = number + text[: found[1]].count("\n"), text[found[1] :]
            continue
        more = next(source, None)
        if more is None or len(text) > LONGEST_RECORD:
            raise Refusal(f"Line {number} begins something that is not JSON, or never ends. What came before it is done.")
        text += more


def decoded(decoder: json.JSONDecoder, text: str) -> tuple[Any, int] | None:
    """The value that a text begins with and where it ends; None when it is not complete."""
    try:
        return decoder.raw_decode(text) if text else None
    except (ValueError, RecursionError):
        return None


async def write(everyone: AsyncIterator[dict[str, Any]], file: TextIO, form: Form) -> int:
    """Write customers in a form that can be read back; says how many there were."""
    rows = csv.writer(file, lineterminator="\n")
    if form == "csv":
        rows.writerow(FIELDS)
    number = 0
    async for one in everyone:
        number += 1
        if form == "csv":
            metadata = {"metadata": msgspec.json.encode(one["metadata"]).decode()} if "metadata" in one else {}
            rows.writerow([(one | metadata).get(name, "") for name in FIELDS])
        else:
            before = "" if form == "lines" else "[\n" if number == 1 else ",\n"
            file.write(before + msgspec.json.encode(one).decode() + ("\n" if form == "lines" else ""))
    if form == "json":
        file.write("\n]\n" if number else "[]\n")
    return number
