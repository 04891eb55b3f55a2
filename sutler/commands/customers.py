"""`sutler customers`: what can be typed to bring customers in and out."""

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path | None, typer.Option(help="The folder of the SQLite file and the secret key, instead of SUTLER_DATA.")]
OfStore = Annotated[str | None, typer.Option("--store", help="The store's id or slug; needed when there are several.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if there is one already.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    customers = typer.Typer(help="A store's customers.", no_args_is_help=True, pretty_exceptions_enable=False)
    customers.command("import")(import_file)
    customers.command("export")(export_file)
    customers.command("export-person")(export_person)
    customers.command("erase-person")(erase_person)
    app.add_typer(customers, name="customers")


def import_file(
    file: Annotated[Path, typer.Argument(help="A file that ends in .csv, .json, .jsonl or .ndjson.")],
    store: OfStore = None,
    *,
    again: Annotated[bool, typer.Option("--again", help="Start over with a file that was imported already.")] = False,
    data: Data = None,
) -> None:
    """Make a customer of each record of a file. What is interrupted goes on where it was when it is called again.

    Who has an identity of a customer of the store is left alone. Records of which no customer was made are written to
    a file beside it, FILE.refused.jsonl, with their lines and the reasons.
    """
    from sutler.commands import ground, transferring

    ground.use(data=data)
    transferring.show(transferring.run(transferring.import_customers(file, store, again=again)), file)


def export_file(
    file: Annotated[Path, typer.Argument(help="A file that ends in .csv, .json, .jsonl or .ndjson.")],
    store: OfStore = None,
    *,
    force: Force = False,
    data: Data = None,
) -> None:
    """Write all customers of a store to a file that `import` can read."""
    from sutler.commands import ground, transferring

    ground.use(data=data)
    number = transferring.run(transferring.export_customers(file, store, force=force))
    typer.echo(f"{file} holds {number:,} customers.", err=True)


def export_person(
    id: Annotated[str, typer.Argument(help="The customer's id.")],
    file: Annotated[Path | None, typer.Argument(help="Where to write it; standard output if left out.")] = None,
    store: OfStore = None,
    *,
    force: Force = False,
    data: Data = None,
) -> None:
    """Write everything that a store knows of one customer as JSON, for the person to have."""
    from sutler.commands import ground, persons, transferring

    ground.use(data=data)
    text = transferring.run(persons.told(id, store))
    if file is None:
        typer.echo(text)
        return
    with transferring.finished(file, force=force) as opened:
        opened.write(text + "\n")


def erase_person(
    id: Annotated[str, typer.Argument(help="The customer's id.")],
    store: OfStore = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    data: Data = None,
) -> None:
    """Forget a customer for good: names, addresses, identities and whatever was sent about them. Amounts stay.

    Backups that were made before still know the person. Delete them, or erase again after restoring one.
    """
    from sutler.commands import ground, persons

    ground.use(data=data)
    if not yes:
        typer.confirm(f"Customer {id} cannot be brought back. Forget them?", abort=True, err=True)
    erased = ground.run(persons.erased(id, store))
    persons.swept()
    typer.echo(f"Customer {id} is forgotten, and with them {erased.deliveries} webhook deliveries.", err=True)
