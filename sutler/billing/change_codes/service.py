"""Sending codes, and trying them: six digits, fifteen minutes, five tries, and five codes a day for a subscription.

So somebody who holds a customer's token, but not their mail, guesses right once in forty thousand days of trying.
"""

import hmac
import secrets
from datetime import timedelta
from typing import Any, Final

from sutler.billing.change_codes.models import ChangeCode, NoBillingEmail, TooManyCodes
from sutler.billing.subscriptions.models import Subscription
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.secrets import sealer
from sutler.stores.mails.models import Envelope
from sutler.stores.mails.service import send_code

LIVES: Final = timedelta(minutes=15)
TRIES: Final = 5
CODES_A_DAY: Final = 5
DAY: Final = timedelta(days=1)
PAUSE: Final = timedelta(minutes=1)  # within which the code before is still on its way


async def send(store: StoreContext, subscription: Subscription, product_id: FlakeId) -> str:
    """Mail a code for changing a subscription to a product, unless one was just sent; returns a hint at where it went.

    `MailIsOff` where no mail is sent, `NoBillingEmail` where nobody could get it, `TooManyCodes` after the last of a day.
    The transaction holds the subscription.
    """
    address = subscription.billing_email
    known, now = await _code(store, subscription), clock.now()
    if known is not None and known.product_id == product_id and now - known.sent_at < PAUSE:
        return hint(address)
    if known is not None and now - known.counted_from < DAY and known.sent_today >= CODES_A_DAY:
        raise TooManyCodes
    code = f"{secrets.randbelow(10**6):06}"
    envelope = Envelope(
        kind="verification_code", cause=new_id(), recipient=address or None, customer_id=subscription.customer_id
    )
    if await send_code(store, envelope, code, "change your subscription") is None:
        raise NoBillingEmail
    values: dict[str, Any] = {
        "product_id": product_id, "fingerprint": sealer().fingerprints(code, _context(subscription))[0],
        "expires_at": now + LIVES, "tries_left": TRIES, "sent_at": now,
    }  # fmt: skip
    if known is None:
        await store.add(ChangeCode(subscription_id=subscription.id, counted_from=now, sent_today=1, **values))
    else:
        same_day = now - known.counted_from < DAY
        counted = {"sent_today": known.sent_today + 1} if same_day else {"counted_from": now, "sent_today": 1}
        await store.change(known, values | counted)
    return hint(address)


async def fits(store: StoreContext, subscription: Subscription, product_id: FlakeId, code: str) -> bool:
    """Whether this is the code for that, which takes one try; the right one is used up.

    The transaction must be committed either way, or wrong codes would cost nothing.
    """
    now, c = clock.now(), ChangeCode.c
    live = store.rows(ChangeCode).where(
        c.subscription_id == subscription.id, c.product_id == product_id, c.expires_at > now, c.tries_left > 0
    )
    known = await store.first(live)
    if known is None:
        return False
    said = sealer().fingerprints(code.strip(), _context(subscription))
    right = sum(hmac.compare_digest(known.fingerprint, one) for one in said) > 0  # all of them, so that it takes as long
    await store.change(known, {"tries_left": 0 if right else known.tries_left - 1})
    return right


def hint(address: str) -> str:
    """An email address that its owner recognizes and nobody else learns: `a***@e***.com`."""
    name, _, host = address.partition("@")
    first, _, last = host.rpartition(".")
    return f"{name[:1]}***@{first[:1]}***{'.' if first else ''}{last if first else ''}"


async def _code(store: StoreContext, subscription: Subscription) -> ChangeCode | None:
    return await store.first(store.rows(ChangeCode).where(ChangeCode.c.subscription_id == subscription.id))


def _context(subscription: Subscription) -> str:
    return f"change_code:{subscription.id}"
