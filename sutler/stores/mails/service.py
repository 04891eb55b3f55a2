"""Writing mails with what causes them, and what becomes of them: each is written once, and handed over until it is taken."""

from typing import Any

import msgspec
from msgspec import Struct

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.outside.mail_server import is_address, one_line
from sutler.kernel.secrets import sealer
from sutler.settings import settings
from sutler.stores.mails.jobs import send_mail
from sutler.stores.mails.models import (
    Envelope,
    Mail,
    MailIsOff,
    MailKind,
    MailNotReady,
    MailSettings,
    MailState,
    Text,
    text_context,
)
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current


class Desk(Struct, frozen=True):
    """Where a store writes a mail that it wants to be written."""

    seller: Store
    chosen: MailSettings


async def desk(store: StoreContext, *kinds: MailKind) -> Desk | None:
    """Where to write mails of these kinds; None where none of them is written.

    A store in test mode writes them even where none can be sent, for its owner to read.
    """
    seller = await current(store)
    if settings().mail_server is None and seller.live_mode:
        return None
    chosen = await settings_of(store)
    return Desk(seller, chosen) if chosen.enabled and set(kinds) - set(chosen.off) else None


async def write(store: StoreContext, at: Desk, envelope: Envelope, text: Text) -> Mail | None:
    """Write a mail in the transaction that is its reason; None without a recipient, and when it was written before.

    None, too, for a kind that the store does not want.
    """
    if envelope.kind in at.chosen.off or not is_address(envelope.recipient or ""):
        return None
    goes_to, state = _addressed(at.seller, at.chosen, envelope.recipient or "")
    id = new_id()
    sealed = sealer().seal(msgspec.json.encode(text).decode(), text_context(id))
    mail = Mail(
        id=id, kind=envelope.kind, cause=envelope.cause, customer_id=envelope.customer_id, recipient=goes_to,
        subject=one_line(text.subject), text_sealed=sealed, state=state, waiting_since=clock.now(),
    )  # fmt: skip
    if not await store.add_new(mail, Mail.c.kind, Mail.c.cause):
        return None
    if state == "waiting":
        await send_mail.enqueue(store, mail_id=id, resend=0)
    return mail


async def send_code(store: StoreContext, envelope: Envelope, code: str, purpose: str) -> Mail | None:
    """Mail a code with which a customer confirms something; `purpose` ends the sentence "Use this code to …".

    None without a recipient, and when a code was sent for this cause before; MailIsOff where no mail is written.
    """
    at = await desk(store, envelope.kind)
    if at is None:
        raise MailIsOff
    text = Text(
        subject=f"Your code for {at.seller.name}",
        paragraphs=[f"Use this code to {purpose} at {at.seller.name}:"],
        codes=[("Code", code)],
        ending=["If you have not asked for it, you need not do anything. Give it to nobody: the store never asks for it."],
    )
    return await write(store, at, envelope, text)


def _addressed(seller: Store, chosen: MailSettings, recipient: str) -> tuple[str, MailState]:
    """Who gets a mail: in test mode never the buyer, and nobody where no mail can be sent."""
    goes_to = recipient if seller.live_mode else chosen.test_recipient
    return (goes_to, "waiting") if goes_to and settings().mail_server else (recipient, "withheld")


async def resend(store: StoreContext, id: FlakeId) -> Mail:
    """Send a mail once more, to whom it is to go now; NotFound, or MailNotReady while it is still being sent by itself."""
    mail = await store.get(Mail, id)
    if mail.state == "waiting":
        raise MailNotReady
    goes_to, state = _addressed(await current(store), await settings_of(store), mail.recipient)
    if state == "withheld":
        return mail
    again = {"state": state, "recipient": goes_to, "resends": mail.resends + 1, "attempts": 0, "claimed_until": None}
    mail = await store.change(mail, again | {"waiting_since": clock.now(), "last_error": None})
    await send_mail.enqueue(store, mail_id=id, resend=mail.resends)
    return mail


async def settings_of(store: StoreContext) -> MailSettings:
    """What the store wants to be mailed, without a lock; everything, until somebody says otherwise."""
    return await store.peek(store.rows(MailSettings)) or MailSettings(store_id=store.store_id)


async def change_settings(store: StoreContext, changes: dict[str, Any]) -> MailSettings:
    """Change what is given."""
    found = await store.first(store.rows(MailSettings)) or await store.add(MailSettings())
    return await store.change(found, changes)
