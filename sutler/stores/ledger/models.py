"""The ledger's table: append-only double entries."""

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class LedgerEntry(StoreRecord, table="ledger_entries"):
    """One side of a movement: a debit is positive, a credit negative; all of a transaction sum to zero."""

    transaction_id: FlakeId  # the payment, refund or other cause
    account: str
    currency: str
    amount: int


class PostedTwice(Conflict):
    """This movement is already in the books."""


unique(PostedTwice, LedgerEntry.c.store_id, LedgerEntry.c.transaction_id, LedgerEntry.c.account, name="ledger_once")
index("ledger_account", LedgerEntry.c.store_id, LedgerEntry.c.account, LedgerEntry.c.id)
