"""Letting a gateway's answer take effect. Every change of state is a conditional write, so nothing happens twice."""

from sutler.billing.completions.service import complete
from sutler.billing.cycles import service as cycles
from sutler.billing.gateways.interface import Answer, Canceled, Charge, Declined, Pending, Succeeded
from sutler.billing.gateways.known import GATEWAYS
from sutler.billing.gateways.manual import MANUAL
from sutler.billing.orders import service as orders
from sutler.billing.orders.models import Order, PaymentError
from sutler.billing.payment_methods.schemas import PaymentMethodDetailsDto
from sutler.billing.payments.events import PaymentCompleted, PaymentFailed
from sutler.billing.payments.models import AlreadySettled, NotByHand, Payment
from sutler.billing.prepaid_cards.service import judged
from sutler.checkout.checkouts.service import page_url, token_of
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.queries import param, rows
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event, emit_all
from sutler.stores.ledger import service as ledger
from sutler.stores.ledger.service import Entry, gateway_account

PENDING = rows(Payment).where(Payment.c.id == param("payment_id"), Payment.c.status == "pending")


async def ask(shop: Shop, payment_id: FlakeId, *, giving_up: bool = False) -> Answer | None:
    """Ask the gateway what became of a payment and settle it; None when it is settled already.

    Whoever hears that something has happened, from a notice or from the time, comes here: notices may lie, come twice
    or never. With `giving_up` the payer wants another way, and the gateway closes what is not paid yet.
    """
    async with shop.reading() as store:
        payment = await store.get(Payment, payment_id)
        if payment.status != "pending":
            return None
        order = await store.get(Order, payment.order_id)
    gateway, charge = GATEWAYS[payment.gateway], charge_of(payment, order)
    answer = await (gateway.give_up(shop, charge) if giving_up else gateway.outcome(shop, charge))
    async with shop.writing() as store:
        await settle(store, payment_id, answer)
    return answer


def charge_of(payment: Payment, order: Order) -> Charge:
    """What a gateway is asked to take, in the currency that the payer was shown."""
    amount, currency = payment.charged
    return Charge(
        payment_id=payment.id,
        order_id=order.id,
        amount=amount,
        currency=currency,
        email=order.billing_email,
        page_url=page_url(token_of(order.checkout_id, order.checkout_token_sealed)),
        keep=order.subscription_id is not None,
        off_session=payment.off_session,
    )


async def settle(store: StoreContext, payment_id: FlakeId, answer: Answer) -> Order | None:
    """Let a gateway's answer take effect, once, and return the order if it changed with it.

    A payment that is not pending any more stays as it is.
    """
    answer = await judged(store, payment_id, answer)
    match answer:
        case Succeeded():
            return await _succeeded(store, payment_id, answer)
        case Declined():
            return await _declined(store, payment_id, answer)
        case Canceled():
            return await _canceled(store, payment_id)
        case Pending():
            await _waits(store, payment_id, answer)
            return None


async def settle_by_hand(store: StoreContext, payment_id: FlakeId, *, received: bool) -> None:
    """The owner has the money, or will not get it; NotByHand where a gateway knows, AlreadySettled when it is otherwise."""
    payment = await store.get(Payment, payment_id)
    if payment.gateway != MANUAL.name:
        raise NotByHand
    money = Succeeded(method_type=MANUAL.method_type, method_details=PaymentMethodDetailsDto())
    await settle(store, payment_id, money if received else Canceled())
    if (await store.get(Payment, payment_id)).status != ("completed" if received else "canceled"):
        raise AlreadySettled


async def _waits(store: StoreContext, payment_id: FlakeId, answer: Pending) -> None:
    elsewhere = PENDING.where(Payment.c.continue_url.is_distinct_from(answer.continue_url))
    await store.change_all(elsewhere, {"continue_url": answer.continue_url}, payment_id=payment_id)


async def _succeeded(store: StoreContext, payment_id: FlakeId, outcome: Succeeded) -> Order | None:
    changes = {
        "status": "completed", "completed_at": clock.now(), "gateway_fee_amount": outcome.fee_amount,
        "method_type": outcome.method_type, "method_details": outcome.method_details,
    }  # fmt: skip
    for taken in await store.change_all(PENDING, changes, payment_id=payment_id):
        payment, fee = taken, taken.booked(outcome.fee_amount)
        if fee != outcome.fee_amount:  # gateways count in what they have charged
            payment = await store.change(taken, {"gateway_fee_amount": fee})
        done = await complete(store, payment.order_id, payment, outcome.vaulted)
        facts: list[Event] = done.events if done else []
        if payment.amount:  # else it only let the store keep what can be charged later
            await ledger.post(store, payment.id, payment.currency, _entries(payment))
            facts = [PaymentCompleted(payment_id=payment.id), *facts]
        await emit_all(store, facts)
        return done.order if done else None
    return None


async def _declined(store: StoreContext, payment_id: FlakeId, outcome: Declined) -> Order | None:
    changes = {
        "status": "failed", "failed_at": clock.now(), "last_payment_error": outcome.error,
        "method_type": outcome.method_type, "method_details": outcome.method_details,
    }  # fmt: skip
    for payment in await store.change_all(PENDING, changes, payment_id=payment_id):
        order = await _failed(store, payment, outcome.error, counts=payment.off_session)
        await emit_all(store, [PaymentFailed(payment_id=payment.id)])
        return order
    return None


async def _canceled(store: StoreContext, payment_id: FlakeId) -> Order | None:
    changes = {"status": "canceled", "canceled_at": clock.now()}
    for payment in await store.change_all(PENDING, changes, payment_id=payment_id):
        return await _failed(store, payment, None, counts=False)
    return None


async def _failed(store: StoreContext, payment: Payment, error: PaymentError | None, *, counts: bool) -> Order | None:
    """The order waits for another attempt, and so does the subscription that it renews."""
    order = await orders.attempt_failed(store, payment.order_id, payment.id, error)
    if order is not None and order.type == "subscription_renewal":
        await cycles.declined(store, order, counts=counts)
    return order


def _entries(payment: Payment) -> list[Entry]:
    """A sale: what the gateway holds and keeps on one side, what is earned and what is owed as tax on the other."""
    return [
        Entry(gateway_account(payment.gateway), payment.amount - payment.gateway_fee_amount),
        Entry("fees", payment.gateway_fee_amount),
        Entry("sales", payment.tax_amount - payment.amount),
        Entry("tax", -payment.tax_amount),
    ]
