"""Reading and changing invoice settings."""

from sutler.billing.invoice_settings.models import InvoiceSettings
from sutler.billing.invoice_settings.schemas import UpdateInvoiceSettingsDto
from sutler.kernel.data.context import StoreContext
from sutler.kernel.wire import given


async def settings_of(store: StoreContext) -> InvoiceSettings:
    """The store's settings, without a lock; those that every store has until somebody changes them."""
    return await store.peek(store.rows(InvoiceSettings)) or InvoiceSettings(store_id=store.store_id)


async def update(store: StoreContext, changes: UpdateInvoiceSettingsDto) -> InvoiceSettings:
    """Change what is given."""
    found = await store.first(store.rows(InvoiceSettings)) or await store.add(InvoiceSettings())
    return await store.change(found, given(changes))
