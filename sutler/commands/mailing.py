"""`sutler mail`: trying the mail server out."""

from typing import Final

from sutler.commands.refusal import Refusal
from sutler.kernel import clock
from sutler.kernel.ids import first_id_at
from sutler.kernel.outside.mail import Letter, MailFailed, send
from sutler.settings import settings

NO_SERVER: Final = (
    "There is no mail server. Set SUTLER_SMTP_URL, such as smtp://USER:PASSWORD@HOST:587?from=shop@example.com."
)
TEXT: Final = "This mail was handed over by Sutler, so buyers can be written to."


async def try_out(recipient: str) -> None:
    """Hand a mail over to the mail server; Refusal with what it said when it did not take it."""
    server, now = settings().mail_server, clock.real_now()
    if server is None:
        raise Refusal(NO_SERVER)
    letter = Letter(
        id=f"test.{first_id_at(now)}", recipient=recipient, sender_name="Sutler", reply_to=None,
        subject="Mail from Sutler works", text=f"{TEXT}\n", html=f"<p>{TEXT}</p>", written_at=now,
    )  # fmt: skip
    try:
        await send(server, letter)
    except MailFailed as error:
        raise Refusal(f"The mail was not taken: {error}") from error
