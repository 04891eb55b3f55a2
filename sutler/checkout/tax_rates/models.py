"""The table of tax rates."""

from datetime import datetime

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict


class StoreTaxRate(StoreRecord, table="tax_rates"):
    """One tax of a country, or of a state of it, from a moment on, in hundredths of a percent: 2100 is 21 %.

    The newest that is valid counts. A rate for a tax code goes before the one for everything, which has none.
    """

    country: str
    state: str
    name: str
    tax_code: str
    basis_points: int
    valid_from: datetime


class TaxRateExists(Conflict):
    """There is a rate for this place, tax and moment already; delete it first, or choose another moment."""


RATE = StoreTaxRate.c
unique(
    TaxRateExists, RATE.store_id, RATE.country, RATE.state, RATE.name, RATE.tax_code, RATE.valid_from, name="tax_rates_once"
)
