"""The part of the stand-in for Stripe that keeps cards and charges them without their owners."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl

from aiohttp import web

Trouble = Literal["lost", "silent", "dead", "busy", "broken"]
"""The card is charged but the answer is lost, or never sent; nothing is done; too many calls; something is wrong."""


@dataclass
class FakeAttempts:
    """Every attempt to charge a kept card; each call that makes one takes one of the troubles.

    `cards` are the kept cards of each customer, `paid` what can be given back; `decline` is why the bank declines now,
    `status` how an attempt ends that it does not decline.
    """

    card: dict[str, Any]
    cards: dict[str, list[str]] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    keys: dict[str, tuple[dict[str, str], web.Response]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    paid: dict[str, int] = field(default_factory=dict)
    decline: str = ""
    status: str = "succeeded"

    def keep(self, id: str) -> tuple[str, str]:
        """Stripe's names of a new customer and of their card."""
        self.cards[f"cus_{id}"] = [f"pm_{id}"]
        return f"cus_{id}", f"pm_{id}"

    async def serve(self, request: web.Request) -> web.Response:
        """One call about attempts."""
        id = request.match_info.get("id")
        if id is not None and request.path.endswith("/cancel"):
            return self._canceled(self.made[id])
        if id is not None:
            is_expanded = "latest_charge.balance_transaction" in dict(parse_qsl(request.query_string)).values()
            return web.json_response(self.made[id] if is_expanded else self.made[id] | {"latest_charge": "ch_1"})
        return await self._make(request) if request.method == "POST" else self._listed(request)

    def _canceled(self, attempt: dict[str, Any]) -> web.Response:
        if attempt["status"] in ("succeeded", "canceled", "processing"):
            return refusal(f"You cannot cancel this PaymentIntent because it has a status of {attempt['status']}.")
        attempt["status"] = "canceled"
        return web.json_response(attempt | {"latest_charge": None})

    def _listed(self, request: web.Request) -> web.Response:
        mine = [one for one in reversed(self.made.values()) if one["customer"] == request.query["customer"]]
        data = [one | {"latest_charge": "ch_1"} for one in mine if one["created"] >= int(request.query["created[gte]"])]
        return web.json_response({"object": "list", "url": "/v1/payment_intents", "data": data, "has_more": False})

    async def _make(self, request: web.Request) -> web.Response:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble in ("busy", "broken"):
            return web.json_response({"error": {"type": "api_error"}}, status=429 if trouble == "busy" else 500)
        if trouble != "dead":
            asked = dict(parse_qsl(await request.text()))
            self.asked.append(asked)
            answer = self._once(request.headers["Idempotency-Key"], asked)
        if trouble == "silent":
            await asyncio.Event().wait()
        if trouble and request.transport is not None:
            request.transport.abort()
        return answer if not trouble else web.Response()

    def _once(self, key: str, asked: dict[str, str]) -> web.Response:
        if asked["payment_method"] not in self.cards.get(asked["customer"], []):
            return refusal("The customer does not have a payment method with this ID.", param="payment_method")
        if key not in self.keys:
            self.keys[key] = asked, self._charged(asked)
        before, answer = self.keys[key]
        if before != asked:
            return refusal("Keys for idempotent requests can only be used with the same parameters.")
        return web.Response(body=answer.body, status=answer.status, content_type="application/json")

    def _charged(self, asked: dict[str, str]) -> web.Response:
        id, amount = f"pi_again_{len(self.made) + 1}", int(asked["amount"])
        error = {
            "code": "card_declined",
            "decline_code": self.decline,
            "message": "No.",
            "payment_method": {"card": self.card},
        }
        if self.decline == "authentication_required":
            error["code"] = self.decline
        charge = {
            "created": int(time.time()), "balance_transaction": {"amount": amount, "fee": 73},
            "payment_method_details": {"type": "card", "card": self.card},
        }  # fmt: skip
        self.made[id] = {
            "id": id, "object": "payment_intent", "created": int(time.time()), "customer": asked["customer"],
            "payment_method": asked["payment_method"], "amount": amount,
            "metadata": {name[9:-1]: value for name, value in asked.items() if name.startswith("metadata[")},
            "status": "requires_payment_method" if self.decline else self.status,
            "latest_charge": None if self.decline else charge, "last_payment_error": error if self.decline else None,
        }  # fmt: skip
        if not self.decline:
            self.paid[id] = amount
            return web.json_response(self.made[id])
        told = {"id": id, "object": "payment_intent", "status": "requires_payment_method", "latest_charge": "ch_1"}
        return web.json_response({"error": error | {"type": "card_error", "payment_intent": told}}, status=402)


def refusal(message: str, **members: str) -> web.Response:
    """What Stripe answers to what it refuses."""
    return web.json_response({"error": {"type": "invalid_request_error", "message": message} | members}, status=400)
