"""The tables of mails and of what a store wants to be mailed."""

from datetime import datetime
from typing import Final, Literal, get_args

from msgspec import Struct, field

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

MailKind = Literal[
    "order_receipt", "renewal_receipt", "renewal_failed", "subscription_canceled", "trial_ending", "refund_made",
    "verification_code", "webhook_paused",
]  # fmt: skip
KINDS: Final[tuple[MailKind, ...]] = get_args(MailKind)
MailState = Literal["waiting", "sent", "failed", "withheld"]


class Text(Struct, frozen=True, kw_only=True):
    """What a mail says. `facts` are shown as a table, `codes` are secrets for the recipient; `link` is a label and a URL."""

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    link: tuple[str, str] | None = None
    ending: list[str] = field(default_factory=list)


class Envelope(Struct, frozen=True, kw_only=True):
    """What a mail is written for, once, and to whom. `cause` is an id of that; without a recipient there is no mail."""

    kind: MailKind
    cause: str
    recipient: str | None
    customer_id: FlakeId | None = None


class Mail(StoreRecord, table="mails"):
    """waiting → sent, or failed once it was given up. In a store in test mode it is withheld unless somebody wants it.

    What it says is sealed, for there may be codes in it.
    `claimed_until` is while somebody hands it over, in real time.
    """

    kind: MailKind
    cause: str
    customer_id: FlakeId | None
    recipient: str
    subject: str
    text_sealed: bytes
    state: MailState
    attempts: int = 0
    resends: int = 0
    claimed_until: datetime | None = None
    waiting_since: datetime | None = None  # when it was written, or sent again by hand
    sent_at: datetime | None = None
    last_error: str | None = None


class MailSettings(StoreRecord, table="mail_settings"):
    """What a store wants to be mailed. While it is in test mode, everything goes to `test_recipient`, if anywhere."""

    enabled: bool = True
    off: list[MailKind] = field(default_factory=list)
    test_recipient: str | None = None


class MailWritten(Conflict):
    """This mail is written already."""


class MailSettingsTwice(Conflict):
    """This store has mail settings already; send the change again."""


class MailNotReady(Conflict):
    """This mail is still being sent by itself. Wait until it is sent or given up."""


class MailIsOff(Conflict):
    """This installation sends no mail: its owner has to set SUTLER_SMTP_URL first."""


unique(MailWritten, Mail.c.store_id, Mail.c.kind, Mail.c.cause, name="mails_cause")
unique(MailSettingsTwice, MailSettings.c.store_id, name="mail_settings_store")
index("mails_newest", Mail.c.store_id, Mail.c.id)
index("mails_customer", Mail.c.store_id, Mail.c.customer_id)


def text_context(id: FlakeId) -> str:
    """What the text of a mail is sealed for."""
    return f"mail:{id}"
