"""The table of payment methods that customers have let a store charge again. No card number ever comes here."""

from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.kernel.data.records import StoreRecord, index, unique
from sutler.kernel.errors import Conflict
from sutler.kernel.ids import FlakeId


class PaymentMethod(StoreRecord, table="payment_methods"):
    """A card, account or the like in a gateway's vault, under the gateway's own names for the payer and for it."""

    customer_id: FlakeId
    gateway: str
    gateway_customer_id: str
    gateway_reference: str
    method_type: str
    method_details: PaymentMethodDetailsDto


class PaymentMethodKnown(Conflict):
    """This payment method of the customer is already kept."""


unique(
    PaymentMethodKnown, PaymentMethod.c.store_id, PaymentMethod.c.customer_id, PaymentMethod.c.gateway,
    PaymentMethod.c.gateway_reference, name="payment_methods_reference",
)  # fmt: skip
index("payment_methods_customer", PaymentMethod.c.store_id, PaymentMethod.c.customer_id)
