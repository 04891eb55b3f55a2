"""Tokens: their shapes, how hard they are to guess, and what a bare one may be."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable

import pytest

from sutler.kernel import tokens

SHAPES: list[tuple[Callable[[], str], str]] = [
    (tokens.api_key, r"pnapi_v1_[1-9A-HJ-NP-Za-km-z]{44}"),
    (tokens.user_token, r"stuser_v1_[1-9A-HJ-NP-Za-km-z]{44}"),
    (tokens.customer_token, r"[1-9A-HJ-NP-Za-km-z]{71}"),
    (tokens.game_server_token, r"[1-9A-HJ-NP-Za-km-z]{44}"),
    (tokens.checkout_token, r"[0-9a-z]{28}"),
    (tokens.webhook_secret, r"pn-[0-9a-f]{32}"),
]


@pytest.mark.parametrize(("make", "pattern"), SHAPES, ids=[make.__name__ for make, _ in SHAPES])
class TestTokens:
    def test_have_the_shape_that_clients_know(self, make: Callable[[], str], pattern: str) -> None:
        assert all(re.fullmatch(pattern, make()) for _ in range(50))

    def test_are_never_the_same(self, make: Callable[[], str], pattern: str) -> None:
        assert len({make() for _ in range(1000)}) == 1000

    def test_use_every_character_alike(self, make: Callable[[], str], pattern: str) -> None:
        drawn = Counter("".join(re.sub("^(pnapi_v1_|stuser_v1_|pn-)", "", make()) for _ in range(2000)))

        mean = drawn.total() / len(drawn)
        assert len(drawn) in (58, 36, 16)
        # Seven standard deviations: chance alone fails this less than once in 10^9 runs, bytes modulo 58 always.
        assert all(abs(count - mean) < 7 * math.sqrt(mean) for count in drawn.values())


class TestStrength:
    @pytest.mark.parametrize(
        ("alphabet", "length", "bits"),
        [(tokens.BASE58, 44, 192), (tokens.BASE58, 71, 192), (tokens.BASE36, 28, 128), ("0123456789abcdef", 32, 128)],
    )
    def test_suffices_for_how_each_token_is_stored(self, alphabet: str, length: int, bits: int) -> None:
        assert len(set(alphabet)) == len(alphabet)
        assert length * math.log2(len(alphabet)) >= bits


class TestDigest:
    def test_is_sha_256_of_the_whole_token(self) -> None:
        token = tokens.api_key()

        assert tokens.digest(token) == hashlib.sha256(token.encode()).digest()
        assert tokens.digest(token) != tokens.digest(token.removeprefix("pnapi_v1_"))

    def test_takes_any_text_that_a_header_may_hold(self) -> None:
        assert len(tokens.digest(bytes(range(256)).decode("latin-1"))) == 32


class TestShape:
    @pytest.mark.parametrize(
        ("token", "kinds"),
        [
            (tokens.api_key(), ("apikey",)),
            (tokens.user_token(), ("user",)),
            (tokens.customer_token(), ("customer",)),
            (tokens.game_server_token(), ("gameserver", "apikey")),
            (tokens.api_key().removeprefix("pnapi_v1_"), ("gameserver", "apikey")),
            (tokens.checkout_token(), ("checkout",)),
        ],
        ids=["api key", "user", "customer", "game server", "older api key", "checkout"],
    )
    def test_tells_what_a_token_may_be(self, token: str, kinds: tuple[str, ...]) -> None:
        assert tokens.shape(token) == kinds

    @pytest.mark.parametrize(
        "token",
        [
            *("", " ", "pnapi_v1_", "pnapi_v2_" + "a" * 44, "PNAPI_V1_" + "a" * 44, "a" * 43, "a" * 45, "a" * 70, "a" * 72),
            *("0" * 44, "O" * 71, "I" * 44, "l" * 71, "A" * 28, "a" * 44 + "\n", " " + "a" * 44, "pn-" + "a" * 32, "é" * 44),
        ],
    )
    def test_is_empty_for_what_is_none_of_ours(self, token: str) -> None:
        assert tokens.shape(token) == ()
