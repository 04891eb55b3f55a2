"""Which region a country is in, and what its owner should know of it."""

from functools import cache
from statistics import mean
from typing import Final

import eu_vat_rates_data

from sutler.catalog.pricing_regions.models import RATES, REGIONS, Region
from sutler.kernel.errors import NotFound

BY_ID: Final = {region.id: region for region in REGIONS}
BY_COUNTRY: Final = {country: region for region in REGIONS for country in region.countries}


def region_of(country: str | None) -> Region | None:
    """The region of a country; None while nobody knows where somebody is."""
    return BY_COUNTRY.get((country or "").upper())


def region(id: str) -> Region:
    """The region with this id; NotFound when there is none."""
    if id not in BY_ID:
        raise NotFound(f"There is no pricing region {id[:50]}. The regions are {', '.join(sorted(BY_ID))}.")
    return BY_ID[id]


def local_currency(wanted: Region, currency: str) -> tuple[str, float]:
    """The region's currency, and how much of it a unit of the store's was worth on the day of the rates.

    Where nobody publishes a rate for the store's currency, that currency stands for the region's, too.
    """
    if currency not in RATES:
        return currency, 1.0
    return wanted.currency, round(RATES[wanted.currency] / RATES[currency], 6)


@cache
def blended_vat_rate(wanted: Region) -> float:
    """The average value-added tax in percent of those countries of a region whose rate is public; 0 if no one's is."""
    public = eu_vat_rates_data.get_all_rates()
    known = [public[country]["standard"] for country in wanted.countries if country in public]
    return round(mean(known), 2) if known else 0.0
