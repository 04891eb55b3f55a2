"""Tokens that clients carry: how they are made, recognised by their shape, and stored.

How hard they are to guess, with log2(58) = 5.858 and log2(36) = 5.170 bits a character:

| token        | random part        | bits  | stored as                    |
|--------------|--------------------|-------|------------------------------|
| API key      | 44 of base58       | 257.7 | SHA-256                      |
| customer     | 71 of base58       | 415.9 | SHA-256                      |
| user         | 44 of base58       | 257.7 | SHA-256                      |
| game server  | 44 of base58       | 257.7 | SHA-256, and sealed          |
| checkout     | 28 of base36       | 144.8 | with the checkout            |
| webhook      | 32 hex digits      | 128.0 | sealed                       |

A plain digest is enough from 192 bits on: nobody can try so many, so neither salt nor a slow hash adds anything.
"""

import hashlib
import re
import secrets
from typing import Final, Literal

Shape = Literal["apikey", "user", "customer", "gameserver", "checkout"]

BASE58: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Bitcoin's alphabet: digits and letters without the four that look alike, 0 O I l."""

BASE36: Final = "0123456789abcdefghijklmnopqrstuvwxyz"

_SHAPES: Final[tuple[tuple[re.Pattern[str], tuple[Shape, ...]], ...]] = (
    (re.compile(rf"pnapi_v1_[{BASE58}]{{44}}"), ("apikey",)),
    (re.compile(rf"stuser_v1_[{BASE58}]{{44}}"), ("user",)),
    (re.compile(rf"[{BASE58}]{{71}}"), ("customer",)),
    (re.compile(rf"[{BASE58}]{{44}}"), ("gameserver", "apikey")),
    (re.compile(rf"[{BASE36}]{{28}}"), ("checkout",)),
)


def api_key() -> str:
    """A key that manages one store: `pnapi_v1_` and 44 characters."""
    return f"pnapi_v1_{_random(BASE58, 44)}"


def user_token() -> str:
    """What a user manages their stores with: `stuser_v1_` and 44 characters."""
    return f"stuser_v1_{_random(BASE58, 44)}"


def customer_token() -> str:
    """What a customer shows to the storefront: 71 characters."""
    return _random(BASE58, 71)


def game_server_token() -> str:
    """What a game server polls with: 44 characters."""
    return _random(BASE58, 44)


def checkout_token() -> str:
    """What opens one checkout session: 28 lower-case letters and digits."""
    return _random(BASE36, 28)


def webhook_secret() -> str:
    """What webhooks of one endpoint are signed with: `pn-` and 32 hex digits."""
    return f"pn-{secrets.token_hex(16)}"


def digest(token: str) -> bytes:
    """The 32 bytes under which a token is stored and looked up."""
    return hashlib.sha256(token.encode()).digest()


def shape(token: str) -> tuple[Shape, ...]:
    """What a token that came alone or as `Bearer` may be, likeliest first; empty if it is none of ours.

    44 characters are a game server's token or an API key of the older form, which had no prefix.
    """
    for pattern, kinds in _SHAPES:
        if pattern.fullmatch(token):
            return kinds
    return ()


def _random(alphabet: str, length: int) -> str:
    """`choice` takes each character with the same chance, which taking bytes modulo 58 would not."""
    return "".join(secrets.choice(alphabet) for _ in range(length))
