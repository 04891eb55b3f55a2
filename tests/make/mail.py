"""A mail server on this machine that keeps what it is given, and has bad days."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sutler import settings
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId, new_id
from sutler.kernel.outside.mail_server import mail_server
from sutler.stores.mails.models import Envelope, Mail, Text
from sutler.stores.mails.service import desk, write

SENDER = "shop@example.com"


@dataclass
class FakeMailServer:
    """What the server was given, oldest first; each recipient takes one of the `answers`, 250 when there are none.

    With `forgets` it takes a mail and goes away before it says so. With a `certificate` it can encrypt, from the
    beginning or when asked to; `said` is what was said to it in the clear, `logins` who came in.
    """

    url: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    forgets: bool = False
    tried: int = 0
    certificate: ssl.SSLContext | None = None
    said: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)

    async def converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        recipient, is_safe = "", writer.get_extra_info("ssl_object") is not None
        writer.write(b"220 here\r\n")
        while line := (await reader.readline()).decode():
            verb, answer = line[:4].upper().strip(), "250 ok"
            self.said += [] if is_safe else [verb]
            if verb == "EHLO":
                answer = f"250-here\r\n250-{'STARTTLS' if self.certificate and not is_safe else 'HELP'}\r\n250 AUTH PLAIN"
            if verb == "STAR" and self.certificate:
                writer.write(b"220 go on\r\n")
                await writer.start_tls(self.certificate)
                is_safe = True
                continue
            if verb == "AUTH":
                self.logins.append(base64.b64decode(line.split()[2]).decode())
                answer = "235 welcome"
            if verb == "RCPT":
                self.tried += 1
                recipient, answer = line[9:-3], self.answers.pop(0) if self.answers else answer
            if verb == "DATA" and not await self._taken(reader, writer, recipient):
                break
            writer.write(f"{answer}\r\n".encode())
        writer.close()

    async def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, recipient: str) -> bool:
        """Keep a mail; False when nobody is told."""
        writer.write(b"354 go on\r\n")
        content = await reader.readuntil(b"\r\n.\r\n")
        self.mails.append(message_from_bytes(content[:-5], policy=default))
        self.recipients.append(recipient)
        return not self.forgets


@asynccontextmanager
async def mail_server_at_home(
    certificate: ssl.SSLContext | None = None, scheme: str = "smtp", who: str = "", options: str = "&starttls=never"
) -> AsyncIterator[FakeMailServer]:
    """The server on 127.0.0.1, to which the settings lead."""
    fake = FakeMailServer(certificate=certificate)
    at_once = certificate if scheme == "smtps" else None
    listening = await asyncio.start_server(fake.converse, "127.0.0.1", 0, ssl=at_once)
    host, port = listening.sockets[0].getsockname()[:2]
    fake.url = f"{scheme}://{who}{host}:{port}?from={SENDER}{options}"
    settings.install(replace(settings.settings(), mail_server=mail_server(fake.url)))
    try:
        yield fake
    finally:
        listening.close()


async def add_mail(store: StoreContext, customer_id: FlakeId) -> Mail:
    """A mail to a customer of a store in test mode, which nobody gets."""
    at, text = await desk(store, "order_receipt"), Text(subject="Your order", paragraphs=["Thank you."])
    assert at is not None
    envelope = Envelope(kind="order_receipt", cause=new_id(), recipient="alex@example.com", customer_id=customer_id)
    mail = await write(store, at, envelope, text)
    assert mail is not None
    return mail
