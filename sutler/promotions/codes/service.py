"""The form of coupon and affiliate codes, and codes that nobody can guess."""

import re
import secrets
from typing import Final

from sutler.kernel.errors import FieldError

FORM: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,48}[A-Za-z0-9])?")
RULE: Final = "A `code` has 1 to 50 letters a to z, digits and dashes, and neither begins nor ends with a dash."
ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike: I, O, 0 and 1
GROUPS, LETTERS = 3, 4  # sixty bits: nobody finds one by trying


def key(code: str) -> str:
    """The form in which codes are compared: without spaces around them, in any case."""
    return code.strip().lower()


def problem(code: str) -> FieldError | None:
    """What is wrong with a code that somebody chose."""
    return None if FORM.fullmatch(code) else FieldError("Invalid", RULE, "code", "code")


def generated() -> str:
    """A new code, such as `K7QM-XW2P-9HRD`."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS))
