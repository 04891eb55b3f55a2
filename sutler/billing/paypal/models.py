"""What we keep of PayPal's orders."""

from datetime import datetime
from typing import Literal

from sutler.billing.orders.models import PaymentError
from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId

State = Literal["open", "taking", "closed"]


class PayPalOrder(StoreRecord, table="paypal_orders"):
    """PayPal's order for one of our payments. Nobody but us can take its money, so what is written here decides.

    `open`: no money was ever asked for. `taking`: it was, and PayPal knows what came of it. `closed`: it never will
    be; then `error` is why, if there was a reason to tell the payer.
    """

    payment_id: FlakeId
    reference: str  # PayPal's id of the order; empty when it was closed before PayPal had one
    state: State = "open"
    claimed_until: datetime | None = None  # while somebody asks for the money, in real time
    capture: str = ""  # PayPal's id of the capture: what refunds and disputes are about
    error: PaymentError | None = None


class OrderedTwice(Conflict):
    """There is an order of PayPal's for this payment already."""


unique(OrderedTwice, PayPalOrder.c.store_id, PayPalOrder.c.payment_id, name="paypal_orders_payment")
