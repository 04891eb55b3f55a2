"""What asyncpg raises, sorted: duplicates, failures that pass, and mistakes of ours."""

import asyncpg

from sutler.kernel.data.database import refusal
from sutler.kernel.errors import ServiceUnavailable

OUTDATED = (asyncpg.InvalidCachedStatementError, asyncpg.exceptions.OutdatedSchemaCacheError)
QUERY_CANCELED, LOCK_NOT_AVAILABLE, IDLE_TOO_LONG = "57014", "55P03", "25P03"
DISCONNECTING = ("08", "57")  # classes of SQLSTATE: connection exception, operator intervention
PASSING = (*DISCONNECTING, "40", "53", "58")  # and rollback of a transaction, too few resources, system error


def heard(error: Exception, raw: asyncpg.Connection) -> Exception | None:
    """What a client hears of a failure that is no mistake of ours; None when it is one. Ends a broken connection."""
    if isinstance(error, asyncpg.UniqueViolationError):
        return refusal(error.constraint_name or "")
    if disconnects(error):
        raw.terminate()
    return ServiceUnavailable() if passes(error) or raw.is_closed() else None


def disconnects(error: Exception) -> bool:
    """Whether the connection is of no more use. After a crash of the server asyncpg may find its own state in disorder."""
    if isinstance(error, asyncpg.PostgresError):
        state = error.sqlstate or ""
        return state == IDLE_TOO_LONG or (state[:2] in DISCONNECTING and state != QUERY_CANCELED)
    return isinstance(error, OSError | asyncpg.InternalClientError) and not isinstance(error, OUTDATED)


def passes(error: Exception) -> bool:
    """Whether the same request may succeed later."""
    if isinstance(error, OUTDATED) or disconnects(error):
        return True
    state = (error.sqlstate or "") if isinstance(error, asyncpg.PostgresError) else ""
    return state[:2] in PASSING or state == LOCK_NOT_AVAILABLE
