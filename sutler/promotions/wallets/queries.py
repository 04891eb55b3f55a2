"""What wallets hold, read from the books."""

from typing import Final

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import Rows, param, rows
from sutler.kernel.errors import NotFound
from sutler.promotions.wallets.models import Payout, Wallet
from sutler.stores.ledger.service import held

PREFIX: Final = "wallet:"
BY_NAME: Final = rows(Wallet).where(Wallet.c.wallet_id == param("wallet_id"))


def wallet_account(wallet_id: str) -> str:
    """The liability account of what a wallet holds: the store owes it, so what is earned is a credit."""
    return f"{PREFIX}{wallet_id}"


async def balances(store: StoreContext, wallet_ids: list[str], currency: str) -> dict[str, int]:
    """What these wallets hold, in minor units; one statement. Below zero when refunds took back more than was left."""
    found = await held(store, [wallet_account(id) for id in wallet_ids], currency)
    return {id: -found.get(wallet_account(id), 0) for id in wallet_ids}


async def page(store: StoreContext, page: Page) -> list[Wallet]:
    """One page of the wallets, newest first unless the page says otherwise."""
    return await store.page(store.rows(Wallet), page)


async def one(store: StoreContext, wallet_id: str) -> Wallet:
    """The wallet, locked where this context may write; NotFound if there is none."""
    found = await store.first(BY_NAME, wallet_id=wallet_id)
    if found is None:
        message = "There is no such wallet in this store; the list of wallets names them all."
        raise NotFound(message)
    return found


def payouts(store: StoreContext, wallet_id: str) -> Rows[Payout]:
    """What was paid out of a wallet."""
    return store.rows(Payout).where(Payout.c.wallet_id == wallet_id)
