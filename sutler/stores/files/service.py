"""Uploads: an address for one image, taking it in, putting it to use, and reading it back. Files of our own making."""

import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from typing import Final

import msgspec

from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.data.records import Actor
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.outside.files import files_at, image_kind
from sutler.kernel.secrets import CannotUnseal, sealer
from sutler.settings import settings
from sutler.stores.files.jobs import remove_file
from sutler.stores.files.models import AlreadyUploaded, File, NoImage, UploadExpired
from sutler.stores.stores.models import Store

LARGEST_IMAGE: Final = 2 * 1024 * 1024  # bytes
TIME_TO_UPLOAD: Final = timedelta(minutes=15)
TIME_TO_FINISH: Final = timedelta(days=1)
CONTEXT: Final = "upload"


class Ticket(msgspec.Struct, frozen=True):
    """What the address of an upload allows: one image, for one purpose, for a while. Sealed, so that nobody can make one."""

    store_id: FlakeId
    file_id: FlakeId
    purpose: str
    actor: Actor
    largest: int
    expires_at: datetime


_read_ticket = msgspec.json.Decoder(Ticket).decode


def upload_url(store: StoreContext, purpose: str) -> tuple[FlakeId, str]:
    """The id of a file that does not exist yet, and where it can be uploaded for a quarter of an hour."""
    over = clock.real_now() + TIME_TO_UPLOAD
    ticket = Ticket(store.store_id, new_id(), purpose, store.actor, LARGEST_IMAGE, over)
    sealed = sealer().seal(msgspec.json.encode(ticket).decode(), CONTEXT)
    return ticket.file_id, f"{settings().base_url}/uploads/{base64.urlsafe_b64encode(sealed).decode().rstrip('=')}"


def ticket_in(token: str) -> Ticket:
    """What an address allows; UploadExpired for one that is over or was never ours."""
    try:
        sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        ticket = _read_ticket(sealer().open(sealed, CONTEXT))
    except (ValueError, binascii.Error, CannotUnseal, msgspec.MsgspecError):
        raise UploadExpired from None
    if ticket.expires_at <= clock.real_now():
        raise UploadExpired
    return ticket


async def receive(shop: Shop, ticket: Ticket, content: bytes) -> None:
    """Keep the image that was sent to an address. Sent again it is the same; another one is AlreadyUploaded.

    NoImage for what is none. Its row is there before its content, and a job that removes both unless they are put to use,
    so that nothing is left behind whatever happens between.
    """
    kind = image_kind(content)
    if kind is None:
        raise NoImage
    digest = hashlib.sha256(content).hexdigest()
    async with shop.writing() as store:
        await store.get(Store, store.store_id)  # its lock lets the same image sent twice at once be told apart
        known: File | None = await store.first(by_id(File), id=ticket.file_id)
        if known is not None and (known.sha256 != digest or known.state == "dropped"):
            raise AlreadyUploaded
        if known is None:
            new = File(
                id=ticket.file_id, purpose=ticket.purpose, kind=kind, size=len(content), sha256=digest, state="arriving"
            )
            known = await store.add(new)
            await remove_file.enqueue_at(store, clock.real_now() + TIME_TO_FINISH, file_id=new.id)
    if known.state == "arriving":
        await files_at(settings().files_url).put(known.key, content)
        async with shop.writing() as store:
            await store.change_all(by_id(File).where(File.c.state == "arriving"), {"state": "arrived"}, id=known.id)


async def use(store: StoreContext, file_id: FlakeId, purpose: str, path: str) -> File:
    """Put an image that has arrived to the use that it was uploaded for; InvalidInput if there is none, at this path."""
    arrived = by_id(File).where(File.c.state == "arrived", File.c.purpose == purpose)
    found: list[File] = await store.change_all(arrived, {"state": "used"}, id=file_id)
    if not found:
        text = "There is no such image: upload it to the address that you were given, then finish with the id beside it."
        raise InvalidInput(text, [FieldError("Invalid", text, path, "image")])
    return found[0]


async def made(shop: Shop, file_id: FlakeId, purpose: str, kind: str, content: bytes) -> File:
    """Keep a file that the program itself has made; it stays for good once it is `put_to_use`, and is not replaced then."""
    digest = hashlib.sha256(content).hexdigest()
    async with shop.writing() as store:
        await store.get(Store, store.store_id)  # its lock lets the same file made twice at once be told apart
        known: File | None = await store.first(by_id(File), id=file_id)
        if known is None:
            new = File(id=file_id, purpose=purpose, kind=kind, size=len(content), sha256=digest, state="arriving")
            known = await store.add(new)
        elif known.state == "used":
            return known
        elif known.sha256 != digest:  # made by another version, which did not live to put it to use
            known = await store.change(known, {"size": len(content), "sha256": digest})
    await files_at(settings().files_url).put(known.key, content)
    return known


async def put_to_use(store: StoreContext, file_id: FlakeId) -> None:
    """From the end of this transaction on, a file that the program has made is what it is."""
    await store.change_all(by_id(File).where(File.c.state == "arriving"), {"state": "used"}, id=file_id)


async def content(shop: Shop, file_id: FlakeId, kind: str) -> bytes:
    """The content of an image in use; NotFound for any other."""
    async with shop.reading() as store:
        in_use = by_id(File).where(File.c.state == "used", File.c.kind == kind)
        found: File | None = await store.peek(in_use, id=file_id)
    known = await files_at(settings().files_url).get(found.key) if found else None
    if known is None:
        raise NotFound("There is no such image.")
    return known


def image_url(store_id: FlakeId, file_id: FlakeId | None, kind: str | None) -> str | None:
    """Where browsers load an image; None for none."""
    return None if file_id is None else f"{settings().base_url}/files/{store_id}/{file_id}.{kind}"
