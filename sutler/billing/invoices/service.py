"""Issuing documents. Numbers follow one another in a store without gaps, however many are issued at once.

Whoever issues one holds the row of the store's last number first, so one goes after the other; what is not committed
has used no number up.
"""

from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sutler.billing.invoice_papers import service as papers
from sutler.billing.invoice_papers.schemas import Paper, PaperBuyer, PaperKind
from sutler.billing.invoice_papers.service import Heading, Purchase
from sutler.billing.invoice_settings.models import InvoiceSettings
from sutler.billing.invoice_settings.service import settings_of
from sutler.billing.invoices.models import Invoice, InvoiceCounter, InvoiceCredited, InvoiceReissued, NoInvoice
from sutler.billing.invoices.schemas import ReissueInvoiceDto
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import LINES_OF, Order
from sutler.billing.payments.models import Payment
from sutler.billing.refund_taxes.service import parts_of, shares
from sutler.billing.refunds.events import RefundCompleted, RefundReversed
from sutler.billing.refunds.models import Refund
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.pricing.results import Taxed
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.queries import one_of, param, rows
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import given
from sutler.stores.stores.models import Store

NOT_PAID: Final = ("unknown", "created", "pending", "canceled", "failed")
PAPERS_OF: Final = rows(Invoice).where(Invoice.c.order_id == param("order_id"))
PAID_FOR: Final = rows(Payment).where(Payment.c.order_id == param("order_id"), ~one_of(Payment.c.status, NOT_PAID))


class Issuer(Struct):
    """Whoever holds the store's last number, and may give away the next ones."""

    counter: InvoiceCounter
    settings: InvoiceSettings

    def heading(self, kind: PaperKind, corrects: str | None = None) -> Heading:
        """What stands at the top of the next document."""
        now = clock.now()
        prefix = self.settings.invoice_prefix if kind == "invoice" else self.settings.credit_note_prefix
        reference = f"{prefix}-{now.year}-{self.counter.last_number + 1:06d}"
        return Heading(kind=kind, reference=reference, issued_at=now, corrects=corrects)

    async def issue(self, store: StoreContext, paper: Paper, **values: Any) -> Invoice:
        """Keep a document under the next number; a sweep makes its file."""
        number = self.counter.last_number + 1
        self.counter = await store.change(self.counter, {"last_number": number})
        new = Invoice(
            number=number,
            reference=paper.reference,
            type=paper.kind,
            billing_email=paper.buyer.email,
            issued_at=paper.issued_at,
            paper=paper,
            **values,
        )
        return await store.add(new)


async def issue_invoice(store: StoreContext, event: OrderCompleted, _event_id: FlakeId) -> None:
    """The invoice of an order that is paid; subscribed to `OrderCompleted`."""
    await invoice_of(store, await issuer(store), event.order_id)


async def issue_credit_note(store: StoreContext, event: RefundCompleted, _event_id: FlakeId) -> None:
    """The credit note of money that was given back; subscribed to `RefundCompleted`.

    The invoice that it is about is issued first if that has not happened yet. Without invoices there is no credit note,
    nor for items taken back for which nothing was paid.
    """
    refund = await store.get(Refund, event.refund_id)
    if not refund.amount and not refund.giftcard_amount:
        return
    holder = await issuer(store)
    invoice = await invoice_of(store, holder, refund.order_id)
    if invoice is None or await store.exists(store.rows(Invoice).where(Invoice.c.refund_id == refund.id)):
        return
    purchase = await _purchase(store, await store.get(Order, refund.order_id), holder.settings)
    taxes = await _taxes_of(store, purchase, refund)
    paper = papers.credit_note(purchase, refund, taxes, holder.heading("credit_note", invoice.reference))
    await holder.issue(
        store,
        replace(paper, buyer=invoice.paper.buyer),  # an invoice that was reissued knows better than its order
        customer_id=refund.customer_id,
        order_id=refund.order_id,
        refund_id=refund.id,
        parent_invoice_id=invoice.id,
        currency=refund.currency,
        subtotal_amount=papers.returned_subtotal(purchase, refund),
        discount_amount=0,
        tax_amount=refund.tax_amount + refund.giftcard_tax_amount,
        giftcard_usage_amount=refund.giftcard_amount,
        total_amount=refund.amount,
    )


async def answer_credit_note(store: StoreContext, event: RefundReversed, event_id: FlakeId) -> None:
    """An invoice over what a credit note gave back, and what came back to the store; subscribed to `RefundReversed`.

    What went to gift cards stays with them, and is not on it. The credit note is issued first if that has not happened yet.
    """
    refund = await store.get(Refund, event.refund_id)
    completed = RefundCompleted(refund_id=refund.id, order_id=refund.order_id, order_line_ids=refund.takes_back)
    await issue_credit_note(store, completed, event_id)
    holder = await issuer(store)
    note = await store.peek(store.rows(Invoice).where(Invoice.c.refund_id == refund.id))
    if note is None or await store.exists(store.rows(Invoice).where(Invoice.c.parent_invoice_id == note.id)):
        return
    purchase = await _purchase(store, await store.get(Order, refund.order_id), holder.settings)
    money = replace(refund, giftcard_amount=0, giftcard_tax_amount=0, presentment_amount=None)
    taxes = parts_of(await _taxes_of(store, purchase, refund), refund.tax_amount)
    paper = papers.credit_note(purchase, money, taxes, holder.heading("invoice", note.reference))
    remark = f"The money of {note.reference} could not be handed out and came back, so it is owed again as it was before."
    await holder.issue(
        store,
        replace(paper, buyer=note.paper.buyer, remarks=[*paper.remarks, remark]),
        customer_id=refund.customer_id,
        order_id=refund.order_id,
        parent_invoice_id=note.id,
        currency=refund.currency,
        subtotal_amount=papers.returned_subtotal(purchase, money),
        discount_amount=0,
        tax_amount=refund.tax_amount,
        giftcard_usage_amount=0,
        total_amount=refund.amount,
    )


