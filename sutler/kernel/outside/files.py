"""Files that clients send and browsers load, in a local folder or in an S3-compatible bucket."""

import asyncio
import os
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sutler.kernel.errors import RetryLater
from sutler.kernel.outside.leaving import leave

if TYPE_CHECKING:
    from obstore.store import ClientConfig, LocalStore, RetryConfig, S3Store

LOCAL: Final = "file:"
PATIENCE: Final = timedelta(seconds=10)

ENDINGS: Final = {"gif": "image/gif", "jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
"""The kinds of images that are taken, by the ending of their names. SVG is none: it can hold scripts."""


class FilesUnavailable(RetryLater):
    """Files cannot be kept or read now; nothing was changed. Try again shortly."""

    status = 503


class Files:
    """A place for files, each under a key of names with slashes between them.

    `url` is `file:FOLDER`, whose folder is made when it is missing, or an S3-compatible bucket as `s3://BUCKET/FOLDER`.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    async def put(self, key: str, content: bytes) -> None:
        """Keep a file, whole or not at all, and on disk when this returns; what was there under the key is replaced."""
        import obstore  # noqa: PLC0415 - most processes keep no file, and all of them start

        leave()
        try:
            await obstore.put_async(self._store, key, content, use_multipart=False)
            if self._url.startswith(LOCAL):
                await asyncio.to_thread(on_disk, self._folder / key)
        except (OSError, obstore.exceptions.BaseError) as error:
            raise FilesUnavailable from error

    async def get(self, key: str) -> bytes | None:
        """The content of a file; None if there is none."""
        import obstore  # noqa: PLC0415 - see `put`

        leave()
        try:
            found = await obstore.get_async(self._store, key)
            return (await found.bytes_async()).to_bytes()
        except FileNotFoundError:
            return None
        except (OSError, obstore.exceptions.BaseError) as error:
            raise FilesUnavailable from error

    async def remove(self, key: str) -> None:
        """Remove a file; one that is not there is removed already."""
        import obstore  # noqa: PLC0415 - see `put`

        leave()
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return
        except (OSError, obstore.exceptions.BaseError) as error:
            raise FilesUnavailable from error

    @property
    def _folder(self) -> Path:
        return Path(self._url.removeprefix(LOCAL))

    @cached_property
    def _store(self) -> "LocalStore | S3Store":
        """Made at the first use. A bucket's credentials come from the environment, as `AWS_ACCESS_KEY_ID` and its like."""
        from obstore.store import LocalStore, S3Store  # noqa: PLC0415 - see `put`

        if self._url.startswith(LOCAL):
            return LocalStore(self._folder, mkdir=True)
        retries: RetryConfig = {"max_retries": 2, "retry_timeout": PATIENCE}
        options: ClientConfig = {"timeout": PATIENCE, "allow_http": True}  # if the endpoint that was chosen begins so
        return S3Store.from_url(self._url, client_options=options, retry_config=retries, disable_bulk_delete=True)


@cache
def files_at(url: str) -> Files:
    """The files at this place; made once, as a bucket's connections are worth keeping."""
    return Files(url)


def image_kind(content: bytes) -> str | None:
    """The ending that fits an image, told by its first bytes; None for what is no image of a kind in `ENDINGS`."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return None


def on_disk(file: Path) -> None:
    """Wait until a file and its name are safe from a power failure."""
    for path in (file, file.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
