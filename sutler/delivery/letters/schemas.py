"""What mails to buyers say, in words. Amounts are those that the buyer saw; moments are UTC."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from sutler.billing.orders.models import Order, OrderLine
from sutler.billing.refunds.models import Refund
from sutler.billing.subscriptions.models import CancelReason, Subscription, SubscriptionLine
from sutler.billing.trials.models import Trial
from sutler.kernel.ids import pretty_id
from sutler.kernel.money import formatted
from sutler.stores.mails.models import Text
from sutler.stores.stores.models import Store

BECAUSE: Final[dict[CancelReason | None, str]] = {
    "customer": "You have canceled it.",
    "store": "The store has canceled it.",
    "payment_failed": "It could not be paid, and the last attempt is over.",
    "refund": "Its last payment was given back.",
    "chargeback": "The bank of the payer has taken a payment for it back.",
    "trial_canceled": "Its trial was canceled.",
    None: "It was canceled.",
}


class Bought(Struct, frozen=True):
    """An order with its lines, the codes of the gift cards that it brought, and the address of its page."""

    order: Order
    lines: Sequence[OrderLine]
    cards: list[tuple[str, str]]
    url: str


def day(moment: datetime | None) -> str:
    """A moment for people: `3 March 2030, 14:05 UTC`."""
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC" if moment else "an unknown time"


def interval(value: int, scale: str) -> str:
    """How often something renews: `every month`, `every 3 months`."""
    return f"every {scale}" if value == 1 else f"every {value} {scale}s"


def names(lines: Sequence[OrderLine] | Sequence[SubscriptionLine]) -> str:
    """What lines are of: `VIP`, `VIP and Cape`."""
    told = [line.product_name for line in lines]
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)


def cycle_price(subscription: Subscription) -> str:
    """What the newest cycle costs, or the first of a trial's subscription."""
    seen, into = subscription.presentment, subscription.conversion
    if seen and into:
        return formatted(seen.total_amount, into.currency)
    return formatted(subscription.total_amount, subscription.currency)


def total(order: Order) -> str:
    """What an order costs."""
    seen = order.presentment
    return formatted(seen.total_amount, seen.currency) if seen else formatted(order.total_amount, order.currency)


def receipt(seller: Store, bought: Bought, subscription: Subscription | None) -> Text:
    """What was bought, what it cost, and the codes of gift cards."""
    order = bought.order
    said = [f"Thank you for your purchase at {seller.name}."]
    if subscription is not None:
        said.append(_begins(subscription))
    return Text(
        subject=f"Your order {pretty_id(order.id)} at {seller.name}", paragraphs=said, facts=_facts(bought),
        codes=bought.cards, link=("See your order", bought.url),
        ending=["Whoever knows the code of a gift card can spend it, so keep it safe."] if bought.cards else [],
    )  # fmt: skip


def _begins(subscription: Subscription) -> str:
    often = interval(subscription.interval_value, subscription.interval_scale)
    until, price = day(subscription.current_period_end), cycle_price(subscription)
    if subscription.billing_cycle_sequence == 0:
        return f"Your trial runs until {until}. From then on it costs {price} {often}, unless you cancel it before."
    return f"Your subscription renews {often}; the next payment of {price} is due on {until}."


def renewed(seller: Store, bought: Bought, subscription: Subscription) -> Text:
    """A cycle is paid."""
    said = f"Your subscription to {names(bought.lines)} at {seller.name} is renewed and paid."
    if subscription.billing_cycle_sequence == bought.order.billing_cycle_sequence:
        said += f" It runs until {day(subscription.current_period_end)}."
    return Text(
        subject=f"Your subscription at {seller.name} is renewed", paragraphs=[said], facts=_facts(bought),
        codes=bought.cards, link=("See your order", bought.url),
    )  # fmt: skip


