"""The gateways that there are, by name."""

from typing import Final

from sutler.billing.gateways.interface import Gateway
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.gateways.simulator import SIMULATOR

GATEWAYS: Final[dict[str, Gateway]] = {gateway.name: gateway for gateway in (SIMULATOR, MANUAL)}
