"""The tables of wallets and of what was paid out of them. What a wallet holds is in the books."""

from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict


class Wallet(StoreRecord, table="wallets"):
    """Where the earnings of affiliate links are collected. Whoever pays out of it locks this row."""

    wallet_id: str


class Payout(StoreRecord, table="payouts"):
    """Money that left a wallet, in minor units; its id is that of the movement in the books. Never changed."""

    wallet_id: str
    amount: int
    currency: str
    note: str


class WalletTwice(Conflict):
    """There is a wallet with this id already."""


class WalletTooEmpty(Conflict):
    """The wallet holds less than that."""


unique(WalletTwice, Wallet.c.store_id, Wallet.c.wallet_id, name="wallets_wallet")
index("payouts_wallet", Payout.c.store_id, Payout.c.wallet_id, Payout.c.id)
