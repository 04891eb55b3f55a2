"""`sutler tax`: what is owed, for the tax return, and where buyers were, for those who ask."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sutler.billing.tax_evidence.schemas import TaxEvidenceDto
    from sutler.billing.tax_report.schemas import TaxReportDto

Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
OfStore = Annotated[str | None, typer.Option("--store", help="The store's id or slug; needed when there are several.")]
Begin = Annotated[datetime, typer.Argument(metavar="FROM", help="The first day of the period, such as 2026-01-01 (UTC).")]
Until = Annotated[datetime, typer.Argument(help="The day after its last one.")]
EVIDENCE_HEADS = (
    "order_id", "completed_at", "billing_country", "billing_state", "ip_country", "card_country", "customer_ip", "tax_id",
    "tax_id_check", "agreeing", "tax_amount", "total_amount", "currency",
)  # fmt: skip
HEADS = (
    "country", "jurisdiction", "tax_name", "tax_rate", "currency", "sales", "refunds", "taxable_amount", "tax_amount",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add these commands."""
    tax = typer.Typer(help="Tax that is owed.", no_args_is_help=True, pretty_exceptions_enable=False)
    tax.callback()(lambda: None)
    tax.command("report")(report)
    tax.command("evidence")(evidence)
    app.add_typer(tax, name="tax")


def evidence(begin: Begin, until: Until, store: OfStore = None, data: Data = None) -> None:
    """Write where the buyers of a period were as CSV, order by order: by address, connection and card."""
    import csv
    import sys

    from sutler.commands import ground

    ground.use(data=data)
    writer = csv.writer(sys.stdout, lineterminator="\n")

    async def write() -> None:
        heads: list[tuple[str, ...]] = [EVIDENCE_HEADS]
        async for rows in kept(store, begin.replace(tzinfo=UTC), until.replace(tzinfo=UTC)):
            writer.writerows(heads)
            writer.writerows([getattr(row, head) for head in EVIDENCE_HEADS] for row in rows)
            heads = []

    ground.run(write())


async def kept(store: str | None, begin: datetime, until: datetime) -> "AsyncIterator[list[TaxEvidenceDto]]":
    """What is known of the orders of a period, page by page, the oldest first, and one page at least.

    Refusal for a period that ends before it begins.
    """
    from msgspec.structs import replace

    from sutler.billing.tax_evidence import queries
    from sutler.billing.tax_evidence.schemas import TaxEvidencePage
    from sutler.commands import ground
    from sutler.commands.refusal import Refusal
    from sutler.commands.stores import chosen
    from sutler.kernel.errors import InvalidInput

    page = TaxEvidencePage(begin=begin, until=until, asc=True, after="0")
    async with ground.at_hand() as database, database.reading(slow=True) as connection:
        context = ground.inside(connection, (await chosen(connection, store)).id, writes=False)
        try:
            found = await queries.evidence(context, page)
            yield found
            while found:
                found = await queries.evidence(context, replace(page, after=found[-1].order_id))
                yield found
        except InvalidInput as error:
            raise Refusal(str(error)) from error


def report(begin: Begin, until: Until, store: OfStore = None, data: Data = None) -> None:
    """Write what is owed for a period as CSV, by country, tax and rate. Amounts are minor units (cents)."""
    import csv
    import sys

    from sutler.commands import ground

    ground.use(data=data)
    found = ground.run(owed(store, begin.replace(tzinfo=UTC), until.replace(tzinfo=UTC)))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADS)
    writer.writerows([getattr(row, head) for head in HEADS] for row in found.rows)
    for currency, amount in found.tax_amounts.items():
        typer.echo(f"In all {amount} {currency}, as the books say.", err=True)


async def owed(store: str | None, begin: datetime, until: datetime) -> "TaxReportDto":
    """The report of a store; Refusal for a period that ends before it begins."""
    from sutler.billing.tax_report import queries
    from sutler.commands import ground
    from sutler.commands.refusal import Refusal
    from sutler.commands.stores import chosen
    from sutler.kernel.errors import InvalidInput

    async with ground.at_hand() as database, database.reading(slow=True) as connection:
        context = ground.inside(connection, (await chosen(connection, store)).id, writes=False)
        try:
            return await queries.report(context, begin, until)
        except InvalidInput as error:
            raise Refusal(str(error)) from error
