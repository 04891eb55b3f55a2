"""Reading the worked orders: what is bought where and with which offers, and what it has to come to by hand."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field

FOLDER: Final = Path(__file__).parent.parent / "billing" / "worked_orders"
FILES: Final = sorted(path.stem for path in FOLDER.glob("*.toml"))
AMOUNTS: Final = ("subtotal", "discount", "giftcard_usage", "tax", "total")
"""In this order a line's figures, and an order's, stand in the files."""


class Seller(Struct, forbid_unknown_fields=True):
    """A store: its currency, its products by name with their prices, and how it taxes."""

    currency: str
    products: dict[str, int]
    options: list[str] = []  # products that come in sizes
    tax: dict[str, Any] = {}
    rates: list[dict[str, Any]] = []
    inclusive: bool = False


class Worked(Struct, forbid_unknown_fields=True):
    """One order. `worked` is the calculation by hand, for people; `books` is what it moves between accounts."""

    what: str
    at: datetime
    buys: list[str]
    worked: list[str]
    lines: list[list[int]]
    totals: list[int]
    books: dict[str, int]
    country: str | None = None
    state: str | None = None
    tax_id: str | None = None
    region: dict[str, Any] = {}
    sales: list[dict[str, Any]] = []
    coupons: list[dict[str, Any]] = []
    affiliate: dict[str, Any] = {}
    gift_cards: list[int] = []
    taxes: list[list[str]] = []


class Table(Struct, forbid_unknown_fields=True):
    """A file: a store and what is bought there, in the order of time."""

    seller: Seller = field(name="store")
    orders: list[Worked]


def table(name: str) -> Table:
    """One of the files."""
    return msgspec.toml.decode((FOLDER / f"{name}.toml").read_bytes(), type=Table)
