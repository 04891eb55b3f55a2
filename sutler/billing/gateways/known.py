"""The gateways that there are, by name."""

from typing import Final

from sutler.billing.gateways.interface import Gateway
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.gateways.paypal import PAYPAL
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.gateways.stripe import STRIPE

GATEWAYS: Final[dict[str, Gateway]] = {gateway.name: gateway for gateway in (SIMULATOR, MANUAL, STRIPE, PAYPAL)}
