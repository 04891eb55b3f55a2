"""`sutler audit`: who changed what, and whether the log of it was tampered with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sutler.stores.audit.models import AuditEntry
    from sutler.stores.audit.service import Verdict

Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
OfStore = Annotated[
    str | None,
    typer.Option("--store", help="The store's id or slug, or 0 for the installation; needed when there are several."),
]
INSTALLATION = "0"


def register(app: typer.Typer) -> None:
    """Add these commands."""
    audit = typer.Typer(help="Who changed what.", no_args_is_help=True, pretty_exceptions_enable=False)
    audit.command("list")(list_entries)
    audit.command("verify")(verify)
    app.add_typer(audit, name="audit")


def list_entries(
    store: OfStore = None,
    *,
    actor: Annotated[str | None, typer.Option(help="Only what the user or key with this id did.")] = None,
    operation: Annotated[str | None, typer.Option(help="Only this operation, such as Products_CreateProduct.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")] = 50,
    data: Data = None,
) -> None:
    """List the newest changes of a store, newest first."""
    from sutler.commands import ground, showing

    ground.use(data=data)
    heads = ("id", "time", "actor", "operation", "status", "targets", "members", "address")
    showing.rows(heads, [line(entry) for entry in ground.run(found(store, actor, operation, limit))])


def verify(
    store: OfStore = None,
    *,
    noted: Annotated[
        str | None, typer.Option(help="A digest that an earlier check printed; it must still be in the chain.")
    ] = None,
    data: Data = None,
) -> None:
    """Check that no entry of a store's audit log was changed, taken out or put in since it was linked."""
    from sutler.commands import ground
    from sutler.commands.refusal import Refusal

    ground.use(data=data)
    verdict = ground.run(verified(store, noted))
    if verdict.problem is not None:
        raise Refusal(f"The audit log was tampered with. {verdict.problem} {verdict.linked} entries before it fit.")
    typer.echo(f"All {verdict.linked} linked entries fit; {verdict.waiting} newer ones wait to be linked.", err=True)
    typer.echo(verdict.digest)


async def found(store: str | None, actor: str | None, operation: str | None, limit: int) -> list["AuditEntry"]:
    """The newest entries that match; Refusal for an actor that is no id."""
    from sutler.commands import ground
    from sutler.commands.refusal import Refusal
    from sutler.kernel.data.pages import Page
    from sutler.stores.audit import queries

    if actor is not None and not (actor.isascii() and actor.isdigit()):
        raise Refusal(f"{actor!r} is no id of a user or key; ids are decimal numbers.")
    async with ground.at_hand() as database, database.reading(slow=True) as connection:
        context = ground.inside(connection, await chosen(connection, store), writes=False)
        return await queries.find(context, Page(limit=limit), actor_id=actor, operation=operation)


async def verified(store: str | None, noted: str | None) -> "Verdict":
    """What is known of a store's chain."""
    from sutler.commands import ground
    from sutler.stores.audit import service

    async with ground.at_hand() as database, database.reading(slow=True) as connection:
        context = ground.inside(connection, await chosen(connection, store), writes=False)
        return await service.verify(context, noted)


async def chosen(connection: Any, name: str | None) -> str:
    """The id of the store that is meant."""
    from sutler.commands.stores import chosen as chosen_store

    return INSTALLATION if name == INSTALLATION else (await chosen_store(connection, name)).id


def line(entry: "AuditEntry") -> tuple[str, ...]:
    """An entry as a line of text."""
    actor = f"{entry.created_by.type} {entry.created_by.id or ''}".strip() if entry.created_by else ""
    return (
        entry.id, f"{entry.created_at:%Y-%m-%d %H:%M:%S}", actor, entry.operation, str(entry.status),
        " ".join(entry.targets), " ".join(entry.members), entry.address,
    )  # fmt: skip
