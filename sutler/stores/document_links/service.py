"""Making such an address, and opening one. Each is sealed with the installation's key, so that nobody can make one."""

import base64
import binascii
from datetime import datetime, timedelta
from typing import Final, Literal

import msgspec

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.records import Actor
from sutler.kernel.errors import ShopError
from sutler.kernel.ids import FlakeId
from sutler.kernel.secrets import CannotUnseal, sealer
from sutler.settings import settings

LASTS: Final = timedelta(minutes=15)
CONTEXT: Final = "document"
DocumentKind = Literal["invoice", "evidence"]


class LinkExpired(ShopError):
    """This address of a document is over or was never valid. Ask the API for a new one."""

    status = 403


class DocumentLink(msgspec.Struct, frozen=True):
    """What an address opens: one document, for a while, for whoever asked for it and whomever they hand it to."""

    store_id: FlakeId
    kind: DocumentKind
    id: FlakeId
    actor: Actor
    expires_at: datetime


_read = msgspec.json.Decoder(DocumentLink).decode


def link_to(store: StoreContext, kind: DocumentKind, id: FlakeId) -> str:
    """Where a document can be fetched for a quarter of an hour. Whether there is such a document is not looked at."""
    link = DocumentLink(store.store_id, kind, id, store.actor, clock.real_now() + LASTS)
    sealed = sealer().seal(msgspec.json.encode(link).decode(), CONTEXT)
    return f"{settings().base_url}/documents/{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def opened(token: str) -> DocumentLink:
    """What an address opens; LinkExpired for one that is over or was never ours."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        link = _read(sealer().open(sealed, CONTEXT))
    except (ValueError, binascii.Error, CannotUnseal, msgspec.MsgspecError):
        raise LinkExpired from None
    if link.expires_at <= clock.real_now():
        raise LinkExpired
    return link
