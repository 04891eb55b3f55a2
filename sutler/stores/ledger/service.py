"""Writing to the books, and proving that they balance. Entries are only ever added, never changed and never deleted."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import StoreStatement, among, param
from sutler.kernel.data.records import Texts
from sutler.kernel.ids import FlakeId
from sutler.stores.ledger.models import LedgerEntry

OF_THIS_STORE = LedgerEntry.c.store_id == param("store_id", type_=LedgerEntry.c.store_id.type)
TOTAL = func.sum(LedgerEntry.c.amount)
BALANCES = StoreStatement(
    select(LedgerEntry.c.account, LedgerEntry.c.currency, TOTAL)
    .where(OF_THIS_STORE)
    .group_by(LedgerEntry.c.account, LedgerEntry.c.currency)
)
HELD = StoreStatement(
    select(LedgerEntry.c.account, TOTAL)
    .where(
        OF_THIS_STORE,
        among(LedgerEntry.c.account, param("accounts", type_=Texts())),
        LedgerEntry.c.currency == param("currency"),
    )
    .group_by(LedgerEntry.c.account)
)
UNBALANCED = StoreStatement(
    select(LedgerEntry.c.transaction_id, LedgerEntry.c.currency, TOTAL)
    .where(OF_THIS_STORE)
    .group_by(LedgerEntry.c.transaction_id, LedgerEntry.c.currency)
    .having(TOTAL != 0)
)


class Unbalanced(Exception):
    """The entries of a movement do not sum to zero, so nothing of it was written."""


class Entry(Struct, frozen=True):
    """One side of a movement: what an account gains (positive, a debit) or gives (negative, a credit), in minor units."""

    account: str
    amount: int


class Imbalance(Struct, frozen=True):
    """A movement whose entries do not sum to zero: a defect, or a hand in the database."""

    transaction_id: FlakeId
    currency: str
    amount: int


def gateway_account(gateway: str) -> str:
    """The asset account of the money that a gateway holds for the store."""
    return f"gateway:{gateway}"


async def post(store: StoreContext, transaction_id: FlakeId, currency: str, entries: Sequence[Entry]) -> None:
    """Write one movement of money, all sides at once; sides without an amount are left out.

    `Unbalanced` unless the sides sum to zero, `PostedTwice` when this movement is already in the books.
    """
    total = sum(entry.amount for entry in entries)
    if total:
        message = f"The entries of {transaction_id} sum to {total} {currency} instead of zero."
        raise Unbalanced(message)
    await store.add_all(
        [
            LedgerEntry(transaction_id=transaction_id, account=entry.account, currency=currency, amount=entry.amount)
            for entry in entries
            if entry.amount
        ]
    )


async def posted(store: StoreContext, transaction_id: FlakeId, account: str) -> int:
    """What one movement has changed an account by; zero if it did not touch it."""
    found = store.rows(LedgerEntry).where(LedgerEntry.c.transaction_id == transaction_id, LedgerEntry.c.account == account)
    return sum(entry.amount for entry in await store.all(found))


async def balances(store: StoreContext) -> dict[tuple[str, str], int]:
    """What every account holds, by account and currency, derived from all entries; income accounts are negative."""
    return {(account, currency): int(total) for account, currency, total in await store.run(BALANCES)}


async def held(store: StoreContext, accounts: Sequence[str], currency: str) -> dict[str, int]:
    """What some accounts hold in one currency; those without entries are left out. One statement."""
    return {account: int(total) for account, total in await store.run(HELD, accounts=list(accounts), currency=currency)}


class Movement(Struct, frozen=True):
    """What one movement changed an account by."""

    transaction_id: FlakeId
    currency: str
    amount: int


async def movements(store: StoreContext, account: str, begin: datetime, end: datetime) -> list[Movement]:
    """Everything that changed an account from a moment on and before another, in its order."""
    found = store.rows(LedgerEntry).where(
        LedgerEntry.c.account == account, LedgerEntry.c.created_at >= begin, LedgerEntry.c.created_at < end
    )
    return [Movement(entry.transaction_id, entry.currency, entry.amount) for entry in await store.all(found)]


async def check(store: StoreContext) -> list[Imbalance]:
    """Every movement that does not sum to zero; empty when the books are in order."""
    return [Imbalance(str(id), currency, int(total)) for id, currency, total in await store.run(UNBALANCED)]
