"""What the shop asks of a gateway, and what a gateway can answer. A gateway is never called inside a transaction."""

from typing import Protocol

from msgspec import Struct

from sutler.billing.orders.models import PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId


class Charge(Struct, frozen=True, kw_only=True):
    """What is to be paid: the amount in minor units. `payment_id` is the idempotency key: one payment, one charge."""

    payment_id: FlakeId
    amount: int
    currency: str


class Succeeded(Struct, frozen=True, kw_only=True):
    """The money is taken. `fee_amount` is what the gateway keeps of it, in minor units."""

    method_type: str
    method_details: PaymentMethodDetailsDto
    fee_amount: int = 0


class Declined(Struct, frozen=True, kw_only=True):
    """No money was taken, and none will be; the payer may try again with another payment."""

    error: PaymentError
    method_type: str
    method_details: PaymentMethodDetailsDto


class Canceled(Struct, frozen=True):
    """No money was taken, and none will be: the charge never reached the gateway, which has closed it."""


Outcome = Succeeded | Declined | Canceled


class Gateway(Protocol):
    """One way to take money."""

    name: str
    method_type: str

    def reference(self, payment_id: FlakeId) -> str:
        """How the gateway calls this payment; known before the gateway is."""

    async def charge(self, shop: Shop, charge: Charge, instrument: str) -> Outcome:
        """Take the money with what the payer chose (`instrument` is in the gateway's own words).

        The same payment charged again gives the same answer and takes nothing more. An exception means that the
        answer is not known: ask for it with `outcome`.
        """

    async def outcome(self, shop: Shop, charge: Charge) -> Outcome:
        """What became of a charge. One that the gateway never heard of it closes, so that it cannot succeed later.

        An exception means that the answer is not known yet: ask again later.
        """
