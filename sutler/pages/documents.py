"""Where documents are fetched: under addresses that the API gives out, which need no credentials and soon expire."""

from typing import Final

from sutler.billing.invoice_files.service import produce
from sutler.billing.invoices.models import Invoice
from sutler.delivery.evidence.service import gather, typeset
from sutler.kernel import clock
from sutler.kernel.data.database import Database
from sutler.kernel.data.shop import Shop
from sutler.kernel.data.store_clocks import stands_at
from sutler.kernel.edge.requests import Answer, Header, Request
from sutler.stores.document_links.service import DocumentLink, opened
from sutler.stores.stores.service import current

ALWAYS: Final[tuple[Header, ...]] = (
    (b"content-type", b"application/pdf"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; sandbox"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-robots-tag", b"noindex"),
)


class DocumentDownload:
    """`GET /documents/{token}`."""

    method, path, cors = "GET", "/documents/{token}", False

    def __init__(self, database: Database) -> None:
        self._database = database

    async def answer(self, request: Request, path_values: list[str]) -> Answer:
        """The PDF, to be saved under a name that says what it is. LinkExpired for an address that is over or made up."""
        link = opened(path_values[0])
        name, content = await (self._invoice(link) if link.kind == "invoice" else self._evidence(link))
        # The name is made of the letters and digits of a reference or an id, so that it needs no quoting.
        return Answer(200, content, (*ALWAYS, (b"content-disposition", f'attachment; filename="{name}.pdf"'.encode())))

    async def _invoice(self, link: DocumentLink) -> tuple[str, bytes]:
        shop = Shop(self._database, link.store_id, link.actor)
        async with shop.reading() as store:
            await current(store)  # a deleted store is closed to everybody
            invoice = await store.get(Invoice, link.id)
        return invoice.reference, await produce(shop, link.id)

    async def _evidence(self, link: DocumentLink) -> tuple[str, bytes]:
        """Gathered when it is fetched, as the store's time stands."""
        async with self._database.reading() as connection:
            moment = await stands_at(connection, link.store_id)
        with clock.standing_at(moment):
            async with Shop(self._database, link.store_id, link.actor).reading(slow=True) as store:
                found = await gather(store, link.id)
            return f"evidence-{found.payment.pretty_id}", await typeset(found)
