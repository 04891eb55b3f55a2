"""A stand-in for PayPal on this machine: tokens, orders, captures, refunds, disputes, notifications, and bad days."""

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from aiohttp import web

from sutler import settings
from sutler.kernel.ids import FlakeId
from tests.contract.client import ContractClient

ID, SECRET, WEBHOOK = "AbCd", "EfGh", "1JE123"
PAYER = {
    "account_id": "QYR5", "email_address": "alex@example.com", "name": {"given_name": "Alex", "surname": "Doe"},
    "address": {"country_code": "DE"},
}  # fmt: skip
Trouble = Literal["lost", "silent", "dead", "busy", "broken", "signed_out"]
"""The work is done but the answer is lost, or never sent; nothing is done; the same call is under way; something is wrong
there; the token is not good any more."""
Answer = tuple[int, Any]
SAID: dict[str, str] = {"signed_out": "Token signature verification failed", "busy": "PREVIOUS_REQUEST_IN_PROGRESS"}


@dataclass
class FakePayPal:
    """What the stand-in keeps, and how it misbehaves: each call that changes something takes one of the troubles.

    `refuses` are issues with which the next captures and refunds are refused; `capture_as` and `refund_as` are how they
    end when they are not.
    """

    url: str = ""
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    disputes: list[dict[str, Any]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    refuses: list[str] = field(default_factory=list)
    capture_as: str = "COMPLETED"
    refund_as: str = "COMPLETED"
    answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    signatures: dict[bytes, str] = field(default_factory=dict)

    @property
    def only(self) -> str:
        """The id of the only order that there is."""
        (id,) = self.orders
        return id

    @property
    def captures(self) -> list[dict[str, Any]]:
        """All money that was taken."""
        return [one for order in self.orders.values() for one in order["purchase_units"][0]["payments"]["captures"]]

    @property
    def refunds(self) -> list[dict[str, Any]]:
        """All money that was given back."""
        return [one for order in self.orders.values() for one in order["purchase_units"][0]["payments"]["refunds"]]

    def approve(self, id: str) -> None:
        """The payer agrees."""
        self.orders[id] |= {"status": "APPROVED", "payment_source": {"paypal": PAYER}, "links": []}

    def expire(self, id: str) -> None:
        """Nobody agreed, or nobody asked for the money, in time; keys are forgotten, too."""
        del self.orders[id]
        self.answers.clear()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One call of the API."""
        self.calls.append(f"{request.method} {request.path}")
        if request.path == "/v1/oauth2/token":
            return self._token(request)
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return failed(401, "invalid_token")
        if request.method == "GET":
            return self._looked(request)
        asked = await request.read()
        if request.path.endswith("verify-webhook-signature"):
            return self._verified(asked)
        return await self._acted(request, json.loads(asked))

    def _token(self, request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Basic {b64encode(f'{ID}:{SECRET}'.encode()).decode()}":
            return failed(401, "invalid_client")
        self.tokens.append(f"A21-{len(self.tokens)}")
        return web.json_response({"access_token": self.tokens[-1], "token_type": "Bearer", "expires_in": 32400})

    def _looked(self, request: web.Request) -> web.Response:
        id = request.match_info.get("id", "")
        if request.path == "/v1/customer/disputes":
            mine = [one for one in self.disputes if one["capture"] == request.query["disputed_transaction_id"]]
            return web.json_response({"items": [one | {"dispute_outcome": None} for one in mine]})
        if request.path.startswith("/v1/customer/disputes/"):
            return web.json_response(next(one for one in self.disputes if one["dispute_id"] == id))
        if request.path.startswith("/v2/payments/captures/"):
            known = [one for one in self.captures if one["id"] == id]
            return web.json_response(known[0]) if known else failed(404, "RESOURCE_NOT_FOUND")
        return web.json_response(self.orders[id]) if id in self.orders else failed(404, "RESOURCE_NOT_FOUND")

    def _verified(self, asked: bytes) -> web.Response:
        """The signature is over the event's very bytes, and over whom it was sent to."""
        question, event = json.loads(asked), asked.partition(b'"webhook_event":')[2][:-1]
        told = f"{question['webhook_id']}|{question['transmission_id']}"
        good = self.signatures.get(event) == told == question["transmission_sig"].removeprefix("sig|")
        return web.json_response({"verification_status": "SUCCESS" if good else "FAILURE"})

    async def _acted(self, request: web.Request, asked: dict[str, Any]) -> web.Response:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble == "signed_out":
            self.tokens = ["revoked"]
            return failed(401, "invalid_token")
        if trouble in ("busy", "broken"):
            return failed(422 if trouble == "busy" else 500, SAID.get(trouble, "INTERNAL_SERVER_ERROR"))
        if trouble != "dead":
            status, answer = self._once((request.path, request.headers["PayPal-Request-Id"]), request, asked)
        if trouble == "silent":
            await asyncio.Event().wait()
        if trouble and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, status=status) if not trouble else web.Response()

    def _once(self, key: tuple[str, str], request: web.Request, asked: dict[str, Any]) -> Answer:
        if key not in self.answers:
            end = request.path.rpartition("/")[2]
            acts: dict[str, Callable[[str, dict[str, Any]], Answer]] = {"capture": self._capture, "refund": self._refund}
            status, answer = acts.get(end, self._create)(request.match_info.get("id", ""), asked)
            if status >= 400:  # what was refused may be asked again
                return status, answer
            self.answers[key] = status, answer
        return self.answers[key]

    def _create(self, _: str, asked: dict[str, Any]) -> Answer:
        id = f"5O{len(self.orders) + 1}"
        (unit,) = asked["purchase_units"]
        self.orders[id] = {
            "id": id, "status": "PAYER_ACTION_REQUIRED",
            "purchase_units": [unit | {"payments": {"captures": [], "refunds": []}}],
            "context": asked["payment_source"]["paypal"]["experience_context"],
            "links": [{"rel": "self", "href": "-"}, {"rel": "payer-action", "href": f"{self.url}/checkoutnow?token={id}"}],
        }  # fmt: skip
        return 200, self.orders[id]

    def _capture(self, id: str, _: dict[str, Any]) -> Answer:
        if id not in self.orders:
            return 404, trouble("RESOURCE_NOT_FOUND")
        order = self.orders[id]
        if order["status"] != "APPROVED":
            return 422, trouble("ORDER_ALREADY_CAPTURED" if order["status"] == "COMPLETED" else "ORDER_NOT_APPROVED")
        if self.refuses:
            return 422, trouble(self.refuses.pop(0))
        (unit,) = order["purchase_units"]
        fee = {"paypal_fee": {"currency_code": unit["amount"]["currency_code"], "value": "0.82"}}
        capture = {
            "id": f"3C{id}", "status": self.capture_as, "amount": unit["amount"], "custom_id": unit["custom_id"],
            "invoice_id": unit["invoice_id"], "status_details": {"reason": "PENDING_REVIEW"},
        }  # fmt: skip
        unit["payments"]["captures"].append(capture)
        order["status"] = "COMPLETED"
        self.complete(id, fee) if self.capture_as == "COMPLETED" else None
        return 201, order

    def complete(self, id: str, breakdown: dict[str, Any] | None = None) -> None:
        """The money has arrived."""
        self.orders[id]["purchase_units"][0]["payments"]["captures"][-1] |= {
            "status": "COMPLETED", "seller_receivable_breakdown": breakdown,
        }  # fmt: skip

    def _refund(self, capture_id: str, asked: dict[str, Any]) -> Answer:
        (unit,) = self.orders[capture_id.removeprefix("3C")]["purchase_units"]
        if self.refuses:
            return 422, trouble(self.refuses.pop(0))
        refunds = unit["payments"]["refunds"]
        given = sum(float(one["amount"]["value"]) for one in refunds) + float(asked["amount"]["value"])
        if given > float(unit["amount"]["value"]) + 0.001:
            return 422, trouble("REFUND_AMOUNT_EXCEEDED")
        fee = {"paypal_fee": {"currency_code": asked["amount"]["currency_code"], "value": "0.10"}}
        refunds.append(asked | {"id": f"1R{len(refunds)}", "status": self.refund_as, "seller_payable_breakdown": fee})
        return 201, refunds[-1]

    def give_back(self, value: str) -> dict[str, Any]:
        """The owner gives money back on PayPal's page: the refund knows of the capture, and of no id of ours."""
        (capture,) = self.captures
        refunds = self.orders[capture["id"].removeprefix("3C")]["purchase_units"][0]["payments"]["refunds"]
        made: dict[str, Any] = {
            "id": f"1R{len(refunds)}", "status": self.refund_as, "invoice_id": capture["invoice_id"],
            "amount": {"currency_code": capture["amount"]["currency_code"], "value": value},
        }  # fmt: skip
        refunds.append(made)
        return made | {"links": [{"rel": "up", "href": f"{self.url}/v2/payments/captures/{capture['id']}"}]}

    def dispute(self, status: str = "UNDER_REVIEW", outcome: str = "", stage: str = "CHARGEBACK") -> None:
        """A payer wants money back."""
        (capture,) = self.captures
        self.disputes.append({
            "dispute_id": f"PP-D-{len(self.disputes) + 1}", "capture": capture["id"], "status": status,
            "reason": "UNAUTHORISED", "dispute_life_cycle_stage": stage, "dispute_amount": capture["amount"],
            "dispute_outcome": {"outcome_code": outcome},
            "money_movements": [
                {"affected_party": "SELLER", "type": "DEBIT", "reason": "CHARGEBACK_FEE",
                 "amount": {"currency_code": "USD", "value": "20.00"}},
                {"affected_party": "SELLER", "type": "DEBIT", "reason": "DISPUTE_SETTLEMENT", "amount": capture["amount"]},
            ],
        })  # fmt: skip

    def notification(
        self, resource: dict[str, Any], kind: str = "CHECKOUT.ORDER.APPROVED", *, webhook: str = WEBHOOK
    ) -> tuple[bytes, dict[str, str]]:
        """The body and the headers with which something is told, signed for a webhook."""
        told = f"{webhook}|t{len(self.signatures)}"
        body = json.dumps({"id": "WH-1", "event_type": kind, "resource": resource, "summary": "Größe \u2713"}).encode()
        self.signatures[body] = told
        return body, {
            "PayPal-Auth-Algo": "SHA256withRSA", "PayPal-Cert-Url": "https://api.paypal.com/v1/notifications/certs/C1",
            "PayPal-Transmission-Id": told.partition("|")[2], "PayPal-Transmission-Sig": f"sig|{told}",
            "PayPal-Transmission-Time": "2026-01-01T00:00:00Z", "Content-Type": "application/json",
        }  # fmt: skip


