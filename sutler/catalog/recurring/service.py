"""What may be said of a product's renewals and trial, and how that is kept and shown. Nothing here asks the database."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import structs

from sutler.catalog.products.models import Interval, Product, TrialTerms
from sutler.catalog.products.schemas import ProductTrialConfigurationDto, UpsertProductTrialConfigurationDto
from sutler.kernel.errors import FieldError
from sutler.kernel.wire import given

DAYS: Final[Mapping[str, int]] = {"day": 1, "week": 7, "month": 30, "year": 365}
LONGEST_PERIOD: Final = 3 * 365  # days; what renews less often than that nobody remembers having bought
LONGEST_WAIT: Final = 36_500  # days
USUAL: Final = {
    "allow_one_time_purchase": True,
    "allow_subscription": False,
    "subscription_interval_value": 1,
    "subscription_interval_scale": "month",
}
"""How a product is usually bought, by the names of requests, which are those of the columns too."""

SPANS: Final = (
    ("period_value", "period_scale", LONGEST_PERIOD),
    ("new_customer_order_lookback_value", "new_customer_order_lookback_scale", LONGEST_WAIT),
    ("repeat_trial_cooldown_value", "repeat_trial_cooldown_scale", LONGEST_WAIT),
)
"""The lengths of time in a trial's terms, and the most days that each may have."""

Terms = UpsertProductTrialConfigurationDto | ProductTrialConfigurationDto | None


def problems(values: Mapping[str, Any]) -> Iterator[FieldError]:
    """Everything that is wrong with how a product of these values is bought; nothing or None is the usual value."""
    said = columns(values)
    once, again = said["allow_one_time_purchase"], said["allow_subscription"]
    if not once and not again:
        text = "A product is bought once, by subscription, or either way: allow at least one of the two."
        yield FieldError("Invalid", text, "allow_one_time_purchase", "choice")
    if again and values.get("price") == 0:
        text = "What is given away cannot renew: give the product a price, or set `allow_subscription` to false."
        yield FieldError("Invalid", text, "allow_subscription", "price")
    interval = said["subscription_interval_value"], said["subscription_interval_scale"]
    yield from _span_problems(*interval, LONGEST_PERIOD, "subscription_interval_value", "subscription_interval_scale")
    yield from _trial_problems(values.get("trial"), again)


def _trial_problems(trial: Terms, renews: bool) -> Iterator[FieldError]:  # noqa: FBT001 - a column of the product
    """Of a trial that is switched off nothing is wrong."""
    if trial is None or trial.enabled is not True:
        return
    if not renews:
        text = "A trial leads to a subscription: set `allow_subscription` to true, or switch the trial off."
        yield FieldError("Invalid", text, "trial.enabled", "subscription")
    yield from _terms_problems(_said(trial))


def _said(trial: UpsertProductTrialConfigurationDto | ProductTrialConfigurationDto) -> dict[str, Any]:
    """The parts of a trial's terms that have another value than null."""
    return {name: value for name, value in given(trial).items() if value is not None}


def _terms_problems(said: Mapping[str, Any]) -> Iterator[FieldError]:
    usual = TrialTerms()
    for value, scale, most in SPANS:
        number, unit = said.get(value, getattr(usual, value)), said.get(scale, getattr(usual, scale))
        yield from _span_problems(number, unit, most, f"trial.{value}", f"trial.{scale}")


def _span_problems(number: int, unit: Interval, most: int, value: str, scale: str) -> Iterator[FieldError]:
    if unit == "invalid":
        yield FieldError("Invalid", f"`{scale}` must be day, week, month or year.", scale, "enum")
    elif not 1 <= number <= most // DAYS[unit]:
        text = f"`{value}` must be at least 1, and at most {most // DAYS[unit]} for {unit}s."
        yield FieldError("Invalid", text, value, "range")


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that say how a product of these values is bought, all but those of its trial."""
    return {name: usual if values.get(name) is None else values[name] for name, usual in USUAL.items()}


def trial(asked: Terms) -> TrialTerms:
    """A product's trial as it is kept. What one that is switched off says need make no sense; then it is the usual."""
    if asked is None:
        return TrialTerms()
    said = _said(asked)
    return TrialTerms(**said) if not list(_terms_problems(said)) else TrialTerms(enabled=said.get("enabled", False))


def shown_trial(terms: TrialTerms) -> ProductTrialConfigurationDto:
    """A product's trial as it is shown."""
    return ProductTrialConfigurationDto(**structs.asdict(terms))


def changed_trial(product: Product, asked: UpsertProductTrialConfigurationDto | None) -> ProductTrialConfigurationDto | None:
    """A product's trial after a change, which may leave out parts that stay; null stands for the usual value of a part."""
    if asked is None:
        return None
    usual = ProductTrialConfigurationDto()
    said = {name: getattr(usual, name) if value is None else value for name, value in given(asked).items()}
    return structs.replace(shown_trial(product.trial), **said)
