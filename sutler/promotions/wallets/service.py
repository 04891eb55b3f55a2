"""Opening wallets and paying out of them, never more than they hold."""

from typing import Final

from sutler.kernel import money
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError
from sutler.promotions.wallets.models import Payout, Wallet, WalletTooEmpty
from sutler.promotions.wallets.queries import balances, one, wallet_account
from sutler.promotions.wallets.schemas import CreatePayoutDto
from sutler.stores.ledger.service import Entry, post
from sutler.stores.stores.service import current

LONGEST_ID: Final = 100
PAYOUTS: Final = "payouts"
"""The account of what was paid to affiliates outside the gateways."""
RULE: Final = f"A `wallet_id` has 1 to {LONGEST_ID} characters, no line breaks and no slashes, and is more than dots."


def wallet_problem(wallet_id: str) -> FieldError | None:
    """What is wrong with the id that somebody chose for a wallet; it has to fit into an address."""
    fits = 1 <= len(wallet_id) <= LONGEST_ID and wallet_id.isprintable() and "/" not in wallet_id and wallet_id.strip(".")
    return None if fits else FieldError("Invalid", RULE, "wallet_id", "value")


async def open_wallet(store: StoreContext, wallet_id: str) -> None:
    """Have a wallet with this id, whether it is new or was there before."""
    await store.add_new(Wallet(wallet_id=wallet_id), Wallet.c.wallet_id)


async def pay_out(store: StoreContext, wallet_id: str, new: CreatePayoutDto) -> Payout:
    """Note in the books that money of a wallet was sent to its owner; sending it is the merchant's own affair.

    WalletTooEmpty beyond what the wallet holds at this moment, however many pay out of it at once: its row is the lock.
    """
    wallet, currency = await one(store, wallet_id), (await current(store)).currency
    held = (await balances(store, [wallet.wallet_id], currency))[wallet.wallet_id]
    if new.amount > held:
        raise WalletTooEmpty(f"The wallet {wallet.wallet_id} holds {money.formatted(held, currency)}; pay out that or less.")
    payout = Payout(wallet_id=wallet.wallet_id, amount=new.amount, currency=currency, note=new.note.strip())
    entries = [Entry(wallet_account(wallet.wallet_id), new.amount), Entry(PAYOUTS, -new.amount)]
    await post(store, payout.id, currency, entries)
    return await store.add(payout)
