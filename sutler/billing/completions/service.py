"""An order is complete: it is closed, and its subscription begins or goes on, in one transaction. Events say the rest."""

from msgspec import Struct

from sutler.billing.change_effects import service as changes
from sutler.billing.cycles import service as cycles
from sutler.billing.gateways.interface import Vaulted
from sutler.billing.order_kinds.service import begins
from sutler.billing.orders import service as orders
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import Order
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payment_methods.service import kept
from sutler.billing.payments.models import Payment
from sutler.billing.subscription_starts import service as starts
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class Completed(Struct, frozen=True):
    """An order that has just been completed, and what is to be told of it; the caller emits these events."""

    order: Order
    events: list[Event]


async def complete(
    store: StoreContext, order_id: FlakeId, payment: Payment | None = None, vaulted: Vaulted | None = None
) -> Completed | None:
    """Complete an order that waits for it; None when it does not.

    `vaulted` is what its payer has let the store keep of what the `payment` was made with.
    """
    order = await orders.complete(store, order_id)
    if order is None:
        return None
    facts: list[Event] = [OrderCompleted(order_id=order.id)]
    if order.subscription_id is not None:
        method = await kept(store, payment, vaulted) if payment is not None and vaulted is not None else None
        facts += await _subscribed(store, order, method)
    return Completed(order, facts)


async def _subscribed(store: StoreContext, order: Order, method: PaymentMethod | None) -> list[Event]:
    """What an order does to its subscription. The payment of a change takes effect here, too."""
    if begins(order):
        return await starts.begin(store, order, method)
    if order.type == "subscription_renewal":
        return await cycles.paid(store, order, method)
    return await changes.paid(store, order, method) if order.type == "subscription_proration" else []
