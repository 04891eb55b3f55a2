"""What happens to subscriptions."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class SubscriptionActivated(Event, frozen=True):
    """The first cycle is paid, or a trial has ended and is being paid for from now on."""

    subscription_id: FlakeId
    order_id: FlakeId


class SubscriptionRenewed(Event, frozen=True):
    """One more cycle is paid; `order_id` is its order."""

    subscription_id: FlakeId
    order_id: FlakeId


class RenewalDeclined(Event, frozen=True):
    """An attempt to charge the next cycle came to nothing; it can be paid on the page of the order's checkout, too."""

    subscription_id: FlakeId
    order_id: FlakeId
    attempt: int


class RenewalPaidTooLate(Event, frozen=True):
    """A cycle was paid after its subscription had ended: nothing is given for it, so the money goes back."""

    subscription_id: FlakeId
    order_id: FlakeId


class SubscriptionEnding(Event, frozen=True):
    """The subscription was canceled and ends with the period that is paid; until then it can be taken back."""

    subscription_id: FlakeId


class SubscriptionCanceled(Event, frozen=True):
    """The subscription has really ended: what it gave is to be taken back now."""

    subscription_id: FlakeId
