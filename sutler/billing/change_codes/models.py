"""The table of the codes: one row for each subscription, with the newest code."""

from datetime import datetime

from sutler.kernel.data.records import StoreRecord, unique
from sutler.kernel.errors import Conflict, Forbidden, TooManyRequests
from sutler.kernel.ids import FlakeId


class ChangeCode(StoreRecord, table="change_codes"):
    """The newest code of a subscription, as a fingerprint; it is used up when no tries are left.

    `sent_today` is how many were sent since `counted_from`, which is at most a day ago.
    """

    subscription_id: FlakeId
    product_id: FlakeId  # what the subscription is to be for
    fingerprint: bytes
    expires_at: datetime
    tries_left: int
    sent_at: datetime
    counted_from: datetime
    sent_today: int


class CodeExists(Conflict):
    """This subscription has a code already."""


class WrongCode(Forbidden):
    """This is not the code that was sent for this change, or its time is over. Check it, or ask for a new one."""


class TooManyCodes(TooManyRequests):
    """So many codes were sent for this subscription today that no more are. Try again tomorrow."""


class NoBillingEmail(Conflict):
    """This subscription has no email address, so nobody can confirm that it is changed. Ask the store to change it."""


unique(CodeExists, ChangeCode.c.store_id, ChangeCode.c.subscription_id, name="change_codes_subscription")