def trouble(issue: str) -> dict[str, Any]:
    """The body of a failure."""
    return {"name": "UNPROCESSABLE_ENTITY", "message": "No.", "details": [{"issue": issue, "description": "Not so."}]}


def failed(status: int, issue: str) -> web.Response:
    """A failure."""
    return web.json_response(trouble(issue), status=status)


@asynccontextmanager
async def paypal_at_home() -> AsyncIterator[FakePayPal]:
    """The stand-in on 127.0.0.1, to which the settings lead stores in test mode; for live ones there is nobody."""
    fake = FakePayPal()
    application = web.Application()
    for path in (
        "/v1/oauth2/token", "/v1/notifications/verify-webhook-signature", "/v1/customer/disputes",
        "/v1/customer/disputes/{id}", "/v2/checkout/orders", "/v2/checkout/orders/{id}",
        "/v2/checkout/orders/{id}/capture", "/v2/payments/captures/{id}/refund", "/v2/payments/captures/{id}",
    ):  # fmt: skip
        application.router.add_route("*", path, fake.serve)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.url = "http://{}:{}".format(*runner.addresses[0][:2])
    settings.install(replace(settings.settings(), paypal_sandbox_url=fake.url, paypal_url="http://127.0.0.1:9"))
    try:
        yield fake
    finally:
        await runner.cleanup()


async def takes_paypal(api: ContractClient, store_id: FlakeId, secret: str = SECRET, webhook: str = WEBHOOK) -> None:
    """The store takes money through PayPal."""
    body = {"enabled": True, "settings": {"client_id": ID, "client_secret": secret, "webhook_id": webhook}}
    answer = await api.patch(f"/v1/stores/{store_id}/gateways/paypal", json=body)
    assert answer.status_code == 200, answer.text
    assert secret not in answer.text
