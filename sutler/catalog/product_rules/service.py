"""What may be said of a product, and how slugs are made. Nothing here asks the database."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from sutler.catalog.products.models import RemoveAfterInterval
from sutler.catalog.products.schemas import ProductCommandDto, ProductDto, UpsertProductRequestDto
from sutler.kernel.errors import FieldError

FREE: Final = 0
LOWEST_PRICE, HIGHEST_PRICE = 50, 500_000  # minor units; cards cannot be charged less
SHORTEST_SLUG, LONGEST_SLUG = 3, 36
LONGEST_LIFE: Final = 36_500  # days
DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
LATER_STAGES: Final = ("on_renew", "on_trial_start", "on_trial_expire", "on_refund", "on_chargeback")
SWITCHES: Final = ("enabled", "grant_giftcard", "recommendations")

USUAL: Final = {
    field.encode_name: field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    for field in msgspec.structs.fields(ProductDto)
    if not field.required and field.encode_name in UpsertProductRequestDto.__struct_fields__
}
"""What every product has for now, by the name under which a request may ask for something else."""


def problems(new: UpsertProductRequestDto) -> Iterator[FieldError]:
    """Everything that is wrong with the description of a new product, but for what only the database knows."""
    yield from _unsupported(new)
    if not (new.name or "").strip():
        yield FieldError("Required", "Give the product a `name`.", "name", "required")
    if new.price is None:
        yield FieldError("Required", "Give the product a `price` in minor units; 0 gives it away.", "price", "required")
    elif new.price != FREE and not LOWEST_PRICE <= new.price <= HIGHEST_PRICE:
        text = f"The price must be 0, or {LOWEST_PRICE} to {HIGHEST_PRICE} in minor units."
        yield FieldError("Invalid", text, "price", "range")
    if new.slug is not None and not SHORTEST_SLUG <= len(cleaned(new.slug)) <= LONGEST_SLUG:
        text = f"A slug has {SHORTEST_SLUG} to {LONGEST_SLUG} letters a to z, digits, dashes and underscores."
        yield FieldError("Invalid", text, "slug", "slug")
    if new.image_url is not None and not is_https(new.image_url):
        yield FieldError("Invalid", "`image_url` must be a full https:// address.", "image_url", "url")
    if new.enabled_at and new.enabled_until and new.enabled_until <= new.enabled_at:
        yield FieldError("Invalid", "`enabled_until` must be later than `enabled_at`.", "enabled_until", "order")
    yield from _life_problems(new)
    for number, command in enumerate(new.commands or ()):
        yield from _command_problems(command, f"commands[{number}]", expires=new.remove_after_enabled is True)


def _unsupported(new: UpsertProductRequestDto) -> Iterator[FieldError]:
    for name, usual in USUAL.items():
        value = getattr(new, name)
        if value is None or value == usual or (isinstance(value, Struct) and not is_switched_on(value)):
            continue
        yield FieldError("NotSupported", f"`{name}` is not supported yet; leave it out.", name, "supported")


def is_switched_on(part: Struct) -> bool:
    """Whether a part of a product, such as its trial, is to have any effect."""
    return any(getattr(part, switch, None) for switch in SWITCHES)


def _life_problems(new: UpsertProductRequestDto) -> Iterator[FieldError]:
    if new.remove_after_time_scale == "invalid":
        text = "`remove_after_time_scale` must be day, week, month or year."
        yield FieldError("Invalid", text, "remove_after_time_scale", "enum")
        return
    value, scale = new.remove_after_time_value, new.remove_after_time_scale or "month"
    if value is not None and not 1 <= value * DAYS[scale] <= LONGEST_LIFE:
        text = f"`remove_after_time_value` must be at least 1, and at most {LONGEST_LIFE // DAYS[scale]} for {scale}s."
        yield FieldError("Invalid", text, "remove_after_time_value", "range")


def life(new: UpsertProductRequestDto) -> tuple[int, RemoveAfterInterval]:
    """How long a unit lasts when the product removes it: one month unless said otherwise.

    The contract's answers know no years, so those are kept as 365 days each.
    """
    value, scale = new.remove_after_time_value or 1, new.remove_after_time_scale or "month"
    return (value * DAYS["year"], "day") if scale == "year" else (value, scale)


def _command_problems(command: ProductCommandDto, path: str, *, expires: bool) -> Iterator[FieldError]:
    stage, content = command.stage, command.content
    if stage in LATER_STAGES:
        text = f"Commands of the stage {stage} are not supported yet; leave them out."
        yield FieldError("NotSupported", text, f"{path}.stage", "supported")
    elif stage == "invalid":
        yield FieldError("Invalid", "A command needs a stage, such as on_purchase.", f"{path}.stage", "enum")
    elif stage == "on_expire" and not expires:
        text = "A product that is never removed runs no on_expire commands: set `remove_after_enabled`, too."
        yield FieldError("Invalid", text, f"{path}.stage", "stage")
    if not content.strip():
        yield FieldError("Required", "Write the command that is to run.", f"{path}.content", "required")
    elif content.splitlines() != [content]:
        text = "A command is one line: send each line as a command of its own."
        yield FieldError("Invalid", text, f"{path}.content", "line")


def is_https(url: str) -> bool:
    """Whether a text is a full address that browsers load securely."""
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port != 0
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and port_is_valid and not re.search(r"[\s\"<>\\]", url)


def cleaned(text: str) -> str:
    """What of a text can stand in an address: blanks become dashes; accents and all but a-z, 0-9, - and _ go."""
    plain = unicodedata.normalize("NFKD", text).lower()
    dashed = re.sub(r"\s+", "-", plain.strip())
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_-]", "", dashed)).strip("-")


def slugs_for(name: str) -> Iterator[str]:
    """Slugs for a product of this name, the nicest first: `vip`, `vip-2`, `vip-3` and so on without end."""
    base = cleaned(name)
    base = base if len(base) >= SHORTEST_SLUG else f"product-{base}".rstrip("-")
    yield base[:LONGEST_SLUG].rstrip("-")
    for number in count(2):
        ending = f"-{number}"
        yield base[: LONGEST_SLUG - len(ending)].rstrip("-") + ending
