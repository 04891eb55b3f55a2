"""What crosses the wire about tax that is owed. Sutler's own. All amounts are minor units."""

from datetime import datetime

from msgspec import Struct

from sutler.kernel.wire import Query


class TaxReportFilter(Query):
    """The period: from a moment on, until before another."""

    begin: datetime
    until: datetime


class TaxReportRowDto(Struct, frozen=True, kw_only=True):
    """One tax of one place: what was sold there under it and what was given back, in a currency.

    Taxes are `tax_amount` of `taxable_amount`, sales less refunds. Movements that no order explains have no country.
    """

    country: str
    jurisdiction: str
    tax_name: str
    tax_rate: str
    currency: str
    sales: int
    refunds: int
    taxable_amount: int
    tax_amount: int


class TaxReportDto(Struct, frozen=True, kw_only=True):
    """What is owed for a period; the rows add up to what the books say of it, by currency."""

    begin: datetime
    until: datetime
    rows: list[TaxReportRowDto]
    tax_amounts: dict[str, int]
