"""Reading the European Central Bank's reference rates as it publishes them: XML or CSV, of a day or of many, zipped or not.

XML comes from outside, so a document type is refused, and with it every entity; a file may be so large and no larger.
"""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from xml.parsers import expat

from msgspec import Struct

from sutler.kernel.exchange import read_rate

BASE: Final = "eur"
LARGEST_FILE: Final = 32 * 2**20  # bytes, unpacked; the whole history has a quarter of it
MOST_CURRENCIES: Final = 200
DATES: Final = ("%Y-%m-%d", "%d %B %Y")
NOT_ONE: Final = "This is no file of the European Central Bank's reference rates (eurofxref-daily.xml, or a CSV file of it)."


class BadRates(ValueError):
    """The file cannot be read as rates; the text says why."""


class Day(Struct, frozen=True):
    """The rates of a day (its midnight, UTC): how much of each currency one euro was worth, as it is written there."""

    day: datetime
    rates: Mapping[str, str]


def read(content: bytes) -> list[Day]:
    """All days of a file, the newest first; BadRates for anything else."""
    if len(content) > LARGEST_FILE:
        raise BadRates(f"A file of rates has {LARGEST_FILE // 2**20} MB at most.")
    if content.startswith(b"PK"):
        content = _unpacked(content)
    found = _from_xml(content) if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _from_csv(content)
    days = {day.day: day for day in found if day.rates}
    if not days:
        raise BadRates(NOT_ONE)
    return [days[day] for day in sorted(days, reverse=True)]


def _unpacked(content: bytes) -> bytes:
    """The only file in an archive, no larger than allowed whatever its directory says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            (name,) = archive.namelist()
            with archive.open(name) as file:
                found = file.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise BadRates("A zipped file of rates has just one file in it, and needs no password.") from error
    if len(found) > LARGEST_FILE:
        raise BadRates(f"A file of rates has {LARGEST_FILE // 2**20} MB at most.")
    return found


def _from_xml(content: bytes) -> Sequence[Day]:
    days: list[tuple[str, dict[str, str]]] = []

    def element(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "Cube":
            return
        if "time" in attributes:
            days.append((attributes["time"], {}))
        elif "currency" in attributes and days:
            days[-1][1][attributes["currency"]] = attributes.get("rate", "")

    def refuse(*_: Any) -> None:
        raise BadRates("A file of rates has no document type; this one has, so it is not read.")

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - its second argument has no name
    except expat.ExpatError as error:
        raise BadRates(f"{NOT_ONE} Its XML is broken: {error}.") from error
    return [_day(when, rates) for when, rates in days]


def _from_csv(content: bytes) -> Iterator[Day]:
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadRates(NOT_ONE) from error
    if not rows or not rows[0] or rows[0][0].strip() != "Date":
        raise BadRates(NOT_ONE)
    heads = [head.strip() for head in rows[0][1:]]
    for row in rows[1:]:
        if row and row[0].strip():
            yield _day(row[0].strip(), dict(zip(heads, (one.strip() for one in row[1:]), strict=False)))


def _day(when: str, rates: Mapping[str, str]) -> Day:
    """One day; what has no rate that day (`N/A`, or nothing) is left out."""
    if len(rates) > MOST_CURRENCIES:
        raise BadRates(NOT_ONE)
    kept = {}
    for code, text in rates.items():
        if not code or text in ("", "N/A"):
            continue
        if len(code) != len(BASE) or not code.isascii() or not code.isalpha():
            raise BadRates(f"{code[:40]!r} is no currency.")
        try:
            kept[code.lower()] = f"{read_rate(text).normalize():f}"
        except ValueError as error:
            raise BadRates(f"{code} of {when[:40]}: {error}") from error
    return Day(_date(when), kept)


def _date(text: str) -> datetime:
    for form in DATES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise BadRates(f"{text[:40]!r} is no day.")
