"""The API of where buyers were, Sutler's own."""

from typing import Annotated

from sutler.billing.tax_evidence import queries
from sutler.billing.tax_evidence.schemas import TaxEvidenceDto, TaxEvidencePage
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/tax-evidence", tag="taxes")
Reader = Annotated[StoreContext, reads("tax_settings_read", slow=True)]


@routes.get("", "Taxes_GetTaxEvidence")
async def get_evidence(store: Reader, page: TaxEvidencePage) -> list[TaxEvidenceDto]:
    """Say order by order where its buyer was: by their address, their connection and their card."""
    return await queries.evidence(store, page)
