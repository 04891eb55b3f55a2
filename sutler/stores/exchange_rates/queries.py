"""Exchange rates as the wire shows them."""

from sutler.kernel.data.context import StoreContext
from sutler.kernel.outside.ecb import BASE
from sutler.stores.exchange_rates.models import ExchangePin
from sutler.stores.exchange_rates.schemas import ExchangePinDto, ExchangeRatesDto
from sutler.stores.exchange_rates.service import days, is_current, newest, pins


async def shown(store: StoreContext) -> ExchangeRatesDto:
    """All that the store knows."""
    day = await newest(store)
    return ExchangeRatesDto(
        base=BASE,
        day=day.day if day else None,
        current=day is not None and is_current(day),
        rates=dict(sorted(day.rates.items())) if day else {},
        days=len(await days(store)),
        pins=[shown_pin(pin) for pin in await pins(store)],
    )


def shown_pin(pin: ExchangePin) -> ExchangePinDto:
    """A pin as the wire shows it."""
    return ExchangePinDto(base=pin.base, currency=pin.currency, rate=pin.rate, pinned_at=pin.updated_at or pin.created_at)
