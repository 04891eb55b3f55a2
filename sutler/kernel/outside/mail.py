"""Handing mails to a mail server over SMTP: one connection for each mail, in a thread, with time-outs."""

import asyncio
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from sutler.kernel.outside.leaving import leave
from sutler.kernel.outside.mail_server import MailServer, is_address, one_line

TIMEOUT: Final = 15.0  # seconds, for each step of the conversation
FINAL: Final = 500  # answers from here on are meant for ever


class MailFailed(Exception):
    """The mail server did not take the mail now. Trying again later may help."""


class MailRefused(MailFailed):
    """The mail server will not take this mail, or not for this recipient, however often it is tried."""


@dataclass(frozen=True)
class Letter:
    """A mail in the form in which it leaves: `html` says the same as `text`. `id` tells it from all others for ever."""

    id: str
    recipient: str
    sender_name: str
    reply_to: str | None
    subject: str
    text: str
    html: str
    written_at: datetime


def message(server: MailServer, letter: Letter) -> EmailMessage:
    """The mail with its headers, of which names cannot add any; MailRefused for what is no address."""
    if not is_address(letter.recipient):
        raise MailRefused("The address of the recipient is none.")
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(display_name=one_line(letter.sender_name), addr_spec=server.sender)
    try:
        made["To"] = Address(addr_spec=letter.recipient)
    except (ValueError, IndexError, MessageError) as error:
        raise MailRefused("The address of the recipient is none.") from error
    if letter.reply_to and is_address(letter.reply_to):
        made["Reply-To"] = Address(addr_spec=letter.reply_to)
    made["Subject"] = one_line(letter.subject)
    made["Date"] = format_datetime(letter.written_at)
    made["Message-ID"] = f"<{letter.id}@{server.sender.rpartition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    made.add_alternative(letter.html, subtype="html")
    return made


async def send(server: MailServer, letter: Letter) -> None:
    """Hand a mail over; MailFailed, or MailRefused when there is no use in trying again."""
    leave()
    await asyncio.to_thread(_hand_over, server, message(server, letter), letter.recipient)


def _hand_over(server: MailServer, made: EmailMessage, recipient: str) -> None:
    try:
        with _connected(server) as connection:
            connection.send_message(made, server.sender, [recipient])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError) as error:
        raise _refusal(error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailFailed(f"{type(error).__name__}: {error}") from error


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    """A connection on which mails may be sent; it says goodbye, but what it sent before stays sent without that."""
    safe = ssl.create_default_context()
    if server.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=safe)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.security == "starttls":
            connection.starttls(context=safe)
        if server.user:
            connection.login(server.user, server.password)
        yield connection
    finally:
        connection.close()


def _refusal(error: Exception) -> MailFailed:
    """Whether a refusal is meant for ever: answers below 500 are not, nor is a server that cannot encrypt."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailFailed(str(error))
    told = next(iter(error.recipients.values())) if isinstance(error, smtplib.SMTPRecipientsRefused) else error.args
    code, text = told[0], told[1].decode(errors="replace") if isinstance(told[1], bytes) else str(told[1])
    return MailRefused(f"{code} {text}") if code >= FINAL else MailFailed(f"{code} {text}")
