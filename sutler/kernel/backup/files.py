"""A file that appears complete, checked and for its owner's eyes only, or not at all."""

import errno
import fcntl
import hashlib
import io
import json
import os
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sutler.kernel.backup.errors import BadBackup, CannotBackUp

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
BLOCK = 1 << 20
MEMBER_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # of a gzip member without name, time or system


class HashedFile(io.RawIOBase):
    """Passes bytes on to a file and sums them up."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._digest = descriptor, hashlib.sha256()

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: object) -> int:
        """All of it."""
        left = memoryview(data)  # type: ignore[arg-type]  # whatever has bytes, as RawIOBase says
        self._digest.update(left)
        size = len(left)
        while left:
            left = left[os.write(self._descriptor, left) :]
        return size

    def hexdigest(self) -> str:
        """The SHA-256 of everything so far."""
        return self._digest.hexdigest()


def seal(digest: str) -> bytes:
    """The last bytes of a backup: the SHA-256 of all bytes before them, as a gzip member that `zcat` shows as a line.

    It is not compressed, so that it has one possible form only.
    """
    text = (json.dumps({"is": "seal", "sha256": digest}) + "\n").encode()
    block = struct.pack("<BHH", 1, len(text), len(text) ^ 0xFFFF)
    return MEMBER_HEAD + block + text + struct.pack("<II", zlib.crc32(text), len(text))


SEAL_BYTES = len(seal("0" * 64))


def check_seal(path: Path) -> None:
    """BadBackup unless every single byte of the file is as it was written."""
    with path.open("rb") as file:
        left = os.fstat(file.fileno()).st_size - SEAL_BYTES
        if left < 0:
            raise BadBackup(f"{path} is no backup: it is too short. Use another copy.")
        digest = hashlib.sha256()
        while left and (block := file.read(min(BLOCK, left))):
            digest.update(block)
            left -= len(block)
        if file.read() != seal(digest.hexdigest()):
            raise BadBackup(
                f"{path} is not a whole backup as Sutler wrote it: its checksum does not fit. "
                "It was cut off or changed, or it is something else. Use another copy."
            )


@contextmanager
def emerging(path: Path, *, force: bool) -> Iterator[HashedFile]:
    """A file to write to. It gets its name, sealed and safe on disk, when the block ends well; else nothing is left.

    CannotBackUp when there is a file already (unless `force`), when another backup is writing it, or no room.
    """
    partial = path.with_name(path.name + ".partial")
    with told(path):
        refuse_existing(path, force=force)
        descriptor = taken(partial)
        try:
            file = HashedFile(descriptor)
            yield file
            file.write(seal(file.hexdigest()))
            os.fsync(descriptor)
            refuse_existing(path, force=force)
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        sync_folder(path.parent)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Says in words what the file system has against a file."""
    try:
        yield
    except OSError as error:
        reason = "there is no room for it" if error.errno in FULL else error.strerror or str(error)
        raise CannotBackUp(f"{path} could not be written: {reason}. No backup was made, and nothing was left.") from error


def refuse_existing(path: Path, *, force: bool) -> None:
    """Never write over a backup by mistake."""
    if path.exists() and not force:
        raise CannotBackUp(f"{path} exists. Choose another name, or add --force to replace it.")


def taken(partial: Path) -> int:
    """The unfinished file, empty and ours alone; what a crash left behind is used again."""
    descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
    try:
        if not is_ours_alone(partial, descriptor):
            raise CannotBackUp(f"Another backup is writing {partial}. Wait for it, or choose another name.")  # noqa: TRY301 - the handler only tidies up
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def is_ours_alone(path: Path, descriptor: int) -> bool:
    """Lock an open file; False when another process has, or when it has just given the file its final name."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def sync_folder(folder: Path) -> None:
    """Let the name be on disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
