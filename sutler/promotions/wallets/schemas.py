"""Wallets and payouts as clients send and see them."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from sutler.kernel import money
from sutler.kernel.data.records import Actor
from sutler.kernel.ids import FlakeId
from sutler.kernel.wire import Wire
from sutler.promotions.wallets.models import Payout

PayoutAmount = Annotated[int, Meta(ge=1, le=2**53, extra_json_schema={"format": "int64"})]


class CreatePayoutDto(Wire):
    """Money that was, or is about to be, sent to an affiliate; in minor units of the store's currency."""

    amount: PayoutAmount
    note: Annotated[str, Meta(max_length=500)] = ""


class WalletDto(Struct):
    """A wallet and what it holds: what was earned and not paid out yet."""

    wallet_id: str
    balance: int
    balance_str: str
    currency: str


class PayoutDto(Struct):
    """Money that left a wallet."""

    id: FlakeId
    wallet_id: str
    amount: int
    amount_str: str
    currency: str
    note: str
    created_by: Actor
    created_at: datetime


def shown_wallet(wallet_id: str, balance: int, currency: str) -> WalletDto:
    """A wallet for those who manage the store."""
    return WalletDto(wallet_id, balance, money.formatted(balance, currency), currency)


def shown(payout: Payout) -> PayoutDto:
    """A payout for those who manage the store."""
    return PayoutDto(
        id=payout.id,
        wallet_id=payout.wallet_id,
        amount=payout.amount,
        amount_str=money.formatted(payout.amount, payout.currency),
        currency=payout.currency,
        note=payout.note,
        created_by=payout.created_by or Actor("internal"),
        created_at=payout.created_at,
    )
