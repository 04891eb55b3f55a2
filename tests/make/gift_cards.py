"""Gift cards, as tests need them."""

from typing import Any

from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.promotions.gift_cards.models import GiftCard
from sutler.promotions.gift_cards.schemas import CreateGiftCardDto
from sutler.promotions.gift_cards.service import create
from sutler.stores.ledger.service import balances
from tests.contract.client import ContractClient


def gift_card(**changes: Any) -> dict[str, Any]:
    """The body of a card over 50.00 with a code of its own, unless told otherwise."""
    usual = {"enabled": True, "code": "SPRING-24", "balance": 5000, "usable_at": "2020-01-01T00:00:00Z"}
    return {name: value for name, value in (usual | changes).items() if value is not ...}


async def made_gift_card(api: ContractClient, store_id: FlakeId, **changes: Any) -> dict[str, Any]:
    """A card as the API answers it."""
    answer = await api.post(f"/v1/stores/{store_id}/giftcards", json=gift_card(**changes))
    assert answer.status_code == 200, answer.text
    card: dict[str, Any] = answer.json()
    return card


async def add_gift_card(store: StoreContext, balance: int = 5000) -> GiftCard:
    """A card with a code that is made up."""
    return await create(store, CreateGiftCardDto(balance=balance))


async def in_books(store: StoreContext, currency: str = "usd") -> dict[str, int]:
    """What the accounts of gift cards come to together, those of all cards as `giftcard`."""
    found: dict[str, int] = {}
    for (account, money), amount in (await balances(store)).items():
        name = account.partition(":")[0]
        if amount and money == currency:
            found[name] = found.get(name, 0) + amount
    return found
