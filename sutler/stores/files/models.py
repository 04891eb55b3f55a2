"""The table of files: what is kept outside the database, and what it is for."""

from typing import Literal

from sutler.kernel.data.records import StoreRecord
from sutler.kernel.errors import Conflict, PayloadTooLarge, ShopError

State = Literal["arriving", "arrived", "used", "dropped"]


class File(StoreRecord, table="files"):
    """A file that was uploaded. Only those that are used are served; the others are removed, and then their row."""

    purpose: str  # what it may be used for, such as `tag_image:123`
    kind: str
    size: int
    sha256: str
    state: State

    @property
    def key(self) -> str:
        """Where its content is."""
        return f"{self.store_id}/{self.id}.{self.kind}"


class UploadExpired(ShopError):
    """This address for an upload is over or was never valid. Ask the API for a new one."""

    status = 403


class AlreadyUploaded(Conflict):
    """Something else was uploaded to this address before. Ask the API for a new address."""


class NoImage(ShopError):
    """This is no image: send a PNG, JPEG, WebP or GIF as it is, as the body of the request and not as a form."""


class ImageTooLarge(PayloadTooLarge):
    """The image is too large: it may have 2 MiB. Make it smaller and upload it again."""
