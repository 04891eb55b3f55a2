"""Reading the worked orders: what is bought where and with which offers, and what it has to come to by hand."""

from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct, field

FOLDER: Final = Path(__file__).parent.parent / "billing" / "worked_orders"
FILES: Final = sorted(path.stem for path in FOLDER.glob("*.toml"))
AMOUNTS: Final = ("subtotal", "discount", "giftcard_usage", "tax", "total")
"""In this order a line's figures, and an order's, stand in the files."""


class Source(Struct, forbid_unknown_fields=True):
    """A law or an authority's words, with article and year, and the public page where it was read."""

    law: str
    page: str


class Rate(Struct, forbid_unknown_fields=True):
    """A rate that a store enters: the standard one of a tax on value added, or of a tax on sales; `by` is its source."""

    country: str
    name: str
    kind: Literal["standard", "sales"]
    basis_points: int
    valid_from: datetime
    by: str
    state: str = ""

    def body(self) -> dict[str, Any]:
        """What the API is told of it."""
        told = {name: getattr(self, name) for name in ("country", "state", "name", "basis_points")}
        return told | {"valid_from": self.valid_from.isoformat()}


class Seller(Struct, forbid_unknown_fields=True):
    """A store: its currency, its products by name with their prices, and how it taxes."""

    currency: str
    products: dict[str, int]
    options: list[str] = []  # products that come in sizes
    tax: dict[str, Any] = {}
    rates: list[Rate] = []
    inclusive: bool = False


class Worked(Struct, forbid_unknown_fields=True):
    """One order. `worked` is the calculation by hand, for people; `books` is what it moves between accounts.

    `by` names the sources of its rates and of the rules that it follows.
    """

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
    by: list[str] = []


class Table(Struct, forbid_unknown_fields=True):
    """A file: a store and what is bought there, in the order of time."""

    seller: Seller = field(name="store")
    orders: list[Worked]
    sources: dict[str, Source] = {}


def table(name: str) -> Table:
    """One of the files."""
    return msgspec.toml.decode((FOLDER / f"{name}.toml").read_bytes(), type=Table)
