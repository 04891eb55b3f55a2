"""What crosses the wire about exchange rates. Sutler's own. Rates are decimal numbers as text, so that none is rounded."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from sutler.kernel.wire import Wire

Code = Annotated[str, Meta(pattern="^[A-Za-z]{3}$", max_length=3, description="An ISO 4217 currency code.")]
Rate = Annotated[
    str,
    Meta(pattern=r"^[0-9]{1,12}(\.[0-9]{1,12})?$", max_length=25, description="How much of `currency` one `base` is worth."),
]
Content = Annotated[
    str, Meta(min_length=1, max_length=4_000_000, description="The text of eurofxref-daily.xml, or of a CSV file of it.")
]


class ImportExchangeRatesDto(Wire):
    """A file of the European Central Bank's reference rates."""

    content: Content


class PinExchangeRateDto(Wire):
    """A rate that counts whatever is imported, in both directions."""

    base: Code
    currency: Code
    rate: Rate


class ExchangePinDto(Struct, frozen=True, kw_only=True):
    """A rate that the owner has fixed: how much of `currency` one `base` is worth."""

    base: str
    currency: str
    rate: str
    pinned_at: datetime


class ExchangeRatesDto(Struct, frozen=True, kw_only=True):
    """What the store knows of currencies: the newest published rates, how many days are kept, and what is pinned.

    `rates` say how much one `base` is worth. They are used while `current`: older ones are too old, and the store's own
    currency is shown.
    """

    base: str
    day: datetime | None
    current: bool
    rates: dict[str, str]
    days: int
    pins: list[ExchangePinDto]
