"""Sealing secrets that must be shown or used again, with the installation's own key."""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_FILE: Final = "secret.key"
KEY_BYTES: Final = 32

_VERSION: Final = b"\x01"
_KEY_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_HEADER_BYTES: Final = len(_VERSION) + _KEY_ID_BYTES
_SHORTEST: Final = _HEADER_BYTES + _NONCE_BYTES + 16  # an empty text still has its 16 bytes of authentication

_HOW_TO_MAKE_ONE: Final = "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"


class BadSecretKey(ValueError):
    """The installation's key can't be used as it is; the message says why and what to do, without the key."""


class CannotUnseal(Exception):
    """A sealed value can't be opened: its key is missing, it was changed, or it belongs elsewhere."""


class Sealer:
    """AES-256-GCM under one or several keys of 32 bytes: the first seals, all of them open.

    A sealed value is a version byte (1), the key's id (the first 4 bytes of its SHA-256), a random nonce of
    12 bytes and the encrypted text with its 16-byte tag. To change the key, put a new one before the old.
    Random nonces are safe for about 4 billion values under one key, far more than a shop ever seals.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys:
            raise BadSecretKey(f"There is no secret key. {_HOW_TO_MAKE_ONE}")
        if any(len(key) != KEY_BYTES for key in keys):
            raise BadSecretKey(f"A secret key must have exactly {KEY_BYTES} bytes.")
        distinct = list(dict.fromkeys(keys))
        self._ciphers = {_key_id(key): AESGCM(key) for key in distinct}
        if len(self._ciphers) < len(distinct):
            raise BadSecretKey(f"Two secret keys share one key id by chance; replace one of them. {_HOW_TO_MAKE_ONE}")
        self._header = _VERSION + _key_id(distinct[0])
        self._fingerprint_keys = [hmac.digest(key, b"sutler fingerprints", "sha256") for key in distinct]

    @classmethod
    def from_settings(cls, secret_key: str | None, folder: Path) -> Self:
        """The key of the setting, or if that is blank the one in the data folder's `secret.key`, made if missing.

        Both may hold several keys, separated by commas or white space; the first seals. Raises `BadSecretKey`.
        """
        if secret_key and secret_key.strip():
            return cls(_keys(secret_key, "SUTLER_SECRET_KEY"))
        return cls(_keys_of_file(folder / KEY_FILE))

    def seal(self, text: str, context: str) -> bytes:
        """The text encrypted for this context, for example `game_server:123`; the same text seals differently each time."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        encrypted = self._ciphers[self._header[1:]].encrypt(nonce, text.encode(), self._header + context.encode())
        return self._header + nonce + encrypted

    def open(self, sealed: bytes, context: str) -> str:
        """The text that was sealed for this context; otherwise `CannotUnseal`."""
        if len(sealed) < _SHORTEST or sealed[:1] != _VERSION:
            raise CannotUnseal("This is not a sealed value that this version of Sutler can read.")
        header, nonce, encrypted = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:][:_NONCE_BYTES], sealed[_SHORTEST - 16 :]
        cipher = self._ciphers.get(header[1:])
        if cipher is None:
            raise CannotUnseal(
                f"This value was sealed with the key {header[1:].hex()}, which this installation does not have. "
                f"Add that key after the current one in SUTLER_SECRET_KEY or in {KEY_FILE}."
            )
        try:
            return cipher.decrypt(nonce, encrypted, header + context.encode()).decode()
        except InvalidTag:
            raise CannotUnseal(f"This value was changed, or it was not sealed for {context}.") from None

    def fingerprints(self, text: str, context: str) -> list[bytes]:
        """What stands for a text where sealed texts are searched: 32 bytes under each key, the sealing one's first.

        Keep the first, and look for any: after a change of keys, what was kept before stands under the former key.
        """
        said = f"{context}\0{text}".encode()
        return [hmac.digest(key, said, "sha256") for key in self._fingerprint_keys]


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:_KEY_ID_BYTES]


def _keys(text: str, source: str) -> list[bytes]:
    return [_key(word, source) for word in re.split(r"[\s,]+", text) if word]


def _key(word: str, source: str) -> bytes:
    """Takes both alphabets of base64, with or without the padding: what people's tools print differs."""
    bare = word.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        key = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadSecretKey(f"{source} must hold {KEY_BYTES} random bytes in base64. {_HOW_TO_MAKE_ONE}")
    return key


def _keys_of_file(file: Path) -> list[bytes]:
    if not file.exists():
        _make(file)
    if file.stat().st_mode & 0o007:
        raise BadSecretKey(f"Every user of this machine may read or change {file}. Run: chmod 600 {file}")
    keys = _keys(file.read_text(encoding="ascii", errors="replace"), str(file))
    if not keys:
        raise BadSecretKey(f"{file} is empty. Restore it from a backup; what was sealed with its key is lost otherwise.")
    return keys


def _make(file: Path) -> None:
    """Writes a new key, unless another process is faster: then its key stands.

    The file appears under its name complete and on disk, or not at all, so that nobody ever reads half a key.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(KEY_BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            file.hardlink_to(draft)  # unlike a rename, never replaces a key that is already there
    finally:
        draft.unlink()
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_installed: Sealer | None = None


def install(sealer: Sealer) -> None:
    """Makes this the sealer of the whole process; a later call replaces it."""
    global _installed  # noqa: PLW0603 - the process has one key, set once at its start
    _installed = sealer


def sealer() -> Sealer:
    """The process's sealer; `RuntimeError` if none was installed."""
    if _installed is None:
        raise RuntimeError("No sealer is installed; call sutler.kernel.secrets.install(...) when the process starts.")
    return _installed
