"""The table of invoice settings: one row for each store that ever changed them."""

from msgspec import field

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict


class InvoiceSettings(StoreRecord, table="invoice_settings"):
    """What invoices say about the seller. A `legal_name` that is empty leaves the store's name alone."""

    enabled: bool = True
    legal_name: str = ""
    address: list[str] = field(default_factory=list)  # line by line
    tax_id: str = ""
    color: str = "#1f4e5f"
    invoice_prefix: str = "INV"
    credit_note_prefix: str = "CN"
    footer: str = ""


class InvoiceSettingsTwice(Conflict):
    """This store has invoice settings already; send the change again."""


unique(InvoiceSettingsTwice, InvoiceSettings.c.store_id, name="invoice_settings_store")
