"""Deciding what becomes of a kept card of the simulator, to rehearse renewals."""

from sutler.billing.gateways import simulator_cards
from sutler.billing.gateways.scripts import Script
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payments.models import LiveMode
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current


class NotSimulated(Conflict):
    """A real gateway keeps this payment method, so nobody but its bank can say what becomes of it."""


async def rehearse(store: StoreContext, method_id: FlakeId, script: Script, good_for: int = 0) -> PaymentMethod:
    """From now on `good_for` charges of a kept card succeed, and then the script says what becomes of them.

    LiveMode, NotFound, or NotSimulated for one that another gateway keeps.
    """
    if (await current(store)).live_mode:
        raise LiveMode
    method = await store.get(PaymentMethod, method_id)
    if method.gateway != SIMULATOR.name:
        raise NotSimulated
    await simulator_cards.change(store, method.gateway_reference, script, good_for)
    return method
