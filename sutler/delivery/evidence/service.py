"""Gathering evidence: one function from a payment to everything that is known of the purchase."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import structs

from sutler.billing.disputes import queries as disputes
from sutler.billing.disputes.schemas import shown as shown_dispute
from sutler.billing.orders.models import LINES_OF, Order, OrderLine
from sutler.billing.payments.models import Payment
from sutler.billing.refunds.models import Refund
from sutler.checkout.checkouts.models import Checkout
from sutler.customers.customers.models import Customer
from sutler.delivery.command_log.schemas import shown as shown_step
from sutler.delivery.commands.models import CommandAttempt
from sutler.delivery.evidence.queries import Found, found
from sutler.delivery.evidence.schemas import (
    Bill,
    Bought,
    Delivered,
    Evidence,
    Joined,
    Money,
    Person,
    Ran,
    Receipt,
    Seller,
)
from sutler.delivery.items.models import DeliveryItem
from sutler.kernel import clock, documents
from sutler.kernel.countries import name_of
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import one_of_ids
from sutler.kernel.ids import FlakeId, pretty_id
from sutler.kernel.money import formatted
from sutler.stores.stores.service import current

GONE = "(deleted)"  # game server
TEMPLATE: Final = Path(__file__).with_name("evidence.typ")


async def gather(store: StoreContext, payment_id: FlakeId) -> Evidence:
    """Everything that is known of the purchase that this payment is for; NotFound if there is no such payment."""
    payment = await store.get(Payment, payment_id)
    order = await store.get(Order, payment.order_id)
    lines = await store.all(LINES_OF, order_id=order.id)
    checkout = await store.peek(store.rows(Checkout).where(Checkout.c.id == order.checkout_id))
    ids = {order.customer_id} | {line.gift_to_customer_id for line in lines if line.gift_to_customer_id}
    people = await store.all(store.rows(Customer).where(one_of_ids(Customer.c.id, sorted(ids))))
    known = await found(store, order.id, people, order.completed_at or order.created_at)
    seller = await current(store)
    return Evidence(
        gathered_at=clock.now(),
        seller=Seller(
            id=seller.id, name=seller.name, website_url=seller.website_url, support_email=seller.support_email
        ),
        receipt=_receipt(order, lines, checkout),
        bill=_bill(order, checkout),
        payment=await _money(store, payment),
        people=[_person(one, order) for one in people],
        deliveries=[_delivered(item, known) for item in known.items],
        joins=_joins(known),
        complete=known.complete,
    )  # fmt: skip


async def typeset(evidence: Evidence) -> bytes:
    """The same as a PDF, to be sent to a bank; never wait for it inside a transaction."""
    bill = structs.replace(evidence.bill, country=name_of(evidence.bill.country))  # readers want its name, programs its code
    return await documents.pdf(TEMPLATE, structs.replace(evidence, bill=bill), evidence.gathered_at)


def _receipt(order: Order, lines: Sequence[OrderLine], checkout: Checkout | None) -> Receipt:
    return Receipt(
        order_id=order.id,
        pretty_id=pretty_id(order.id),
        status=order.status,
        checkout_opened_at=checkout.created_at if checkout else None,
        ordered_at=order.created_at,
        completed_at=order.completed_at,
        currency=order.currency,
        subtotal_amount=order.subtotal_amount,
        discount_amount=order.discount_amount,
        tax_amount=order.tax_amount,
        giftcard_usage_amount=order.giftcard_usage_amount,
        giftcard_usage=formatted(order.giftcard_usage_amount, order.currency),
        total_amount=order.total_amount,
        total=formatted(order.total_amount, order.currency),
        lines=[_line(line, order.currency) for line in lines],
    )


def _line(line: OrderLine, currency: str) -> Bought:
    return Bought(
        id=line.id,
        product=line.product_name,
        quantity=line.quantity,
        price=line.price,
        total_amount=line.total_amount,
        total=formatted(line.total_amount, currency),
        receiver_id=line.gift_to_customer_id,
    )


def _bill(order: Order, checkout: Checkout | None) -> Bill:
    return Bill(
        name=order.billing_name,
        email=order.billing_email,
        country=order.billing_country,
        address=checkout.billing_address if checkout else None,
        tax_id=order.billing_tax_id,
        ip=order.customer_ip,
    )


async def _money(store: StoreContext, payment: Payment) -> Money:
    completed = store.rows(Refund).where(Refund.c.payment_id == payment.id, Refund.c.status == "completed")
    given_back = sum(refund.amount for refund in await store.all(completed))
    return Money(
        id=payment.id,
        pretty_id=pretty_id(payment.id),
        gateway=payment.gateway,
        reference=payment.gateway_reference,
        method_type=payment.method_type,
        method_details=payment.method_details,
        status=payment.status,
        amount=payment.amount,
        paid=formatted(payment.amount, payment.currency),
        refunded_amount=given_back,
        refunded=formatted(given_back, payment.currency),
        started_at=payment.pending_at,
        completed_at=payment.completed_at,
        disputes=[shown_dispute(one) for one in await disputes.of_payment(store, payment.id)],
    )


def _person(person: Customer, order: Order) -> Person:
    return Person(
        id=person.id,
        is_buyer=person.id == order.customer_id,
        name=person.name,
        email=person.email,
        steam_id=person.steam_id,
        steam_name=person.steam_name,
        minecraft_uuid=person.minecraft_uuid,
        minecraft_name=person.minecraft_name,
        xbox_xuid=person.xbox_xuid,
        known_since=person.created_at,
    )


def _delivered(item: DeliveryItem, known: Found) -> Delivered:
    return Delivered(
        id=item.id,
        product=item.product_name,
        receiver_id=item.customer_id,
        state=item.state,
        added_at=item.created_at,
        active_at=item.active_at,
        expires_at=item.expires_at,
        removed_at=item.removed_at,
        revoked_at=item.revoked_at,
        revoke_reason=item.revoke_reason,
        commands=[_ran(attempt, known) for attempt in known.attempts.get(item.id, ())],
    )


def _ran(attempt: CommandAttempt, known: Found) -> Ran:
    return Ran(
        id=attempt.id,
        gameserver=known.servers.get(attempt.gameserver_id, GONE),
        stage=attempt.stage,
        command=attempt.command,
        queued_at=attempt.created_at,
        executed_at=attempt.executed_at,
        executed_by_ip=attempt.executed_by_ip,
        log=[shown_step(step) for step in known.steps.get(attempt.id, ())],
    )


def _joins(known: Found) -> list[Joined]:
    return [
        Joined(
            gameserver=known.servers.get(join.gameserver_id, GONE),
            customer_id=join.customer_id,
            steam_id=join.steam_id,
            minecraft_uuid=join.minecraft_uuid,
            minecraft_name=join.minecraft_name,
            ip=join.ip,
            joined_at=join.joined_at,
        )
        for join in known.joins
    ]
