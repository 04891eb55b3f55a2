"""Making the file of a document, keeping it, and reading it back."""

import hashlib
from typing import Final

import structlog
from sqlalchemy import select

from sutler.billing.invoice_papers.service import typeset
from sutler.billing.invoices.models import Invoice, is_pending
from sutler.kernel.data.context import by_id
from sutler.kernel.data.database import Database
from sutler.kernel.data.queries import Statement, literal_limit, one_of, param, rows
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.documents import CannotTypeset
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside.files import files_at
from sutler.settings import settings
from sutler.stores.files.models import File
from sutler.stores.files.service import made, put_to_use

log = structlog.get_logger("sutler.invoices")
AT_ONCE: Final = 100
WAITING: Final = Statement(
    select(Invoice.c.store_id, Invoice.c.id).where(is_pending).order_by(Invoice.c.id).limit(literal_limit(AT_ONCE))
)
UNMADE: Final = rows(Invoice).where(Invoice.c.id == param("invoice_id"), one_of(Invoice.c.status, ("pending", "failed")))


async def produce(shop: Shop, invoice_id: FlakeId) -> bytes:
    """The PDF of a document: the file that is kept, or one that is made now and kept for good.

    NotFound for a document that is not there. What cannot be typeset is `failed`, and tried again whenever it is asked for.
    """
    async with shop.reading() as store:
        invoice = await store.get(Invoice, invoice_id)
    if invoice.file_key is not None:
        return await files_at(settings().files_url).get(invoice.file_key) or await _made_again(shop, invoice)
    try:
        content = await typeset(invoice.paper)
    except CannotTypeset:
        async with shop.writing() as store:
            await store.change_all(UNMADE, {"status": "failed"}, invoice_id=invoice.id)
        raise
    file = await made(shop, invoice.id, f"invoice:{invoice.id}", "pdf", content)
    async with shop.writing() as store:
        await put_to_use(store, file.id)
        kept = {"status": "generated", "file_key": file.key, "file_size": file.size}
        await store.change_all(UNMADE, kept, invoice_id=invoice.id)
    return content


async def make_waiting(database: Database) -> None:
    """Make every file that is still to be made, in all stores, one after the other: a burst of orders holds up nothing else.

    What cannot be typeset is `failed` then, and does not hold up the others.
    """
    while True:
        async with database.reading() as connection:
            found = await WAITING.run(connection)
        if not found:
            return
        for store_id, invoice_id in found:
            try:
                await produce(Shop(database, str(store_id), Actor("internal")), str(invoice_id))
            except CannotTypeset as error:
                log.warning("a document could not be typeset", invoice_id=str(invoice_id), error=str(error))


async def _made_again(shop: Shop, invoice: Invoice) -> bytes:
    """The file was lost: what is written on it was not. It is kept again if not a byte of it is different."""
    content = await typeset(invoice.paper)
    async with shop.reading() as store:
        known: File | None = await store.peek(by_id(File), id=invoice.id)
    if known is not None and known.sha256 == hashlib.sha256(content).hexdigest():
        await files_at(settings().files_url).put(known.key, content)
    return content
