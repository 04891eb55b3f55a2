"""Hashing passwords with argon2id, and holding them against their hashes.

A hash takes some hundredths of a second and 64 MiB on purpose, so at most two are made at once, in threads of
their own: whoever tries many passwords waits for himself and slows nobody else down.
"""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sutler.kernel.errors import FieldError, InvalidInput

SHORTEST: Final = 12
LONGEST: Final = 256  # characters; hashing an endless text would take endless time
_hasher: Final = PasswordHasher()  # the library's parameters follow RFC 9106 for machines with little memory
_threads: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")


async def hashed(password: str) -> str:
    """The hash to keep, with its salt and parameters; InvalidInput for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        message = f"A password has {SHORTEST} to {LONGEST} characters."
        raise InvalidInput(message, [FieldError("Invalid", message, "password", "length")])
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def fits(password: str, kept: str | None) -> bool:
    """Whether this is the password behind a hash. It takes as long when there is no hash, so that it tells nothing."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _fits, password[: LONGEST + 1], kept)


def _fits(password: str, kept: str | None) -> bool:
    try:
        return _hasher.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """The hash of a password that nobody knows."""
    return _hasher.hash(secrets.token_urlsafe(32))
