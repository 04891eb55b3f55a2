"""The table of imports: how far each file has got."""

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict


class CustomerImport(StoreRecord, table="customer_imports"):
    """A file of customers, known by its SHA-256. The counts are committed with the customers whom they count."""

    file_digest: bytes
    records: int = 0  # of the file that were dealt with, in its order
    made: int = 0
    known: int = 0  # who were customers of the store already
    refused: int = 0
    is_complete: bool = False


class ImportRuns(Conflict):
    """Another process is importing this file right now; what it has done stays."""


unique(ImportRuns, CustomerImport.c.store_id, CustomerImport.c.file_digest, name="customer_imports_file")
