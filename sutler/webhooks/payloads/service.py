"""From what happened to what a webhook says about it: one function per event.

A payload is written some time after its event, so it says what was true at the event, as far as later changes of the
same row can be told apart: an item that was added and is already in use was still `usable` when it was added.
"""

from typing import Any

from msgspec import structs

from sutler.billing.orders.models import OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.queries import store_refund_amount
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId
from sutler.webhooks.payload_parts import service as parts
from sutler.webhooks.payloads import schemas
from sutler.webhooks.payloads.queries import (
    WholeItem,
    WholeOrder,
    WholePayment,
    whole_item,
    whole_order,
    whole_payment,
    whole_refund,
)
from sutler.webhooks.payment_payloads import schemas as payments


async def order_completed(store: StoreContext, order_id: FlakeId, event_id: FlakeId) -> schemas.OrderCompletedWebhook:
    """What ON_ORDER_COMPLETED says."""
    return schemas.OrderCompletedWebhook(event_id=event_id, body=_order(await whole_order(store, order_id)))


async def payment_completed(store: StoreContext, payment_id: FlakeId, event_id: FlakeId) -> payments.PaymentCompletedWebhook:
    """What ON_PAYMENT_COMPLETED says."""
    whole = await whole_payment(store, payment_id)
    at = whole.payment.completed_at or clock.now()
    country = whole.order.billing_country or None
    body = payments.CompletedPayment(**_payment(whole), status="completed", completed_at=at, billing_country=country)
    return payments.PaymentCompletedWebhook(event_id=event_id, body=body)


async def payment_failed(store: StoreContext, payment_id: FlakeId, event_id: FlakeId) -> payments.PaymentFailedWebhook:
    """What ON_PAYMENT_FAILED says."""
    whole = await whole_payment(store, payment_id)
    error, at = whole.payment.last_payment_error, whole.payment.failed_at or clock.now()
    code = error.decline_code if error else "unknown"
    body = payments.FailedPayment(**_payment(whole), status="failed", failed_at=at, failure_code=code)
    return payments.PaymentFailedWebhook(event_id=event_id, body=body)


async def refund_completed(store: StoreContext, refund_id: FlakeId, event_id: FlakeId) -> payments.RefundWebhook:
    """What ON_REFUND says."""
    found = await whole_refund(store, refund_id)
    refund, paid = found.refund, _payment(found.whole)
    body = payments.CompletedRefund(
        **paid | {"id": refund.id, "created_at": refund.created_at, "pending_at": refund.pending_at or refund.created_at},
        payment_id=refund.payment_id,
        store_refund_amount=store_refund_amount(refund),
        approved_at=refund.approved_at or refund.created_at,
        completed_at=refund.completed_at or clock.now(),
        billing_email=found.whole.order.billing_email,
        status="completed",
    )
    return payments.RefundWebhook(event_id=event_id, body=body)


async def chargeback_opened(store: StoreContext, payment_id: FlakeId, event_id: FlakeId) -> payments.ChargebackWebhook:
    """What ON_CHARGEBACK says."""
    body = _disputed(await whole_payment(store, payment_id), "pending")
    return payments.ChargebackWebhook(event_id=event_id, body=body)


async def chargeback_closed(store: StoreContext, payment_id: FlakeId, event_id: FlakeId) -> payments.ChargebackClosedWebhook:
    """What ON_CHARGEBACK_CLOSED says."""
    whole = await whole_payment(store, payment_id)
    return payments.ChargebackClosedWebhook(event_id=event_id, body=_disputed(whole, whole.payment.chargeback_status))


async def item_added(store: StoreContext, item_id: FlakeId, event_id: FlakeId) -> schemas.DeliveryItemAddedWebhook:
    """What ON_DELIVERY_ITEM_ADDED says."""
    whole = await whole_item(store, item_id)
    then = structs.replace(_not_removed(whole.item), state="usable", active_at=None, expires_at=None)
    return schemas.DeliveryItemAddedWebhook(event_id=event_id, body=_item(whole, then))


async def item_activated(store: StoreContext, item_id: FlakeId, event_id: FlakeId) -> schemas.DeliveryItemActivatedWebhook:
    """What ON_DELIVERY_ITEM_ACTIVATED says."""
    whole = await whole_item(store, item_id)
    then = structs.replace(_not_removed(whole.item), state="active")
    return schemas.DeliveryItemActivatedWebhook(event_id=event_id, body=_item(whole, then))


async def item_used(store: StoreContext, item_id: FlakeId, event_id: FlakeId) -> schemas.DeliveryItemUsedWebhook:
    """What ON_DELIVERY_ITEM_USED says."""
    whole = await whole_item(store, item_id)
    then = structs.replace(whole.item, state="used", revoked_at=None, revoke_reason=None)
    return schemas.DeliveryItemUsedWebhook(event_id=event_id, body=_item(whole, then))


async def item_expired(store: StoreContext, item_id: FlakeId, event_id: FlakeId) -> schemas.DeliveryItemExpiredWebhook:
    """What ON_DELIVERY_ITEM_EXPIRED says."""
    whole = await whole_item(store, item_id)
    return schemas.DeliveryItemExpiredWebhook(event_id=event_id, body=_item(whole, whole.item))


async def item_renewed(store: StoreContext, item_id: FlakeId, event_id: FlakeId) -> schemas.DeliveryItemRenewedWebhook:
    """What ON_DELIVERY_ITEM_RENEWED says."""
    whole = await whole_item(store, item_id)
    return schemas.DeliveryItemRenewedWebhook(event_id=event_id, body=_item(whole, whole.item))