async def _taxes_of(store: StoreContext, purchase: Purchase, refund: Refund) -> list[Taxed]:
    """What a refund has given back of each tax of its order."""
    refunds = await store.all(store.rows(Refund).where(Refund.c.order_id == refund.order_id))
    return shares(purchase.order, purchase.lines, refunds).get(refund.id, [])


async def issuer(store: StoreContext) -> Issuer:
    """Hold the last number of the store until this transaction is over."""
    last = store.rows(InvoiceCounter)
    counter = await store.first(last)
    if counter is None:
        await store.add_new(InvoiceCounter())
        counter = await store.first(last)
    if counter is None:
        raise RuntimeError("The row of the last invoice number is not there although it was just written.")
    return Issuer(counter, await settings_of(store))


async def invoice_of(store: StoreContext, holder: Issuer, order_id: FlakeId) -> Invoice | None:
    """The invoice of an order that holds now, made the first time.

    None when the store makes none, or when the order was for nothing to begin with.
    """
    known = await store.all(PAPERS_OF, order_id=order_id)
    notes = {one.id for one in known if one.type == "credit_note"}
    for invoice in reversed(known):
        if invoice.type == "invoice" and invoice.parent_invoice_id not in notes:
            return invoice
    order: Order | None = await store.peek(by_id(Order), id=order_id)
    if order is None or not order.subtotal_amount or not holder.settings.enabled:
        return None
    paper = papers.invoice(await _purchase(store, order, holder.settings), holder.heading("invoice"))
    return await holder.issue(
        store,
        paper,
        customer_id=order.customer_id,
        order_id=order.id,
        currency=order.currency,
        subtotal_amount=order.subtotal_amount,
        discount_amount=order.discount_amount,
        tax_amount=order.tax_amount,
        giftcard_usage_amount=order.giftcard_usage_amount,
        total_amount=order.total_amount,
    )


async def _purchase(store: StoreContext, order: Order, settings: InvoiceSettings) -> Purchase:
    seller: Store | None = await store.peek(by_id(Store), id=store.store_id)
    return Purchase(
        seller=seller or await store.get(Store, store.store_id),
        settings=settings,
        order=order,
        lines=await store.all(LINES_OF, order_id=order.id),
        checkout=await store.peek(by_id(Checkout), id=order.checkout_id),
        payment=await store.peek(PAID_FOR, order_id=order.id),
    )


async def reissue(store: StoreContext, invoice_id: FlakeId, changes: ReissueInvoiceDto) -> Invoice:
    """A new invoice about the same purchase with what is right about its buyer, and a credit note over the old one.

    NotFound, NoInvoice for a credit note, InvoiceReissued or InvoiceCredited for an invoice that does not hold any more,
    and InvalidInput when nothing is to be corrected.
    """
    holder = await issuer(store)
    old = await store.get(Invoice, invoice_id)
    if old.type != "invoice":
        raise NoInvoice
    if old.parent_invoice_id is not None and (await store.get(Invoice, old.parent_invoice_id)).type == "credit_note":
        raise InvoiceCredited
    about_it = store.rows(Invoice).where(Invoice.c.parent_invoice_id == old.id)
    if await store.exists(about_it.where(Invoice.c.type == "invoice")):
        raise InvoiceReissued
    if await store.exists(about_it):
        raise InvoiceCredited
    buyer = _corrected(old.paper.buyer, changes)
    values = {name: getattr(old, name) for name in AS_BEFORE} | {"parent_invoice_id": old.id}
    note = await holder.issue(store, _headed(old.paper, holder.heading("credit_note", old.reference)), **values)
    remark = f"This invoice takes the place of {old.reference}, which {note.reference} credits in full."
    paper = replace(_headed(old.paper, holder.heading("invoice")), buyer=buyer, remarks=[*old.paper.remarks, remark])
    return await holder.issue(store, paper, **values)


AS_BEFORE: Final = (
    "customer_id", "order_id", "currency", "subtotal_amount", "discount_amount", "tax_amount", "giftcard_usage_amount",
    "total_amount",
)  # fmt: skip


def _headed(paper: Paper, heading: Heading) -> Paper:
    return replace(paper, **{name: getattr(heading, name) for name in heading.__struct_fields__})


def _corrected(buyer: PaperBuyer, changes: ReissueInvoiceDto) -> PaperBuyer:
    said = given(changes)
    values = {name.removeprefix("billing_"): value for name, value in said.items() if name != "billing_address"}
    if "billing_address" in said:
        values["address"] = said["billing_address"].address
        values["country"] = (values["address"].country or buyer.country).upper()
    found = replace(buyer, **values)
    if found == buyer:
        text = "Say what is to be corrected: billing_name, billing_email, billing_tax_id or billing_address."
        raise InvalidInput(text, [FieldError("Required", text, "billing_name", "required")])
    return found
