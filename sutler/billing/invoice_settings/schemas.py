"""Invoice settings on the wire; Sutler's own."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.billing.invoice_settings.models import InvoiceSettings

Line = Annotated[str, Meta(max_length=120)]
# The look-aheads do not let a line break at the end pass, before which `$` matches, too.
Color = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$(?!\n)", max_length=7, description="As `#rrggbb`.")]
Prefix = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.-]{1,12}$(?!\n)", max_length=12)]


class UpdateInvoiceSettingsDto(Struct, kw_only=True):
    """What changes; what is left out stays. Documents that are issued already stay as they are."""

    enabled: bool | UnsetType = UNSET
    legal_name: Line | UnsetType = UNSET
    address: Annotated[list[Line], Meta(max_length=6)] | UnsetType = UNSET
    tax_id: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET
    color: Color | UnsetType = UNSET
    invoice_prefix: Prefix | UnsetType = UNSET
    credit_note_prefix: Prefix | UnsetType = UNSET
    footer: Annotated[str, Meta(max_length=500)] | UnsetType = UNSET


class InvoiceSettingsDto(Struct, kw_only=True):
    """What a store's invoices say about the seller, and how they look."""

    enabled: bool
    legal_name: str
    address: list[str]
    tax_id: str
    color: str
    invoice_prefix: str
    credit_note_prefix: str
    footer: str


def shown(settings: InvoiceSettings) -> InvoiceSettingsDto:
    """The settings as the wire shows them."""
    return InvoiceSettingsDto(**{name: getattr(settings, name) for name in InvoiceSettingsDto.__struct_fields__})
