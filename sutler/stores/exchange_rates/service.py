"""Keeping exchange rates, and saying what one currency is worth in another. A pin goes before what was published."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from msgspec import Struct

from sutler.kernel import clock
from sutler.kernel.currencies import CURRENCIES, CURRENCY_OF
from sutler.kernel.data.context import StoreContext
from sutler.kernel.errors import FieldError, InvalidInput, NotFound
from sutler.kernel.exchange import Conversion, rate_text, read_rate
from sutler.kernel.outside import ecb
from sutler.settings import settings
from sutler.stores.exchange_rates.models import KEPT_DAYS, ExchangeDay, ExchangePin
from sutler.stores.stores.models import Store

AHEAD: Final = timedelta(days=1)  # somewhere it is tomorrow already


class Rates(Struct, frozen=True):
    """What the store knows at a moment: published rates against the euro that are not too old, and pins."""

    published: Mapping[str, str]
    pins: Mapping[tuple[str, str], str]

    def between(self, base: str, currency: str) -> Fraction | None:
        """How much of a currency one unit of another is worth: as pinned, or else through the euro; None if not known."""
        if base == currency:
            return Fraction(1)
        if pinned := self._pinned(base, currency):
            return pinned
        above, below = self._euro_in(currency), self._euro_in(base)
        return above / below if above and below else None

    def _pinned(self, base: str, currency: str) -> Fraction | None:
        if rate := self.pins.get((base, currency)):
            return Fraction(Decimal(rate))
        rate = self.pins.get((currency, base))
        return 1 / Fraction(Decimal(rate)) if rate else None

    def _euro_in(self, currency: str) -> Fraction | None:
        if currency == ecb.BASE:
            return Fraction(1)
        published = self.published.get(currency)
        return self._pinned(ecb.BASE, currency) or (Fraction(Decimal(published)) if published else None)


async def rates(store: StoreContext) -> Rates:
    """What counts at this moment of the store's time."""
    now, pinned = clock.now(), await pins(store)
    usable = ExchangeDay.c.day.between(now - timedelta(days=settings().exchange_rate_days), now + AHEAD)
    known = await store.all(store.rows(ExchangeDay).where(usable))
    day = max(known, key=lambda day: day.day, default=None)
    return Rates(day.rates if day else {}, {(pin.base, pin.currency): pin.rate for pin in pinned})


async def conversion(store: StoreContext, base: str, currency: str) -> Conversion | None:
    """How to convert between two currencies now; None when they are the same, or when no rate is known or new enough."""
    if base == currency:
        return None
    found = (await rates(store)).between(base, currency)
    return Conversion(currency, rate_text(found)) if found else None


async def adaptive(store: StoreContext, seller: Store, country: str | None) -> Conversion | None:
    """How prices become those of a buyer's own currency, where the store wants that; None to stay with the store's."""
    if not seller.adaptive_currency_enabled or country is None:
        return None
    return await conversion(store, seller.currency, CURRENCY_OF.get(country.upper(), seller.currency))


async def newest(store: StoreContext) -> ExchangeDay | None:
    """The newest published rates, however old."""
    found = await store.all(store.rows(ExchangeDay).where(ExchangeDay.c.day <= clock.now() + AHEAD))
    return max(found, key=lambda day: day.day, default=None)


def is_current(day: ExchangeDay) -> bool:
    """Whether rates of this day may still be used."""
    return clock.now() - day.day <= timedelta(days=settings().exchange_rate_days)


async def days(store: StoreContext) -> Sequence[ExchangeDay]:
    """Every day that is kept."""
    return await store.all(store.rows(ExchangeDay))


async def pins(store: StoreContext) -> list[ExchangePin]:
    """What is pinned, by name."""
    return sorted(await store.all(store.rows(ExchangePin)), key=lambda pin: (pin.base, pin.currency))


async def take_in(store: StoreContext, content: bytes) -> int:
    """Keep the days of a file of the ECB's, in place of what was kept of them, and forget old ones; how many were kept.

    InvalidInput for what is no such file, or of a day that is yet to come.
    """
    try:
        found = ecb.read(content)
    except ecb.BadRates as error:
        raise InvalidInput(str(error), [FieldError("Invalid", str(error), "content", "rates")]) from error
    if found[0].day > clock.real_now() + AHEAD:
        raise InvalidInput(f"These rates are of {found[0].day:%Y-%m-%d}, which is yet to come.")
    known = {day.day: day for day in await days(store)}
    oldest = max([found[0].day, *known]) - timedelta(days=KEPT_DAYS)
    kept = [day for day in found if day.day >= oldest]
    for day in kept:
        await _keep(store, day, known)
    for old in known.values():
        if old.day < oldest:
            await store.remove(old)
    return len(kept)


async def _keep(store: StoreContext, day: ecb.Day, known: Mapping[datetime, ExchangeDay]) -> None:
    there = known.get(day.day)
    if there is None:
        await store.add(ExchangeDay(base=ecb.BASE, day=day.day, rates=dict(day.rates)))
    elif there.rates != day.rates:
        await store.change(there, {"rates": dict(day.rates)})


async def pin(store: StoreContext, base: str, currency: str, rate: str) -> ExchangePin:
    """Fix what one currency is worth in another, in both directions. InvalidInput for what is no currency or no rate."""
    base, currency = known_currency(base, "base"), known_currency(currency, "currency")
    if base == currency:
        text = "A currency is always worth itself; pin two different ones."
        raise InvalidInput(text, [FieldError("Same", text, "currency", "different")])
    try:
        text = f"{read_rate(rate).normalize():f}"
    except ValueError as error:
        raise InvalidInput(str(error), [FieldError("Invalid", str(error), "rate", "rate")]) from error
    for old in await _pair(store, base, currency):
        if (old.base, old.currency) == (base, currency):
            return await store.change(old, {"rate": text})
        await store.remove(old)
    return await store.add(ExchangePin(base=base, currency=currency, rate=text))


async def unpin(store: StoreContext, base: str, currency: str) -> None:
    """Let published rates count again between two currencies; NotFound when nothing was pinned."""
    found = await _pair(store, base.lower(), currency.lower())
    if not found:
        raise NotFound(f"No rate is pinned between {base.upper()} and {currency.upper()}.")
    for old in found:
        await store.remove(old)


async def _pair(store: StoreContext, base: str, currency: str) -> list[ExchangePin]:
    return [pin for pin in await pins(store) if {pin.base, pin.currency} == {base, currency}]


def known_currency(code: str, path: str) -> str:
    """The code in lower case; InvalidInput when there is no such currency."""
    if code.strip().lower() in CURRENCIES:
        return code.strip().lower()
    text = f"There is no currency {code!r}. Use a code of ISO 4217, such as eur or usd."
    raise InvalidInput(text, [FieldError("UnknownCurrency", text, path, "currency")])
