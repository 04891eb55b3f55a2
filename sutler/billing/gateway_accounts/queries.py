"""What a store has told us about its account with a gateway, opened."""

import msgspec

from sutler.billing.gateway_accounts.models import GatewayAccount, settings_context
from sutler.kernel.data.context import StoreContext
from sutler.kernel.secrets import sealer


async def settings_in(store: StoreContext, name: str) -> dict[str, str]:
    """What the store has told us about its account with the gateway of this name, keys included."""
    return settings_of(await store.peek(store.rows(GatewayAccount).where(GatewayAccount.c.gateway == name)))


def settings_of(account: GatewayAccount | None) -> dict[str, str]:
    """What a store has told us about its account, keys included; nothing when there is none."""
    if account is None:
        return {}
    text = sealer().open(account.settings_sealed, settings_context(account.id))
    return msgspec.json.decode(text, type=dict[str, str])
