"""The API of mails, Sutler's own."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import one_of
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside.mail_server import is_address
from sutler.kernel.wire import given
from sutler.settings import settings
from sutler.stores.mails import service
from sutler.stores.mails.models import Mail
from sutler.stores.mails.schemas import (
    MailDto,
    MailFilter,
    MailSettingsDto,
    UpdateMailSettingsDto,
    shown,
    shown_settings,
)
from sutler.stores.stores.service import current

routes = Routes("/v1/stores/{storeId}", tag="mails")
Reader = Annotated[StoreContext, reads("mail_read")]
Writer = Annotated[StoreContext, writes("mail_update")]


@routes.get("/mails", "Mails_GetMails")
async def list_mails(store: Reader, page: Page, wanted: MailFilter) -> list[MailDto]:
    """List the mails that were written, newest first."""
    found = store.rows(Mail)
    if wanted.customer_id is not None:
        found = found.where(Mail.c.customer_id == wanted.customer_id)
    if wanted.kind:
        found = found.where(one_of(Mail.c.kind, wanted.kind))
    if wanted.state:
        found = found.where(one_of(Mail.c.state, wanted.state))
    return [shown(mail) for mail in await store.page(found, page)]


@routes.get("/mails/{mailId}", "Mails_GetMail")
async def get_mail(store: Reader, mail_id: FlakeId) -> MailDto:
    """Show a mail with what it says."""
    return shown(await store.get(Mail, mail_id), await current(store))


@routes.post("/mails/{mailId}/resend", "Mails_ResendMail", status=200)
async def resend_mail(store: Writer, mail_id: FlakeId) -> MailDto:
    """Send a mail once more that was sent or given up; one that is withheld stays so while the store is in test mode."""
    return shown(await service.resend(store, mail_id))


@routes.get("/mail-settings", "Mails_GetSettings")
async def get_settings(store: Reader) -> MailSettingsDto:
    """Show what the store mails."""
    return shown_settings(await service.settings_of(store), is_possible=settings().mail_server is not None)


@routes.patch("/mail-settings", "Mails_UpdateSettings")
async def update_settings(store: Writer, changes: UpdateMailSettingsDto) -> MailSettingsDto:
    """Change what the store mails, and who gets the mails of a store in test mode."""
    values = given(changes)
    if values.get("test_recipient") and not is_address(values["test_recipient"]):
        text = "`test_recipient` must be one mail address, such as you@example.com."
        raise InvalidInput(text, [FieldError("Invalid", text, "test_recipient", "address")])
    if "test_recipient" in values:
        values["test_recipient"] = values["test_recipient"] or None
    if "off" in values:
        values["off"] = list(dict.fromkeys(values["off"]))
    chosen = await service.change_settings(store, values)
    return shown_settings(chosen, is_possible=settings().mail_server is not None)
