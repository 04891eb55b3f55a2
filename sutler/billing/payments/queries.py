"""How payments are found and shown."""

from collections.abc import Sequence

from sutler.billing.orders.queries import shown_error
from sutler.billing.payments.models import Payment
from sutler.billing.payments.schemas import PaymentDto, PaymentFilter, PaymentMethodDto
from sutler.billing.refunds.queries import of_payments
from sutler.billing.refunds.schemas import RefundDto
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import CustomerDto
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.pages import Page
from sutler.kernel.data.queries import one_of, one_of_ids


async def find(store: StoreContext, page: Page, wanted: PaymentFilter) -> list[PaymentDto]:
    """One page of the payments that pass every filter."""
    found = store.rows(Payment)
    if wanted.order_id is not None:
        found = found.where(Payment.c.order_id == wanted.order_id)
    if wanted.customer_id is not None:
        found = found.where(Payment.c.customer_id == wanted.customer_id)
    if wanted.status:
        found = found.where(one_of(Payment.c.status, wanted.status))
    return await shown(store, await store.page(found, page))


async def shown(store: StoreContext, payments: Sequence[Payment]) -> list[PaymentDto]:
    """Payments as the wire shows them, with one statement for all customers and one for all refunds."""
    if not payments:
        return []
    payers = sorted({payment.customer_id for payment in payments})
    known = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, payers)))
    customers = {customer.id: shown_customer(customer) for customer in known}
    refunds = await of_payments(store, [payment.id for payment in payments])
    return [_shown(payment, customers[payment.customer_id], refunds.get(payment.id, [])) for payment in payments]


def _shown(payment: Payment, customer: CustomerDto, refunds: list[RefundDto]) -> PaymentDto:
    return PaymentDto(
        id=payment.id,
        store_id=payment.store_id,
        order_id=payment.order_id,
        customer_id=payment.customer_id,
        customer=customer,
        refunds=refunds,
        gateway=payment.gateway,
        gateway_entity_identifier=payment.gateway_reference,
        gateway_id=payment.gateway,
        method=_method(payment),
        status=payment.status,
        currency=payment.currency,
        amount=payment.amount,
        gateway_fee_amount=payment.gateway_fee_amount,
        tax_amount=payment.tax_amount,
        platform_fee_amount=0,
        store_net_amount=payment.store_net_amount,
        presentment_currency=payment.charged[1],
        presentment_amount=payment.charged[0],
        fx_rate=float(payment.fx_rate) if payment.fx_rate else None,
        platform_fee_rate=0,
        chargeback_status=payment.chargeback_status,
        chargeback_status_updated_at=payment.chargeback_status_updated_at,
        payout_split_rules=None,
        payout_split_results=None,
        created_at=payment.created_at,
        pending_at=payment.pending_at,
        completed_at=payment.completed_at,
        canceled_at=payment.canceled_at,
        failed_at=payment.failed_at,
        refunded_at=payment.refunded_at,
        chargeback_at=payment.chargeback_at,
        last_payment_error=shown_error(payment.last_payment_error),
    )


def _method(payment: Payment) -> PaymentMethodDto:
    """How it was paid. Nothing is kept for a later payment, so the gateway knows no customer either."""
    return PaymentMethodDto(
        id=payment.id,
        customer_id=payment.customer_id,
        gateway=payment.gateway,
        gateway_id=payment.gateway,
        gateway_customer_id="",
        gateway_type=payment.method_type,
        method_type=payment.method_type,
        method_details=payment.method_details,
        created_at=payment.created_at,
        gateway_entity_identifier=payment.gateway_reference,
        updated_at=payment.updated_at,
    )
