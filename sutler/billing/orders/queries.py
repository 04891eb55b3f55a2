"""How orders are found and shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import UNSET, UnsetType
from sqlalchemy import ColumnElement, func, select

from sutler.billing.order_offers.models import OrderOffer
from sutler.billing.orders.models import Order, OrderLine, PaymentError
from sutler.billing.orders.schemas import (
    CustomVariableLineItemDto,
    LastPaymentErrorDto,
    OrderCouponUsageDto,
    OrderDto,
    OrderFilter,
    OrderGiftCardUsageDto,
    OrderLineDto,
    OrderPage,
    SalesTaxJurisdictionDto,
    SalesTaxJurisdictionTaxDto,
)
from sutler.catalog.custom_variables.models import Chosen
from sutler.checkout.checkouts.service import token_of
from sutler.checkout.pricing.results import Taxed
from sutler.customers.customers.models import Customer
from sutler.customers.customers.schemas import CustomerDto
from sutler.customers.customers.schemas import shown as shown_customer
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import Rows, one_of, one_of_ids, param
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.kernel.money import formatted
from sutler.kernel.wire import or_unset

Customers = Mapping[FlakeId, CustomerDto]


async def find(store: StoreContext, page: OrderPage, wanted: OrderFilter) -> list[OrderDto]:
    """One page of the orders that pass every filter."""
    return await shown(store, await store.page(_matching(store, wanted), page))


def _matching(store: StoreContext, wanted: OrderFilter) -> Rows[Order]:
    found = store.rows(Order)
    for column, value in (
        (Order.c.id, wanted.order_id), (Order.c.customer_id, wanted.customer_id),
        (Order.c.checkout_id, wanted.checkout_id), (Order.c.customer_ip, wanted.customer_ip),
        (Order.c.subscription_id, wanted.subscription_id),
    ):  # fmt: skip
        found = found if value is None else found.where(column == value)
    if wanted.status:
        found = found.where(one_of(Order.c.status, wanted.status))
    if wanted.billing_email is not None:
        found = found.where(func.lower(Order.c.billing_email) == wanted.billing_email.lower())
    if wanted.is_subscription is not None:
        found = found.where(Order.c.type != "one_time" if wanted.is_subscription else Order.c.type == "one_time")
    if wanted.product_id is not None:
        found = found.where(_holds(wanted.product_id))
    for source in (wanted.affiliate_id, wanted.coupon_id, wanted.giftcard_id, wanted.sale_id):
        found = found if source is None else found.where(_had(source))
    return found


def _holds(product_id: FlakeId) -> ColumnElement[bool]:
    """The order has a line with this product. A list beats a correlated EXISTS, which looks at every order of the store."""
    line = OrderLine.c
    mine = line.store_id == param("store_id", type_=line.store_id.type)
    return Order.c.id.in_(select(line.order_id).where(mine, line.product_id == product_id))


def _had(source_id: FlakeId) -> ColumnElement[bool]:
    """The order had this offer."""
    offer = OrderOffer.c
    mine = offer.store_id == param("store_id", type_=offer.store_id.type)
    return Order.c.id.in_(select(offer.order_id).where(mine, offer.source_id == source_id))


async def shown(store: StoreContext, orders: Sequence[Order]) -> list[OrderDto]:
    """Orders as the wire shows them: one statement for all lines and one for all customers."""
    if not orders:
        return []
    lines = await store.all(store.rows(OrderLine).where(one_of_ids(OrderLine.c.order_id, [order.id for order in orders])))
    return await shown_with(store, orders, lines)


async def shown_with(store: StoreContext, orders: Sequence[Order], lines: Sequence[OrderLine]) -> list[OrderDto]:
    """The same for a caller that has the lines at hand."""
    people = {order.customer_id for order in orders} | {
        line.gift_to_customer_id for line in lines if line.gift_to_customer_id
    }
    known = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(people))))
    customers = {customer.id: shown_customer(customer) for customer in known}
    by_order: dict[FlakeId, list[OrderLine]] = {}
    for line in lines:
        by_order.setdefault(line.order_id, []).append(line)
    return [_shown(order, by_order.get(order.id, []), customers) for order in orders]


def _shown(order: Order, lines: Sequence[OrderLine], customers: Customers) -> OrderDto:
    return OrderDto(
        **_amounts(order, order.currency, _seen_in(order)),
        id=order.id,
        pretty_id=pretty_id(order.id),
        store_id=order.store_id,
        customer_id=order.customer_id,
        customer=customers[order.customer_id],
        type=order.type,
        status=order.status,
        checkout_id=order.checkout_id,
        checkout_token=token_of(order.checkout_id, order.checkout_token_sealed),
        subscription_id=or_unset(order.subscription_id),
        is_subscription=order.type != "one_time",
        coupon_id=order.coupons[0].id if order.coupons else UNSET,
        applied_coupons=[
            OrderCouponUsageDto(coupon_id=one.id, coupon_version_id=one.version_id or one.id, usage_amount=one.amount)
            for one in order.coupons
        ],
        giftcard_id=order.gift_cards[0].id if order.gift_cards else UNSET,
        applied_giftcards=[OrderGiftCardUsageDto(giftcard_id=one.id, usage_amount=one.amount) for one in order.gift_cards],
        affiliate_id=order.affiliate_id or UNSET,
        billing_name=order.billing_name,
        billing_email=order.billing_email,
        billing_country=order.billing_country,
        billing_tax_id=order.billing_tax_id,
        billing_cycle_sequence=order.billing_cycle_sequence or 0,
        customer_ip=order.customer_ip,
        currency=order.currency,
        presentment_currency=_seen_in(order),
        created_at=order.created_at,
        completed_at=order.completed_at,
        lines=[_shown_line(line, order, customers) for line in lines],
        tax_jurisdictions=jurisdictions(order.taxes, order.currency),
        last_payment_error=shown_error(order.last_payment_error),
    )


def _shown_line(line: OrderLine, order: Order, customers: Customers) -> OrderLineDto:
    recipient = line.gift_to_customer_id
    return OrderLineDto(
        **_amounts(line, order.currency, _seen_in(order)),
        id=line.id,
        checkout_line_id=line.checkout_line_id,
        product_id=line.product_id,
        product_version_id=line.product_version_id,
        product_name=line.product_name,
        product_image_url=line.product_image_url,
        description=None,
        created_giftcard_id=line.created_giftcard_id,
        subscription_id=order.subscription_id if line.subscription_line_id and order.subscription_id else UNSET,
        subscription_line_id=or_unset(line.subscription_line_id),
        trial_id=or_unset(line.trial_id),
        subscription_interval_value=line.subscription_interval_value,
        subscription_interval_scale=or_unset(line.subscription_interval_scale),
        sale_id=line.details.sale.id if line.details.sale else UNSET,
        sale_version_id=(line.details.sale.version_id or UNSET) if line.details.sale else UNSET,
        gift=recipient is not None,
        gift_to_customer_id=recipient or UNSET,
        gift_to_customer=UNSET if recipient is None else customers[recipient],
        price=line.price,
        price_str=formatted(line.price, order.currency),
        quantity=line.quantity,
        selected_gameserver_id=line.selected_gameserver_id or UNSET,
        tax_inclusive=line.tax_inclusive,
        payout_splits=None,
        pricing_region_id=line.details.region_id,
        custom_variables={one.identifier: chosen(one) for one in line.custom_variables} or None,
    )


def chosen(one: Chosen) -> CustomVariableLineItemDto:
    """What was chosen for a line, as the wire shows it."""
    return CustomVariableLineItemDto(
        id=one.id, identifier=one.identifier, name=one.name, description=one.description, price=one.price, value=one.value
    )


def jurisdictions(taxes: Sequence[Taxed], currency: str) -> list[SalesTaxJurisdictionDto]:
    """Every place that taxes an order, with each of its taxes; rates are plain percents, such as `8.25`."""
    places: dict[str, SalesTaxJurisdictionDto] = {}
    for one in taxes:
        place = places.setdefault(one.rate.jurisdiction, SalesTaxJurisdictionDto(name=one.rate.jurisdiction, taxes=[]))
        place.taxes.append(
            SalesTaxJurisdictionTaxDto(
                tax_name=one.rate.name,
                taxable_amount=formatted(one.taxable_amount, currency),
                tax_amount=formatted(one.amount, currency),
                tax_rate=f"{one.rate.basis_points / 100:g}",
            )
        )
    return list(places.values())


def shown_error(error: PaymentError | None) -> LastPaymentErrorDto | UnsetType:
    """Why the newest attempt failed, left out when it did not."""
    return UNSET if error is None else LastPaymentErrorDto(decline_code=error.decline_code, message=error.message)


def _seen_in(order: Order) -> str:
    """The currency that the buyer saw and paid in."""
    return order.presentment.currency if order.presentment else order.currency


def _amounts(row: Order | OrderLine, currency: str, seen_in: str) -> dict[str, Any]:
    """The members of `Amounts`: what the store gets, and what the buyer saw, where that is something else."""
    found: dict[str, Any] = {}
    for prefix, amounts, code in (("", row, currency), ("presentment_", row.presentment or row, seen_in)):
        for name in ("subtotal", "discount", "giftcard_usage", "tax", "total"):
            amount: int = getattr(amounts, f"{name}_amount")
            found[f"{prefix}{name}_amount"] = amount
            found[f"{prefix}{name}_amount_str"] = formatted(amount, code)
    return found
