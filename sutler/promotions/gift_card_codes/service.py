"""Codes of gift cards. They open value, so the database holds them only sealed, and a keyed digest to find them by.

Case, spaces and dashes make no difference: `ab12-cd34` and ` AB12 CD34` are one code.
"""

import re
import secrets
from typing import Final

import structlog

from sutler.kernel.ids import FlakeId
from sutler.kernel.secrets import CannotUnseal, sealer

ALPHABET: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Thirty-two characters, five bits each: without I, O, 0 and 1, which are mistaken for one another."""

GROUPS, GROUP = 5, 4
"""A code of our own has 20 characters, 100 bits: nobody guesses one, however many cards there are."""

SHORTEST, LONGEST = 4, 64
_ALLOWED: Final = re.compile(r"[A-Za-z0-9 -]+")
_FILLING: Final = re.compile(r"[ -]")

log = structlog.get_logger("sutler.gift_cards")


def generated() -> str:
    """A new code, such as `7KXM-Q2PD-9WTR-HB4C-VZ6N`."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def problem(code: str) -> str | None:
    """Why a text cannot be the code of a new card, if it cannot."""
    if not _ALLOWED.fullmatch(code):
        return "A gift card's code has letters A to Z, digits, spaces and dashes, and nothing else."
    if len(plain(code)) < SHORTEST or len(code.strip()) > LONGEST:
        return f"A gift card's code has at least {SHORTEST} letters and digits, and at most {LONGEST} characters."
    return None


def plain(code: str) -> str:
    """The form in which codes are compared."""
    return _FILLING.sub("", code).upper()


def digests(code: str) -> list[bytes]:
    """Under what a card with this code may be kept: by the installation's present key, then by those before it.

    Without the key nobody can try out codes on a stolen database, not even short ones.
    """
    return sealer().fingerprints(plain(code), "gift_card_code")


def sealed_for(id: FlakeId) -> str:
    """The context in which the code of a card is sealed."""
    return f"gift_card:{id}"


def sealed(id: FlakeId, code: str) -> bytes:
    """The code as it is kept, written as it was given."""
    return sealer().seal(code.strip(), sealed_for(id))


def opened(id: FlakeId, code_sealed: bytes) -> str:
    """The code as it was given; empty when this installation's keys do not open it, as after a restore without them."""
    try:
        return sealer().open(code_sealed, sealed_for(id))
    except CannotUnseal as error:
        log.warning("a gift card's code cannot be shown; give the card another code", gift_card_id=id, reason=str(error))
        return ""
