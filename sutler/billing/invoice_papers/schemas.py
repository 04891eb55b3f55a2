"""A document's contents. Amounts are texts as readers see them; moments are UTC."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from sutler.checkout.checkouts.models import Address

PaperKind = Literal["invoice", "credit_note"]


class PaperSeller(Struct, frozen=True, kw_only=True):
    """Who sells."""

    name: str
    legal_name: str
    address: list[str]
    tax_id: str
    email: str | None
    website_url: str | None


class PaperBuyer(Struct, frozen=True, kw_only=True):
    """Who is billed."""

    name: str
    email: str
    country: str
    address: Address | None
    tax_id: str | None


class PaperLine(Struct, frozen=True, kw_only=True):
    """One line; a refund of money without lines has no quantity and no price."""

    name: str
    notes: list[str]
    quantity: int | None
    price: str | None
    discount: str | None
    tax: str
    total: str


class PaperTax(Struct, frozen=True, kw_only=True):
    """One tax of one place."""

    jurisdiction: str
    name: str
    rate: str
    taxable: str
    tax: str


class Paper(Struct, frozen=True, kw_only=True):
    """A whole document. `sums` lead to the total; `remarks` say what a reader or a tax office has to know."""

    kind: PaperKind
    reference: str
    corrects: str | None  # the reference of the invoice that this is about, or of the credit note that it takes back
    order: str
    issued_at: datetime
    sold_at: datetime
    paid_by: str | None
    seller: PaperSeller
    buyer: PaperBuyer
    lines: list[PaperLine]
    taxes: list[PaperTax]
    sums: list[tuple[str, str]]
    total: str
    remarks: list[str]
    footer: str
    color: str
    tax_included: str | None = None  # what tax there is in the prices, where there is any
