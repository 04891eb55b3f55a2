"""The API of wallets and payouts, Sutler's own."""

from typing import Annotated

from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.edge.access import reads, writes
from sutler.kernel.edge.http import Routes
from sutler.promotions.wallets import queries, service
from sutler.promotions.wallets.schemas import CreatePayoutDto, PayoutDto, WalletDto, shown, shown_wallet
from sutler.stores.stores.service import current

routes = Routes("/v1/stores/{storeId}/wallets", tag="affiliate-links")
Reader = Annotated[StoreContext, reads("affiliate_link_read")]
Payer = Annotated[StoreContext, writes("payout_create")]


@routes.get("", "Wallets_GetWallets")
async def list_wallets(store: Reader, page: Page) -> list[WalletDto]:
    """List the wallets of affiliates with what each holds, the newest first."""
    currency = (await current(store)).currency
    ids = [wallet.wallet_id for wallet in await queries.page(store, page)]
    held = await queries.balances(store, ids, currency)
    return [shown_wallet(id, held[id], currency) for id in ids]


@routes.get("/{walletId}/payouts", "Wallets_GetPayouts")
async def list_payouts(store: Reader, wallet_id: str, page: Page) -> list[PayoutDto]:
    """List what was paid out of a wallet, newest first."""
    wallet = await queries.one(store, wallet_id)
    return [shown(payout) for payout in await store.page(queries.payouts(store, wallet.wallet_id), page)]


@routes.post("/{walletId}/payouts", "Wallets_CreatePayout")
async def create_payout(store: Payer, wallet_id: str, new: CreatePayoutDto) -> PayoutDto:
    """Note that an affiliate was paid, never more than the wallet holds. Sutler sends no money by itself."""
    return shown(await service.pay_out(store, wallet_id, new))
