"""Writing mails to buyers when something happens; each is subscribed to an event, and written once for its cause."""

from msgspec import UNSET

from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.models import LINES_OF, Order
from sutler.billing.payment_methods.models import PaymentMethod
from sutler.billing.refunds.events import RefundCompleted
from sutler.billing.refunds.models import Refund
from sutler.billing.subscription_lines.queries import LINES
from sutler.billing.subscriptions.events import RenewalDeclined, SubscriptionCanceled, SubscriptionEnding
from sutler.billing.subscriptions.models import Subscription
from sutler.billing.trials.events import TrialEnding
from sutler.billing.trials.models import Trial
from sutler.checkout.checkouts.service import page_url, token_of
from sutler.delivery.items.models import DeliveryItem
from sutler.delivery.items.service import deliver_order
from sutler.delivery.letters import schemas as words
from sutler.kernel.data.context import StoreContext, by_id
from sutler.kernel.ids import FlakeId
from sutler.kernel.money import formatted
from sutler.promotions.gift_card_codes.service import opened
from sutler.promotions.gift_cards.queries import of_items
from sutler.stores.mails.models import Envelope, MailKind
from sutler.stores.mails.service import desk, write


async def mail_receipt(store: StoreContext, event: OrderCompleted, event_id: FlakeId) -> None:
    """What was bought and paid; gift cards with their codes. The order is delivered first, as that brings the cards."""
    at = await desk(store, "order_receipt", "renewal_receipt")
    order: Order | None = await store.peek(by_id(Order), id=event.order_id) if at else None
    if at is None or order is None or not order.billing_email:
        return
    await deliver_order(store, event, event_id)
    lines = await store.all(LINES_OF, order_id=order.id)
    bought = words.Bought(order, lines, await _cards(store, order.id), _page(order))
    subscription = await _subscription(store, order.subscription_id)
    if order.type == "subscription_renewal" and subscription is not None:
        await write(store, at, _to(order, "renewal_receipt", order.id), words.renewed(at.seller, bought, subscription))
    else:
        await write(store, at, _to(order, "order_receipt", order.id), words.receipt(at.seller, bought, subscription))


async def mail_declined(store: StoreContext, event: RenewalDeclined, _event_id: FlakeId) -> None:
    """A renewal could not be charged and will be tried again; of the last attempt the mail about the end tells."""
    at, subscription = await desk(store, "renewal_failed"), await _subscription(store, event.subscription_id)
    order: Order | None = await store.peek(by_id(Order), id=event.order_id)
    if at is None or subscription is None or order is None or not subscription.past_due or order.status != "created":
        return
    lines = await store.all(LINES_OF, order_id=order.id)
    text = words.declined(at.seller, subscription, order, lines, _page(order))
    await write(store, at, _to(subscription, "renewal_failed", f"{order.id}:{event.attempt}"), text)


async def mail_ending(store: StoreContext, event: SubscriptionEnding, _event_id: FlakeId) -> None:
    """A subscription will end with its period; if it has ended meanwhile, the mail about that tells."""
    subscription = await _subscription(store, event.subscription_id)
    if subscription is not None and subscription.cancel_at_period_end and subscription.status != "canceled":
        await _tell_of_end(store, subscription)


async def mail_canceled(store: StoreContext, event: SubscriptionCanceled, _event_id: FlakeId) -> None:
    """A subscription has ended. An end that was told before and came as it was told has the same cause: it is told once."""
    subscription = await _subscription(store, event.subscription_id)
    if subscription is not None:
        await _tell_of_end(store, subscription)


async def _tell_of_end(store: StoreContext, subscription: Subscription) -> None:
    at = await desk(store, "subscription_canceled")
    if at is None:
        return
    ended, period = subscription.canceled_at, subscription.current_period_end
    as_told = subscription.cancel_at_period_end and (ended is None or period is None or ended >= period)
    cause = f"{subscription.id}:{subscription.cancellation_requested_at if as_told else ended}"
    lines = await store.all(LINES, subscription_id=subscription.id)
    text = words.canceled(at.seller, subscription, lines)
    await write(store, at, _to(subscription, "subscription_canceled", cause), text)


async def mail_trial_ending(store: StoreContext, event: TrialEnding, _event_id: FlakeId) -> None:
    """A trial ends soon and will be paid for."""
    at = await desk(store, "trial_ending")
    trial: Trial | None = await store.peek(by_id(Trial), id=event.trial_id) if at else None
    subscription = await _subscription(store, trial.subscription_id) if trial and trial.status == "active" else None
    if at is None or trial is None or subscription is None:
        return
    text = words.trial_ending(at.seller, subscription, trial, await _pays_with(store, subscription))
    await write(store, at, _to(subscription, "trial_ending", trial.id), text)


async def mail_refund(store: StoreContext, event: RefundCompleted, _event_id: FlakeId) -> None:
    """Money was given back."""
    at = await desk(store, "refund_made")
    refund: Refund | None = await store.peek(by_id(Refund), id=event.refund_id) if at else None
    order: Order | None = await store.peek(by_id(Order), id=event.order_id) if refund else None
    if at is None or refund is None or order is None or not (refund.amount or refund.giftcard_amount):
        return
    await write(store, at, _to(order, "refund_made", refund.id), words.refunded(at.seller, order, refund))


def _to(about: Order | Subscription, kind: MailKind, cause: str) -> Envelope:
    return Envelope(kind=kind, cause=cause, recipient=about.billing_email, customer_id=about.customer_id)


async def _subscription(store: StoreContext, id: FlakeId | None) -> Subscription | None:
    found: Subscription | None = await store.peek(by_id(Subscription), id=id) if id else None
    return found


async def _cards(store: StoreContext, order_id: FlakeId) -> list[tuple[str, str]]:
    """The codes of the gift cards that the buyer keeps; those of gifts are for whoever receives them."""
    items = await store.all(
        store.rows(DeliveryItem).where(DeliveryItem.c.order_id == order_id, DeliveryItem.c.gift.is_(False))
    )
    cards = await of_items(store, [item.id for item in items])
    return [
        (f"Gift card worth {formatted(card.starting_balance, card.currency)}", opened(card.id, card.code_sealed))
        for card in cards
    ]


async def _pays_with(store: StoreContext, subscription: Subscription) -> str | None:
    """The card that will be charged, as far as its owner needs to recognize it."""
    if subscription.payment_method_id is None:
        return None
    method: PaymentMethod | None = await store.peek(by_id(PaymentMethod), id=subscription.payment_method_id)
    card = method.method_details.card if method else UNSET
    return f"your {card.brand} card that ends in {card.last4}" if card is not UNSET else None


def _page(order: Order) -> str:
    return page_url(token_of(order.checkout_id, order.checkout_token_sealed))
