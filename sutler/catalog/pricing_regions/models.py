"""The regions, their groups by what people there can afford, and reference rates of their currencies."""

from typing import Final

from msgspec import Struct

UNCHANGED: Final = 1000
"""The multiplier, in thousandths, that leaves a price as it is; 500 halves it."""


class RegionGroup(Struct, frozen=True, kw_only=True):
    """Regions where about the same part of a price is asked. The multiplier is a recommendation, in thousandths."""

    id: str
    name: str
    description: str
    multiplier: int


class Region(Struct, frozen=True, kw_only=True):
    """Countries (ISO 3166-1 alpha-2) that are priced alike. `currency` is the one that most people there know prices in."""

    id: str
    group_id: str
    name: str
    currency: str
    countries: tuple[str, ...]


def _group(id: str, name: str, description: str, multiplier: int) -> RegionGroup:
    return RegionGroup(id=id, name=name, description=description, multiplier=multiplier)


def _region(group_id: str, id: str, name: str, currency: str, countries: str) -> Region:
    return Region(id=id, group_id=group_id, name=name, currency=currency, countries=tuple(sorted(countries.split())))


GROUPS: Final = (
    _group("full", "Full price", "High incomes: prices stay as they are.", UNCHANGED),
    _group("moderate", "A little less", "Incomes somewhat lower: a fifth off.", 800),
    _group("reduced", "Less", "Middle incomes: two fifths off.", 600),
    _group("low", "Much less", "Lower incomes, or a currency that has lost much: more than half off.", 450),
    _group("lowest", "Least", "The lowest incomes: about a third of the price.", 350),
)
REGIONS: Final = (
    _region("full", "north_america", "North America", "usd", "AS BM CA GL GU MP PM PR UM US VI"),
    _region(
        "full", "western_europe", "Western and Southern Europe", "eur",
        "AD AT BE BL CH CY DE ES FR GB GF GG GI GP GR IE IM IT JE LI LU MC MF MQ MT NL PT RE SM TF VA YT",
    ),
    _region("full", "northern_europe", "Northern Europe", "sek", "AX BV DK FI FO IS NO SE SJ"),
    _region(
        "full", "oceania", "Oceania", "aud",
        "AQ AU CC CK CX FJ FM HM KI MH NC NF NR NU NZ PF PG PN PW SB TK TO TV VU WF WS",
    ),
    _region("moderate", "east_asia", "East Asia", "jpy", "HK JP KP KR MO TW"),
    _region(
        "moderate", "eastern_europe", "Eastern Europe", "pln", "AL BA BG CZ EE HR HU LT LV MD ME MK PL RO RS SI SK UA XK"
    ),
    _region("moderate", "mena", "Middle East and North Africa", "usd",
            "AE BH DZ EG EH IL IQ IR JO KW LB LY MA OM PS QA SA SY TN YE"),
    _region("reduced", "china", "China", "cny", "CN"),
    _region(
        "reduced", "latin_america", "Latin America and the Caribbean", "usd",
        "AG AI AR AW BB BO BQ BS BZ CL CO CR CU CW DM DO EC FK GD GS GT GY HN HT JM KN KY LC MS MX NI PA PE PY SR SV SX TC"
        " TT UY VC VE VG",
    ),
    _region("reduced", "southeast_asia", "Southeast Asia", "usd", "BN ID KH LA MM MY PH SG TH TL VN"),
    _region("low", "brazil", "Brazil", "brl", "BR"),
    _region("low", "cis", "Caucasus, Central Asia and Russia", "usd", "AM AZ BY GE KG KZ MN RU TJ TM UZ"),
    _region("low", "turkey", "Türkiye", "try", "TR"),
    _region("lowest", "south_asia", "South Asia", "inr", "AF BD BT IN IO LK MV NP PK"),
    _region(
        "lowest", "sub_saharan_africa", "Sub-Saharan Africa", "zar",
        "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW KE KM LR LS MG ML MR MU MW MZ NA NE NG RW SC SD SH SL"
        " SN SO SS ST SZ TD TG TZ UG ZA ZM ZW",
    ),
)  # fmt: skip
"""Every country is in one region and only one."""

RATES: Final = {
    "eur": 1.0, "usd": 1.0705, "jpy": 171.94, "czk": 25.025, "dkk": 7.4575, "gbp": 0.84638, "huf": 395.10, "pln": 4.3090,
    "ron": 4.9773, "sek": 11.3595, "chf": 0.9634, "isk": 148.90, "nok": 11.3965, "try": 35.1868, "aud": 1.6079,
    "brl": 5.8915, "cad": 1.4670, "cny": 7.7748, "hkd": 8.3594, "idr": 17487.21, "ils": 4.0200, "inr": 89.2495,
    "krw": 1474.86, "mxn": 19.5654, "myr": 5.0501, "nzd": 1.7601, "php": 62.560, "sgd": 1.4513, "thb": 39.319,
    "zar": 19.4970,
}  # fmt: skip
"""What one euro was worth on 28 June 2024, by the European Central Bank's reference rates. To compare prices by; nothing is
ever charged by them."""
