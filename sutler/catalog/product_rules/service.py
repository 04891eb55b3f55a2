"""What may be said of a product, and how slugs are made. Nothing here asks the database."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from msgspec import structs

from sutler.catalog.products.models import RemoveAfterInterval, StockLimit
from sutler.catalog.products.schemas import (
    ProductCommandDto,
    ProductStockLimitDto,
    ProductUpsellRecommendationDto,
)
from sutler.catalog.recommendations.service import problems as recommendation_problems
from sutler.catalog.recurring import service as recurring
from sutler.kernel.errors import FieldError
from sutler.kernel.texts import name_problem
from sutler.settings import settings

FREE: Final = 0
LOWEST_PRICE, HIGHEST_PRICE = 50, 500_000  # minor units; cards cannot be charged less
SHORTEST_SLUG, LONGEST_SLUG = 3, 36
LONGEST_LIFE: Final = 36_500  # days
DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
LIMITS: Final = ("store_stock_limit", "customer_stock_limit")


def problems(values: Mapping[str, Any]) -> Iterator[FieldError]:
    """Everything that is wrong with a product of these values, but for what only the database knows.

    The names are those of the request; None or nothing stands for the usual value.
    """
    yield from _unsupported(values)
    price, slug, image_url = values.get("price"), values.get("slug"), values.get("image_url")
    if not (values.get("name") or "").strip():
        yield FieldError("Required", "Give the product a `name`.", "name", "required")
    elif why := name_problem(values["name"].strip()):
        yield FieldError("Invalid", why, "name", "name")
    if price is None:
        yield FieldError("Required", "Give the product a `price` in minor units; 0 gives it away.", "price", "required")
    elif price != FREE and not LOWEST_PRICE <= price <= HIGHEST_PRICE:
        text = f"The price must be 0, or {LOWEST_PRICE} to {HIGHEST_PRICE} in minor units."
        yield FieldError("Invalid", text, "price", "range")
    if slug is not None and not SHORTEST_SLUG <= len(cleaned(slug)) <= LONGEST_SLUG:
        text = f"A slug has {SHORTEST_SLUG} to {LONGEST_SLUG} letters a to z, digits, dashes and underscores."
        yield FieldError("Invalid", text, "slug", "slug")
    if image_url is not None and not is_https(image_url) and not image_url.startswith(f"{settings().base_url}/files/"):
        yield FieldError("Invalid", "`image_url` must be a full https:// address.", "image_url", "url")
    yield from recurring.problems(values)
    yield from _time_problems(values)
    for name in LIMITS:
        yield from _limit_problems(values.get(name), name)
    yield from recommendation_problems(recommended(values), "upselling.recommendations")
    for number, command in enumerate(values.get("commands") or ()):
        yield from _command_problems(command, f"commands[{number}]")


def recommended(values: Mapping[str, Any]) -> list[ProductUpsellRecommendationDto]:
    """What is to be offered with a product of these values."""
    upselling = values.get("upselling")
    return (upselling.recommendations or []) if upselling is not None else []


def _unsupported(values: Mapping[str, Any]) -> Iterator[FieldError]:
    if values.get("payout_splits"):
        text = "`payout_splits` is not supported yet; leave it out."
        yield FieldError("NotSupported", text, "payout_splits", "supported")


def _time_problems(values: Mapping[str, Any]) -> Iterator[FieldError]:
    begin, end = values.get("enabled_at"), values.get("enabled_until")
    if begin and end and end <= begin:
        yield FieldError("Invalid", "`enabled_until` must be later than `enabled_at`.", "enabled_until", "order")
    value, scale = values.get("remove_after_time_value"), values.get("remove_after_time_scale") or "month"
    if scale == "invalid":
        text = "`remove_after_time_scale` must be day, week, month or year."
        yield FieldError("Invalid", text, "remove_after_time_scale", "enum")
    elif value is not None and not 1 <= value * DAYS[scale] <= LONGEST_LIFE:
        text = f"`remove_after_time_value` must be at least 1, and at most {LONGEST_LIFE // DAYS[scale]} for {scale}s."
        yield FieldError("Invalid", text, "remove_after_time_value", "range")


def _limit_problems(limit: ProductStockLimitDto | None, path: str) -> Iterator[FieldError]:
    """Of a limit that is switched off nothing is wrong."""
    if limit is None or not limit.enabled:
        return
    if limit.quantity is not None and limit.quantity < 0:
        yield FieldError("Invalid", "A limit's `quantity` must be 0 or more.", f"{path}.quantity", "range")
    if limit.time_scale == "invalid":
        text = "A limit's `time_scale` must be day, week, month or year."
        yield FieldError("Invalid", text, f"{path}.time_scale", "enum")
    elif limit.time_value is not None and not 1 <= limit.time_value * DAYS[limit.time_scale] <= LONGEST_LIFE:
        most = LONGEST_LIFE // DAYS[limit.time_scale]
        text = f"A limit's `time_value` must be at least 1, and at most {most} for {limit.time_scale}s."
        yield FieldError("Invalid", text, f"{path}.time_value", "range")


def stock_limit(limit: ProductStockLimitDto | None) -> StockLimit:
    """A limit as it is kept: ten units a month unless said otherwise. One that is switched off need make no sense."""
    usual = StockLimit()
    if limit is None:
        return usual
    makes_sense = not list(_limit_problems(structs.replace(limit, enabled=True), ""))
    kept = limit if makes_sense else ProductStockLimitDto(enabled=False)
    return StockLimit(
        enabled=kept.enabled,
        quantity=usual.quantity if kept.quantity is None else kept.quantity,
        time_value=usual.time_value if kept.time_value is None else kept.time_value,
        time_scale=kept.time_scale,
        include_trials=kept.include_trials,
    )


def life(value: int | None, scale: RemoveAfterInterval | Literal["year"] | None) -> tuple[int, RemoveAfterInterval]:
    """How long a unit lasts when the product removes it: one month unless said otherwise.

    The contract's answers know no years, so those are kept as 365 days each.
    """
    value, scale = value or 1, scale or "month"
    return (value * DAYS["year"], "day") if scale == "year" else (value, scale)


def _command_problems(command: ProductCommandDto, path: str) -> Iterator[FieldError]:
    stage, content = command.stage, command.content
    if stage == "invalid":
        yield FieldError("Invalid", "A command needs a stage, such as on_purchase.", f"{path}.stage", "enum")
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
