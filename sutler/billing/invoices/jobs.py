"""Making the files of documents that were issued."""

from sutler.billing.invoice_files.service import produce
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.jobs import outside_job


@outside_job
async def make_invoice_file(shop: Shop, *, invoice_id: FlakeId) -> None:
    """Typeset a document and keep it; whoever downloads it earlier has it made then."""
    await produce(shop, invoice_id)