async def item_revoked(store: StoreContext, item_id: FlakeId, event_id: FlakeId) -> schemas.DeliveryItemRevokedWebhook:
    """What ON_DELIVERY_ITEM_REVOKED says."""
    whole = await whole_item(store, item_id)
    return schemas.DeliveryItemRevokedWebhook(event_id=event_id, body=_item(whole, whole.item))


def _not_removed(item: DeliveryItem) -> DeliveryItem:
    return structs.replace(item, removed_at=None, revoked_at=None, revoke_reason=None)


def _order(whole: WholeOrder) -> schemas.CompletedOrder:
    order, catalogue = whole.order, whole.catalogue
    versions = [line.product_version_id for line in whole.lines]
    servers = [server for version in versions for server in parts.servers(catalogue, version)]
    tags = [tag for version in versions for tag in parts.tags(catalogue, version)]
    return schemas.CompletedOrder(
        id=order.id,
        store_id=order.store_id,
        customer=parts.customer(whole.customers[order.customer_id]),
        checkout_id=order.checkout_id,
        checkout=parts.checkout(whole.checkout, whole.checkout_lines),
        subscription_id=order.subscription_id,
        applied_coupons=[schemas.OrderCouponUsageDTO(coupon_id=one.id, usage_amount=one.amount) for one in order.coupons],
        applied_giftcards=[
            schemas.OrderGiftCardUsageDTO(giftcard_id=one.id, usage_amount=one.amount) for one in order.gift_cards
        ],
        coupon_id=order.coupons[0].id if order.coupons else schemas.NONE,
        type=order.type,
        currency=order.currency,
        tax_inclusive=order.tax_inclusive,
        tax_amount=order.tax_amount,
        discount_amount=order.discount_amount,
        subtotal_amount=order.subtotal_amount,
        total_amount=order.total_amount,
        created_at=order.created_at,
        completed_at=order.completed_at or clock.now(),
        billing_name=order.billing_name,
        billing_email=order.billing_email,
        billing_address_country=order.billing_country,
        customer_ip=order.customer_ip,
        giftcard_usage_amount=order.giftcard_usage_amount,
        lines=[_line(whole, line) for line in whole.lines],
        product_names=parts.listed(line.product_name for line in whole.lines),
        product_tags=parts.listed(tag.name for tag in tags),
        product_gameservers=parts.listed(server.name for server in servers),
        status="completed",
    )


def _line(whole: WholeOrder, line: OrderLine) -> schemas.OrderLineDTO:
    recipient = whole.customers.get(line.gift_to_customer_id) if line.gift_to_customer_id else None
    return schemas.OrderLineDTO(
        id=line.id,
        checkout_line_id=line.checkout_line_id,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product=parts.product(whole.catalogue, line.product_version_id),
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        subscription_id=whole.order.subscription_id if line.subscription_line_id else None,
        subscription_line_id=line.subscription_line_id,
        subscription_interval_value=line.subscription_interval_value,
        subscription_interval_scale=line.subscription_interval_scale,
        trial_id=line.trial_id,
        gift_to_customer=parts.customer(recipient) if recipient else None,
        price=line.price,
        quantity=line.quantity,
        discount_amount=line.discount_amount,
        subtotal_amount=line.subtotal_amount,
        tax_amount=line.tax_amount,
        total_amount=line.total_amount,
        selected_gameserver_id=line.selected_gameserver_id,
    )


def _payment(whole: WholePayment) -> dict[str, Any]:
    """What completed and failed payments have in common."""
    payment: Payment = whole.payment
    return {
        "id": payment.id,
        "store_id": payment.store_id,
        "order_id": payment.order_id,
        "customer": parts.customer(whole.customer) if whole.customer else None,
        "gateway": payment.gateway,
        "currency": payment.currency,
        "tax_inclusive": whole.order.tax_inclusive,
        "amount": payment.amount,
        "gateway_fee_amount": payment.gateway_fee_amount,
        "tax_amount": payment.tax_amount,
        "platform_fee_amount": 0,
        "store_net_amount": payment.store_net_amount,
        "created_at": payment.created_at,
        "pending_at": payment.pending_at,
    }


def _disputed(whole: WholePayment, chargeback_status: str) -> payments.DisputedPayment:
    told, payment = _payment(whole), whole.payment
    facts = {name: told[name] for name in told.keys() & set(payments.DisputedPayment.__struct_fields__)}
    at = payment.chargeback_at or clock.now()
    return payments.DisputedPayment(**facts, status=payment.status, chargeback_status=chargeback_status, chargeback_at=at)


def _item(whole: WholeItem, item: DeliveryItem) -> schemas.DeliveryItemDTO:
    chosen = whole.catalogue.servers.get(item.execute_on_gameserver_id) if item.execute_on_gameserver_id else None
    return schemas.DeliveryItemDTO(
        id=item.id,
        store_id=item.store_id,
        customer=parts.customer(whole.customer) if whole.customer else None,
        order_customer_id=item.order_customer_id,
        checkout_id=item.checkout_id,
        order_id=item.order_id,
        order_line_id=item.order_line_id,
        subscription_id=item.subscription_id,
        execute_on_gameserver_id=item.execute_on_gameserver_id,
        execute_on_gameserver=schemas.GameServerDTO(id=chosen.id, name=chosen.name, enabled=chosen.enabled)
        if chosen
        else None,
        product_id=item.product_id,
        product_version_id=item.product_version_id,
        product=parts.product(whole.catalogue, item.product_version_id),
        state=item.state,
        added_at=item.created_at,
        active_at=item.active_at,
        expires_at=item.expires_at,
        removed_at=item.removed_at,
        revoked_at=item.revoked_at,
        revoke_reason=item.revoke_reason,
    )
