"""Writing documents: what an order or a refund looks like on paper."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from sutler.billing.invoice_papers.schemas import Paper, PaperBuyer, PaperKind, PaperLine, PaperSeller, PaperTax
from sutler.billing.invoice_settings.models import InvoiceSettings
from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.pricing.results import Taxed
from sutler.kernel import documents
from sutler.kernel.countries import name_of
from sutler.kernel.exchange import Conversion, in_words
from sutler.kernel.ids import pretty_id
from sutler.kernel.money import formatted, round_half_up
from sutler.stores.stores.models import Store

TEMPLATE: Final = Path(__file__).with_name("invoice.typ")


class Purchase(Struct, frozen=True, kw_only=True):
    """Everything that a document of an order is made from."""

    seller: Store
    settings: InvoiceSettings
    order: Order
    lines: Sequence[OrderLine]
    checkout: Checkout | None
    payment: Payment | None


class Heading(Struct, frozen=True, kw_only=True):
    """What stands at the top of a document."""

    kind: PaperKind
    reference: str
    issued_at: datetime
    corrects: str | None = None


class Contents(Struct, frozen=True, kw_only=True):
    """What a document is about."""

    lines: list[PaperLine]
    taxes: list[PaperTax]
    sums: list[tuple[str, str]]
    total: str
    tax_included: str | None = None
    seen: str | None = None  # what moved in the buyer's own currency


async def typeset(paper: Paper) -> bytes:
    """The document as a PDF; equal papers make equal bytes."""
    return await documents.pdf(TEMPLATE, printed(paper), paper.issued_at)


def printed(paper: Paper) -> Paper:
    """The document as readers want it: what is kept has the code of the buyer's country, and they read its name."""
    return structs.replace(paper, buyer=structs.replace(paper.buyer, country=name_of(paper.buyer.country)))


def invoice(purchase: Purchase, heading: Heading) -> Paper:
    """The invoice of an order."""
    order, currency = purchase.order, purchase.order.currency
    on_top = _tax_on_top(purchase)
    sums = [
        ("Subtotal", order.subtotal_amount), ("Discount", -order.discount_amount), ("Tax", on_top),
        ("Paid with gift cards", -order.giftcard_usage_amount),
    ]  # fmt: skip
    contents = Contents(
        lines=[_line(line, currency) for line in purchase.lines],
        taxes=[_tax(one, currency) for one in order.taxes],
        sums=[(label, formatted(amount, currency)) for label, amount in sums if amount or label == "Subtotal"],
        total=formatted(order.total_amount, currency),
        tax_included=_included(order.tax_amount - on_top, currency),
        seen=_seen("Paid", currency, purchase.payment),
    )
    return _paper(purchase, heading, contents)


def credit_note(purchase: Purchase, refund: Refund, taxes: Sequence[Taxed], heading: Heading) -> Paper:
    """The credit note of a refund, which gives back these taxes: lines where whole lines go, otherwise one for the money.

    Its total is the money; what goes back to gift cards is told besides.
    """
    order, currency = purchase.order, refund.currency
    given_back = [line for line in purchase.lines if line.id in refund.takes_back]
    value, tax = refund.amount + refund.giftcard_amount, refund.tax_amount + refund.giftcard_tax_amount
    whole = sum(line.total_amount + line.giftcard_usage_amount for line in given_back) == value
    money = PaperLine(
        name=f"Part of order {pretty_id(order.id)}",
        notes=[],
        quantity=None,
        price=None,
        discount=None,
        tax=formatted(tax, currency),
        total=formatted(value, currency),
    )
    contents = Contents(
        lines=[_line(line, currency) for line in given_back] if whole else [money],
        taxes=[_tax(one, currency) for one in taxes],
        sums=[(label, formatted(amount, currency)) for label, amount in _returned(purchase, refund)],
        total=formatted(refund.amount, currency),
        tax_included=_included(tax - _returned_on_top(purchase, refund), currency),
        seen=_seen("Given back", currency, refund),
    )
    return _paper(purchase, heading, contents)


def returned_subtotal(purchase: Purchase, refund: Refund) -> int:
    """The subtotal of a credit note: what is given back in either way, without the tax that came on top of it."""
    return refund.amount + refund.giftcard_amount - _returned_on_top(purchase, refund)


def _tax_on_top(purchase: Purchase) -> int:
    """The part of an order's tax that came on top of prices. Products may differ in that, where a region says so of one."""
    return sum(line.tax_amount for line in purchase.lines if not line.tax_inclusive)


