"""Checking VAT ids: their form here, whether they exist with VIES, the service of the European Commission.

Nothing here asks a database; never call it in a transaction.
"""

import re
from typing import Final
from urllib.parse import quote

import msgspec

from sutler.checkout.checkouts.models import TaxIdCheck
from sutler.checkout.tax_rates.service import in_eu
from sutler.kernel.outside.http import CallFailed
from sutler.kernel.outside.installed import outside
from sutler.settings import settings

PATIENCE: Final = 5.0  # seconds; a buyer waits
OK: Final = 200
FILLING: Final = re.compile(r"[\s.\-/]")
OF_COUNTRY: Final = {"EL": "GR"}  # Greece has a prefix of its own


class Verdict(msgspec.Struct, rename="camel"):
    """What VIES says: https://ec.europa.eu/taxation_customs/vies, `GET /ms/{country}/vat/{number}`."""

    is_valid: bool
    user_error: str = ""


def plain(tax_id: str) -> str:
    """A VAT id without what people write between its characters."""
    return FILLING.sub("", tax_id).upper()


def country_of(tax_id: str) -> str | None:
    """The country of the European Union that a VAT id belongs to; None for one of no member's form.

    The form of each country, with its check digits, comes from the library python-stdnum.
    """
    from stdnum.eu import vat  # noqa: PLC0415 - it costs start-up time, and few stores need it

    number = plain(tax_id)
    if not vat.is_valid(number):
        return None
    country = OF_COUNTRY.get(number[:2], number[:2])
    return country if in_eu(country) else None


async def checked(tax_id: str) -> TaxIdCheck:
    """Whether a VAT id of the European Union exists; `not_checked` when nobody could tell, for who may owe the tax then."""
    if country_of(tax_id) is None:
        return "invalid"
    number = plain(tax_id)
    try:
        reply = await outside().send(
            "GET", f"{settings().vies_url}/ms/{number[:2]}/vat/{quote(number[2:], safe='')}", timeout=PATIENCE
        )
        verdict = msgspec.json.decode(reply.body, type=Verdict) if reply.status == OK else None
    except (CallFailed, msgspec.DecodeError):
        return "not_checked"
    if verdict is None or verdict.user_error not in ("", "VALID", "INVALID"):
        return "not_checked"
    return "valid" if verdict.is_valid else "invalid"
