"""Typesetting: a template of ours and data make a PDF. Data is never markup, whatever is written in it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from typst import Fonts


class CannotTypeset(Exception):
    """A template can do nothing with its data; the message says where and why."""


async def pdf(template: Path, data: Any, moment: datetime) -> bytes:
    """The document that a template makes of this data, dated at this moment: equal data make equal bytes.

    One after the other is typeset, in a thread; never wait for it inside a transaction. The template reads
    `json(bytes(sys.inputs.data))`.
    """
    text = msgspec.json.encode(data).decode()
    return await asyncio.get_running_loop().run_in_executor(typesetter(), typeset, template, text, moment)


def typeset(template: Path, data: str, moment: datetime) -> bytes:
    """The same, here and now, of data that is JSON already; CannotTypeset when it does not fit the template."""
    import typst  # noqa: PLC0415 - most processes make no document, and all of them start

    try:
        made = typst.compile(
            str(template), root=str(template.parent), format="pdf", sys_inputs={"data": data}, font_paths=fonts(),
            timestamp=int(moment.timestamp()),
        )  # fmt: skip
    except typst.TypstError as error:
        raise CannotTypeset(f"{template.name}: {error}") from error
    if not isinstance(made, bytes):
        raise CannotTypeset(f"{template.name} made {type(made).__name__} and not one document.")
    return made


@cache
def typesetter() -> ThreadPoolExecutor:
    """The one thread that typesets: documents that are made at once would only be in each other's way."""
    return ThreadPoolExecutor(1, "typesetter")


@cache
def fonts() -> "Fonts":
    """The fonts that come with the typesetter, then those of the system, for scripts that the former lack."""
    from typst import Fonts  # noqa: PLC0415 - see `typeset`

    return Fonts()
