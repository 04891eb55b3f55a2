"""Keeping what customers have paid with, so that it can be charged again for renewals, and showing it."""

from sutler.billing.gateways.interface import Vaulted
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.payments.models import Payment
from sutler.billing.payments.schemas import PaymentMethodDto
from sutler.kernel.data.context import StoreContext


async def kept(store: StoreContext, payment: Payment, vaulted: Vaulted) -> PaymentMethod:
    """What this payment was made with, kept for the payer; the same row however often a gateway tells of it.

    What the gateway says of it by now, such as a new expiry date, replaces what it said before.
    """
    new = PaymentMethod(
        customer_id=payment.customer_id,
        gateway=payment.gateway,
        gateway_customer_id=vaulted.customer,
        gateway_reference=vaulted.reference,
        method_type=payment.method_type,
        method_details=payment.method_details,
    )
    c = PaymentMethod.c
    if await store.add_new(new, c.customer_id, c.gateway, c.gateway_reference):
        return new
    same = store.rows(PaymentMethod).where(
        c.customer_id == new.customer_id, c.gateway == new.gateway, c.gateway_reference == new.gateway_reference
    )
    facts = {name: getattr(new, name) for name in ("gateway_customer_id", "method_type", "method_details")}
    (found,) = await store.change_all(same, facts)
    return found


def vault_of(method: PaymentMethod) -> Vaulted:
    """What the gateway of a kept payment method is asked to charge."""
    return Vaulted(customer=method.gateway_customer_id, reference=method.gateway_reference)


def shown(method: PaymentMethod) -> PaymentMethodDto:
    """A kept payment method as the wire shows it."""
    return PaymentMethodDto(
        id=method.id,
        customer_id=method.customer_id,
        gateway=method.gateway,
        gateway_id=method.gateway,
        gateway_customer_id=method.gateway_customer_id,
        gateway_type=method.method_type,
        method_type=method.method_type,
        method_details=method.method_details,
        created_at=method.created_at,
        gateway_entity_identifier=method.gateway_reference,
        updated_at=method.updated_at,
    )
