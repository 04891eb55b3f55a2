"""Everything that the doctor looks at, in its order."""

from collections.abc import Callable, Mapping
from typing import Final

from sutler.doctor import (
    books,
    delivery,
    disputes,
    gift_cards,
    installation,
    invoices,
    jobs,
    presentments,
    references,
    refunds,
    subscriptions,
    trials,
)
from sutler.doctor.examination import Check, Result, examine
from sutler.kernel.data.database import Database
from sutler.kernel.data.snapshot import snapshot

CHECKS: Final[Mapping[str, Check]] = {
    **installation.CHECKS, **references.CHECKS, **books.CHECKS, **refunds.CHECKS, **presentments.CHECKS,
    **disputes.CHECKS, **gift_cards.CHECKS, **invoices.CHECKS, **delivery.CHECKS, **jobs.CHECKS,
    **subscriptions.CHECKS, **trials.CHECKS,
}  # fmt: skip


async def doctor(database: Database, progress: Callable[[str], None] | None = None) -> list[Result]:
    """Look at one moment of the database; it need not be open, and nobody has to wait."""
    async with snapshot(database) as connection:
        return await examine(connection, CHECKS, progress)
