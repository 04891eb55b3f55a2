"""The part of the stand-in for Stripe that gives money back."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl

from aiohttp import web

Trouble = Literal["lost", "silent", "dead", "busy", "broken"]
"""The money is given back but the answer is lost, or never sent; nothing is done; too many calls; something is wrong."""


@dataclass
class FakeRefunds:
    """What was given back of what was paid, newest last; each call that gives money back takes one of the troubles.

    `status` is what becomes of new refunds; `paid` is how much each payment intent has taken.
    """

    paid: dict[str, int] = field(default_factory=dict)
    made: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    status: str = "succeeded"
    page: int = 100  # at most so many are listed at once

    def by_hand(self, intent: str, amount: int) -> dict[str, Any]:
        """The owner gives money back in the dashboard, where nobody knows our words."""
        self.made.append({
            "id": f"re_{len(self.made) + 1}", "object": "refund", "amount": amount, "payment_intent": intent,
            "status": self.status, "metadata": {},
        })  # fmt: skip
        return self.made[-1]

    @staticmethod
    def comes_back(refund: dict[str, Any]) -> None:
        """The buyer's bank could not take it, long after it was said to be done."""
        refund.update(status="failed", failure_reason="expired_or_canceled_card")

    @staticmethod
    def notice(kind: str, thing: dict[str, Any]) -> bytes:
        """What a notification of a refund, or of its charge, says."""
        return json.dumps({"id": "evt_1", "type": kind, "data": {"object": thing}}).encode()

    def decide(self, status: str) -> None:
        """The bank has decided about all that is on its way."""
        for refund in self.made:
            if refund["status"] == "pending":
                refund["status"] = status

    async def serve(self, request: web.Request) -> web.Response:
        """One call about refunds."""
        if (id := request.match_info.get("id")) is not None:
            return web.json_response(next(one for one in self.made if one["id"] == id))
        if request.method == "GET":
            found = [one for one in reversed(self.made) if one["payment_intent"] == request.query["payment_intent"]]
            ids = [one["id"] for one in found]
            start = ids.index(request.query["starting_after"]) + 1 if "starting_after" in request.query else 0
            end = start + min(int(request.query["limit"]), self.page)
            data = found[start:end]
            return web.json_response({"object": "list", "url": "/v1/refunds", "data": data, "has_more": end < len(found)})
        return await self._give_back(request)

    async def _give_back(self, request: web.Request) -> web.Response:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble in ("busy", "broken"):
            return failure(429 if trouble == "busy" else 500, "Not now.")
        if trouble != "dead":
            answer = self._once(request.headers["Idempotency-Key"], dict(parse_qsl(await request.text())))
        if trouble == "silent":
            await asyncio.Event().wait()
        if trouble and request.transport is not None:
            request.transport.abort()
        return answer if not trouble else web.Response()

    def _once(self, key: str, asked: dict[str, str]) -> web.Response:
        if key not in self.keys:
            intent, amount = asked["payment_intent"], int(asked["amount"])
            gone = sum(one["amount"] for one in self.made if one["payment_intent"] == intent and one["status"] != "failed")
            if amount > self.paid[intent] - gone:
                return failure(400, "Refund amount is greater than unrefunded amount on charge.")
            metadata = {name[9:-1]: value for name, value in asked.items() if name.startswith("metadata[")}
            self.keys[key] = {
                "id": f"re_{len(self.made) + 1}", "object": "refund", "amount": amount, "payment_intent": intent,
                "status": self.status, "metadata": metadata,
            }  # fmt: skip
            self.made.append(self.keys[key])
        return web.json_response(self.keys[key])


def failure(status: int, message: str) -> web.Response:
    """What Stripe answers to what it refuses or cannot do."""
    kind = "invalid_request_error" if status == 400 else "api_error"
    return web.json_response({"error": {"type": kind, "message": message}}, status=status)
