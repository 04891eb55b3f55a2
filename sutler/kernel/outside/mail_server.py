"""What a setting says of the mail server, and what may stand in the headers of mails."""

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

PORTS: Final = {"smtp": 587, "smtps": 465}
LONGEST_ADDRESS: Final = 254
LONGEST_HEADER: Final = 200  # characters; more of a name or a subject is of no use to anybody
Security = Literal["starttls", "tls", "none"]


class BadMailServer(ValueError):
    """The address of a mail server cannot be used; the text says what is wrong."""


@dataclass(frozen=True, repr=False)
class MailServer:
    """Where mails are handed over, and on whose behalf."""

    host: str
    port: int
    security: Security
    user: str
    password: str
    sender: str


def mail_server(url: str) -> MailServer:
    """What a setting such as `smtp://USER:PASSWORD@HOST:587?from=shop@example.com` says; BadMailServer if it is nonsense.

    `smtps://` is encrypted from the beginning; `smtp://` must be once the connection is there, unless `starttls=never`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        parts, port = urlsplit(""), 0
    told = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme not in PORTS or not parts.hostname or not port or parts.path.strip("/"):
        raise BadMailServer("must be `smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS`, or the same with `smtps://`")
    sender, starttls = told.pop("from", [""])[-1], told.pop("starttls", ["always"])[-1]
    if told or starttls not in ("always", "never"):
        raise BadMailServer("knows no options but `from=ADDRESS` and `starttls=always` or `starttls=never`")
    if not is_address(sender):
        raise BadMailServer("must say whom mails come from, as `?from=shop@example.com`")
    encrypted: Security = "none" if starttls == "never" else "starttls"
    security: Security = "tls" if parts.scheme == "smtps" else encrypted
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port, security, user, password, sender)


def is_address(text: str) -> bool:
    """Whether a mail can be addressed to this: one address and nothing else, without anything that could end a header."""
    if not text or len(text) > LONGEST_ADDRESS or not text.isprintable() or any(one in text for one in ' ,;:<>"()[]\\'):
        return False
    local, at, domain = text.rpartition("@")
    if not (local and at and domain) or "@" in local:
        return False
    return all(label.replace("-", "").isalnum() for label in domain.split("."))


def one_line(text: str) -> str:
    """A text as it may stand in a header: on one line, without control characters, not longer than anybody reads."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:LONGEST_HEADER]
