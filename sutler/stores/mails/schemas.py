"""Mails and mail settings on the wire; Sutler's own."""

from datetime import datetime
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Int32, Query, Wire
from sutler.stores.mails.models import KINDS, Mail, MailKind, MailSettings, MailState
from sutler.stores.mails.queries import as_text, told
from sutler.stores.stores.models import Store

Recipient = Annotated[str, Meta(max_length=254)]


class MailFilter(Query):
    """Which mails to list; every filter narrows the list."""

    kind: list[MailKind] | None = None
    state: list[MailState] | None = None
    customer_id: FlakeId | None = None


class MailDto(Struct, kw_only=True):
    """A mail that was written. `failed` ones were given up, `withheld` ones belong to a store in test mode.

    `text` is there when one mail is shown; what it says in confidence, such as codes, is left out unless the store is in
    test mode.
    """

    id: FlakeId
    kind: MailKind
    state: MailState
    customer_id: FlakeId | None
    recipient: str
    subject: str
    attempts: Int32
    resends: Int32
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None
    text: str | UnsetType = UNSET


class MailSettingsDto(Struct, kw_only=True):
    """What the store mails; `kinds` are all that there are. `is_possible` says whether this installation can send mail."""

    enabled: bool
    off: list[MailKind]
    test_recipient: str | None
    kinds: list[MailKind]
    is_possible: bool


class UpdateMailSettingsDto(Wire):
    """What changes; what is left out stays. `off` are the kinds that are not written, `null` takes the recipient away."""

    enabled: bool | UnsetType = UNSET
    off: Annotated[list[MailKind], Meta(max_length=len(KINDS))] | UnsetType = UNSET
    test_recipient: Recipient | UnsetType | None = UNSET


def shown(mail: Mail, seller: Store | None = None) -> MailDto:
    """A mail as the wire shows it, with its text for this seller, if any."""
    names = set(MailDto.__struct_fields__) - {"text"}
    text = as_text(told(mail), seller, codes=not seller.live_mode) if seller else UNSET
    return MailDto(**{name: getattr(mail, name) for name in names}, text=text)


def shown_settings(chosen: MailSettings, *, is_possible: bool) -> MailSettingsDto:
    """The settings as the wire shows them."""
    return MailSettingsDto(
        enabled=chosen.enabled, off=chosen.off, test_recipient=chosen.test_recipient, kinds=list(KINDS),
        is_possible=is_possible,
    )  # fmt: skip
