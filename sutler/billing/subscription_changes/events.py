"""What happens with changes of subscriptions."""

from sutler.kernel.ids import FlakeId
from sutler.kernel.work.events import Event


class SubscriptionChanged(Event, frozen=True):
    """A change has taken effect: what the subscription gives is no longer what it gave."""

    subscription_id: FlakeId
    change_id: FlakeId


class ChangePaidTooLate(Event, frozen=True):
    """A change was paid for when it could not take effect any more: nothing is given for it, so the money goes back."""

    subscription_id: FlakeId
    order_id: FlakeId
