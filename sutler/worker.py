"""What follows from what: event → handlers, interval → sweep."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sutler.billing.renewals.jobs  # noqa: F401 - what it does is put in by name
from sutler.billing.change_effects.service import give_up_unpaid
from sutler.billing.disputes.events import ChargebackClosed, ChargebackOpened
from sutler.billing.disputes.jobs import follow_dispute
from sutler.billing.invoice_files.service import make_waiting as make_waiting_invoices
from sutler.billing.invoices.service import answer_credit_note, issue_credit_note, issue_invoice
from sutler.billing.orders.events import OrderCompleted
from sutler.billing.orders.service import cancel_unpaid, write_down_units
from sutler.billing.payments.events import PaymentCompleted, PaymentFailed
from sutler.billing.refunds.events import RefundCompleted, RefundReversed
from sutler.billing.renewals.queries import revive as revive_renewals
from sutler.billing.subscription_changes.events import ChangePaidTooLate, SubscriptionChanged
from sutler.billing.subscription_endings.service import end_disputed, end_refunded, give_back_change, give_back_late
from sutler.billing.subscriptions.events import (
    RenewalDeclined,
    RenewalPaidTooLate,
    SubscriptionActivated,
    SubscriptionCanceled,
    SubscriptionEnding,
    SubscriptionRenewed,
)
from sutler.billing.trials.events import TrialActivated, TrialCanceled, TrialCompleted, TrialEnding
from sutler.checkout.checkouts.events import CheckoutTimedOut
from sutler.customers.profiles.queries import forget_old as forget_old_profiles
from sutler.customers.steam_sign_in.service import forget_used as forget_used_nonces
from sutler.delivery.command_log.queries import forget_old_steps
from sutler.delivery.endings.service import end_items, show_end
from sutler.delivery.items.events import (
    DeliveryItemActivated,
    DeliveryItemAdded,
    DeliveryItemExpired,
    DeliveryItemRenewed,
    DeliveryItemRevoked,
    DeliveryItemUsed,
)
from sutler.delivery.items.service import call_off_commands, deliver_order
from sutler.delivery.letters.service import (
    mail_canceled,
    mail_declined,
    mail_ending,
    mail_receipt,
    mail_refund,
    mail_trial_ending,
)
from sutler.delivery.player_joins.queries import forget_old_joins
from sutler.delivery.reversals.service import take_back_disputed, take_back_refunded
from sutler.delivery.stock_returns.service import count_gone
from sutler.delivery.subscription_changes.service import follow_change
from sutler.kernel.edge.idempotency import forget_old
from sutler.kernel.work.events import Event, subscribe
from sutler.kernel.work.store_time import adopt_stragglers
from sutler.kernel.work.sweeps import Sweep
from sutler.servers.game_servers.events import GameServerDeleted
from sutler.stores.api_keys.service import write_down_uses
from sutler.stores.audit.service import chain_audit
from sutler.stores.mails.queries import forget_old_mails
from sutler.stores.sessions.service import forget_expired
from sutler.webhooks.deliveries.jobs import (
    tell_chargeback,
    tell_chargeback_closed,
    tell_item_activated,
    tell_item_added,
    tell_item_expired,
    tell_item_renewed,
    tell_item_revoked,
    tell_item_used,
    tell_order_completed,
    tell_payment_completed,
    tell_payment_failed,
    tell_refund,
    tell_subscription_activated,
    tell_subscription_canceled,
    tell_subscription_renewed,
    tell_trial_activated,
    tell_trial_canceled,
    tell_trial_completed,
)

EVENTS: Mapping[type[Event], tuple[Any, ...]] = {
    CheckoutTimedOut: (cancel_unpaid, give_up_unpaid),
    OrderCompleted: (write_down_units, issue_invoice, deliver_order, tell_order_completed, mail_receipt),
    PaymentCompleted: (tell_payment_completed,),
    PaymentFailed: (tell_payment_failed,),
    RefundCompleted: (issue_credit_note, take_back_refunded, end_refunded, tell_refund, mail_refund),
    RefundReversed: (answer_credit_note,),
    ChargebackOpened: (take_back_disputed, follow_dispute, end_disputed, tell_chargeback),
    ChargebackClosed: (tell_chargeback_closed,),
    GameServerDeleted: (call_off_commands,),
    RenewalPaidTooLate: (give_back_late,),
    ChangePaidTooLate: (give_back_change,),
    SubscriptionChanged: (follow_change,),
    SubscriptionActivated: (show_end, tell_subscription_activated),
    SubscriptionRenewed: (show_end, tell_subscription_renewed),
    RenewalDeclined: (mail_declined,),
    SubscriptionEnding: (mail_ending,),
    SubscriptionCanceled: (end_items, tell_subscription_canceled, mail_canceled),
    TrialActivated: (tell_trial_activated,),
    TrialCompleted: (tell_trial_completed,),
    TrialCanceled: (tell_trial_canceled,),
    TrialEnding: (mail_trial_ending,),
    DeliveryItemAdded: (tell_item_added,),
    DeliveryItemActivated: (tell_item_activated,),
    DeliveryItemUsed: (count_gone, tell_item_used),
    DeliveryItemExpired: (tell_item_expired,),
    DeliveryItemRenewed: (tell_item_renewed,),
    DeliveryItemRevoked: (count_gone, tell_item_revoked),
}

SWEEPS = (
    Sweep(timedelta(minutes=10), forget_old),
    Sweep(timedelta(hours=1), forget_expired),
    Sweep(timedelta(minutes=1), chain_audit),
    Sweep(timedelta(hours=1), forget_old_profiles),
    Sweep(timedelta(minutes=10), forget_used_nonces),
    Sweep(timedelta(hours=1), forget_old_steps),
    Sweep(timedelta(hours=1), forget_old_joins),
    Sweep(timedelta(hours=1), forget_old_mails),
    Sweep(timedelta(minutes=1), adopt_stragglers),
    Sweep(timedelta(hours=1), revive_renewals),
    Sweep(timedelta(seconds=30), make_waiting_invoices),
)

SWEEPS_EVERYWHERE = (Sweep(timedelta(minutes=1), write_down_uses),)
"""Of what a process has in its own memory, so servers without a worker do them, too."""

for event, handlers in EVENTS.items():
    for handler in handlers:
        subscribe(event, handler)
