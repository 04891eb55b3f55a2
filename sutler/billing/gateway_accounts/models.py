"""What a store has told us about its account with a gateway."""

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class GatewayAccount(StoreRecord, table="gateway_accounts"):
    """The settings of one gateway in one store: a JSON object of texts, sealed, because keys are among them."""

    gateway: str
    settings_sealed: bytes


class GatewayAccountExists(Conflict):
    """This gateway was being set up at the same moment. Look at it, and try again if need be."""


unique(GatewayAccountExists, GatewayAccount.c.store_id, GatewayAccount.c.gateway, name="gateway_accounts_gateway")


def settings_context(id: FlakeId) -> str:
    """What the settings are sealed for, so that they open nowhere else."""
    return f"gateway_account:{id}"
