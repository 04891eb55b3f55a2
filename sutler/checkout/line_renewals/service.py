"""Holding what lines ask for, once, again and again or on trial, against how their products may be bought."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sutler.catalog.products.models import Interval, Product, TrialTerms
from sutler.checkout.checkouts.schemas import CreateCheckoutSessionLineManagementDto
from sutler.kernel.errors import FieldError

Line = CreateCheckoutSessionLineManagementDto


class Renewal(Struct, frozen=True, kw_only=True):
    """How a line goes on: every `value` `scale`, at first on trial if it has the terms of one; without them not at all."""

    value: int | None = None
    scale: Interval | None = None
    trial: TrialTerms | None = None

    @property
    def renews(self) -> bool:
        """Whether it is bought again and again."""
        return self.value is not None


ONCE: Final = Renewal()


def with_default(line: Line, subscription: bool | None) -> Line:  # noqa: FBT001 - the wire's flag, which may be missing
    """The line with the checkout's own flag, where it does not say itself."""
    return (
        line
        if subscription is None or line.subscription is not None or line.trial
        else replace(line, subscription=subscription)
    )


def renewal_of(product: Product, line: Line) -> Renewal:
    """How a line goes on that has no problems: as it says, or else in the one way in which its product can be bought."""
    if not _subscribes(product, line):
        return ONCE
    value, scale = product.subscription_interval_value, product.subscription_interval_scale
    return Renewal(value=value, scale=scale, trial=product.trial if line.trial else None)


def _subscribes(product: Product, line: Line) -> bool:
    if line.trial:
        return True
    return not product.allow_one_time_purchase if line.subscription is None else line.subscription


def how_problems(product: Product, line: Line, path: str) -> Iterator[FieldError]:
    """What is wrong with how a line is to be bought. Whoever may try a product is asked elsewhere."""
    subscribes = _subscribes(product, line)
    if line.trial and line.subscription is False:
        text = "A trial leads to a subscription: leave `subscription` out, or send true."
        yield FieldError("Ambiguous", text, f"{path}.subscription", "exclusive")
    elif subscribes and not product.allow_subscription:
        member = "trial" if line.trial else "subscription"
        text = f"{product.name} cannot be subscribed to: send `{member}` as false, or leave it out."
        yield FieldError("SubscriptionNotAllowed", text, f"{path}.{member}", "subscription")
    elif line.trial and not product.trial.enabled:
        text = f"{product.name} cannot be tried: send `trial` as false, or leave it out."
        yield FieldError("TrialNotAllowed", text, f"{path}.trial", "trial")
    elif not subscribes and not product.allow_one_time_purchase:
        text = f"{product.name} can only be subscribed to: send `subscription` as true, or leave it out."
        yield FieldError("OneTimeNotAllowed", text, f"{path}.subscription", "subscription")
    if subscribes and line.quantity != 1:
        text = "One line subscribes to one unit: send a `quantity` of 1."
        yield FieldError("Invalid", text, f"{path}.quantity", "subscription")


def together(renewals: Sequence[Renewal]) -> list[FieldError]:
    """What is wrong with lines of one checkout together, which begins one subscription at most."""
    first = next((one for one in renewals if one.renews), ONCE)
    return [problem for number, one in enumerate(renewals) if (problem := _misfit(first, one, f"lines[{number}]"))]


def _misfit(first: Renewal, one: Renewal, path: str) -> FieldError | None:
    if not one.renews:
        return None
    if (one.value, one.scale) != (first.value, first.scale):
        text = (
            f"This line renews every {one.value} {one.scale}, and the first that renews every {first.value} {first.scale}; "
            "in one checkout all must renew together. Check out the other one by itself."
        )
        return FieldError("IntervalsDiffer", text, f"{path}.product_id", "interval")
    if _trial_length(one) != _trial_length(first):
        text = "What renews together is tried together: all lines that renew begin with a trial of one length, or none does."
        return FieldError("TrialsDiffer", text, f"{path}.trial", "trial")
    return None


def _trial_length(one: Renewal) -> tuple[int, Interval] | None:
    return (one.trial.period_value, one.trial.period_scale) if one.trial else None