def _facts(bought: Bought) -> list[tuple[str, str]]:
    order = bought.order
    currency, whole = order.presentment.currency if order.presentment else order.currency, order.presentment or order
    found = [("Order", pretty_id(order.id)), ("Date", day(order.completed_at))]
    for line in bought.lines:
        amounts = line.presentment or line
        found.append((f"{line.quantity} × {line.product_name}", formatted(_before(amounts), currency)))
    parts = (
        ("Discount", -whole.discount_amount), ("Paid with gift cards", -whole.giftcard_usage_amount),
        ("Tax", whole.tax_amount),
    )  # fmt: skip
    found += [(label, formatted(amount, currency)) for label, amount in parts if amount]
    return [*found, ("Total", formatted(whole.total_amount, currency))]


def _before(amounts: OrderLine | object) -> int:
    """What a line costs with its tax, before discounts and gift cards."""
    found = {name: getattr(amounts, f"{name}_amount") for name in ("total", "discount", "giftcard_usage")}
    return sum(found.values())


def declined(seller: Store, subscription: Subscription, order: Order, lines: Sequence[OrderLine], url: str) -> Text:
    """A renewal could not be charged: why, when it is tried again, how to pay it, and what happens otherwise."""
    why = order.last_payment_error.message if order.last_payment_error else "There is nothing that could be charged."
    return Text(
        subject=f"Your subscription at {seller.name} could not be renewed",
        paragraphs=[
            f"The renewal of your subscription to {names(lines)} at {seller.name} is not paid. {why}",
            f"It is tried again on {day(subscription.next_attempt_at)}. You can also pay it now, with whatever you like.",
        ],
        facts=[("Due since", day(subscription.current_period_end)), ("Amount", total(order))],
        link=("Pay now", url),
        ending=[
            "You keep what you have until then. If the last attempt fails, too, the subscription ends, and that with it."
        ],
    )


def canceled(seller: Store, subscription: Subscription, lines: Sequence[SubscriptionLine]) -> Text:
    """A subscription has ended, or will: why, and until when its owner keeps what it gave."""
    ends_later = subscription.status != "canceled"
    until = day(subscription.current_period_end if ends_later else subscription.canceled_at)
    about = f"Your subscription to {names(lines)} at {seller.name}"
    said = f"{about} ends on {until}." if ends_later else f"{about} ended on {until}."
    keeps = "Until then you keep what it gave you." if ends_later else "What it gave you has ended with it."
    return Text(
        subject=f"Your subscription at {seller.name} {'ends' if ends_later else 'has ended'}",
        paragraphs=[f"{said} {BECAUSE[subscription.cancel_reason]}", f"{keeps} Nothing more is charged for it."],
    )


def trial_ending(seller: Store, subscription: Subscription, trial: Trial, pays_with: str | None) -> Text:
    """A trial ends soon: when, what it costs from then on, and that it can be canceled before."""
    often = interval(subscription.interval_value, subscription.interval_scale)
    charged = f", charged to {pays_with}" if pays_with else ""
    return Text(
        subject=f"Your trial of {trial.product_name} ends soon",
        paragraphs=[
            f"Your trial of {trial.product_name} at {seller.name} ends on {day(trial.ends_at)}.",
            f"From then on it costs {cycle_price(subscription)} {often}{charged}.",
            "If you do not want that, cancel it before.",
        ],
        link=("Go to the store", seller.website_url) if seller.website_url else None,
    )


def refunded(seller: Store, order: Order, refund: Refund) -> Text:
    """Money was given back: how much, and where it goes."""
    currency, amount = refund.presentment_currency or refund.currency, refund.presentment_amount
    amount = refund.amount if amount is None else amount
    parts = [
        ("To what you paid with", formatted(amount, currency) if amount else ""),
        ("To your gift cards", formatted(refund.giftcard_amount, refund.currency) if refund.giftcard_amount else ""),
    ]
    return Text(
        subject=f"A refund of your order {pretty_id(order.id)} at {seller.name}",
        paragraphs=[f"{seller.name} has given you money back for your order {pretty_id(order.id)}."],
        facts=[part for part in parts if part[1]],
        ending=["Banks take up to ten days until it shows."] if amount else [],
    )
