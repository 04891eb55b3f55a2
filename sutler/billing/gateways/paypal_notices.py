"""PayPal's notifications: whether they are PayPal's own, which PayPal is asked, and which payment they are about."""

import re
from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import Raw, Struct

from sutler.billing.gateways.interface import Unanswered
from sutler.billing.gateways.paypal_api import Account, Rejected

Headers = Callable[[str], str]
LONGEST: Final = 500  # characters of a header
LARGEST: Final = 256 * 1024  # bytes; PayPal's own have a few thousand
CAPTURE: Final = re.compile(r"[A-Za-z0-9-]{1,40}")
SIGNS: Final = {
    "auth_algo": "paypal-auth-algo",
    "cert_url": "paypal-cert-url",
    "transmission_id": "paypal-transmission-id",
    "transmission_sig": "paypal-transmission-sig",
    "transmission_time": "paypal-transmission-time",
}
"""What PayPal wants to know of a notification, and the header that says it."""


class Verdict(Struct):
    """What PayPal says about a notification."""

    verification_status: str


class Transaction(Struct):
    """What a dispute is about."""

    custom: str = ""


class Unit(Struct):
    """A part of an order."""

    custom_id: str = ""


class Link(Struct):
    """Where something else is, in PayPal's API."""

    rel: str = ""
    href: str = ""


class Thing(Struct):
    """What a notification is about: an order, a capture, a refund or a dispute. Our word is in another place in each."""

    custom_id: str = ""
    purchase_units: list[Unit] = []
    disputed_transactions: list[Transaction] = []
    links: list[Link] = []


class Notice(Struct):
    """Something has happened in the account."""

    resource: Thing


def about(body: bytes) -> str:
    """Our id of the payment that a notification is about; empty when it says none."""
    try:
        thing = msgspec.json.decode(body, type=Notice).resource
    except msgspec.DecodeError:
        return ""  # something else that happened in the account
    ours = [thing.custom_id, *(unit.custom_id for unit in thing.purchase_units)]
    return next(filter(None, [*ours, *(one.custom for one in thing.disputed_transactions)]), "")


def capture_in(body: bytes) -> str:
    """PayPal's id of the capture that a notification of a refund is about; empty when it says none."""
    try:
        links = msgspec.json.decode(body, type=Notice).resource.links
    except msgspec.DecodeError:
        return ""
    places = [link.href.rpartition("/v2/payments/captures/")[2] for link in links if link.rel == "up"]
    return next((place for place in places if CAPTURE.fullmatch(place)), "")


def question(body: bytes, header: Headers, webhook_id: str) -> dict[str, str | Raw] | None:
    """What to ask PayPal about a notification; None for what can only be forged, about which nobody is asked."""
    signs = {name: header(sent) for name, sent in SIGNS.items()}
    if len(body) > LARGEST or not all(0 < len(value) <= LONGEST and value.isascii() for value in signs.values()):
        return None
    try:
        msgspec.json.decode(body, type=dict)  # one object and nothing after it, so it cannot add to our question
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    # Its very bytes, because that is what was signed.
    return {**signs, "webhook_id": webhook_id, "webhook_event": Raw(body)}


async def confirmed(account: Account, asked: dict[str, str | Raw]) -> bool:
    """Whether PayPal calls it its own."""
    try:
        said = await account.call("POST", "/v1/notifications/verify-webhook-signature", Verdict, body=asked)
    except Rejected as refused:
        if refused.is_ours:
            raise Unanswered(str(refused)) from refused
        return False
    return said.verification_status == "SUCCESS"
