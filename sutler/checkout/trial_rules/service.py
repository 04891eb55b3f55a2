"""Who may try what, by the terms of products, what customers did before, and the exceptions made for them.

Orders and trials are kept by billing, which nothing here may import: it says how to ask.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from msgspec import Struct, field

from sutler.catalog.products.models import Interval, Product
from sutler.catalog.recurring.service import DAYS
from sutler.customers.trial_overrides.queries import live_overrides
from sutler.kernel import clock
from sutler.kernel.data.context import StoreContext
from sutler.kernel.ids import FlakeId


class Tried(Struct, frozen=True):
    """The newest trial of a product: when it ended, or will end; whether it still runs."""

    until: datetime
    runs: bool


class History(Struct, frozen=True, kw_only=True):
    """What a customer did before: when they last ordered anything, their newest trial of each product, what they hold."""

    last_order_at: datetime | None = None
    tried: Mapping[FlakeId, Tried] = field(default_factory=dict)
    held: frozenset[FlakeId] = frozenset()


class Verdict(Struct, frozen=True):
    """Why a customer may not try a product, or nothing; and the exception that lets them nevertheless."""

    reason: str | None = None
    override_id: FlakeId | None = None

    @property
    def eligible(self) -> bool:
        """Whether they may."""
        return self.reason is None


Asked = Callable[[StoreContext, FlakeId, Collection[FlakeId]], Awaitable[History]]
_known: Final[list[Asked]] = []
NOTHING: Final[Mapping[FlakeId, datetime]] = MappingProxyType({})


def answer_with(asked: Asked) -> None:
    """Ask this what a customer did before, as far as trials of some products depend on it."""
    _known[:] = [asked]


async def verdicts(
    store: StoreContext, customer_id: FlakeId, products: Sequence[Product], held: Mapping[FlakeId, datetime] = NOTHING
) -> dict[FlakeId, Verdict]:
    """Whether this customer may try each of these products now: three statements, or none where nothing can be tried.

    `held` is what they try already or are about to, by product, and since when.
    """
    offered = [product for product in products if product.trial.enabled]
    found = {product.id: Verdict(f"{product.name} cannot be tried.") for product in products if not product.trial.enabled}
    if not offered:
        return found
    (asked,) = _known
    ids = sorted(product.id for product in offered)
    history, overrides = await asked(store, customer_id, ids), await live_overrides(store, customer_id, ids)
    now, history = clock.now(), _with(history, held)
    return found | {product.id: verdict(product, history, overrides.get(product.id), now) for product in offered}


def _with(history: History, held: Mapping[FlakeId, datetime]) -> History:
    """The history with what somebody is paying for elsewhere at this moment: it will have been an order, too."""
    if not held:
        return history
    last = max([*held.values(), *([history.last_order_at] if history.last_order_at else [])])
    return History(last_order_at=last, tried=history.tried, held=frozenset(held))


def verdict(product: Product, history: History, override_id: FlakeId | None, now: datetime) -> Verdict:
    """Whether somebody with this history may try a product that can be tried.

    An exception lifts every rule but one: nobody has two trials of one product at a time.
    """
    before = history.tried.get(product.id)
    if product.id in history.held or (before is not None and before.runs):
        return Verdict(f"{product.name} is being tried already.")
    reason = _not_new(product, history, now) or _not_again(product, before, now)
    return Verdict(None, override_id) if reason and override_id else Verdict(reason)


def _not_new(product: Product, history: History, now: datetime) -> str | None:
    terms, ordered = product.trial, history.last_order_at
    if not terms.new_customers_only or ordered is None:
        return None
    if ordered <= now - _span(terms.new_customer_order_lookback_value, terms.new_customer_order_lookback_scale):
        return None
    return f"Only new customers may try {product.name}."


def _not_again(product: Product, before: Tried | None, now: datetime) -> str | None:
    terms = product.trial
    if before is None:
        return None
    if not terms.allow_repeat_trials:
        return f"{product.name} can be tried once, and has been."
    free = before.until + _span(terms.repeat_trial_cooldown_value, terms.repeat_trial_cooldown_scale)
    return None if free <= now else f"{product.name} can be tried again from {free:%Y-%m-%d %H:%M} UTC on."


def _span(value: int, scale: Interval) -> timedelta:
    """A month counts thirty days and a year 365: how long cycles are is another matter."""
    return timedelta(days=value * DAYS[scale])
