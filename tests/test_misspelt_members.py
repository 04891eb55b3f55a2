"""Bodies in which a member that is left out means all, everywhere, at once or for ever: there no name may be misspelt."""

from typing import Any

import pytest

from tests.conftest import SeededStore
from tests.contract.client import ContractClient

ITEM = {"product_id": "1", "override_expire_at": "2031-01-01T00:00:00Z"}
MISSPELT = [
    ("orders/1/refund", {"amout": 100}, "amout", "amount"),
    ("gameservers/1/delivery/commands/resend", {"delivery_item_ids": ["1"]}, "delivery_item_ids", "inventory_item_id"),
    ("gameservers/1/delivery/commands/resend", {"order-id": "1"}, "order-id", "order_id"),
    ("subscriptions/1/cancel", {"at_period_end": True}, "at_period_end", "cancel_at_period_end"),
    ("customers/1/delivery/items", ITEM, "override_expire_at", "override_expires_at"),
    ("delivery/items", [{"customer_id": "1", **ITEM}], "[0].override_expire_at", "override_expires_at"),
    ("delivery/items", {"assignments": [{"customer_id": "1", **ITEM}]}, "assignments[0].override_expire_at",
     "override_expires_at"),
    ("bans", {"identities": [], "expires": "2031-01-01T00:00:00Z"}, "expires", "expires_at"),
    ("global-commands", {"stage": "on_purchase", "content": "a", "online_only": False, "execution_rule": "once_per_item",
                         "gameserver_ids": ["1"]}, "gameserver_ids", "override_execute_on_gameserver_ids"),
    ("payments/1/disputes", {"amout": 5}, "amout", "amount"),
    ("payments/1/disputes/1/close", {"outcome": "lost", "fee": 5}, "fee", "fee_amount"),
    ("simulator/payments/1/refund", {"amout": 5}, "amout", "amount"),
]  # fmt: skip


class TestMisspeltMembers:
    @pytest.mark.parametrize(("path", "body", "wrong", "meant"), MISSPELT)
    async def test_are_refused_with_the_names_that_are_known(
        self, api: ContractClient, store: SeededStore, path: str, body: Any, wrong: str, meant: str
    ) -> None:
        answer = await api.post(f"/v1/stores/{store.id}/{path}", json=body)

        assert (answer.status_code, answer.json()["code"]) == (400, "InvalidInput")
        (error,) = [one for one in answer.json()["errors"] if one["path"] == wrong]
        assert f"`{wrong.rpartition('.')[2]}`" in error["message"]
        assert f"`{meant}`" in error["message"]
