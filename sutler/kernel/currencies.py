"""Which currency people pay with in which country: ISO 3166-1 and ISO 4217, as of 2026."""

from typing import Final

_COUNTRIES: Final = {
    "eur": "AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA XK YT",
    "usd": "AS BQ EC FM GU IO MH MP PA PR PW SV TC TL UM US VG VI",
    "xof": "BF BJ CI GW ML NE SN TG",
    "xaf": "CF CG CM GA GQ TD",
    "xcd": "AG AI DM GD KN LC MS VC",
    "aud": "AU CC CX HM KI NF NR TV",
    "nzd": "CK NU NZ PN TK",
    "xpf": "NC PF WF",
    "dkk": "DK FO GL",
    "gbp": "GB GG GS IM JE",
    "nok": "BV NO SJ",
    "chf": "CH LI",
    "ils": "IL PS",
    "mad": "EH MA",
    "xcg": "CW SX",
    "aed": "AE", "afn": "AF", "all": "AL", "amd": "AM", "aoa": "AO", "ars": "AR", "awg": "AW", "azn": "AZ", "bam": "BA",
    "bbd": "BB", "bdt": "BD", "bhd": "BH", "bif": "BI", "bmd": "BM", "bnd": "BN", "bob": "BO", "brl": "BR", "bsd": "BS",
    "btn": "BT", "bwp": "BW", "byn": "BY", "bzd": "BZ", "cad": "CA", "cdf": "CD", "clp": "CL", "cny": "CN", "cop": "CO",
    "crc": "CR", "cup": "CU", "cve": "CV", "czk": "CZ", "djf": "DJ", "dop": "DO", "dzd": "DZ", "egp": "EG", "ern": "ER",
    "etb": "ET", "fjd": "FJ", "fkp": "FK", "gel": "GE", "ghs": "GH", "gip": "GI", "gmd": "GM", "gnf": "GN", "gtq": "GT",
    "gyd": "GY", "hkd": "HK", "hnl": "HN", "htg": "HT", "huf": "HU", "idr": "ID", "inr": "IN", "iqd": "IQ", "irr": "IR",
    "isk": "IS", "jmd": "JM", "jod": "JO", "jpy": "JP", "kes": "KE", "kgs": "KG", "khr": "KH", "kmf": "KM", "kpw": "KP",
    "krw": "KR", "kwd": "KW", "kyd": "KY", "kzt": "KZ", "lak": "LA", "lbp": "LB", "lkr": "LK", "lrd": "LR", "lsl": "LS",
    "lyd": "LY", "mdl": "MD", "mga": "MG", "mkd": "MK", "mmk": "MM", "mnt": "MN", "mop": "MO", "mru": "MR", "mur": "MU",
    "mvr": "MV", "mwk": "MW", "mxn": "MX", "myr": "MY", "mzn": "MZ", "nad": "NA", "ngn": "NG", "nio": "NI", "npr": "NP",
    "omr": "OM", "pen": "PE", "pgk": "PG", "php": "PH", "pkr": "PK", "pln": "PL", "pyg": "PY", "qar": "QA", "ron": "RO",
    "rsd": "RS", "rub": "RU", "rwf": "RW", "sar": "SA", "sbd": "SB", "scr": "SC", "sdg": "SD", "sek": "SE", "sgd": "SG",
    "shp": "SH", "sle": "SL", "sos": "SO", "srd": "SR", "ssp": "SS", "stn": "ST", "syp": "SY", "szl": "SZ", "thb": "TH",
    "tjs": "TJ", "tmt": "TM", "tnd": "TN", "top": "TO", "try": "TR", "ttd": "TT", "twd": "TW", "tzs": "TZ", "uah": "UA",
    "ugx": "UG", "uyu": "UY", "uzs": "UZ", "ves": "VE", "vnd": "VN", "vuv": "VU", "wst": "WS", "yer": "YE", "zar": "ZA",
    "zmw": "ZM", "zwg": "ZW",
}  # fmt: skip

CURRENCY_OF: Final = {country: currency for currency, countries in _COUNTRIES.items() for country in countries.split()}
"""The currency of a country, by ISO 3166-1 alpha-2."""

CURRENCIES: Final = frozenset(_COUNTRIES)
"""Every currency that somebody pays with, in lower case."""
