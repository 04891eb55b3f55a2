"""From a payload to a message: templates are filled in, and what buyers wrote stays plain text."""

import re
from typing import Any, Final
from urllib.parse import quote

import msgspec

from sutler.kernel.money import formatted
from sutler.webhooks.discord.schemas import (
    MOST_CONTENT,
    MOST_DESCRIPTION,
    MOST_TITLE,
    AllowedMentions,
    Embed,
    Message,
)
from sutler.webhooks.endpoints.models import WebhookEndpoint

BRAND_COLOR: Final = 0x0B6152
PLACEHOLDER: Final = re.compile(r"\{ *([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*) *\}")
SELLERS: Final = frozenset(
    {"product", "product_name", "product_names", "product_tags", "product_gameservers", "execute_on_gameserver"}
)
"""What the seller wrote, who may use markdown. All else may hold texts of buyers."""
WHO: Final = "**{customer.profile.name}**"
DESCRIPTIONS: Final = {
    "ON_ORDER": f"{WHO} – {{product_names}} – {{total_amount}}",
    "ON_PAYMENT": f"{WHO} – {{amount}}",
    "ON_REFUND": f"{WHO} – {{store_refund_amount}}",
    "ON_CHARGEBACK_CLOSED": f"{WHO} – {{amount}} – {{chargeback_status}}",
    "ON_CHARGEBACK": f"{WHO} – {{amount}}",
    "ON_DELIVERY": f"{WHO} – {{product.name}}",
    "ON_SUBSCRIPTION": f"{WHO} – {{product_name}} – {{total_amount}}",
    "ON_TRIAL": f"{WHO} – {{product_name}}",
}
"""For subscriptions without a template, by the beginning of the event's name."""

# A single underscore inside a word means nothing to Discord.
_MARKDOWN: Final = re.compile(r"[\\*~`|\[\]()<>/]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^[#+-]")
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u2028-\u202e\u2066-\u2069]+")


def message(endpoint: WebhookEndpoint, payload: bytes, currency: str) -> bytes:
    """The body of a request to Discord; `currency` is the store's, for amounts whose payload names none."""
    said = msgspec.json.decode(payload)
    event, body = said["event_type"], {"currency": currency} | said["body"]
    words = event.removeprefix("ON_").replace("_", " ").capitalize()
    title = cut(filled(endpoint.discord_title or words, body), MOST_TITLE) or words
    template = endpoint.discord_description_template or _description(event)
    text, nobody = filled(template, body), AllowedMentions()
    if endpoint.discord_format == "Text":
        return msgspec.json.encode(Message(content=cut(text, MOST_CONTENT) or title, allowed_mentions=nobody))
    embed = Embed(title=title, color=color(endpoint.discord_color))
    if shown := cut(text, MOST_DESCRIPTION):
        embed.description = shown
    return msgspec.json.encode(Message(embeds=[embed], allowed_mentions=nobody))


def filled(template: str, body: dict[str, Any]) -> str:
    """The template with its placeholders filled in, once: what is filled in is not looked at again.

    A name that the payload does not have, or that is empty there, leaves nothing.
    """
    return PLACEHOLDER.sub(lambda found: _shown(found[1], body), template)


def escaped(text: str) -> str:
    """A text that Discord shows as it is: nothing in it is bold, hidden, a link, an invitation or a mention."""
    return _MARKDOWN.sub(r"\\\g<0>", _UNSEEN.sub(" ", text).strip())


def cut(text: str, most: int) -> str:
    """The beginning of a text, without half an escaped character at its end."""
    text = text.strip()
    if len(text) <= most:
        return text
    text = text[:most]
    backslashes = len(text) - len(text.rstrip("\\"))
    return text[:-1] if backslashes % 2 else text


def color(text: str | None) -> int:
    """The number of a colour such as `#0b6152`; without one, that of the brand."""
    return int(text.removeprefix("#"), 16) if text else BRAND_COLOR


def _description(event: str) -> str:
    return next((text for start, text in DESCRIPTIONS.items() if event.startswith(start)), WHO)


def _shown(path: str, body: dict[str, Any]) -> str:
    value: Any = body
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    first, last = path.partition(".")[0], path.rpartition(".")[2]
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            is_money = last in ("price", "amount") or last.endswith("_amount")
            return formatted(value, body["currency"]) if is_money else str(value)
        case str():
            return _address(value) if last.endswith("_url") else value if first in SELLERS else escaped(value)
    return ""


def _address(url: str) -> str:
    """A picture's address with nothing in it that could end a link around it."""
    return quote(url, safe=":/?&=%#.,+~@!$;-_") if url.startswith(("https://", "http://")) else escaped(url)
