"""A stand-in for Stripe on this machine: checkout sessions, idempotency keys, signed notifications, and bad days."""

import asyncio
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import parse_qsl

from aiohttp import web

from sutler import settings
from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient
from tests.make.stripe_attempts import FakeAttempts
from tests.make.stripe_disputes import FakeDisputes
from tests.make.stripe_refunds import FakeRefunds

KEY, LIVE_KEY, SECRET = "sk_test_1", "sk_live_1", "whsec_1"
CARD = {
    "brand": "mastercard", "country": "DE", "exp_month": 4, "exp_year": 2031, "fingerprint": "f1", "funding": "debit",
    "last4": "4444", "wallet": {"type": "apple_pay"},
}  # fmt: skip
Trouble = Literal["lost", "silent", "dead", "busy", "broken"]
"""The work is done but the answer is lost, or never sent; nothing is done; too many calls; something is wrong there."""


@dataclass
class FakeStripe:
    """What the stand-in keeps, and how it misbehaves: each call that opens a session takes one of the troubles.

    `pages` is where payers are sent, when that is elsewhere.
    """

    url: str = ""
    pages: str = ""
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    before_answering: Callable[[str], Awaitable[None]] | None = None
    keys: dict[str, tuple[dict[str, str], int, dict[str, Any]]] = field(default_factory=dict)
    calls: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    refunds: FakeRefunds = field(default_factory=FakeRefunds)
    disputes: FakeDisputes = field(default_factory=FakeDisputes)
    attempts: FakeAttempts = field(default_factory=lambda: FakeAttempts(CARD))

    @property
    def only(self) -> str:
        """The id of the only session that there is."""
        (id,) = self.sessions
        return id

    def add(self, asked: dict[str, str]) -> dict[str, Any]:
        """A session that nobody has paid yet."""
        id = f"cs_test_{len(self.sessions) + 1}"
        self.sessions[id] = {
            "id": id, "object": "checkout.session", "status": "open", "payment_status": "unpaid",
            "url": f"{self.pages or self.url}/pay/{id}", "created": int(time.time()), "payment_intent": None,
            "client_reference_id": asked["client_reference_id"],
            "amount_total": int(asked.get("line_items[0][price_data][unit_amount]", "0")), "setup_intent": None,
            "customer": "", "mode": asked.get("mode", "payment"), "keeps": asked.get("customer_creation") == "always",
            "metadata": {name: asked[f"metadata[{name}]"] for name in ("payment_id", "order_id", "store_id")},
        }  # fmt: skip
        return dict(self.sessions[id])

    def pay(self, id: str, *, settled: tuple[int, int] | None = (1499, 73)) -> None:
        """The payer pays; so much reaches the account before the fee, and so much is the fee."""
        if self.sessions[id]["mode"] == "setup":
            self._set_up(id)
            return
        booked = {"amount": settled[0], "fee": settled[1]} if settled else None
        charge = {
            "created": int(time.time()), "balance_transaction": booked,
            "payment_method_details": {"type": "card", "card": CARD},
        }  # fmt: skip
        intent = {"id": f"pi_{id}", "status": "succeeded", "latest_charge": charge, "last_payment_error": None}
        if self.sessions[id]["keeps"]:
            self.sessions[id]["customer"], intent["payment_method"] = self.attempts.keep(id)
        self.disputes.intents[f"pi_{id}"] = self.sessions[id]["metadata"]
        self.refunds.paid[f"pi_{id}"] = self.sessions[id]["amount_total"]
        self.sessions[id] |= {"status": "complete", "payment_status": "paid", "url": None, "payment_intent": intent}

    def _set_up(self, id: str) -> None:
        customer, method = self.attempts.keep(id)
        setup = {"id": f"seti_{id}", "status": "succeeded", "payment_method": {"id": method, "card": CARD}}
        paid = {"status": "complete", "payment_status": "no_payment_required", "url": None}
        self.sessions[id] |= paid | {"setup_intent": setup, "customer": customer}

    def decline(self, id: str, code: str) -> None:
        """The bank says no; the payer may try again."""
        error = {"code": "card_declined", "decline_code": code, "message": "No.", "payment_method": {"card": CARD}}
        intent = {"id": "pi_1", "status": "requires_payment_method", "latest_charge": None, "last_payment_error": error}
        self.sessions[id]["payment_intent"] = intent

    def expire(self, id: str) -> None:
        """Nobody paid in time."""
        self.sessions[id] |= {"status": "expired", "url": None}

    async def serve(self, request: web.Request) -> web.Response:
        """One call of the API."""
        self.calls, self.headers = self.calls + 1, dict(request.headers)
        if request.headers.get("Authorization") not in (f"Bearer {KEY}", f"Bearer {LIVE_KEY}"):
            return failed(401, message="Invalid API Key provided")
        if (part := self._part(request)) is not None:
            return await part.serve(request)
        if request.path.endswith("/expire"):
            return self._expired(request.match_info["id"])
        if request.method == "POST":
            return await self._open(request)
        if (id := request.match_info.get("id")) is None:
            return self._listed(request)
        expanded = "payment_intent.latest_charge.balance_transaction" in parse_qsl(request.query_string)[0][1]
        found = self.sessions[id]
        return web.json_response(found if expanded else found | {"payment_intent": "pi_1", "setup_intent": "seti_1"})

    def _part(self, request: web.Request) -> FakeRefunds | FakeDisputes | FakeAttempts | None:
        area, id = request.path.split("/")[2], request.match_info.get("id")
        if area == "payment_intents":
            return self.disputes if id is not None and id not in self.attempts.made else self.attempts
        parts: dict[str, FakeRefunds | FakeDisputes] = {"refunds": self.refunds, "disputes": self.disputes}
        return parts.get(area)

    def _expired(self, id: str) -> web.Response:
        if self.sessions[id]["status"] != "open":
            return web.json_response(error("invalid_request_error"), status=400)
        self.expire(id)
        return web.json_response(self.sessions[id] | {"payment_intent": None})

    async def _open(self, request: web.Request) -> web.Response:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble in ("busy", "broken"):
            return failed(429 if trouble == "busy" else 500, message="Not now.")
        if trouble != "dead":
            asked = dict(parse_qsl(await request.text()))
            self.asked.append(asked)
            status, answer = self._once(request.headers["Idempotency-Key"], asked)
            if self.before_answering:
                await self.before_answering(answer["id"])
        if trouble == "silent":
            await asyncio.Event().wait()
        if trouble and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, status=status) if not trouble else web.Response()

    def _once(self, key: str, asked: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if key in self.keys:
            before, status, answer = self.keys[key]
            return (status, answer) if before == asked else (400, error("idempotency_error"))
        if int(asked["expires_at"]) < time.time() + 30 * 60:
            return 400, error("invalid_request_error", param="expires_at")
        if asked["mode"] == "payment" and int(asked["line_items[0][price_data][unit_amount]"]) < 50:
            return 400, error("invalid_request_error", code="amount_too_small", message="It must be at least 50 cents.")
        self.keys[key] = (asked, 200, self.add(asked))
        return self.keys[key][1:]

    def _listed(self, request: web.Request) -> web.Response:
        since, until = int(request.query["created[gte]"]), int(request.query["created[lte]"])
        newest = [one for one in reversed(self.sessions.values()) if since <= one["created"] <= until]
        ids = [one["id"] for one in newest]
        start = ids.index(request.query["starting_after"]) + 1 if "starting_after" in request.query else 0
        end = start + int(request.query["limit"])
        page = [one | {"payment_intent": None} for one in newest[start:end]]
        return web.json_response(
            {"object": "list", "url": "/v1/checkout/sessions", "data": page, "has_more": end < len(newest)}
        )

    def notification(
        self, id: str, kind: str = "checkout.session.completed", *, secret: str = SECRET, age: int = 0
    ) -> tuple[bytes, dict[str, str]]:
        """The body and the headers with which something about a session is told."""
        return signed(json.dumps({"id": "evt_1", "type": kind, "data": {"object": self.sessions[id]}}).encode(), secret, age)


def signed(body: bytes, secret: str = SECRET, age: int = 0) -> tuple[bytes, dict[str, str]]:
    """A body, and the headers that say that it was signed with the secret so many seconds ago."""
    moment = int(time.time()) - age
    made = hmac.new(secret.encode(), b"%d." % moment + body, "sha256").hexdigest()
    return body, {"Stripe-Signature": f"t={moment},v1={made},v0=old", "Content-Type": "application/json; charset=utf-8"}


def error(type: str, **members: str) -> dict[str, Any]:
    """The body of a refusal."""
    return {"error": {"type": type, "message": "No."} | members}


def failed(status: int, **members: str) -> web.Response:
    """A failure."""
    return web.json_response(error("api_error", **members), status=status)


@asynccontextmanager
async def stripe_at_home() -> AsyncIterator[FakeStripe]:
    """The stand-in on 127.0.0.1, to which the settings lead."""
    fake = FakeStripe()
    fake.attempts.paid = fake.refunds.paid
    application = web.Application()
    sessions = ("/v1/checkout/sessions", "/v1/checkout/sessions/{id}", "/v1/checkout/sessions/{id}/expire")
    attempts = ("/v1/payment_intents", "/v1/payment_intents/{id}", "/v1/payment_intents/{id}/cancel")
    for path in (*sessions, *attempts, "/v1/refunds", "/v1/refunds/{id}", "/v1/disputes"):
        application.router.add_route("*", path, fake.serve)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.url = "http://{}:{}".format(*runner.addresses[0][:2])
    settings.install(replace(settings.settings(), stripe_url=fake.url))
    try:
        yield fake
    finally:
        await runner.cleanup()


async def takes_cards(api: ContractClient, store_id: FlakeId, key: str = KEY, secret: str = SECRET) -> None:
    """The store takes cards through Stripe."""
    body = {"enabled": True, "settings": {"secret_key": key, "webhook_secret": secret}}
    answer = await api.patch(f"/v1/stores/{store_id}/gateways/stripe", json=body)
    assert answer.status_code == 200, answer.text
    assert key not in answer.text
