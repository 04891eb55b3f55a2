"""The part of the stand-in for Stripe that tells of disputes."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class FakeDisputes:
    """Every dispute, and our own words about every payment intent."""

    made: list[dict[str, Any]] = field(default_factory=list)
    intents: dict[str, dict[str, str]] = field(default_factory=dict)

    def open(self, intent: str, amount: int, status: str = "needs_response") -> dict[str, Any]:
        """A bank disputes a payment: the money leaves the account, in the account's own currency, and a fee with it."""
        taken = {"amount": -2 * amount, "fee": 3000}
        self.made.append({
            "id": f"dp_{len(self.made) + 1}", "object": "dispute", "status": status, "amount": amount, "currency": "usd",
            "reason": "product_not_received", "payment_intent": intent, "charge": "ch_1", "metadata": {},
            "balance_transactions": [] if status.startswith("warning") else [taken],
        })  # fmt: skip
        return self.made[-1]

    def decide(self, status: str) -> None:
        """The banks have decided; whoever wins gets the money back, and the fee."""
        for dispute in self.made:
            dispute["status"] = status
            if status == "won":
                dispute["balance_transactions"].append({"amount": 2 * dispute["amount"], "fee": -3000})

    async def serve(self, request: web.Request) -> web.Response:
        """One call about disputes, or about whose a payment intent is."""
        if (id := request.match_info.get("id")) is not None:
            if id not in self.intents:
                return web.json_response(
                    {"error": {"type": "invalid_request_error", "message": "No such intent."}}, status=404
                )
            ours = self.intents[id]
            return web.json_response({"id": id, "object": "payment_intent", "status": "succeeded", "metadata": ours})
        found = [one for one in self.made if one["payment_intent"] == request.query["payment_intent"]]
        return web.json_response({"object": "list", "url": "/v1/disputes", "data": found, "has_more": False})

    @staticmethod
    def notice(dispute: dict[str, Any]) -> bytes:
        """What a notification of a dispute says."""
        return json.dumps({"id": "evt_1", "type": "charge.dispute.created", "data": {"object": dispute}}).encode()
