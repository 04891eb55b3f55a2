"""When a delivery is tried again, and how a request is signed."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutler.webhooks.deliveries.models import DELAYS, LONGEST_DELAY, MOST_ATTEMPTS, next_attempt
from sutler.webhooks.deliveries.schemas import asked_to_wait, signed_headers
from sutler_sdk.webhooks import Outdated, Unreadable, Unsigned, WebhookError, WrongSignature, verify

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
jitters = st.floats(min_value=0, max_value=1)


def waits(jitter: float) -> list[timedelta]:
    """Every wait of a delivery that always fails."""
    found = [next_attempt(attempts, NOW, jitter) for attempts in range(1, MOST_ATTEMPTS)]
    return [moment - NOW for moment in found if moment]


class TestNextAttempt:
    @given(jitters)
    def test_goes_on_for_more_than_five_days_and_less_than_seven(self, jitter: float) -> None:
        assert timedelta(days=5) < sum(waits(jitter), timedelta()) < timedelta(days=7)

    def test_waits_ever_longer(self) -> None:
        assert list(DELAYS) == sorted(DELAYS) == waits(0)

    def test_begins_after_seconds_and_triples_up_to_half_a_day(self) -> None:
        seconds = [wait.total_seconds() for wait in waits(0)]

        assert seconds[:9] == [10, 30, 90, 270, 810, 2430, 7290, 21870, 43200]
        assert set(seconds[9:]) == {43200}

    def test_gives_up_after_the_last_attempt(self) -> None:
        assert next_attempt(MOST_ATTEMPTS - 1, NOW, 0) is not None
        assert next_attempt(MOST_ATTEMPTS, NOW, 0) is None
        assert next_attempt(MOST_ATTEMPTS + 1, NOW, 0) is None

    @given(st.integers(min_value=1, max_value=MOST_ATTEMPTS - 1), jitters)
    def test_adds_jitter_of_at_most_a_fifth_and_takes_nothing_away(self, attempts: int, jitter: float) -> None:
        plain, moved = next_attempt(attempts, NOW, 0), next_attempt(attempts, NOW, jitter)

        assert plain is not None
        assert moved is not None
        assert plain <= moved <= NOW + (plain - NOW) * 1.2

    def test_waits_as_long_as_it_is_asked_to_within_bounds(self) -> None:
        assert next_attempt(1, NOW, 0, timedelta(minutes=7)) == NOW + timedelta(minutes=7)
        assert next_attempt(1, NOW, 0, timedelta(seconds=1)) == NOW + timedelta(seconds=10)
        assert next_attempt(1, NOW, 0, timedelta(days=30)) == NOW + LONGEST_DELAY


class TestAskedToWait:
    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("120", 120), (" 3 ", 3), ("0", 0), ("Sun, 01 Mar 2026 12:01:30 GMT", 90), ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
            ("Sun, 01 Mar 2026 12:01:30 -0000", 90), ("", 0), ("soon", 0), ("-5", 0),
            ("1.5", 0), ("²", 0), ("9" * 400, 10**8),
        ],
    )  # fmt: skip
    def test_reads_seconds_and_dates_and_nothing_else(self, header: str, seconds: int) -> None:
        assert asked_to_wait(header, NOW) == timedelta(seconds=seconds)


def standard_says(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """How the reference libraries of Standard Webhooks verify a request, which take the secret as Base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}".encode()
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    versions = [one.split(",", 1) for one in headers["webhook-signature"].split(" ")]
    return any(version == "v1" and hmac.compare_digest(found, expected) for version, found in versions)


def trust(secret: str, headers: dict[str, str], body: bytes, late: int) -> type[WebhookError] | None:
    """Why the Python SDK does not trust a request so many seconds later; None if it does. What it says is no matter here."""
    try:
        verify(body, headers, secret, replays=None, now=NOW.timestamp() + late)
    except Unreadable:
        return None
    except WebhookError as error:
        return type(error)
    return None


class TestSignedHeaders:
    @given(st.binary(min_size=1, max_size=64), st.text(max_size=50), st.integers(min_value=1, max_value=2**63 - 1))
    def test_verify_with_the_reference_algorithm_and_with_nothing_changed(self, key: bytes, text: str, id: int) -> None:
        secret, body = f"whsec_{base64.b64encode(key).decode()}", text.encode()
        headers = signed_headers(secret, str(id), body, NOW)

        assert standard_says(secret, headers, body)
        assert not standard_says(secret, headers, body + b" ")
        assert not standard_says(secret, headers | {"webhook-id": str(id + 1)}, body)

    @given(st.text(min_size=8, max_size=50), st.text(max_size=50), st.integers(min_value=-299, max_value=299))
    def test_are_genuine_for_five_minutes_with_the_same_secret_and_body(self, secret: str, text: str, late: int) -> None:
        body = text.encode()
        headers = {name.lower(): value for name, value in signed_headers(secret, "42", body, NOW).items()}
        standard = {name: value for name, value in headers.items() if not name.startswith("paynow-")}

        for kind in (headers, standard):
            assert trust(secret, kind, body, late) is None
            assert trust(secret, kind, body + b" ", late) is WrongSignature
            assert trust(secret + "x", kind, body, late) is WrongSignature
            assert trust(secret, kind, body, 302) is Outdated
            assert trust(secret, {}, body, late) is Unsigned
        assert trust(secret, standard | {"webhook-id": "43"}, body, late) is WrongSignature
        assert trust(secret, standard | {"webhook-timestamp": "now"}, body, late) is Unsigned

    def test_sign_milliseconds_a_dot_and_the_body(self) -> None:
        headers = signed_headers("pn-0123", "42", b'{"a":1}', NOW)

        assert headers["PayNow-Timestamp"] == "1772366400000"
        message = b'1772366400000.{"a":1}'
        expected = base64.b64encode(hmac.new(b"pn-0123", message, hashlib.sha256).digest()).decode()
        assert headers["PayNow-Signature"] == expected

    def test_follow_the_standard_beside_it(self) -> None:
        headers = signed_headers("pn-0123", "42", b"{}", NOW)

        assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("42", "1772366400")
        expected = base64.b64encode(hmac.new(b"pn-0123", b"42.1772366400.{}", hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"

    def test_use_the_bytes_inside_a_secret_of_the_standards_form(self) -> None:
        key = bytes(range(24))
        secret = f"whsec_{base64.b64encode(key).decode()}"

        headers = signed_headers(secret, "42", b"{}", NOW)

        expected = base64.b64encode(hmac.new(key, b"42.1772366400.{}", hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
        plain = base64.b64encode(hmac.new(secret.encode(), b"1772366400000.{}", hashlib.sha256).digest()).decode()
        assert headers["PayNow-Signature"] == plain

    def test_take_a_secret_that_only_looks_standard_as_text(self) -> None:
        headers = signed_headers("whsec_not base64!", "42", b"{}", NOW)

        expected = base64.b64encode(hmac.new(b"whsec_not base64!", b"42.1772366400.{}", hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
