"""Changing subscriptions: the change is written down, charged where something is to be paid, and takes effect with that."""

from msgspec import UNSET, Struct

from sutler.billing.change_checkouts.service import opened
from sutler.billing.change_effects.service import CHANGE_LINES, apply, give_up
from sutler.billing.change_limits.service import take
from sutler.billing.change_matches.service import Asked
from sutler.billing.change_plans.service import Plan, planned
from sutler.billing.change_views.queries import Pending, as_planned, pending, shown
from sutler.billing.cycle_prices.service import next_cycle, price_of
from sutler.billing.gateway_accounts.service import taken_by
from sutler.billing.orders import service as orders
from sutler.billing.orders.models import Order
from sutler.billing.orders.service import Payer
from sutler.billing.payment_methods.service import vault_of
from sutler.billing.payments.service import ANYONE, begin
from sutler.billing.renewals.service import Attempt, charge, usable
from sutler.billing.subscription_changes.models import (
    ChangePending,
    ChangeStatus,
    NothingChanges,
    ProrationBehavior,
    SubscriptionChange,
)
from sutler.billing.subscription_changes.schemas import (
    CheckoutPaymentInfoDto,
    ProrationOnTheWire,
    SubscriptionChangeDto,
    UpdateSubscriptionResponseDto,
)
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.models import Subscription
from sutler.checkout.checkouts.models import Checkout
from sutler.checkout.checkouts.service import page_url, token_of
from sutler.kernel.data.context import StoreContext
from sutler.kernel.data.shop import Shop
from sutler.kernel.errors import FieldError, InvalidInput
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.work.events import emit_all
from sutler.stores.stores.service import current


class Begun(Struct, frozen=True):
    """A change that is written down, and the payment that is about to be charged for it, if one is."""

    change_id: FlakeId
    attempt: Attempt | None = None


def behavior_of(said: ProrationOnTheWire) -> ProrationBehavior:
    """How a change is to be paid; InvalidInput for what the contract knows and nobody means."""
    if said == "invalid":
        text = "Say when the change takes effect and is paid: `immediate`, `next_billing_period` or `none`."
        raise InvalidInput(text, [FieldError("Invalid", text, "proration_behavior", "enum")])
    return said


async def preview(
    store: StoreContext, subscription: Subscription, asked: Asked, behavior: ProrationBehavior, *, off_session: bool = True
) -> UpdateSubscriptionResponseDto:
    """What `start` would do at this moment; nothing is written."""
    plan = await planned(store, subscription, asked, behavior)
    known = await _known(store, plan)
    if known is not None:
        return UpdateSubscriptionResponseDto(subscription_change=await _canceled(store, subscription, known))
    return UpdateSubscriptionResponseDto(subscription_change=as_planned(plan, _status(plan), off_session=off_session))


async def start(
    store: StoreContext, subscription: Subscription, asked: Asked, behavior: ProrationBehavior, *, off_session: bool = True
) -> Begun:
    """Change a subscription that this transaction holds; what costs something waits until that is paid.

    What it is for already gives up the change that waits for the renewal. `ChangePending` while any other is pending,
    `NothingChanges` when there is nothing to do; and what stands against buying what is new in it.
    """
    plan = await planned(store, subscription, asked, behavior)
    known = await _known(store, plan)
    if known is not None:
        return Begun((await give_up(store, known.change)).id)
    change = await store.add(_change(plan, off_session=off_session))
    for line in plan.lines:
        line.change_id = change.id
    await store.add_all(plan.lines)
    await take(store, subscription, await store.all(LINES, subscription_id=subscription.id), plan.lines)
    if plan.charge is not None:
        return await _charged(store, plan, change)
    if plan.behavior != "next_billing_period":
        await emit_all(store, await apply(store, subscription, change))
    return Begun(change.id)


async def finish(shop: Shop, begun: Begun) -> UpdateSubscriptionResponseDto:
    """Charge what is to be paid, if it can be without the payer, and say what has become of the change."""
    if begun.attempt is not None:
        await charge(shop, begun.attempt)
    async with shop.reading() as store:
        return await said(store, begun.change_id)


