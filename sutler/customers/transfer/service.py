"""Importing customers a batch at a time, each batch committed together with how far the file has got; and exporting."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import UpsertCustomerRequestDto
from sutler.customers.customers.service import as_player, customer_from, may_play
from sutler.customers.transfer.models import CustomerImport, ImportRuns
from sutler.customers.transfer.schemas import FIELDS, PLAYER_NAMES, FileRecord, Unmade, in_file
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import one_of
from sutler.kernel.errors import InvalidInput, NotFound
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import field_errors
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

BATCH: Final = 500
UNIQUE: Final = ("steam_id", "minecraft_uuid", "xbox_xuid")
Owners = dict[tuple[str, str], FlakeId]


class Refused(Exception):
    """A record that describes no customer; the message says why."""


class Batch(NamedTuple):
    """What became of a batch."""

    progress: CustomerImport
    unmade: list[Unmade]


async def begin(store: StoreContext, file_digest: bytes, *, again: bool = False) -> CustomerImport:
    """How far this file has got in this store; `again` starts it over."""
    known = await store.first(store.rows(CustomerImport).where(CustomerImport.c.file_digest == file_digest))
    if known is None:
        return await store.add(CustomerImport(file_digest=file_digest))
    if not again:
        return known
    afresh = {"records": 0, "made": 0, "known": 0, "refused": 0, "is_complete": False}
    return await store.change(known, afresh)


async def take(store: StoreContext, progress: CustomerImport, records: Sequence[FileRecord]) -> Batch:
    """Make the customers of the next records; ImportRuns when somebody else went on with the file meanwhile.

    Who has an identity of a customer of the store, or of one earlier in the file, is not made again.
    """
    now = await store.get(CustomerImport, progress.id)
    if now.records != progress.records:
        raise ImportRuns
    customers, unmade = _read(records, await current(store))
    owners = await _owners(store, customers.values())
    made: list[Customer] = []
    for number, customer in customers.items():
        told = _already(records[number], customer, owners)
        if told is not None:
            unmade.append(told)
            continue
        made.append(customer)
        owners |= dict.fromkeys(_identities(customer), customer.id)
    await store.add_all(made)
    known = sum(told.customer_id is not msgspec.UNSET for told in unmade)
    counts = {"records": len(records), "made": len(made), "known": known, "refused": len(unmade) - known}
    progress = await store.change(now, {name: getattr(now, name) + count for name, count in counts.items()})
    return Batch(progress, sorted(unmade, key=lambda told: told.line))


async def complete(store: StoreContext, progress: CustomerImport) -> CustomerImport:
    """The file is at its end."""
    return await store.change(progress, {"is_complete": True})


def _read(records: Sequence[FileRecord], shop: Store) -> tuple[dict[int, Customer], list[Unmade]]:
    customers: dict[int, Customer] = {}
    unmade = []
    for number, record in enumerate(records):
        try:
            customer = customer_from(_said(record))
            customers[number] = as_player(customer, shop) if may_play(customer) else customer
        except (Refused, InvalidInput, NotFound) as error:
            unmade.append(Unmade(record.line, str(error), record.values))
    return customers, unmade


def _said(record: FileRecord) -> UpsertCustomerRequestDto:
    """A record as the request that it stands for; Refused when it is none."""
    if record.problem is not None:
        raise Refused(record.problem)
    if not isinstance(record.values, Mapping):
        raise Refused("A customer is an object with members such as steam_id and name.")
    if unknown := [str(name) for name in record.values if name not in (*FIELDS, "platform_accounts")]:
        raise Refused(f"There is no {unknown[0]!r}. There are: {', '.join(FIELDS)}.")
    given = {name: value for name, value in record.values.items() if name not in PLAYER_NAMES and value is not None}
    accounts = [{"platform": name, "identifier": record.values[name]} for name in PLAYER_NAMES if record.values.get(name)]
    if accounts:
        given["platform_accounts"] = [*given.get("platform_accounts", ()), *accounts]
    try:
        return msgspec.convert(given, UpsertCustomerRequestDto)
    except msgspec.ValidationError as error:
        wrong = [f"{one.path}: {one.message}" for one in field_errors(UpsertCustomerRequestDto, given)]
        raise Refused("; ".join(wrong) or str(error)) from error


def _identities(customer: Customer) -> list[tuple[str, str]]:
    return [(name, value) for name in UNIQUE if (value := getattr(customer, name)) is not None]


async def _owners(store: StoreContext, customers: Any) -> Owners:
    """Whose the identities are that these customers would have: a query for each kind of them."""
    wanted = {pair for customer in customers for pair in _identities(customer)}
    owners: Owners = {}
    for name in UNIQUE:
        if values := sorted(value for kind, value in wanted if kind == name):
            # without locks: a customer who appears meanwhile is refused by the index, and the batch is tried again
            for owner in await store.page(
                store.rows(Customer).where(one_of(Customer.c[name], values)), Page(limit=len(values))
            ):
                owners[name, getattr(owner, name)] = owner.id
    return owners


def _already(record: FileRecord, customer: Customer, owners: Owners) -> Unmade | None:
    """What to say of somebody whom the store knows already."""
    found = {owners[pair]: pair[0] for pair in _identities(customer) if pair in owners}
    if not found:
        return None
    if len(found) > 1:
        names = " and ".join(found.values())
        return Unmade(record.line, f"The {names} belong to different customers: {', '.join(found)}.", record.values)
    ((owner, name),) = found.items()
    return Unmade(record.line, f"Customer {owner} has this {name} already.", record.values, owner)


async def everyone(store: StoreContext) -> AsyncIterator[dict[str, Any]]:
    """Every customer of the store as files say it, oldest first, in pages."""
    after: FlakeId | None = None
    while page := await store.page(store.rows(Customer), Page(limit=BATCH, after=after, asc=True)):
        for customer in page:
            yield in_file(customer)
        after = page[-1].id
