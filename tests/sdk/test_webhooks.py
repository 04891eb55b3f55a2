"""Webhooks are believed when they are genuine, recent and new, whichever of the two families of headers they carry."""

import base64
import json
from datetime import UTC, datetime

import pytest

from sutler.webhooks.deliveries.schemas import signed_headers
from sutler_sdk import webhooks
from sutler_sdk.types.webhooks import RefundEvent, UnknownEvent

MOMENT = datetime(2030, 1, 1, tzinfo=UTC)
NOW = MOMENT.timestamp()
SECRET = "pn-00112233445566778899aabbccddeeff"
STANDARD = "whsec_" + base64.b64encode(b"thirty-two bytes of a good secret").decode()
REFUND = {
    "event_type": "ON_REFUND",
    "event_id": "71",
    "body": {"id": "72", "order_id": "73", "amount": 500, "novelty": [1]},
}
BODY = json.dumps(REFUND).encode()
FAMILIES = {"PayNow": "PayNow-", "Standard Webhooks": "webhook-"}


@pytest.fixture(params=list(FAMILIES.values()), ids=list(FAMILIES))
def family(request: pytest.FixtureRequest) -> str:
    """How the headers of one family begin."""
    return str(request.param)


def headers_of(family: str, secret: str = SECRET, body: bytes = BODY) -> dict[str, str]:
    """What the server sends, without the other family."""
    both = signed_headers(secret, "71", body, MOMENT)
    return {name: value for name, value in both.items() if name.startswith(family)}


def verify(headers: dict[str, str], body: bytes = BODY, *secrets: str) -> webhooks.Event:
    """What a receiver makes of it two seconds later."""
    return webhooks.verify(body, headers, secrets or SECRET, replays=webhooks.Memory(), now=NOW + 2)


class TestVerify:
    def test_answers_a_typed_event(self, family: str) -> None:
        event = verify(headers_of(family))

        assert isinstance(event, RefundEvent)
        assert event.event_id == "71"
        assert (event.body.order_id, event.body.amount) == ("73", 500)

    def test_believes_both_families_at_once(self) -> None:
        assert verify(signed_headers(SECRET, "71", BODY, MOMENT)).event_id == "71"

    def test_knows_secrets_of_standard_webhooks(self, family: str) -> None:
        assert verify(headers_of(family, STANDARD), BODY, STANDARD).event_id == "71"

    def test_takes_headers_in_any_form(self, family: str) -> None:
        pairs = [(name.upper().encode(), value.encode()) for name, value in headers_of(family).items()]

        assert webhooks.verify(BODY, pairs, SECRET, replays=None, now=NOW).event_id == "71"

    def test_refuses_another_secret(self, family: str) -> None:
        with pytest.raises(webhooks.WrongSignature):
            verify(headers_of(family, "pn-another"))

    def test_refuses_another_body(self, family: str) -> None:
        with pytest.raises(webhooks.WrongSignature):
            verify(headers_of(family), BODY.replace(b"500", b"900"))

    def test_refuses_another_moment(self, family: str) -> None:
        headers = headers_of(family)
        stamp = f"{family}Timestamp" if family == "PayNow-" else "webhook-timestamp"
        headers[stamp] = str(int(headers[stamp]) + 1)

        with pytest.raises(webhooks.WrongSignature):
            verify(headers)

    @pytest.mark.parametrize("age", [301, -301])
    def test_refuses_what_is_too_old_or_of_the_future(self, age: int, family: str) -> None:
        with pytest.raises(webhooks.Outdated):
            webhooks.verify(BODY, headers_of(family), SECRET, replays=None, now=NOW + age)

        assert webhooks.verify(BODY, headers_of(family), SECRET, 302, replays=None, now=NOW + age)

    def test_refuses_what_came_before(self, family: str) -> None:
        memory = webhooks.Memory()
        webhooks.verify(BODY, headers_of(family), SECRET, replays=memory, now=NOW)

        for again in FAMILIES.values():  # nor in the guise of the other family
            with pytest.raises(webhooks.Replayed):
                webhooks.verify(BODY, headers_of(again), SECRET, replays=memory, now=NOW)

    def test_takes_the_same_event_when_it_is_signed_anew(self, family: str) -> None:
        memory = webhooks.Memory()
        webhooks.verify(BODY, headers_of(family), SECRET, replays=memory, now=NOW)
        later = signed_headers(SECRET, "71", BODY, datetime.fromtimestamp(NOW + 60, UTC))

        assert webhooks.verify(BODY, later, SECRET, replays=memory, now=NOW + 60).event_id == "71"

    def test_takes_either_of_two_secrets_and_of_several_signatures(self, family: str) -> None:
        old, new = headers_of(family, "pn-old"), headers_of(family, "pn-new")
        name = f"{family}Signature" if family == "PayNow-" else "webhook-signature"
        both = old | {name: (", " if family == "PayNow-" else " ").join((old[name], new[name]))}

        assert verify(old, BODY, "pn-new", "pn-old").event_id == "71"
        assert verify(both, BODY, "pn-new").event_id == "71"

    @pytest.mark.parametrize("change", ["signature", "timestamp", "number"])
    def test_refuses_what_is_not_signed(self, change: str, family: str) -> None:
        headers = {name.lower(): value for name, value in headers_of(family).items()}
        if change == "number":
            headers[f"{family.lower()}timestamp"] = "soon"
        else:
            del headers[f"{family.lower()}{change}"]

        with pytest.raises(webhooks.Unsigned):
            verify(headers)

    def test_refuses_an_empty_secret(self) -> None:
        with pytest.raises(ValueError, match="empty"):
            webhooks.verify(BODY, headers_of("PayNow-", ""), "", now=NOW)

    def test_hands_over_events_that_it_does_not_know(self, family: str) -> None:
        body = b'{"event_type":"ON_NEW_THING","event_id":"5","body":{"a":1}}'

        event = verify(headers_of(family, body=body), body)

        assert event == UnknownEvent(event_type="ON_NEW_THING", event_id="5", body={"a": 1})

    def test_refuses_what_is_no_event(self, family: str) -> None:
        with pytest.raises(webhooks.Unreadable):
            verify(headers_of(family, body=b"[]"), b"[]")