async def said(store: StoreContext, change_id: FlakeId) -> UpdateSubscriptionResponseDto:
    """A change as it is now, with where to pay it while it is not paid."""
    change = await store.get(SubscriptionChange, change_id)
    subscription = await store.get(Subscription, change.subscription_id)
    known = Pending(change, await store.all(CHANGE_LINES, change_id=change.id))
    after = await price_of(store, await current(store), subscription, known.staying, next_cycle(subscription))
    unpaid = change.status == "pending_payment" and change.prorated_order_id is not None
    return UpdateSubscriptionResponseDto(
        subscription_change=shown(subscription, change, known.lines, after),
        pending_payment=await _payment(store, change.prorated_order_id or "") if unpaid else UNSET,
    )


async def _payment(store: StoreContext, order_id: FlakeId) -> CheckoutPaymentInfoDto:
    order = await store.get(Order, order_id)
    checkout = await store.get(Checkout, order.checkout_id)
    error = order.last_payment_error
    return CheckoutPaymentInfoDto(
        status="declined" if error else "processing" if checkout.held_by else "requires_payment",
        declined=error is not None,
        decline_message=error.message if error else None,
        checkout_url=page_url(token_of(checkout.id, checkout.token_sealed)),
    )


async def _known(store: StoreContext, plan: Plan) -> Pending | None:
    """The pending change that a plan takes back, if it does."""
    one: Pending | None = (await pending(store, [plan.subscription.id])).get(plan.subscription.id)
    if one is not None and not plan.changes_nothing:
        raise ChangePending
    if one is None and plan.changes_nothing:
        text = "This is what the subscription is for already, and no change of it is pending."
        raise NothingChanges(text, [FieldError("NothingChanges", text, "lines", "change")])
    return one


async def _canceled(store: StoreContext, subscription: Subscription, known: Pending) -> SubscriptionChangeDto:
    """A pending change as it would be once it is taken back."""
    lines = await store.all(LINES, subscription_id=subscription.id)
    after = await price_of(store, await current(store), subscription, lines, next_cycle(subscription))
    known.change.status = "canceled"
    return shown(subscription, known.change, known.lines, after)


def _status(plan: Plan) -> ChangeStatus:
    if plan.behavior == "next_billing_period":
        return "pending_renewal"
    return "pending_payment" if plan.charge is not None else "applied"


def _change(plan: Plan, *, off_session: bool) -> SubscriptionChange:
    status = _status(plan)
    seen = plan.seen
    return SubscriptionChange(
        id=new_id(),
        subscription_id=plan.subscription.id,
        customer_id=plan.subscription.customer_id,
        status="pending_payment" if status == "applied" else status,
        proration_behavior=plan.behavior,
        off_session=off_session,
        prorated_amount=plan.amount,
        billing_cycle_sequence=plan.subscription.billing_cycle_sequence,
        total_amount=plan.charge.total_amount if plan.charge else 0,
        presentment_total_amount=seen.whole.total_amount if seen else None,
    )


async def _charged(store: StoreContext, plan: Plan, change: SubscriptionChange) -> Begun:
    """Place the order of a change, and begin to pay it with what its payer has let the store keep, if that can be."""
    checkout, lines = await opened(store, plan, change.id)
    seller = await current(store)
    method = await usable(store, seller, plan.subscription)
    if method is None:
        order, _ = await orders.place(store, seller, checkout, lines, Payer(takes=taken_by(seller, None)))
        await store.change(change, {"prorated_order_id": order.id})
        return Begun(change.id)
    token = token_of(checkout.id, checkout.token_sealed)
    begun = await begin(store, token, ANYONE, gateway=method.gateway, off_session=True)
    await store.change(change, {"prorated_order_id": begun.order.id})
    return Begun(change.id, Attempt(begun, vault_of(method)))
