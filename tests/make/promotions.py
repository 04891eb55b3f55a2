"""Coupons, sales and affiliate links, as tests need them."""

from typing import Any

from sutler.kernel.ids import FlakeId
from sutler.promotions.wallets.queries import wallet_account
from sutler.stores.ledger.service import Entry, post
from tests.conftest import Inside
from tests.contract.client import ContractClient

TENTH = {"discount_type": "percent", "discount_amount": 100}
"""A discount of ten percent."""


async def made(api: ContractClient, store_id: FlakeId, path: str, **body: Any) -> dict[str, Any]:
    """What the API answers to this body."""
    answer = await api.post(f"/v1/stores/{store_id}/{path}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def made_coupon(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A coupon of ten percent."""
    return await made(api, store_id, "coupons", **TENTH | changes)


async def made_sale(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A sale of ten percent on everything, from now on."""
    return await made(api, store_id, "sales", **{"name": "Summer"} | TENTH | changes)


async def made_link(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """An affiliate link that earns ten percent."""
    earning = {"wallet_id": "eve", "code": "EVE", "commission_type": "percentage", "commission_amount": 100}
    return await made(api, store_id, "affiliate-links", **earning | changes)


async def earned(inside: Inside, store_id: FlakeId, transaction_id: FlakeId, amount: int, wallet_id: str = "eve") -> None:
    """A commission in the books, as a payment would post it."""
    async with inside(store_id) as store:
        entries = [Entry("commissions", amount), Entry(wallet_account(wallet_id), -amount)]
        await post(store, transaction_id, "usd", entries)