def _returned_on_top(purchase: Purchase, refund: Refund) -> int:
    """The same of a refund: as it is with its line, else in proportion."""
    tax = refund.tax_amount + refund.giftcard_tax_amount
    line = next((line for line in purchase.lines if line.id == refund.order_line_id), None)
    if line is not None:
        return 0 if line.tax_inclusive else tax
    whole = purchase.order.tax_amount
    return round_half_up(tax * _tax_on_top(purchase), whole) if whole else 0


def _returned(purchase: Purchase, refund: Refund) -> list[tuple[str, int]]:
    """The sums of a credit note before its total."""
    on_top = _returned_on_top(purchase, refund)
    sums = [("Net", returned_subtotal(purchase, refund)), ("Tax", on_top)] if on_top else []
    return [*sums, ("Returned to gift cards", -refund.giftcard_amount)] if refund.giftcard_amount else sums


def _included(tax: int, currency: str) -> str | None:
    """The tax that is in prices, which leads to no total and is told below it; None where there is none."""
    return formatted(tax, currency) if tax else None


def _paper(purchase: Purchase, heading: Heading, contents: Contents) -> Paper:
    order, settings = purchase.order, purchase.settings
    return Paper(
        kind=heading.kind,
        reference=heading.reference,
        corrects=heading.corrects,
        order=pretty_id(order.id),
        issued_at=heading.issued_at,
        sold_at=order.completed_at or order.created_at,
        paid_by=_paid_by(purchase),
        seller=_seller(purchase.seller, settings),
        buyer=_buyer(purchase),
        lines=contents.lines,
        taxes=contents.taxes,
        sums=contents.sums,
        total=contents.total,
        tax_included=contents.tax_included,
        remarks=[*_remarks(purchase), *([contents.seen] if contents.seen else [])],
        footer=settings.footer,
        color=settings.color,
    )


def _seen(what: str, currency: str, moved: Payment | Refund | None) -> str | None:
    """What was paid or given back in another currency, and the rate; the document itself stays in the store's."""
    if moved is None or moved.presentment_amount is None or moved.presentment_currency is None or moved.fx_rate is None:
        return None
    rate = in_words(currency, Conversion(moved.presentment_currency, moved.fx_rate))
    return f"{what} as {formatted(moved.presentment_amount, moved.presentment_currency)}, converted at {rate}."


def _seller(store: Store, settings: InvoiceSettings) -> PaperSeller:
    return PaperSeller(
        name=store.name,
        legal_name=settings.legal_name,
        address=settings.address,
        tax_id=settings.tax_id,
        email=store.support_email or store.contact_email,
        website_url=store.website_url,
    )


def _buyer(purchase: Purchase) -> PaperBuyer:
    order, checkout = purchase.order, purchase.checkout
    return PaperBuyer(
        name=order.billing_name,
        email=order.billing_email,
        country=order.billing_country,
        address=checkout.billing_address if checkout else None,
        tax_id=order.billing_tax_id,
    )


def _paid_by(purchase: Purchase) -> str | None:
    """The kind of payment, and of a card its last digits; None when gift cards or discounts left nothing to pay."""
    payment = purchase.payment
    if payment is None or not payment.amount:
        return None
    kind = payment.method_type.replace("_", " ").capitalize()
    card = payment.method_details.card
    return f"{kind} ending in {card.last4}" if card else kind


def _line(line: OrderLine, currency: str) -> PaperLine:
    return PaperLine(
        name=line.product_name,
        notes=[f"{one.name}: {one.value}" for one in line.custom_variables],
        quantity=line.quantity,
        price=formatted(line.price, currency),
        discount=formatted(-line.discount_amount, currency) if line.discount_amount else None,
        tax=formatted(line.tax_amount, currency),
        total=formatted(line.total_amount + line.giftcard_usage_amount, currency),
    )


def _tax(one: Taxed, currency: str) -> PaperTax:
    return PaperTax(
        jurisdiction=one.rate.jurisdiction,
        name=one.rate.name,
        rate=f"{one.rate.basis_points / 100:g} %",
        taxable=formatted(one.taxable_amount, currency),
        tax=formatted(one.amount, currency),
    )


def _remarks(purchase: Purchase) -> list[str]:
    """Why lines were not taxed: for all of them, or by the name of the line."""
    reasons = {line.id: line.details.not_taxed_reason for line in purchase.lines if not line.tax_amount}
    told = {reason for reason in reasons.values() if reason}
    if len(told) == 1 and len(reasons) == len(purchase.lines):
        return [f"No tax: {told.pop()}."]
    return [f"No tax on {line.product_name}: {reasons[line.id]}." for line in purchase.lines if reasons.get(line.id)]
