"""Where an address is, from a file of addresses in MaxMind's format that the owner may have.

The file is read by the library maxminddb, which keeps it in memory as the system does with any file that is looked into.
"""

from functools import lru_cache
from typing import Any

import structlog

log = structlog.get_logger()


def country_at(address: str, file: str | None) -> str | None:
    """The country of an address (ISO 3166-1 alpha-2), if the file knows it; None without a file, or for no address."""
    if not file or not address:
        return None
    database = opened(file)
    try:
        found = database.get(address) if database is not None else None
    except ValueError:
        return None  # no address, or one of a kind that the file does not have
    country = found.get("country") if isinstance(found, dict) else None
    code = country.get("iso_code") if isinstance(country, dict) else None
    return code if isinstance(code, str) else None


@lru_cache(maxsize=2)
def opened(file: str) -> Any:
    """The file, opened once; None when it cannot be read, which is said once in the log."""
    import maxminddb  # noqa: PLC0415 - only for owners who have such a file

    try:
        return maxminddb.open_database(file)
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        log.warning("the file of addresses cannot be read, so visitors have no country", file=file, reason=str(error))
        return None
