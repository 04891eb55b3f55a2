"""The check of webhooks lets good bodies pass and catches bad ones."""

import json
import re
from typing import Any

import pytest

from tests.contract.reference import Json, webhook_events
from tests.contract.responses import check_webhook
from tests.contract.samples import webhook

EVENT = "ON_DELIVERY_ITEM_ADDED"


def changed(**change: Any) -> Json:
    """A valid body of an event with some members changed."""
    envelope = webhook(EVENT)
    return {**envelope, "body": {**envelope["body"], **change}}


class TestCheckWebhook:
    @pytest.mark.parametrize("event", webhook_events())
    def test_passes_with_whatever_the_contract_declares(self, event: str) -> None:
        check_webhook(event, webhook(event))
        check_webhook(event, json.dumps(webhook(event)).encode())

    def test_passes_with_null_for_a_whole_object(self) -> None:
        check_webhook(EVENT, changed(customer=None))

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            ({"id": 7}, "body.id: 7 is not of type 'string'"),
            ({"id": "seven"}, "body.id: 'seven' is not a 'flake-id'"),
            ({"state": None}, "body.state: None is not of type 'string'"),
            ({"product": None}, "body.product: None is not of type 'object'"),
            ({"added_at": "2026-02-03T04:05:06.10Z"}, "is not a 'date-time'"),
            ({"customer": {"id": "1"}}, "body.customer: lacks"),
            ({"customer": 7}, "body.customer: 7 is not valid under any of the given schemas"),
        ],
    )
    def test_fails_with_a_wrong_value(self, change: Json, complaint: str) -> None:
        with pytest.raises(AssertionError, match=re.escape(complaint)):
            check_webhook(EVENT, changed(**change))

    @pytest.mark.parametrize("name", ["state", "order_id"])
    def test_fails_without_a_property_that_is_required_or_may_be_null(self, name: str) -> None:
        envelope = webhook(EVENT)
        del envelope["body"][name]

        with pytest.raises(AssertionError, match=f"body: lacks '{name}'"):
            check_webhook(EVENT, envelope)

    def test_fails_with_the_name_of_another_event(self) -> None:
        with pytest.raises(AssertionError, match="event_type: ON_REFUND"):
            check_webhook(EVENT, {**webhook(EVENT), "event_type": "ON_REFUND"})

    def test_fails_without_the_envelope(self) -> None:
        with pytest.raises(AssertionError, match="body: lacks 'event_type'"):
            check_webhook(EVENT, webhook(EVENT)["body"])

    def test_fails_for_an_unknown_event(self) -> None:
        with pytest.raises(AssertionError, match="the contract has no webhook OnRefund"):
            check_webhook("OnRefund", webhook("ON_REFUND"))
