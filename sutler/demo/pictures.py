"""Pictures for the demo's products, drawn by the program: a shape on a gradient, as a PNG."""

import struct
import zlib
from collections.abc import Callable
from typing import Final, Literal

Colour = tuple[int, int, int]
Shape = Literal["diamond", "disc", "shield", "bars", "crate"]
SIDE: Final = 240  # pixels
MIDDLE: Final = SIDE // 2
RADIUS: Final = 78


def picture(shape: Shape, top: Colour, bottom: Colour, ink: Colour) -> bytes:
    """The shape in one colour, on a background that runs from one colour to another."""
    rows = []
    for y in range(SIDE):
        row = bytearray(bytes(_between(top, bottom, y)) * SIDE)
        for left, right in SHAPES[shape](y):
            row[3 * left : 3 * right] = bytes(ink) * (right - left)
        rows.append(b"\0" + row)
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _between(top: Colour, bottom: Colour, y: int) -> Colour:
    red, green, blue = (above + (below - above) * y // (SIDE - 1) for above, below in zip(top, bottom, strict=True))
    return red, green, blue


Spans = list[tuple[int, int]]  # of one row of pixels: from, to


def _diamond(y: int) -> Spans:
    reach = RADIUS - abs(y - MIDDLE)
    return _around(reach)


def _disc(y: int) -> Spans:
    outer = _reach(y, RADIUS)
    inner = _reach(y, RADIUS // 2)
    return [(MIDDLE - outer, MIDDLE - inner), (MIDDLE + inner, MIDDLE + outer)] if outer else []


def _shield(y: int) -> Spans:
    high = y - (MIDDLE - RADIUS)
    if not 0 <= high < 2 * RADIUS:
        return []
    return _around(RADIUS * 3 // 4 if high < RADIUS else (2 * RADIUS - high) * 3 // 4)


def _bars(y: int) -> Spans:
    inside = MIDDLE - RADIUS <= y < MIDDLE + RADIUS
    tall = MIDDLE + RADIUS - y
    return [(x, x + 30) for x, height in ((50, 60), (90, 100), (130, 140), (170, 80)) if inside and tall <= height]


def _crate(y: int) -> Spans:
    if abs(y - MIDDLE) >= RADIUS:
        return []
    if abs(y - MIDDLE) >= RADIUS - 14 or abs(y - MIDDLE) < 7:
        return _around(RADIUS)
    return [(MIDDLE - RADIUS, MIDDLE - RADIUS + 14), (MIDDLE - 7, MIDDLE + 7), (MIDDLE + RADIUS - 14, MIDDLE + RADIUS)]


def _around(reach: int) -> Spans:
    return [(MIDDLE - reach, MIDDLE + reach)] if reach > 0 else []


def _reach(y: int, radius: int) -> int:
    """How far a disc reaches to either side in this row."""
    left = radius * radius - (y - MIDDLE) ** 2
    return int(left**0.5) if left > 0 else 0


SHAPES: Final[dict[Shape, Callable[[int], Spans]]] = {
    "diamond": _diamond, "disc": _disc, "shield": _shield, "bars": _bars, "crate": _crate,
}  # fmt: skip
