"""Deciding what the simulated bank does with a kept card, to rehearse renewals, and giving money back on its own page."""

from sutler.billing.gateways import simulator_cards, simulator_refunds
from sutler.billing.gateways.scripts import Script
from sutler.billing.gateways.simulator import SIMULATOR
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payments.models import LiveMode, Payment
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId
from sutler.stores.stores.service import current


class NotSimulated(Conflict):
    """A real gateway keeps this payment method, so nobody but its bank can say what becomes of it."""


async def give_back(store: StoreContext, payment_id: FlakeId, amount: int | None) -> None:
    """Give money back on the simulated bank's own page; LiveMode for a store that takes real money."""
    if (await current(store)).live_mode:
        raise LiveMode
    await store.get(Payment, payment_id)
    await simulator_refunds.give_back(store, payment_id, amount)


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
