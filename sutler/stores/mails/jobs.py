"""Handing mails over, again and again until the mail server takes them or five days are over."""

from datetime import timedelta
from typing import Any, Final

import structlog

from sutler.kernel import clock
from sutler.kernel.data.shop import Shop
from sutler.kernel.ids import FlakeId
from sutler.kernel.outside import mail as outside
from sutler.kernel.outside.mail import Letter, MailFailed, MailRefused
from sutler.kernel.work.jobs import Again, outside_job
from sutler.settings import settings
from sutler.stores.mails.models import Mail
from sutler.stores.mails.queries import as_html, as_text, told
from sutler.stores.stores.models import Store
from sutler.stores.stores.service import current

CLAIMED_FOR: Final = timedelta(minutes=3)  # of real time, longer than handing over can take
PATIENCE: Final = timedelta(days=5)
DELAYS: Final = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
LONGEST_ERROR: Final = 500
log = structlog.get_logger("sutler.mails")


@outside_job
async def send_mail(shop: Shop, *, mail_id: FlakeId, resend: int) -> Again | None:
    """Hand a mail over. Run twice, it does so once: whoever does holds a claim, and what was sent is never sent again."""
    async with shop.writing() as store:
        mail = await store.get(Mail, mail_id)
        if mail.state != "waiting" or mail.resends != resend:
            return None
        if mail.claimed_until and mail.claimed_until > clock.real_now():
            return Again(clock.now() + CLAIMED_FOR)
        until = clock.real_now() + CLAIMED_FOR
        mail = await store.change(mail, {"claimed_until": until, "attempts": mail.attempts + 1})
        seller = await current(store)
    try:
        await _hand_over(mail, seller)
    except MailFailed as error:
        return await _failed(shop, mail, error)
    await _note(shop, mail, {"state": "sent", "sent_at": clock.now(), "last_error": None})
    return None


async def _hand_over(mail: Mail, seller: Store) -> None:
    server, text = settings().mail_server, told(mail)
    if server is None:
        raise MailFailed("SUTLER_SMTP_URL is not set, so there is no mail server to hand this over to.")
    letter = Letter(
        id=f"{mail.id}.{mail.resends}", recipient=mail.recipient, sender_name=seller.name,
        reply_to=seller.support_email or seller.contact_email,
        subject=text.subject if seller.live_mode else f"[Test] {text.subject}",
        text=as_text(text, seller), html=as_html(text, seller), written_at=mail.waiting_since or mail.created_at,
    )  # fmt: skip
    await outside.send(server, letter)


async def _failed(shop: Shop, mail: Mail, error: MailFailed) -> Again | None:
    """Try again later, unless there is no use in that."""
    told, now = {"last_error": str(error)[:LONGEST_ERROR]}, clock.now()
    is_over = now - (mail.waiting_since or mail.created_at) >= PATIENCE
    if isinstance(error, MailRefused) or is_over:
        log.warning("mail given up", mail_id=mail.id, store_id=shop.store_id, attempts=mail.attempts, error=str(error))
        await _note(shop, mail, told | {"state": "failed"})
        return None
    await _note(shop, mail, told)
    return Again(now + DELAYS[min(mail.attempts, len(DELAYS)) - 1])


async def _note(shop: Shop, mail: Mail, changes: dict[str, Any]) -> None:
    """Write down what came of a claim, unless it had lapsed and somebody else has taken over."""
    async with shop.writing() as store:
        mine = store.rows(Mail).where(
            Mail.c.id == mail.id, Mail.c.state == "waiting", Mail.c.claimed_until == mail.claimed_until
        )
        await store.change_all(mine, {"claimed_until": None} | changes)
