"""The API of tax that is owed, Sutler's own."""

from typing import Annotated

from sutler.billing.tax_report import queries
from sutler.billing.tax_report.schemas import TaxReportDto, TaxReportFilter
from sutler.kernel.data.context import StoreContext
from sutler.kernel.edge.access import reads
from sutler.kernel.edge.http import Routes

routes = Routes("/v1/stores/{storeId}/tax-report", tag="taxes")
Reader = Annotated[StoreContext, reads("tax_settings_read", slow=True)]


@routes.get("", "Taxes_GetTaxReport")
async def get_report(store: Reader, period: TaxReportFilter) -> TaxReportDto:
    """Say what is owed in tax for a period, by country, tax and rate; it adds up to what the books say."""
    return await queries.report(store, period.begin, period.until)
